// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/lane_code.hpp>

#include <immintrin.h>

/// Eight elements of Fp in the lanes of AVX-512 registers, on the instructions of IFMA that multiply 52 bits. For files
/// that compile their functions for that instruction set (lanes_ifma_host.cpp): everything here is local to the file
/// that includes it, and what such a file shares with others it includes before it turns the instructions on.
namespace enshrine::algebra::bn254 {
namespace {

constexpr std::size_t limb_count = 5;
constexpr std::uint64_t limb_mask = (std::uint64_t{1} << 52) - 1;
using LimbArray = std::array<std::uint64_t, limb_count>;

/// Of a number below 2^256.
constexpr LimbArray split(const Limbs& a) noexcept {
    return {a[0] & limb_mask, (a[0] >> 52 | a[1] << 12) & limb_mask, (a[1] >> 40 | a[2] << 24) & limb_mask,
            (a[2] >> 28 | a[3] << 36) & limb_mask, a[3] >> 16};
}
constexpr LimbArray multiple_of_p(std::uint64_t factor) noexcept {
    const LimbArray p = split(Fp::modulus);
    LimbArray out{};
    u128 sum = 0;
    for (std::size_t i = 0; i < limb_count; ++i) {
        sum += static_cast<u128>(p[i]) * factor;
        out[i] = low(sum) & limb_mask;
        sum >>= 52;
    }
    return out;
}

/// 2 p^2 in limbs.
constexpr std::array<std::uint64_t, 2 * limb_count> square_of_p_twice = [] {
    const LimbArray p = multiple_of_p(1);
    std::array<u128, 2 * limb_count> columns{};
    for (std::size_t i = 0; i < limb_count; ++i) {
        for (std::size_t j = 0; j < limb_count; ++j) columns[i + j] += 2 * static_cast<u128>(p[i]) * p[j];
    }
    std::array<std::uint64_t, 2 * limb_count> out{};
    u128 carry = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        carry += columns[i];
        out[i] = low(carry) & limb_mask;
        carry >>= 52;
    }
    return out;
}();

/// floor(2^52 / (p / 2^208)): the top limb times it, divided by 2^52, is the quotient by p or up to 0.8 % less.
constexpr std::uint64_t quotient_factor = 84;
static_assert((std::uint64_t{1} << 52) / multiple_of_p(1)[limb_count - 1] == quotient_factor);

/// [i][k]: limb i of k p.
constexpr std::size_t multiples_max = 16;
struct MultiplesOfP {
    alignas(64) std::array<std::array<std::uint64_t, multiples_max>, limb_count> limbs;
};
constexpr MultiplesOfP multiples_of_p = [] {
    MultiplesOfP out{};
    for (std::size_t k = 0; k < multiples_max; ++k) {
        for (std::size_t i = 0; i < limb_count; ++i) out.limbs[i][k] = multiple_of_p(k)[i];
    }
    return out;
}();

/// Montgomery form with R = 2^260 in five limbs of 52 bits. A value is below 9/8 p, its limbs are normalised: an
/// element may have two forms, x and x + p. Sums and products of a few terms fit R = 84.6 p with room to spare, and
///     A p · B p / R + p < 9/8 p  where AB <= 10,
/// so that a product of unreduced sums comes out in bounds again.
class alignas(64) FpLanes {  // said, because g++ 12 takes 16 bytes where AVX-512 is turned on in a part of a file
public:
    FpLanes() noexcept = default;

    static FpLanes zero() noexcept {
        const __m512i z = _mm512_setzero_si512();
        return FpLanes{z, z, z, z, z};
    }
    static FpLanes one() noexcept { return broadcast(Fp::one()); }
    static FpLanes broadcast(const Fp& value) noexcept {
        return constant(split(value.twice().twice().twice().twice().montgomery()));
    }
    static FpLanes load(const LaneFp& elements) noexcept;
    void store(LaneFp& out) const noexcept;

