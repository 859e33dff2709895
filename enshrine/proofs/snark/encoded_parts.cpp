// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/snark/encoded_parts.hpp>

#include <algorithm>

namespace enshrine::proofs {

Result<void> check_public_inputs(std::span<const U256> inputs, std::size_t count, const U256& group_order) noexcept {
    if (inputs.size() != count) return fail(SnarkError::wrong_input_count);
    const auto is_canonical = [&](const U256& input) noexcept { return input < group_order; };
    if (!std::ranges::all_of(inputs, is_canonical)) return fail(SnarkError::input_not_below_order);
    return {};
}

}  // namespace enshrine::proofs
