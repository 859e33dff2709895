// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// AVX-512 IFMA: eight points in the lanes of registers, through the templates that compute with one.
#include <enshrine/algebra/bn254/lane_codes_host.hpp>

#if defined(__x86_64__)
#include <immintrin.h>

#include <span>
#include <vector>

#if !defined(__clang__)
// g++ 12 warns of the operands that its own intrinsics leave undefined.
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC push_options
#pragma GCC target("avx512f,avx512dq,avx512vl,avx512ifma")
#else
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl,avx512ifma"))), apply_to = function)
#endif

// What has templates over the field is compiled for the instructions here; nothing of it is used with Fp in this file.
#include <enshrine/algebra/bn254/fp12.hpp>
#include <enshrine/algebra/bn254/miller_steps.hpp>
#include <enshrine/algebra/bn254/point_lanes_ifma.hpp>

namespace enshrine::algebra::bn254 {
namespace {

using Fp12Lanes = DodecicExtension<FpLanes>;
using Coefficients = LineCoefficients<FpLanes>;

Fp2Lanes load(const LaneFp& c0, const LaneFp& c1) noexcept {
    const FpLanes first = FpLanes::load(c0);
    const FpLanes second = FpLanes::load(c1);
    return {first, second};
}

// ψ and φ of groups.hpp.
Fp2Lanes psi_x(const Fp2Lanes& x) noexcept {
    static constexpr Fp2 factor = frobenius_factor(1, 2);
    return x.conjugate() * Fp2Lanes::broadcast(factor);
}
Fp2Lanes psi_y(const Fp2Lanes& y) noexcept {
    static constexpr Fp2 factor = frobenius_factor(1, 3);
    return y.conjugate() * Fp2Lanes::broadcast(factor);
}
FpLanes times_beta(const FpLanes& x) noexcept {
    static constexpr Fp beta = Fp::from(limbs(0, 0x59e26bcea0d48bac, 0xd4f263f1acdb5c4f, 0x5763473177fffffe));
    return x * FpLanes::broadcast(beta);
}

/// Eight pairs on their way through the loop, as Walker of pairing.cpp.
class Walkers {
public:
    explicit Walkers(const LanePairs& pairs) noexcept
        : px_{FpLanes::load(pairs.p[0])},
          py_{FpLanes::load(pairs.p[1])},
          qx_{load(pairs.q[0], pairs.q[1])},
          qy_{load(pairs.q[2], pairs.q[3])},
          minus_qy_{-qy_},
          t_{qx_, qy_, Fp2Lanes::one()},
          idle_{static_cast<__mmask8>(~pairs.active)} {}

    [[nodiscard]] Coefficients twice() noexcept { return at_p(double_step(t_)); }
    [[nodiscard]] Coefficients add(int digit) noexcept { return at_p(add_step(t_, qx_, digit > 0 ? qy_ : minus_qy_)); }
    /// The last lines; returns which points are in G2 [LastPoints].
    [[nodiscard]] LaneMask add_last(LineProduct<FpLanes>& lines) noexcept {
        const Fp2Lanes x1 = psi_x(qx_);
        const Fp2Lanes y1 = psi_y(qy_);
        const Fp2Lanes x2 = psi_x(x1);
        const Fp2Lanes y2 = -psi_y(y1);
        lines.add(at_p(add_step(t_, x1, y1)));
        lines.add(at_p(add_step(t_, x2, y2)));
        const __mmask8 x = zeros(t_.x - psi_x(x2) * t_.z);
        const __mmask8 y = zeros(t_.y - psi_y(y2) * t_.z);
        return static_cast<LaneMask>(x & y & ~zeros(t_.z));
    }

private:
    [[nodiscard]] Coefficients at_p(const Coefficients& line) const noexcept {
        const Coefficients out{line.constant * py_, line.slope * px_, line.intercept};
        if (idle_ == 0) return out;
        return {select(idle_, out.constant, Fp2Lanes::one()), select(idle_, out.slope, Fp2Lanes::zero()),
                select(idle_, out.intercept, Fp2Lanes::zero())};
    }

