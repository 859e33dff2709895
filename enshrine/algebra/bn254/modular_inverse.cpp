// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Division steps of Bernstein and Yang (2019, "Fast constant-time gcd computation and modular inversion"), 62 at a time
// on the lowest words, with a jump over zeros and several bits cancelled at once, since time may depend on the input.
#include <enshrine/algebra/bn254/modular_inverse.hpp>
#include <enshrine/base/assert.hpp>

#include <algorithm>
#include <bit>
#include <utility>

namespace enshrine::algebra::bn254 {
namespace {

constexpr int step_bits = 62;
constexpr std::uint64_t step_mask = (std::uint64_t{1} << step_bits) - 1;
/// 256-bit numbers need at most 741 division steps (theorem 11.2 of the paper).
constexpr int rounds_max = 12;

/// Five digits of 62 bits, of which the last has the sign.
using Signed = std::array<std::int64_t, 5>;

Signed to_signed(const Limbs& a) noexcept {
    const auto digit = [](std::uint64_t bits) noexcept { return static_cast<std::int64_t>(bits & step_mask); };
    return {digit(a[0]), digit(a[0] >> 62 | a[1] << 2), digit(a[1] >> 60 | a[2] << 4), digit(a[2] >> 58 | a[3] << 6),
            static_cast<std::int64_t>(a[3] >> 56)};
}
/// Of a number that is not negative.
Limbs to_limbs(const Signed& a) noexcept {
    const auto word = [&](std::size_t i) noexcept { return static_cast<std::uint64_t>(a[i]); };
    return {word(0) | word(1) << 62, word(1) >> 2 | word(2) << 60, word(2) >> 4 | word(3) << 58,
            word(3) >> 6 | word(4) << 56};
}

/// What 62 steps do: 2^62 (f', g') = (u f + v g, q f + r g).
struct Steps {
    std::int64_t u;
    std::int64_t v;
    std::int64_t q;
    std::int64_t r;
};

/// The steps from the lowest words; `eta` is minus the δ of the paper. Words wrap, as the low bits ask.
Steps divide_steps(std::int64_t& eta, std::uint64_t f, std::uint64_t g) noexcept {
    std::uint64_t u = 1;
    std::uint64_t v = 0;
    std::uint64_t q = 0;
    std::uint64_t r = 1;
    int left = step_bits;
    while (true) {
        const int zeros = std::countr_zero(g | (~std::uint64_t{0} << left));
        g >>= zeros;
        u <<= zeros;
        v <<= zeros;
        eta -= zeros;
        left -= zeros;
        if (left == 0) break;
        if (eta < 0) {
            eta = -eta;
            f = std::exchange(g, 0 - f);
            u = std::exchange(q, 0 - u);
            v = std::exchange(r, 0 - v);
        }
        // The multiple of f that cancels up to six low bits of g, as many as no exchange comes between: f (2 - f^2) is
        // 1/f modulo 64.
        const int bits = static_cast<int>(std::min<std::int64_t>({eta + 1, left, 6}));
        const std::uint64_t factor = (f * g * (f * f - 2)) & ((std::uint64_t{1} << bits) - 1);
        g += f * factor;
        q += u * factor;
        r += v * factor;
    }
    return {static_cast<std::int64_t>(u), static_cast<std::int64_t>(v), static_cast<std::int64_t>(q),
            static_cast<std::int64_t>(r)};
}

i128 product(std::int64_t a, std::int64_t b) noexcept {
    return static_cast<i128>(a) * b;
}
std::int64_t low_digit(i128 a) noexcept {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) & step_mask);
}

