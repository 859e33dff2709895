// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/fp12.hpp>
#include <enshrine/algebra/bn254/groups.hpp>

/// For tests alone: elements and points that a seed decides.
namespace enshrine::algebra::bn254 {

class Draw {
public:
    explicit Draw(std::uint64_t seed) noexcept : state_{seed} {}

    [[nodiscard]] std::uint64_t word() noexcept {  // splitmix64
        state_ += 0x9e3779b97f4a7c15;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
    [[nodiscard]] Limbs words() noexcept {
        Limbs out;
        for (auto& w : out) w = word();
        return out;
    }
    template <class Field>
    [[nodiscard]] Field field() noexcept {
        return Field::from(words());
    }
    [[nodiscard]] Fp fp() noexcept { return field<Fp>(); }
    [[nodiscard]] Fr fr() noexcept { return field<Fr>(); }
    [[nodiscard]] Fp2 fp2() noexcept {
        const Fp c0 = fp();
        const Fp c1 = fp();
        return {c0, c1};
    }
    [[nodiscard]] Fp6 fp6() noexcept {
        const Fp2 c0 = fp2();
        const Fp2 c1 = fp2();
        const Fp2 c2 = fp2();
        return {c0, c1, c2};
    }
    [[nodiscard]] Fp12 fp12() noexcept {
        const Fp6 c0 = fp6();
        const Fp6 c1 = fp6();
        return {c0, c1};
    }
    [[nodiscard]] G1Affine g1() noexcept { return multiply(g1_generator, fr()).affine(); }
    [[nodiscard]] G2Affine g2() noexcept { return multiply(g2_generator, fr()).affine(); }
    /// On the twist, and with overwhelming probability outside G2, whose index is about 2^254.
    [[nodiscard]] G2Affine twist_point() noexcept {
        while (true) {
            const Fp2 x = fp2();
            if (const auto y = square_root(x.square() * x + g2_curve_b)) return {x, *y};
        }
    }

private:
    std::uint64_t state_;
};

/// Values at which carries and reductions go wrong first.
template <class Field>
[[nodiscard]] std::vector<Field> edge_elements() {
    std::vector<Field> out{Field::zero(), Field::one(), -Field::one(), Field::from(2), -Field::from(2)};
    constexpr std::uint64_t ones = ~std::uint64_t{0};
    for (const Limbs& words : {Limbs{ones, 0, 0, 0}, Limbs{0, ones, 0, 0}, Limbs{0, 0, ones, 0}, Limbs{0, 0, 0, 1},
                               Limbs{ones, ones, ones, 0x30644e72e131a028}, Limbs{0, 0, 0, 0x30644e72e131a029}}) {
        out.push_back(Field::from(words));
        out.push_back(Field::from_montgomery(less(words, Field::modulus) ? words : Limbs{}));
    }
    Limbs half = Field::modulus;
    for (std::size_t i = 0; i < 3; ++i) half[i] = (half[i] >> 1) | (half[i + 1] << 63);
    half[3] >>= 1;
    out.push_back(Field::from(half));
    out.push_back(Field::from(half) + Field::one());
    return out;
}

}  // namespace enshrine::algebra::bn254
