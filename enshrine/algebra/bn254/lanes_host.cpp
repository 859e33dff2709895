// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/bn254/groups.hpp>
#include <enshrine/algebra/bn254/lane_codes_host.hpp>
#include <enshrine/algebra/bn254/lanes.hpp>
#include <enshrine/algebra/bn254/msm.hpp>
#include <enshrine/algebra/bn254/scalars.hpp>
#include <enshrine/base/assert.hpp>

#include <algorithm>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace enshrine::algebra::bn254 {
namespace {

#if defined(__x86_64__)
/// __builtin_cpu_supports() asks the operating system too; g++ 12 knows no name for IFMA.
bool processor_has_ifma() noexcept {
    if (__builtin_cpu_supports("avx512f") == 0 || __builtin_cpu_supports("avx512dq") == 0 ||
        __builtin_cpu_supports("avx512vl") == 0) {
        return false;
    }
    constexpr unsigned ifma_bit = 1U << 21;  // leaf 7, EBX
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & ifma_bit) != 0;
}
const LaneCode* choose() noexcept {
    return processor_has_ifma() ? &lane_code_ifma : nullptr;
}
#else
const LaneCode* choose() noexcept {
    return nullptr;
}
#endif

/// Below this many points, lanes that are idle cost more than the others gain.
constexpr std::size_t points_min = 3;
/// Pairs that share the squarings of one loop; their state stays within the second cache.
constexpr std::size_t loop_groups_max = 16;
/// Terms that share the doublings of one sum; so do their tables of 8 kB.
constexpr std::size_t sum_terms_max = 64;

void put(LaneG1& out, std::size_t lane, const G1Affine& p) noexcept {
    out[0][lane] = p.x;
    out[1][lane] = p.y;
}
void put(LaneG2& out, std::size_t lane, const G2Affine& q) noexcept {
    out[0][lane] = q.x.c0;
    out[1][lane] = q.x.c1;
    out[2][lane] = q.y.c0;
    out[3][lane] = q.y.c1;
}
Fp12 take(const LaneFp12& f, std::size_t lane) noexcept {
    const auto at = [&](std::size_t i) noexcept { return Fp2{f[i][lane], f[i + 1][lane]}; };
    return {{at(0), at(2), at(4)}, {at(6), at(8), at(10)}};
}
G1 take(const LaneJacobian& p, std::size_t lane) noexcept {
    return {p[0][lane], p[1][lane], p[2][lane]};
}

/// A half in digits from -8 to 8, the most significant first; returns how many of the last windows are not zero.
std::size_t put_digits(std::array<std::array<std::int8_t, lane_count>, windows_max>& out, std::size_t lane,
                       const SignedHalf& half) noexcept {
    constexpr int base = 1 << window_bits;
    u128 rest = (static_cast<u128>(half.high) << 64) | half.low;
    std::size_t used = 0;
    int carry = 0;
    for (std::size_t i = 0; i < windows_max; ++i) {
        int digit = static_cast<int>(low(rest) % base) + carry;
        carry = digit > base / 2 ? 1 : 0;
        digit -= carry * base;
        rest >>= window_bits;
        if (digit != 0) used = i + 1;
        out[windows_max - 1 - i][lane] = static_cast<std::int8_t>(half.negative ? -digit : digit);
    }
    ENSHRINE_ASSERT(rest == 0 && carry == 0);  // halves are below 2^127
    return used;
}

/// Terms for eight lanes, lane by lane.
class TermList {
public:
    /// Lane i % 8 of term i / 8.
    TermList(std::span<const G1Affine> points, std::span<const Fr> scalars)
        : terms_((points.size() + lane_count - 1) / lane_count) {
        for (std::size_t i = 0; i < lane_count * terms_.size(); ++i) {
            const bool present = i < points.size() && !points[i].is_infinity();
            put_term(terms_[i / lane_count], i % lane_count, present ? points[i] : g1_generator,
                     present ? scalars[i] : Fr::zero());
        }
    }
    [[nodiscard]] std::span<const LaneTerm> terms() const noexcept { return terms_; }
    [[nodiscard]] std::size_t windows() const noexcept { return windows_; }

private:
    void put_term(LaneTerm& out, std::size_t lane, const G1Affine& point, const Fr& scalar) noexcept {
        put(out.p, lane, point);
        const SplitScalar split = split_scalar(scalar.canonical());
        const std::size_t first = put_digits(out.digits.of_p, lane, split.first);
        const std::size_t second = put_digits(out.digits.of_mapped, lane, split.second);
        windows_ = std::max({windows_, first, second});
    }

    std::vector<LaneTerm> terms_;
    std::size_t windows_ = 0;
};

