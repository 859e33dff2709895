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

    /// The index of G2 in the twist is 10069 · 5864401 · c. With points of small order, additions meet their
    /// exceptional cases: the first eight multiples of a point of order 10069, and of one of order 5864401.
    [[nodiscard]] std::vector<G2Affine> twist_points_of_small_order() {
        constexpr Limbs index_over_10069 =
            limbs(0x00013af7a58fce69, 0x9e28bcf65b5681da, 0x207142f7671af448, 0x6c3cd334915f1659);
        constexpr Limbs index_over_5864401 =
            limbs(0x0000008a712e2645, 0x67a5f8660434f091, 0xd47f2c69679e3e75, 0xd3865bed56710dfd);
        const G2Affine outside = multiply(twist_point(), Fr::modulus).affine();
        std::vector<G2Affine> out;
        for (const Limbs& cofactor : {index_over_10069, index_over_5864401}) {
            const G2Affine small = multiply(outside, cofactor).affine();
            for (std::uint64_t k = 1; k <= 8; ++k) out.push_back(multiply(small, Limbs{k, 0, 0, 0}).affine());
        }
        return out;
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
