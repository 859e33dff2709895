// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/bn254/lane_code.hpp>
#include <enshrine/algebra/bn254/lanes.hpp>
#include <enshrine/algebra/bn254/scalars.hpp>
#include <enshrine/base/assert.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/proofs/snark/pairing_batch.hpp>

#include <algorithm>
#include <numeric>

namespace enshrine::proofs {

namespace bn254 = algebra::bn254;

using bn254::Fr;
using bn254::G1;
using bn254::G1Affine;

namespace {

std::uint64_t word_at(const Hash32& hash, std::size_t at) noexcept {
    return load_le<std::uint64_t>(hash.data() + at);
}

/// [PROOF-BATCH.2] a + bλ with 64 bits of each.
Fr weight_of(const Hash32& seed, std::uint64_t index) noexcept {
    FixedBytes<8> number;
    store_le(number.data(), index);
    const Hash32 hash = hash::sha256(seed.view(), number.view());
    const Fr lambda = Fr::from(bn254::glv_lambda);
    return Fr::from(word_at(hash, 0)) + Fr::from(word_at(hash, 8)) * lambda;
}

/// Combinations of fewer points are computed together, point by point.
constexpr std::size_t own_sum_min = 8;

/// Linear combinations of points, one for each fixed point.
class Combinations {
public:
    explicit Combinations(std::size_t count) : points_(count), factors_(count) {}
    void add(std::size_t fixed, const G1Affine& point, const Fr& factor) {
        points_[fixed].push_back(point);
        factors_[fixed].push_back(factor);
    }
    void add_sums_to(std::vector<G1>& out) const {
        std::vector<G1Affine> points;
        std::vector<Fr> factors;
        std::vector<std::size_t> whose;
        for (std::size_t i = 0; i < points_.size(); ++i) {
            if (points_[i].size() >= own_sum_min) {
                out[i] = out[i] + bn254::multi_scalar_product_of_many(points_[i], factors_[i]);
                continue;
            }
            points.insert(points.end(), points_[i].begin(), points_[i].end());
            factors.insert(factors.end(), factors_[i].begin(), factors_[i].end());
            whose.insert(whose.end(), points_[i].size(), i);
        }
        const auto products = bn254::multiply_each(points, factors);
        for (std::size_t i = 0; i < products.size(); ++i) out[whose[i]] = out[whose[i]] + products[i];
    }

private:
    std::vector<std::vector<G1Affine>> points_;
    std::vector<std::vector<Fr>> factors_;
};

// Measured beside the product of a point by a scalar, rounded.
constexpr std::size_t pair_work = 6;
constexpr std::size_t final_exponentiation_work = 12;

/// With more fixed points than this, eight pairs at a time are faster than one pair whose lines are prepared.
constexpr std::size_t prepared_max = 3;

}  // namespace

/// What does not depend on which members are checked together.
struct PairingBatch::Weighted {
    std::vector<Fr> weights;                      ///< of members
    std::vector<std::vector<bn254::Pair>> pairs;  ///< of members: the first points times the weight
};
struct PairingBatch::Product {
    bn254::Fp12 value;                 ///< means nothing if there is anything outside
    std::vector<std::size_t> outside;  ///< members with a second point that is not in G2
};

std::size_t PairingBatch::add_form(EquationForm form) {
    std::vector<std::size_t> at;
    for (const FixedPoint& fixed : form.fixed) {
        const auto same = [&](const FixedPoint& other) noexcept { return other.point == fixed.point; };
        const auto found = std::ranges::find_if(fixed_, same);
        at.push_back(static_cast<std::size_t>(found - fixed_.begin()));
        if (found == fixed_.end()) fixed_.push_back(fixed);
    }
    forms_.push_back(std::move(form));
    at_.push_back(std::move(at));
    return forms_.size() - 1;
}

void PairingBatch::add(std::size_t form, Equation equation) {
    ENSHRINE_ASSERT(form < forms_.size());
    ENSHRINE_ASSERT(equation.shared.size() == forms_[form].shared.size());
    members_.push_back({form, std::move(equation)});
}

PairingBatch::Weighted PairingBatch::weighted() const {
    Weighted out;
    std::vector<G1Affine> first;
    std::vector<Fr> factors;
    for (const Member& member : members_) {
        out.weights.push_back(weight_of(seed_, out.weights.size()));
        for (const bn254::Pair& pair : member.equation.variable) {
            first.push_back(pair.p);
            factors.push_back(out.weights.back());
        }
    }
    const auto products = bn254::multiply_each(first, factors);
    const auto scaled = bn254::to_affine<bn254::Fp>(products);
    std::size_t next = 0;
    for (const Member& member : members_) {
        auto& pairs = out.pairs.emplace_back();
        for (const bn254::Pair& pair : member.equation.variable) pairs.push_back({scaled[next++], pair.q});
    }
    return out;
}

PairingBatch::Product PairingBatch::product(const Weighted& weighted, std::span<const std::size_t> members) const {
    Combinations own{fixed_.size()};
    std::vector<std::vector<Fr>> shared_factors(forms_.size());
    std::vector<bn254::Pair> pairs;
    std::vector<std::size_t> whose;
    for (const std::size_t i : members) {
        const auto& [form, equation] = members_[i];
        const Fr& weight = weighted.weights[i];
        pairs.insert(pairs.end(), weighted.pairs[i].begin(), weighted.pairs[i].end());
        whose.resize(pairs.size(), i);
        for (const Equation::Term& term : equation.own)
            own.add(at_[form][term.fixed], term.point, weight * term.factor);
        auto& factors = shared_factors[form];
        factors.resize(equation.shared.size());
        for (std::size_t k = 0; k < factors.size(); ++k) factors[k] = factors[k] + weight * equation.shared[k];
    }
    // Apart from the others, whose factors may be the short weights.
    Combinations shared{fixed_.size()};
    for (std::size_t form = 0; form < forms_.size(); ++form) {
        for (std::size_t k = 0; k < shared_factors[form].size(); ++k) {
            const auto& [point, fixed] = forms_[form].shared[k];
            shared.add(at_[form][fixed], point, shared_factors[form][k]);
        }
    }
    std::vector<G1> sums(fixed_.size());
    own.add_sums_to(sums);
    shared.add_sums_to(sums);
    const auto points = bn254::to_affine<bn254::Fp>(sums);
    std::vector<bn254::PreparedPair> prepared;
    const bool in_lanes = bn254::lane_code() != nullptr && fixed_.size() > prepared_max;
    for (std::size_t fixed = 0; fixed < fixed_.size(); ++fixed) {
        if (points[fixed].is_infinity()) continue;  // of forms that no member has
        if (in_lanes) pairs.push_back({points[fixed], fixed_[fixed].point});
        if (!in_lanes) prepared.push_back({points[fixed], fixed_[fixed].lines});
    }
    const auto loop = bn254::miller_loop_of_many(pairs);
    Product out{bn254::Fp12::one(), {}};
    for (std::size_t i = 0; i < whose.size(); ++i) {
        if (!loop.in_subgroup[i]) out.outside.push_back(whose[i]);
    }
    if (out.outside.empty()) out.value = bn254::final_exponentiation(loop.value * bn254::miller_loop({}, prepared));
    return out;
}

std::size_t PairingBatch::product_work(std::span<const std::size_t> members) const {
    std::size_t pairs = 0;
    std::size_t terms = 0;
    std::vector<bool> has_form(forms_.size());
    std::vector<bool> has_fixed(fixed_.size());
    for (const std::size_t i : members) {
        const auto& [form, equation] = members_[i];
        pairs += equation.variable.size();
        terms += equation.own.size();
        if (has_form[form]) continue;
        has_form[form] = true;
        terms += forms_[form].shared.size();
        for (const std::size_t fixed : at_[form]) has_fixed[fixed] = true;
    }
    pairs += static_cast<std::size_t>(std::ranges::count(has_fixed, true));
    return pairs * pair_work + final_exponentiation_work + terms;
}

std::size_t PairingBatch::alone_work(const Member& member) const {
    const EquationForm& form = forms_[member.form];
    return (member.equation.variable.size() + form.fixed.size()) * pair_work + final_exponentiation_work +
           member.equation.own.size() + form.shared.size();
}

std::vector<bool> PairingBatch::held() const {
    std::vector<bool> out(members_.size());
    std::vector<std::size_t> order(members_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    if (order.size() < 2) return out;
    std::size_t work_left = 0;
    for (const Member& member : members_) work_left += alone_work(member);
    work_left /= batch_retry_divisor;
    const auto take_work = [&](std::span<const std::size_t> members) {  // [PROOF-BATCH.5]
        const std::size_t work = product_work(members);
        if (work > work_left) return false;
        work_left -= work;
        return true;
    };
    struct Group {
        std::span<const std::size_t> members;
        bn254::Fp12 product;
    };
    std::vector<Group> failing;
    const auto judge = [&](std::span<const std::size_t> members, const bn254::Fp12& value) {
        if (value != bn254::Fp12::one()) {
            failing.push_back({members, value});
            return;
        }
        for (const std::size_t i : members) out[i] = true;
    };
    const Weighted weighted = this->weighted();
    Product all = product(weighted, order);
    if (!all.outside.empty()) {
        std::erase_if(order, [&](std::size_t i) { return std::ranges::binary_search(all.outside, i); });
        if (order.size() < 2 || !take_work(order)) return out;
        all = product(weighted, order);
    }
    judge(order, all.value);
    while (!failing.empty()) {
        const Group group = failing.back();
        failing.pop_back();
        if (group.members.size() <= batch_alone_max) continue;
        const auto left = group.members.first(group.members.size() / 2);
        if (!take_work(left)) continue;
        const bn254::Fp12 left_product = product(weighted, left).value;
        judge(left, left_product);
        judge(group.members.subspan(left.size()), group.product * left_product.conjugate());
    }
    return out;
}

}  // namespace enshrine::proofs
