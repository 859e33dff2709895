// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/fees.hpp>
#include <enshrine/chain/params.hpp>
#include <enshrine/system/fake_exponential.hpp>

#include <algorithm>

namespace enshrine::chain {
namespace {

constexpr U256 u256_max{~std::uint64_t{0}, ~std::uint64_t{0}, ~std::uint64_t{0}, ~std::uint64_t{0}};

/// base_fee · distance / target / 8. The distance is at most the target, so that an eighth of the fee bounds it.
U256 base_fee_step(const U256& base_fee, std::uint64_t distance, std::uint64_t target) noexcept {
    const auto scaled = mul_div(base_fee, U256{distance}, U256{target});
    ENSHRINE_ASSERT(scaled.has_value());
    return divide(*scaled, U256{base_fee_change_denominator}).quotient;
}

}  // namespace

U256 next_base_fee(const GasFigures& parent) noexcept {
    const std::uint64_t target = parent.gas_limit / elasticity;
    ENSHRINE_ASSERT(target > 0);
    ENSHRINE_ASSERT(parent.gas_used <= parent.gas_limit);
    if (parent.gas_used == target) return parent.base_fee;
    if (parent.gas_used > target) {
        // An odd limit leaves one unit of gas beyond twice the target.
        const std::uint64_t distance = std::min(parent.gas_used - target, target);
        const U256 step = std::max(base_fee_step(parent.base_fee, distance, target), U256{1});
        const auto raised = checked_add(parent.base_fee, step);
        return raised ? *raised : u256_max;
    }
    const U256 lowered = parent.base_fee - base_fee_step(parent.base_fee, target - parent.gas_used, target);
    return std::max(lowered, U256{base_fee_min});  // [CHAIN-FEE.2]
}

std::uint64_t next_excess_blob_gas(std::uint64_t parent_excess, std::uint64_t parent_used) noexcept {
    constexpr std::uint64_t target = block_blobs_target * gas_per_blob;
    const auto sum = checked_add(parent_excess, parent_used);
    ENSHRINE_ASSERT(sum.has_value());
    return *sum < target ? 0 : *sum - target;
}

U256 blob_base_fee(std::uint64_t excess_blob_gas) noexcept {
    return system::fake_exponential(blob_base_fee_min, excess_blob_gas, blob_base_fee_update_fraction);
}

}  // namespace enshrine::chain