    friend FpLanes operator+(const FpLanes& a, const FpLanes& b) noexcept { return reduced<8>(raw_sum(a, b)); }
    friend FpLanes operator-(const FpLanes& a, const FpLanes& b) noexcept { return reduced<8>(raw_difference(a, b)); }
    FpLanes operator-() const noexcept { return reduced<8>(raw_difference(zero(), *this)); }
    FpLanes twice() const noexcept { return *this + *this; }
    /// 9a - b and 9a + b.
    static FpLanes nine_less(const FpLanes& a, const FpLanes& b) noexcept;
    static FpLanes nine_plus(const FpLanes& a, const FpLanes& b) noexcept;

    friend FpLanes operator*(const FpLanes& a, const FpLanes& b) noexcept {
        Wide sum = Wide::zero();
        sum.add_product(a, b);
        return sum.montgomery_reduced();
    }
    FpLanes square() const noexcept { return *this * *this; }
    static FpLanes product_difference(const FpLanes& a, const FpLanes& b, const FpLanes& c, const FpLanes& d) noexcept {
        return product_sum(a, b, carried(raw_difference(zero(), c)), d);
    }
    static FpLanes product_sum(const FpLanes& a, const FpLanes& b, const FpLanes& c, const FpLanes& d) noexcept {
        Wide sum = Wide::zero();
        sum.add_product(a, b);
        sum.add_product(c, d);
        return sum.montgomery_reduced();
    }
    static FpLanes difference_of_squares(const FpLanes& a, const FpLanes& b) noexcept {
        return carried(raw_sum(a, b)) * carried(raw_difference(a, b));
    }

    /// out0 + out1 u = (a0 + a1 u)(b0 + b1 u) with u^2 = -1, in three products (Karatsuba) and two reductions.
    static void complex_product(const FpLanes& a0, const FpLanes& a1, const FpLanes& b0, const FpLanes& b1,
                                FpLanes& out0, FpLanes& out1) noexcept;

    /// The lanes that hold zero.
    static __mmask8 zeros(const FpLanes& a) noexcept;
    /// The second where the mask has a bit.
    static FpLanes select(__mmask8 mask, const FpLanes& a, const FpLanes& b) noexcept {
        FpLanes out = a;
        for (std::size_t i = 0; i < limb_count; ++i) out.l_[i] = _mm512_mask_mov_epi64(a.l_[i], mask, b.l_[i]);
        return out;
    }

private:
    explicit FpLanes(__m512i a, __m512i b, __m512i c, __m512i d, __m512i e) noexcept : l_{a, b, c, d, e} {}

    static __m512i all(std::uint64_t value) noexcept { return _mm512_set1_epi64(static_cast<long long>(value)); }
    static FpLanes constant(const LimbArray& limbs) noexcept {
        return FpLanes{all(limbs[0]), all(limbs[1]), all(limbs[2]), all(limbs[3]), all(limbs[4])};
    }

    // Limbs of raw values are signed and up to some 56 bits long.
    static FpLanes raw_sum(const FpLanes& a, const FpLanes& b) noexcept {
        FpLanes out;
        for (std::size_t i = 0; i < limb_count; ++i) out.l_[i] = _mm512_add_epi64(a.l_[i], b.l_[i]);
        return out;
    }
    /// a + 2p - b.
    static FpLanes raw_difference(const FpLanes& a, const FpLanes& b) noexcept {
        static constexpr LimbArray two_p = multiple_of_p(2);
        FpLanes out;
        for (std::size_t i = 0; i < limb_count; ++i) {
            out.l_[i] = _mm512_sub_epi64(_mm512_add_epi64(a.l_[i], all(two_p[i])), b.l_[i]);
        }
        return out;
    }
    /// Normalises the limbs of a value that is not negative.
    static FpLanes carried(FpLanes a) noexcept {
        for (std::size_t i = 0; i + 1 < limb_count; ++i) {
            a.l_[i + 1] = _mm512_add_epi64(a.l_[i + 1], _mm512_srai_epi64(a.l_[i], 52));
            a.l_[i] = _mm512_and_si512(a.l_[i], all(limb_mask));
        }
        return a;
    }