    FpLanes px_;
    FpLanes py_;
    Fp2Lanes qx_;
    Fp2Lanes qy_;
    Fp2Lanes minus_qy_;
    HomogeneousPoint<FpLanes> t_;
    __mmask8 idle_;
};

void store(const CubicExtension<FpLanes>& a, LaneFp* out) noexcept {
    a.c0.c0.store(out[0]);
    a.c0.c1.store(out[1]);
    a.c1.c0.store(out[2]);
    a.c1.c1.store(out[3]);
    a.c2.c0.store(out[4]);
    a.c2.c1.store(out[5]);
}

void miller(const LanePairs* pairs, std::size_t count, LaneFp12& out, LaneMask* in_subgroup) noexcept {
    std::vector<Walkers> walkers;
    walkers.reserve(count);
    for (std::size_t i = 0; i < count; ++i) walkers.emplace_back(pairs[i]);
    Fp12Lanes f = Fp12Lanes::one();
    for (std::size_t i = loop_digits.size() - 1; i-- > 0;) {
        f = f.square();
        LineProduct<FpLanes> lines{f};
        for (Walkers& eight : walkers) lines.add(eight.twice());
        if (loop_digits[i] == 0) continue;
        for (Walkers& eight : walkers) lines.add(eight.add(loop_digits[i]));
    }
    LineProduct<FpLanes> lines{f};
    for (Walkers& eight : walkers) *in_subgroup++ = eight.add_last(lines);
    lines.finish();
    store(f.c0, out.data());
    store(f.c1, out.data() + 6);
}

/// P, 2P, …, 8P.
struct Multiples {
    G1Lanes of[1 << (window_bits - 1)];

    explicit Multiples(const LaneG1& point) noexcept {
        of[0] = {FpLanes::load(point[0]), FpLanes::load(point[1]), FpLanes::one(), 0};
        for (std::size_t i = 1; i < std::size(of); ++i) of[i] = i % 2 == 1 ? of[i / 2].twice() : of[i - 1] + of[0];
    }

    /// The multiple that each lane's digit names.
    [[nodiscard]] G1Lanes at(__m512i digits) const noexcept {
        const __m512i size = _mm512_abs_epi64(digits);
        G1Lanes out = of[0];
        for (std::size_t i = 1; i < std::size(of); ++i) {
            const __m512i this_size = _mm512_set1_epi64(static_cast<long long>(i + 1));
            out = G1Lanes::select_points(_mm512_cmpeq_epi64_mask(size, this_size), out, of[i]);
        }
        out.y = select(_mm512_movepi64_mask(digits), out.y, -out.y);
        out.infinite = static_cast<__mmask8>(out.infinite | _mm512_testn_epi64_mask(digits, digits));
        return out;
    }
};

__m512i load_digits(const std::array<std::int8_t, lane_count>& digits) noexcept {
    return _mm512_cvtepi8_epi64(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(digits.data())));
}

void sum(const LaneTerm* terms, std::size_t count, std::size_t windows, LaneJacobian& out) noexcept {
    std::vector<Multiples> multiples;
    multiples.reserve(count);
    for (std::size_t i = 0; i < count; ++i) multiples.emplace_back(terms[i].p);
    G1Lanes total{FpLanes::zero(), FpLanes::zero(), FpLanes::zero(), 0xff};
    for (std::size_t window = windows_max - windows; window < windows_max; ++window) {
        for (std::size_t k = 0; k < window_bits && total.infinite != 0xff; ++k) total = total.twice();
        for (std::size_t i = 0; i < count; ++i) {
            total = total + multiples[i].at(load_digits(terms[i].digits.of_p[window]));
            G1Lanes mapped = multiples[i].at(load_digits(terms[i].digits.of_mapped[window]));
            mapped.x = times_beta(mapped.x);
            total = total + mapped;
        }
    }
    total.z = select(total.infinite, total.z, FpLanes::zero());
    total.x.store(out[0]);
    total.y.store(out[1]);
    total.z.store(out[2]);
}

}  // namespace

const LaneCode lane_code_ifma{"avx512_ifma", miller, sum};

}  // namespace enshrine::algebra::bn254

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif
