// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/bn254/groups.hpp>
#include <enshrine/algebra/bn254/pairing.hpp>
#include <enshrine/algebra/bn254/scalars.hpp>
#include <enshrine/base/assert.hpp>

#include <algorithm>

namespace enshrine::algebra::bn254 {
namespace {

using Coefficients = LineCoefficients<Fp>;

/// One variable pair on its way through the loop.
class Walker {
public:
    explicit Walker(const Pair& pair) noexcept
        : p_{pair.p}, q_{pair.q}, minus_qy_{-pair.q.y}, t_{pair.q.x, pair.q.y, Fp2::one()} {}

    [[nodiscard]] Coefficients twice() noexcept { return at_p(double_step(t_)); }
    [[nodiscard]] Coefficients add(int digit) noexcept {
        return at_p(add_step(t_, q_.x, digit > 0 ? q_.y : minus_qy_));
    }
    [[nodiscard]] Coefficients add(const G2Affine& q) noexcept { return at_p(add_step(t_, q.x, q.y)); }
    [[nodiscard]] const G2Affine& q() const noexcept { return q_; }
    [[nodiscard]] bool is_at(const G2Affine& q) const noexcept {
        return !t_.z.is_zero() && t_.x == q.x * t_.z && t_.y == q.y * t_.z;
    }

private:
    [[nodiscard]] Coefficients at_p(const Coefficients& line) const noexcept {
        return {line.constant * p_.y, line.slope * p_.x, line.intercept};
    }

    G1Affine p_;
    G2Affine q_;
    Fp2 minus_qy_;
    HomogeneousPoint<Fp> t_;
};

LastPoints<G2Affine> last_points(const G2Affine& q) noexcept {
    const G2Affine first = untwist_frobenius_twist(q);
    const G2Affine second = -untwist_frobenius_twist(first);
    return {first, second, untwist_frobenius_twist(second)};
}

/// One prepared pair: its lines come in the order of the loop.
struct PreparedWalker {
    const PreparedG2::Line* next;
    Fp x_over_y;
    Fp one_over_y;

    void absorb_into(Fp12& f) noexcept {
        f = f.times_unit_line(next->slope * x_over_y, next->intercept * one_over_y);
        ++next;
    }
};

std::vector<Walker> walkers_of(std::span<const Pair> pairs) {
    std::vector<Walker> out;
    out.reserve(pairs.size());
    for (const Pair& pair : pairs) {
        if (!pair.p.is_infinity() && !pair.q.is_infinity()) out.emplace_back(pair);
    }
    return out;
}

std::vector<PreparedWalker> walkers_of(std::span<const PreparedPair> pairs) {
    std::vector<PreparedWalker> out;
    std::vector<Fp> inverses;
    for (const PreparedPair& pair : pairs) {
        if (pair.p.is_infinity() || pair.q->lines().empty()) continue;
        out.push_back({pair.q->lines().data(), pair.p.x, Fp::zero()});
        inverses.push_back(pair.p.y);
    }
    invert_all<Fp>(inverses);
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i].x_over_y = out[i].x_over_y * inverses[i];
        out[i].one_over_y = inverses[i];
    }
    return out;
}

/// f^x in the cyclotomic subgroup, in windows of signed digits.
Fp12 cyclotomic_power_of_x(const Fp12& f) noexcept {
    const Naf digits = signed_digits({curve_parameter, 0, 0, 0}, 4);
    std::array<Fp12, 4> odd;
    const Fp12 square = f.cyclotomic_square();
    odd[0] = f;
    for (std::size_t i = 1; i < odd.size(); ++i) odd[i] = odd[i - 1] * square;
    ENSHRINE_ASSERT(digits.digits[digits.size - 1] > 0);
    Fp12 out = odd[static_cast<std::size_t>(digits.digits[digits.size - 1] / 2)];
    for (std::size_t i = digits.size - 1; i-- > 0;) {
        out = out.cyclotomic_square();
        const int digit = digits.digits[i];
        if (digit > 0) out = out * odd[static_cast<std::size_t>(digit / 2)];
        if (digit < 0) out = out * odd[static_cast<std::size_t>(-digit / 2)].conjugate();
    }
    return out;
}

}  // namespace

