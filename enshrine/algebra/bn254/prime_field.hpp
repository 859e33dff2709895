// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/limbs.hpp>
#include <enshrine/algebra/bn254/modular_inverse.hpp>
#include <enshrine/algebra/bn254/montgomery_adx.hpp>
#include <enshrine/base/u256.hpp>

#include <type_traits>

namespace enshrine::algebra::bn254 {

/// The integers modulo a prime between 2^253 and 2^254, in Montgomery form with R = 2^256. Every value is kept below
/// the modulus, so that equal elements have equal words. Not constant-time: verification has no secrets.
///
/// `Parameters::modulus` names the prime.
template <class Parameters>
class PrimeField {
public:
    static constexpr Limbs modulus = Parameters::modulus;
    static_assert((modulus[3] >> 61) == 1, "two spare bits on top, which the bounds below count on");

    constexpr PrimeField() noexcept = default;
    /// The number that the words spell, modulo the prime; decoders have refused what is not below it.
    [[nodiscard]] static constexpr PrimeField from(const Limbs& number) noexcept {
        return PrimeField{montgomery_product(square_of_r, number)};
    }
    [[nodiscard]] static constexpr PrimeField from(std::uint64_t small) noexcept { return from(Limbs{small, 0, 0, 0}); }
    [[nodiscard]] static constexpr PrimeField from(const U256& number) noexcept { return from(number.limbs); }
    [[nodiscard]] static constexpr PrimeField zero() noexcept { return {}; }
    [[nodiscard]] static constexpr PrimeField one() noexcept { return PrimeField{r_mod_m}; }
    /// For code that is written for one element and for lanes of elements alike.
    [[nodiscard]] static constexpr PrimeField broadcast(const PrimeField& value) noexcept { return value; }
    /// Words that are already in Montgomery form and below the modulus.
    [[nodiscard]] static constexpr PrimeField from_montgomery(const Limbs& words) noexcept { return PrimeField{words}; }

    [[nodiscard]] constexpr Limbs canonical() const noexcept { return montgomery_product(words_, Limbs{1, 0, 0, 0}); }
    [[nodiscard]] constexpr U256 to_u256() const noexcept {
        U256 out;
        out.limbs = canonical();
        return out;
    }
    [[nodiscard]] constexpr const Limbs& montgomery() const noexcept { return words_; }

    [[nodiscard]] constexpr bool is_zero() const noexcept {
        return (words_[0] | words_[1] | words_[2] | words_[3]) == 0;
    }
    [[nodiscard]] friend constexpr bool operator==(const PrimeField&, const PrimeField&) noexcept = default;

    [[nodiscard, gnu::always_inline]] friend constexpr PrimeField operator+(const PrimeField& a,
                                                                            const PrimeField& b) noexcept {
        return PrimeField{reduce_once(unreduced_sum(a, b), modulus)};
    }
    [[nodiscard, gnu::always_inline]] friend constexpr PrimeField operator-(const PrimeField& a,
                                                                            const PrimeField& b) noexcept {
        Limbs out = a.words_;
        const std::uint64_t borrow = subtract_from(out, b.words_);
        add_to(out, select(0 - borrow, modulus, Limbs{}));
        return PrimeField{out};
    }
    [[nodiscard, gnu::always_inline]] constexpr PrimeField operator-() const noexcept { return PrimeField{} - *this; }
    [[nodiscard, gnu::always_inline]] constexpr PrimeField twice() const noexcept { return *this + *this; }
    [[nodiscard, gnu::always_inline]] friend constexpr PrimeField operator*(const PrimeField& a,
                                                                            const PrimeField& b) noexcept {
        PrimeField out;
        set_product(out.words_, a.words_, b.words_);
        return out;
    }
    [[nodiscard, gnu::always_inline]] constexpr PrimeField square() const noexcept { return *this * *this; }

    /// a b - c d and a b + c d with one reduction.
    [[nodiscard, gnu::always_inline]] static constexpr PrimeField product_difference(const PrimeField& a,
                                                                                     const PrimeField& b,
                                                                                     const PrimeField& c,
                                                                                     const PrimeField& d) noexcept {
        Limbs negated = modulus;  // at most the modulus, which the bound on the sum of products allows
        subtract_from(negated, c.words_);
        PrimeField out;
        set_sum(out.words_, a.words_, b.words_, negated, d.words_);
        return out;
    }
    [[nodiscard, gnu::always_inline]] static constexpr PrimeField product_sum(const PrimeField& a, const PrimeField& b,
                                                                              const PrimeField& c,
                                                                              const PrimeField& d) noexcept {
        PrimeField out;
        set_sum(out.words_, a.words_, b.words_, c.words_, d.words_);
        return out;
    }
    /// 9a - b and 9a + b.
    [[nodiscard, gnu::always_inline]] static constexpr PrimeField nine_less(const PrimeField& a,
                                                                            const PrimeField& b) noexcept {
        Limbs negated = modulus;
        subtract_from(negated, b.words_);
        return nine_and(a.words_, negated);
    }
    [[nodiscard, gnu::always_inline]] static constexpr PrimeField nine_plus(const PrimeField& a,
                                                                            const PrimeField& b) noexcept {
        return nine_and(a.words_, b.words_);
    }
    /// (a + b)(a - b). Neither factor is reduced: both stay below 2m, their product below 4m^2 < R m.
    [[nodiscard, gnu::always_inline]] static constexpr PrimeField difference_of_squares(const PrimeField& a,
                                                                                        const PrimeField& b) noexcept {
        Limbs difference = a.words_;
        add_to(difference, modulus);
        subtract_from(difference, b.words_);
        PrimeField out;
        set_product(out.words_, unreduced_sum(a, b), difference);
        return out;
    }

    [[nodiscard]] constexpr PrimeField power(const Limbs& exponent) const noexcept {
        PrimeField out = one();
        for (std::size_t i = 256; i-- > 0;) {
            out = out.square();
            if (bit(exponent, i)) out = out * *this;
        }
        return out;
    }
    /// Of zero: zero.
    [[nodiscard]] PrimeField inverse() const noexcept;

    /// The products on processors without montgomery_adx.hpp, and in constants: out = a b / R mod m, and (a b + c d) /
    /// R mod m. Bounds as in set_product() and set_sum().
    [[nodiscard, gnu::noinline]] static constexpr Limbs portable_product(const Limbs& a, const Limbs& b) noexcept {
        Limbs t{};
        add_row(t, a, b[0]);
        add_row(t, a, b[1]);
        add_row(t, a, b[2]);
        add_row(t, a, b[3]);
        return reduce_once(t, modulus);
    }
    [[nodiscard, gnu::noinline]] static constexpr Limbs portable_sum(const Limbs& a, const Limbs& b, const Limbs& c,
                                                                     const Limbs& d) noexcept {
        Limbs t{};
        add_two_rows(t, a, b[0], c, d[0]);
        add_two_rows(t, a, b[1], c, d[1]);
        add_two_rows(t, a, b[2], c, d[2]);
        add_two_rows(t, a, b[3], c, d[3]);
        return reduce_once(t, modulus);
    }

private:
    explicit constexpr PrimeField(const Limbs& words) noexcept : words_{words} {}

    /// Below 2m < 2^255.
    [[nodiscard, gnu::always_inline]] static constexpr Limbs unreduced_sum(const PrimeField& a,
                                                                           const PrimeField& b) noexcept {
        Limbs out = a.words_;
        add_to(out, b.words_);
        return out;
    }

    /// The low four words of k m for k up to 9.
    static constexpr std::array<Limbs, 10> multiples = [] {
        std::array<Limbs, 10> out{};
        for (std::size_t k = 1; k < out.size(); ++k) {
            out[k] = out[k - 1];
            add_to(out[k], modulus);
        }
        return out;
    }();
    /// 9a + b mod m for a < m and b <= m. The quotient by m is estimated from the bits above 2^250: 21/256 is less than
    /// 2^250/m = 0.0826, the estimate right or one too small, and the rest below 2m.
    [[nodiscard, gnu::always_inline]] static constexpr PrimeField nine_and(const Limbs& a, const Limbs& b) noexcept {
        static_assert(modulus[3] >> 52 == 0x306);
        u128 sum = 0;
        Limbs out{};
        for (std::size_t i = 0; i < 4; ++i) {
            sum += static_cast<u128>(a[i]) * 9 + b[i];
            out[i] = low(sum);
            sum >>= 64;
        }
        const std::uint64_t top = (low(sum) << 6) | (out[3] >> 58);  // below 10m / 2^250 < 122
        subtract_from(out, multiples[(top * 21) >> 8]);              // what borrows cancels the fifth word
        return PrimeField{reduce_once(out, modulus)};
    }