/// Pairs whose points are finite, in groups of eight.
class PairList {
public:
    explicit PairList(std::span<const Pair> pairs) {
        groups_.reserve((pairs.size() + lane_count - 1) / lane_count);
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            if (!pairs[i].p.is_infinity() && !pairs[i].q.is_infinity()) put_pair(i, pairs[i]);
        }
    }
    [[nodiscard]] std::span<const LanePairs> groups() const noexcept { return groups_; }
    /// The index of the pair in lane i % 8 of group i / 8; as long as there are pairs.
    [[nodiscard]] std::span<const std::size_t> whose() const noexcept { return whose_; }

private:
    void put_pair(std::size_t index, const Pair& pair) {
        const std::size_t lane = whose_.size() % lane_count;
        if (lane == 0) groups_.emplace_back().active = 0;
        LanePairs& group = groups_.back();
        put(group.p, lane, pair.p);
        put(group.q, lane, pair.q);
        group.active = static_cast<LaneMask>(group.active | 1U << lane);
        whose_.push_back(index);
    }

    std::vector<LanePairs> groups_;
    std::vector<std::size_t> whose_;
};

/// For pairs that no loop walks.
bool second_in_subgroup(const Pair& pair) noexcept {
    return pair.q.is_infinity() || in_subgroup(pair.q);
}

}  // namespace

const LaneCode* lane_code() noexcept {
    static const LaneCode* const chosen = choose();
    return chosen;
}

LaneApply lane_apply() noexcept {
#if defined(__x86_64__)
    if (lane_code() == &lane_code_ifma) return &lane_apply_ifma;
#endif
    return nullptr;
}

namespace on {

MillerLoopOfMany miller_loop_of_many(const LaneCode* code, std::span<const Pair> pairs) {
    MillerLoopOfMany out{Fp12::one(), std::vector<bool>(pairs.size(), true)};
    if (code == nullptr || pairs.size() < points_min) {
        const auto value = miller_loop_on_twist(pairs);
        if (value) out.value = *value;
        for (std::size_t i = 0; !value && i < pairs.size(); ++i) out.in_subgroup[i] = second_in_subgroup(pairs[i]);
        return out;
    }
    const PairList list{pairs};
    std::vector<LaneMask> found(list.groups().size());
    for (std::size_t from = 0; from < list.groups().size(); from += loop_groups_max) {
        LaneFp12 f;
        const std::size_t count = std::min(loop_groups_max, list.groups().size() - from);
        code->miller(list.groups().data() + from, count, f, found.data() + from);
        for (std::size_t lane = 0; lane < lane_count; ++lane) out.value = out.value * take(f, lane);
    }
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        if (pairs[i].p.is_infinity()) out.in_subgroup[i] = second_in_subgroup(pairs[i]);
    }
    for (std::size_t i = 0; i < list.whose().size(); ++i) {
        out.in_subgroup[list.whose()[i]] = (found[i / lane_count] >> (i % lane_count) & 1) != 0;
    }
    return out;
}

std::vector<G1> multiply_each(const LaneCode* code, std::span<const G1Affine> points, std::span<const Fr> scalars) {
    ENSHRINE_ASSERT(points.size() == scalars.size());
    std::vector<G1> out;
    out.reserve(points.size());
    if (code == nullptr || points.size() < points_min) {
        for (std::size_t i = 0; i < points.size(); ++i) out.push_back(multiply(points[i], scalars[i]));
        return out;
    }
    const TermList list{points, scalars};
    for (const LaneTerm& term : list.terms()) {
        LaneJacobian products;
        code->sum(&term, 1, list.windows(), products);
        const std::size_t lanes = std::min(lane_count, points.size() - out.size());
        for (std::size_t lane = 0; lane < lanes; ++lane) out.push_back(take(products, lane));
    }
    return out;
}

G1 multi_scalar_product_of_many(const LaneCode* code, std::span<const G1Affine> points, std::span<const Fr> scalars) {
    ENSHRINE_ASSERT(points.size() == scalars.size());
    if (code == nullptr || points.size() < points_min) return multi_scalar_product(points, scalars);
    const TermList list{points, scalars};
    G1 out;
    for (auto rest = list.terms(); !rest.empty();) {
        const auto some = rest.first(std::min(sum_terms_max, rest.size()));
        LaneJacobian sums;
        code->sum(some.data(), some.size(), list.windows(), sums);
        for (std::size_t lane = 0; lane < lane_count; ++lane) out = out + take(sums, lane);
        rest = rest.subspan(some.size());
    }
    return out;
}

}  // namespace on

MillerLoopOfMany miller_loop_of_many(std::span<const Pair> pairs) {
    return on::miller_loop_of_many(lane_code(), pairs);
}
std::vector<G1> multiply_each(std::span<const G1Affine> points, std::span<const Fr> scalars) {
    return on::multiply_each(lane_code(), points, scalars);
}
G1 multi_scalar_product_of_many(std::span<const G1Affine> points, std::span<const Fr> scalars) {
    return on::multi_scalar_product_of_many(lane_code(), points, scalars);
}

}  // namespace enshrine::algebra::bn254
