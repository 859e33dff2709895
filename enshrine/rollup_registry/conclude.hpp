// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/rollup_registry/records.hpp>
#include <enshrine/system/context.hpp>

/// What happens when a claim holds, by whichever method. Rules: docs/spec/settlement_by_proof.md [POLICY.3 … POLICY.5].
namespace enshrine::rollup_registry {

/// Batches up to `last_sequence`, from the settled one on, and what the last one settles to.
struct HeldClaim {
    std::uint64_t rollup = 0;
    std::uint64_t last_sequence = 0;
    Method method = Method::native;
    Settlement settlement;
};
/// Before the work of showing it: whether a claim for the next batch by this method may come now.
[[nodiscard]] std::expected<void, system::Revert> check_method(const system::CallContext& context, std::uint64_t rollup,
                                                               Method method);
/// Settles, or records the claim for the methods that have to agree.
[[nodiscard]] system::CallResult conclude(system::CallContext& context, const HeldClaim& claim);

}  // namespace enshrine::rollup_registry