    /// One row of the product: (t + a w + q m) / 2^64 with the q that makes the division exact. For t, a < 2m the sums
    /// of the top words do not overflow, because m has two spare bits.
    [[gnu::always_inline]] static constexpr void add_row(Limbs& t, const Limbs& a, std::uint64_t w) noexcept {
        u128 product = static_cast<u128>(a[0]) * w + t[0];
        const std::uint64_t q = low(product) * m_inverse;
        u128 reduction = static_cast<u128>(q) * modulus[0] + low(product);
        for (std::size_t j = 1; j < 4; ++j) {
            product = static_cast<u128>(a[j]) * w + t[j] + high(product);
            reduction = static_cast<u128>(q) * modulus[j] + low(product) + high(reduction);
            t[j - 1] = low(reduction);
        }
        t[3] = high(product) + high(reduction);
    }
    /// out = a b / R mod m for a < 2m and a b < R m; b may have all of its bits. The result is written where it
    /// stays: a copy would wait for the words to reach the cache one by one.
    [[gnu::always_inline]] static constexpr void set_product(Limbs& out, const Limbs& a, const Limbs& b) noexcept {
#if defined(__x86_64__)
        if (!std::is_constant_evaluated() && processor_has_adx) {
            enshrine_montgomery_product(out.data(), a.data(), b.data(), &montgomery_modulus);
            return;
        }
#endif
        out = portable_product(a, b);
    }
    [[nodiscard]] static constexpr Limbs montgomery_product(const Limbs& a, const Limbs& b) noexcept {
        Limbs out{};
        set_product(out, a, b);
        return out;
    }
    /// (t + a w + c v + q m) / 2^64. The sum before the division is below (3m + 1) 2^64: five words hold it.
    [[gnu::always_inline]] static constexpr void add_two_rows(Limbs& t, const Limbs& a, std::uint64_t w, const Limbs& c,
                                                              std::uint64_t v) noexcept {
        std::array<std::uint64_t, 5> s{};
        u128 sum = 0;
        for (std::size_t j = 0; j < 4; ++j) {
            sum = static_cast<u128>(a[j]) * w + t[j] + high(sum);
            s[j] = low(sum);
        }
        s[4] = high(sum);
        sum = 0;
        for (std::size_t j = 0; j < 4; ++j) {
            sum = static_cast<u128>(c[j]) * v + s[j] + high(sum);
            s[j] = low(sum);
        }
        s[4] += high(sum);
        const std::uint64_t q = s[0] * m_inverse;
        sum = static_cast<u128>(q) * modulus[0] + s[0];
        for (std::size_t j = 1; j < 4; ++j) {
            sum = static_cast<u128>(q) * modulus[j] + s[j] + high(sum);
            t[j - 1] = low(sum);
        }
        t[3] = s[4] + high(sum);
    }
    /// out = (a b + c d) / R mod m for factors of at most m: 2m^2/R + m < 2m, since m < R/4.
    [[gnu::always_inline]] static constexpr void set_sum(Limbs& out, const Limbs& a, const Limbs& b, const Limbs& c,
                                                         const Limbs& d) noexcept {
#if defined(__x86_64__)
        if (!std::is_constant_evaluated() && processor_has_adx) {
            enshrine_montgomery_sum(out.data(), a.data(), b.data(), c.data(), d.data(), &montgomery_modulus);
            return;
        }
#endif
        out = portable_sum(a, b, c, d);
    }
    /// 2^k mod m by doubling.
    [[nodiscard]] static constexpr Limbs power_of_two(std::size_t k) noexcept {
        Limbs out{1, 0, 0, 0};
        for (std::size_t i = 0; i < k; ++i) {
            const Limbs same = out;
            add_to(out, same);
            out = reduce_once(out, modulus);
        }
        return out;
    }
    static constexpr std::uint64_t m_inverse = negative_inverse(modulus[0]);
    static constexpr MontgomeryModulus montgomery_modulus{{modulus[0], modulus[1], modulus[2], modulus[3]}, m_inverse};
    static constexpr Limbs r_mod_m = power_of_two(256);
    static constexpr Limbs square_of_r = power_of_two(512);

    Limbs words_{};
};

template <class Parameters>
PrimeField<Parameters> PrimeField<Parameters>::inverse() const noexcept {
    // x R has the inverse 1/x R^-1, and each Montgomery product with R^2 multiplies by R.
    PrimeField out;
    set_product(out.words_, modular_inverse(words_, modulus), square_of_r);
    set_product(out.words_, Limbs{out.words_}, square_of_r);
    return out;
}

}  // namespace enshrine::algebra::bn254
