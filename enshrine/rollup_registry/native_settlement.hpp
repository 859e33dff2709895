// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/rollup_registry/records.hpp>
#include <enshrine/system/context.hpp>
#include <enshrine/vm/arguments.hpp>

/// Settlement policy `native`: the L1 executes the program itself. Rules: docs/spec/rollup.md [CLAIM.3], [CLAIM.5].
namespace enshrine::rollup_registry {

struct Claim {
    std::uint64_t rollup = 0;
    std::uint64_t sequence = 0;
    Hash32 state_root;
    Hash32 outbox_root;
    Hash32 receipts_root;
    std::uint64_t steps = 0;
    Hash32 machine_root;
    BytesView witness;
};

/// The argument page of a batch run, from L1 records alone.
[[nodiscard]] vm::ProgramArguments compose_arguments(const state::StateView& state, const system::InboxReader& inbox,
                                                     std::uint64_t rollup, const BatchRecord& batch,
                                                     const Hash32& previous_state_root);

/// What the batch settles to when every field of the claim holds.
[[nodiscard]] std::expected<Settlement, system::Revert> settle_natively(system::CallContext& context, const Claim& claim,
                                                                        const Hash32& program_id,
                                                                        const vm::ProgramArguments& program_arguments);

}  // namespace enshrine::rollup_registry
