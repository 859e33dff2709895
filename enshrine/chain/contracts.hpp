// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/chain/protocol.hpp>
#include <enshrine/proofs/key_cache.hpp>
#include <enshrine/proofs/verdict_cache.hpp>
#include <enshrine/vm/runner.hpp>

#include <string_view>
#include <vector>

/// The system contracts of the L1, and how their modules are wired together.
namespace enshrine::chain {

/// IInbox, IRollupRegistry, IDataAvailability, IMessageHub, IProofVerifier: ascending by address.
[[nodiscard]] std::span<const system::Contract* const> system_contracts() noexcept;

/// The errors that calls of them are refused with, one after the other, without repetition.
[[nodiscard]] std::vector<std::string_view> error_declarations();

/// What executions keep between them, without any effect on what they give: the memory in which native settlement
/// replays programs, decoded programs and keys, and what proofs were found to be.
struct ExecutionCache {
    /// Error: vm::MemoryError::not_reserved.
    [[nodiscard]] static Result<ExecutionCache> make();

    vm::Runner runner;
    proofs::KeyCache keys;
    proofs::VerdictCache verdicts;
};

/// The protocol that networks run, for who executes no blocks: without the caches, so that no program runs in it and no
/// proof is verified.
[[nodiscard]] Protocol enshrined_protocol() noexcept;
/// The protocol that networks run. The cache belongs to one execution at a time and outlives the result.
[[nodiscard]] Protocol enshrined_protocol(ExecutionCache& cache) noexcept;

}  // namespace enshrine::chain