/// (f, g) after the steps; the division is exact.
void apply(const Steps& t, Signed& f, Signed& g) noexcept {
    i128 f_sum = product(t.u, f[0]) + product(t.v, g[0]);
    i128 g_sum = product(t.q, f[0]) + product(t.r, g[0]);
    for (std::size_t i = 1; i < 5; ++i) {
        f_sum = (f_sum >> step_bits) + product(t.u, f[i]) + product(t.v, g[i]);
        g_sum = (g_sum >> step_bits) + product(t.q, f[i]) + product(t.r, g[i]);
        f[i - 1] = low_digit(f_sum);
        g[i - 1] = low_digit(g_sum);
    }
    f[4] = static_cast<std::int64_t>(f_sum >> step_bits);
    g[4] = static_cast<std::int64_t>(g_sum >> step_bits);
}

struct Modulus {
    Signed digits;
    std::uint64_t inverse;  ///< 1/m mod 2^62
};

/// (d, e) after the steps, modulo m: both stay above -2m and below m.
void apply_modulo(const Steps& t, Signed& d, Signed& e, const Modulus& m) noexcept {
    const std::int64_t d_sign = d[4] >> 63;
    const std::int64_t e_sign = e[4] >> 63;
    // Multiples of m: first what makes negative numbers positive, then what makes the lowest digits vanish.
    std::int64_t d_times = (t.u & d_sign) + (t.v & e_sign);
    std::int64_t e_times = (t.q & d_sign) + (t.r & e_sign);
    i128 d_sum = product(t.u, d[0]) + product(t.v, e[0]);
    i128 e_sum = product(t.q, d[0]) + product(t.r, e[0]);
    const auto missing = [&](i128 sum, std::int64_t times) noexcept {
        const std::uint64_t low = static_cast<std::uint64_t>(sum);
        return static_cast<std::int64_t>((m.inverse * low + static_cast<std::uint64_t>(times)) & step_mask);
    };
    d_times -= missing(d_sum, d_times);
    e_times -= missing(e_sum, e_times);
    d_sum += product(m.digits[0], d_times);
    e_sum += product(m.digits[0], e_times);
    for (std::size_t i = 1; i < 5; ++i) {
        d_sum = (d_sum >> step_bits) + product(t.u, d[i]) + product(t.v, e[i]) + product(m.digits[i], d_times);
        e_sum = (e_sum >> step_bits) + product(t.q, d[i]) + product(t.r, e[i]) + product(m.digits[i], e_times);
        d[i - 1] = low_digit(d_sum);
        e[i - 1] = low_digit(e_sum);
    }
    d[4] = static_cast<std::int64_t>(d_sum >> step_bits);
    e[4] = static_cast<std::int64_t>(e_sum >> step_bits);
}

/// Carries between digits.
void settle(Signed& a) noexcept {
    for (std::size_t i = 0; i < 4; ++i) {
        a[i + 1] += a[i] >> step_bits;
        a[i] = static_cast<std::int64_t>(static_cast<std::uint64_t>(a[i]) & step_mask);
    }
}
void add_if_negative(Signed& a, const Signed& m) noexcept {
    if (a[4] >= 0) return;
    for (std::size_t i = 0; i < 5; ++i) a[i] += m[i];
    settle(a);
}

}  // namespace

Limbs modular_inverse(const Limbs& a, const Limbs& m) noexcept {
    const Modulus modulus{to_signed(m), (0 - negative_inverse(m[0])) & step_mask};
    Signed f = modulus.digits;
    Signed g = to_signed(a);
    Signed d{};
    Signed e{1, 0, 0, 0, 0};
    std::int64_t eta = -1;
    for (int round = 0; g != Signed{}; ++round) {
        ENSHRINE_ASSERT(round < rounds_max);
        const Steps steps = divide_steps(eta, static_cast<std::uint64_t>(f[0]), static_cast<std::uint64_t>(g[0]));
        apply_modulo(steps, d, e, modulus);
        apply(steps, f, g);
    }
    // f is ±1, and d is ±1/a. For a = 0 no step was made, and d is zero.
    add_if_negative(d, modulus.digits);
    if (f[4] < 0) {
        for (std::int64_t& digit : d) digit = -digit;
        settle(d);
    }
    add_if_negative(d, modulus.digits);
    return to_limbs(d);
}

}  // namespace enshrine::algebra::bn254
