// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/codec/abi.hpp>
#include <enshrine/proofs/records.hpp>
#include <enshrine/system/context.hpp>

#include <vector>

/// A call of IProofVerifier.verify before it pays: what stands in its way without any work. Rules:
/// docs/spec/proof_registry.md [PKEY.7] [PRCPT.5].
namespace enshrine::proofs {

/// Who asks, and where.
struct Asker {
    const state::StateView& state;
    std::uint64_t chain_id = 0;
    std::uint64_t height = 0;  ///< of the block in which the call runs
    Address caller;
};
/// With an active key and as many inputs as it takes, about what is not in the caller's list yet.
struct VerifyCall {
    Hash32 key_id;
    KeyRecord key;
    std::vector<U256> inputs;
    BytesView proof;   ///< of the arguments
    Hash32 source;     ///< the caller's list
    Hash32 statement;  ///< [PRCPT.4]
};
/// What is left to do is to pay and to verify; or the refusal that says why not.
[[nodiscard]] std::expected<VerifyCall, system::Revert> open_verify_call(const Asker& asker,
                                                                         const codec::abi::Arguments& arguments);

}  // namespace enshrine::proofs
