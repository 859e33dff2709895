// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/program_kind.hpp>
#include <enshrine/proofs/snark/snark_error.hpp>

#include <algorithm>

namespace enshrine::proofs {

Result<Hash32> join_halves(std::span<const U256> inputs) noexcept {
    constexpr std::size_t half_bytes = 16;
    if (inputs.size() != program_inputs) return fail(SnarkError::wrong_input_count);
    Hash32 out;
    for (std::size_t i = 0; i < program_inputs; ++i) {
        if (inputs[i] >= half_bound) return fail(SnarkError::input_not_below_order);
        const Hash32 word = inputs[i].to_be();
        std::ranges::copy(word.view().last(half_bytes), out.data() + i * half_bytes);
    }
    return out;
}

}  // namespace enshrine::proofs