PreparedG2::PreparedG2(const G2Affine& q) {
    if (q.is_infinity()) return;
    std::vector<Coefficients> found;
    found.reserve(lines_per_loop);
    HomogeneousPoint<Fp> t{q.x, q.y, Fp2::one()};
    for (std::size_t i = loop_digits.size() - 1; i-- > 0;) {
        found.push_back(double_step(t));
        const int digit = loop_digits[i];
        if (digit != 0) found.push_back(add_step(t, q.x, digit > 0 ? q.y : -q.y));
    }
    const auto last = last_points(q);
    for (const G2Affine& point : {last.first, last.second}) found.push_back(add_step(t, point.x, point.y));
    ENSHRINE_ASSERT(found.size() == lines_per_loop);
    std::vector<Fp2> inverses;
    inverses.reserve(found.size());
    for (const auto& line : found) inverses.push_back(line.constant);
    invert_all<Fp2>(inverses);
    lines_.reserve(found.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        lines_.push_back({found[i].slope * inverses[i], found[i].intercept * inverses[i]});
    }
}

namespace {

struct Loop {
    Fp12 value;
    bool in_subgroup = true;  ///< the second points of all walkers
};

Loop walk(std::vector<Walker> walkers, std::span<const PreparedPair> prepared) {
    auto prepared_walkers = walkers_of(prepared);
    Fp12 f = Fp12::one();
    for (std::size_t i = loop_digits.size() - 1; i-- > 0;) {
        f = f.square();
        LineProduct<Fp> lines{f};
        for (Walker& walker : walkers) lines.add(walker.twice());
        const int digit = loop_digits[i];
        if (digit != 0) {
            for (Walker& walker : walkers) lines.add(walker.add(digit));
        }
        lines.finish();
        for (PreparedWalker& walker : prepared_walkers) walker.absorb_into(f);
        if (digit == 0) continue;
        for (PreparedWalker& walker : prepared_walkers) walker.absorb_into(f);
    }
    LineProduct<Fp> lines{f};
    bool in_subgroup = true;
    for (Walker& walker : walkers) {
        const auto last = last_points(walker.q());
        lines.add(walker.add(last.first));
        lines.add(walker.add(last.second));
        in_subgroup = in_subgroup && walker.is_at(last.end);
    }
    lines.finish();
    for (PreparedWalker& walker : prepared_walkers) {
        walker.absorb_into(f);
        walker.absorb_into(f);
    }
    return {f, in_subgroup};
}

/// Whether those second points that do not go through the loop are in G2.
bool left_out_in_subgroup(std::span<const Pair> pairs) noexcept {
    return std::ranges::all_of(pairs, [](const Pair& pair) noexcept {
        return !pair.p.is_infinity() || pair.q.is_infinity() || in_subgroup(pair.q);
    });
}

}  // namespace

Fp12 miller_loop(std::span<const Pair> pairs, std::span<const PreparedPair> prepared) {
    return walk(walkers_of(pairs), prepared).value;
}

std::optional<Fp12> miller_loop_on_twist(std::span<const Pair> pairs, std::span<const PreparedPair> prepared) {
    const Loop loop = walk(walkers_of(pairs), prepared);
    if (!loop.in_subgroup || !left_out_in_subgroup(pairs)) return std::nullopt;
    return loop.value;
}

Fp12 final_exponentiation(const Fp12& f) noexcept {
    // The easy part: (p^6 - 1)(p^2 + 1).
    const Fp12 m = f.conjugate() * f.inverse();
    const Fp12 g = m.frobenius<2>() * m;
    // The hard part of Fuentes-Castañeda, Knapp, Rodríguez-Henríquez (2011): g to the power
    // (1 + 6x + 12x^2 + 12x^3) + (4x + 6x^2 + 12x^3) p + (6x + 6x^2 + 12x^3) p^2 + (-1 + 4x + 6x^2 + 12x^3) p^3.
    const Fp12 g2x = cyclotomic_power_of_x(g).cyclotomic_square();
    const Fp12 g6x = g2x.cyclotomic_square() * g2x;
    const Fp12 g6x2 = cyclotomic_power_of_x(g6x);
    const Fp12 g12x3 = cyclotomic_power_of_x(g6x2.cyclotomic_square());
    const Fp12 a = g12x3 * g6x2 * g6x;
    const Fp12 b = a * g2x.conjugate();
    return a * g6x2 * g * b.frobenius<1>() * a.frobenius<2>() * (b * g.conjugate()).frobenius<3>();
}

bool pairing_product_is_one(std::span<const Pair> pairs, std::span<const PreparedPair> prepared) {
    return final_exponentiation(miller_loop(pairs, prepared)) == Fp12::one();
}

}  // namespace enshrine::algebra::bn254
