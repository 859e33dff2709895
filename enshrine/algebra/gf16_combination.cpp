// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/gf16_combination.hpp>

namespace enshrine::algebra {

Combination CombinationSum::finish() const noexcept {
    std::array<Gf16, combination_limbs> limbs{};
    for (std::size_t bit = 0; bit < gf16_bits; ++bit) {
        Bucket with_bit{};
        for (std::size_t value = 0; value < 16; ++value) {
            if ((value >> bit % 4 & 1) != 0) with_bit = sum(with_bit, buckets_[bit / 4][value]);
        }
        for (std::size_t limb = 0; limb < combination_limbs; ++limb) {
            const auto factor = static_cast<Gf16>(with_bit[limb / 4] >> (16 * (limb % 4)));
            limbs[limb] ^= gf16_mul(static_cast<Gf16>(1U << bit), factor);
        }
    }
    Combination out;
    for (std::size_t limb = 0; limb < combination_limbs; ++limb) store_le(out.data() + 2 * limb, limbs[limb]);
    return out;
}

}  // namespace enshrine::algebra