    /// A raw value of 0 <= a < Bound p, with Bound at most 16, to less than (1 + 16 · 0.0076) p < 9/8 p. The lower
    /// limbs change the top limb by less than the 0.8 % that make the quotient too small, so that the result is not
    /// negative.
    template <std::size_t Bound>
    static FpLanes reduced(FpLanes a) noexcept {
        static_assert(Bound == 8 || Bound == 16);
        const __m512i q = _mm512_madd52hi_epu64(_mm512_setzero_si512(), a.l_[4], all(quotient_factor));
        for (std::size_t i = 0; i < limb_count; ++i) {
            const __m512i first = _mm512_load_si512(multiples_of_p.limbs[i].data());
            if constexpr (Bound == 8) {
                a.l_[i] = _mm512_sub_epi64(a.l_[i], _mm512_permutexvar_epi64(q, first));
            } else {
                const __m512i second = _mm512_load_si512(multiples_of_p.limbs[i].data() + 8);
                a.l_[i] = _mm512_sub_epi64(a.l_[i], _mm512_permutex2var_epi64(first, q, second));
            }
        }
        return carried(a);
    }
    /// Below p.
    FpLanes canonical() const noexcept;

    /// Sums of products: ten columns of 52 bits, each with room for thousands of terms.
    struct alignas(64) Wide {
        __m512i t[2 * limb_count];

        static Wide zero() noexcept {
            Wide out;
            for (__m512i& column : out.t) column = _mm512_setzero_si512();
            return out;
        }
        /// 2 p^2, which makes a difference of products of reduced elements positive.
        static Wide two_p_squared() noexcept {
            Wide out;
            for (std::size_t i = 0; i < 2 * limb_count; ++i) out.t[i] = all(square_of_p_twice[i]);
            return out;
        }
        void add_product(const FpLanes& a, const FpLanes& b) noexcept {
            for (std::size_t i = 0; i < limb_count; ++i) {
                for (std::size_t j = 0; j < limb_count; ++j) {
                    t[i + j] = _mm512_madd52lo_epu64(t[i + j], a.l_[j], b.l_[i]);
                    t[i + j + 1] = _mm512_madd52hi_epu64(t[i + j + 1], a.l_[j], b.l_[i]);
                }
            }
        }
        /// Divided by R; each row makes a column vanish. Columns may be negative, the whole is not.
        FpLanes montgomery_reduced() noexcept {
            static constexpr LimbArray p = multiple_of_p(1);
            static constexpr std::uint64_t p_inverse = negative_inverse(Fp::modulus[0]) & limb_mask;
            for (std::size_t i = 0; i < limb_count; ++i) {
                const __m512i q = _mm512_madd52lo_epu64(_mm512_setzero_si512(), t[i], all(p_inverse));
                for (std::size_t j = 0; j < limb_count; ++j) {
                    t[i + j] = _mm512_madd52lo_epu64(t[i + j], q, all(p[j]));
                    t[i + j + 1] = _mm512_madd52hi_epu64(t[i + j + 1], q, all(p[j]));
                }
                t[i + 1] = _mm512_add_epi64(t[i + 1], _mm512_srai_epi64(t[i], 52));
            }
            return carried(FpLanes{t[5], t[6], t[7], t[8], t[9]});
        }
    };

    __m512i l_[limb_count];
};

[[gnu::always_inline]] inline void FpLanes::complex_product(const FpLanes& a0, const FpLanes& a1, const FpLanes& b0,
                                                            const FpLanes& b1, FpLanes& out0, FpLanes& out1) noexcept {
    // Below (81/64 + 2) p^2, and (9/4)^2 p^2 for the product of sums: in bounds again after the reduction.
    Wide first = Wide::two_p_squared();
    first.add_product(a0, b0);
    Wide second = Wide::zero();
    second.add_product(a1, b1);
    Wide real;
    Wide imaginary;
    for (std::size_t i = 0; i < 2 * limb_count; ++i) {
        real.t[i] = _mm512_sub_epi64(first.t[i], second.t[i]);
        const __m512i both = _mm512_add_epi64(first.t[i], second.t[i]);
        imaginary.t[i] = _mm512_sub_epi64(all(square_of_p_twice[i]), both);
    }
    out0 = real.montgomery_reduced();
    imaginary.add_product(carried(raw_sum(a0, a1)), carried(raw_sum(b0, b1)));
    out1 = imaginary.montgomery_reduced();
}

FpLanes FpLanes::nine_less(const FpLanes& a, const FpLanes& b) noexcept {
    FpLanes out = raw_difference(a, b);
    for (std::size_t i = 0; i < limb_count; ++i) {
        out.l_[i] = _mm512_add_epi64(out.l_[i], _mm512_slli_epi64(a.l_[i], 3));
    }
    return reduced<16>(out);  // 9 · 9/8 + 2 < 13
}
FpLanes FpLanes::nine_plus(const FpLanes& a, const FpLanes& b) noexcept {
    FpLanes out = raw_sum(a, b);
    for (std::size_t i = 0; i < limb_count; ++i) {
        out.l_[i] = _mm512_add_epi64(out.l_[i], _mm512_slli_epi64(a.l_[i], 3));
    }
    return reduced<16>(out);
}

FpLanes FpLanes::canonical() const noexcept {
    static constexpr LimbArray p = multiple_of_p(1);
    FpLanes less;
    for (std::size_t i = 0; i < limb_count; ++i) less.l_[i] = _mm512_sub_epi64(l_[i], all(p[i]));
    less = carried(less);
    const __mmask8 below = _mm512_movepi64_mask(less.l_[4]);  // the sign
    return select(below, less, *this);
}

__mmask8 FpLanes::zeros(const FpLanes& a) noexcept {
    static constexpr LimbArray p = multiple_of_p(1);
    __m512i differs_from_zero = a.l_[0];
    __m512i differs_from_p = _mm512_xor_si512(a.l_[0], all(p[0]));
    for (std::size_t i = 1; i < limb_count; ++i) {
        differs_from_zero = _mm512_or_si512(differs_from_zero, a.l_[i]);
        differs_from_p = _mm512_or_si512(differs_from_p, _mm512_xor_si512(a.l_[i], all(p[i])));
    }
    return static_cast<__mmask8>(_mm512_testn_epi64_mask(differs_from_zero, differs_from_zero) |
                                 _mm512_testn_epi64_mask(differs_from_p, differs_from_p));
}

FpLanes FpLanes::load(const LaneFp& elements) noexcept {
    // x 2^256 to x 2^260: sixteen times the number.
    alignas(64) std::array<std::array<std::uint64_t, lane_count>, limb_count> rows;
    for (std::size_t lane = 0; lane < lane_count; ++lane) {
        const LimbArray limbs = split(elements[lane].montgomery());
        for (std::size_t i = 0; i < limb_count; ++i) rows[i][lane] = limbs[i] << 4;
    }
    FpLanes out;
    for (std::size_t i = 0; i < limb_count; ++i) out.l_[i] = _mm512_load_si512(rows[i].data());
    return reduced<16>(out);
}

void FpLanes::store(LaneFp& out) const noexcept {
    // The Montgomery product with 2^256 has the form of Fp.
    const FpLanes converted = (*this * constant({0, 0, 0, 0, std::uint64_t{1} << 48})).canonical();
    alignas(64) std::array<std::array<std::uint64_t, lane_count>, limb_count> rows;
    for (std::size_t i = 0; i < limb_count; ++i) _mm512_store_si512(rows[i].data(), converted.l_[i]);
    for (std::size_t lane = 0; lane < lane_count; ++lane) {
        const auto at = [&](std::size_t i) noexcept { return rows[i][lane]; };
        out[lane] = Fp::from_montgomery(
            {at(0) | at(1) << 52, at(1) >> 12 | at(2) << 40, at(2) >> 24 | at(3) << 28, at(3) >> 36 | at(4) << 16});
    }
}

}  // namespace
}  // namespace enshrine::algebra::bn254
