// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/proofs/snark/halving.hpp>
#include <enshrine/proofs/snark/pairing_backend.hpp>

#include <algorithm>
#include <numeric>

namespace enshrine::proofs {
namespace {

/// [PROOF-BATCH.2]
template <class C>
typename C::Fr weight_of(const Hash32& seed, std::uint64_t index) noexcept {
    FixedBytes<8> number;
    store_le(number.data(), index);
    const Hash32 hash = hash::sha256(seed.view(), number.view());
    return PairingBackend<C>::weight(load_le<std::uint64_t>(hash.data()), load_le<std::uint64_t>(hash.data() + 8));
}

}  // namespace

/// The weighted products of groups of members.
template <class C>
struct PairingBatch<C>::Products {
    using Backend = PairingBackend<C>;
    using Fr = typename C::Fr;
    using Value = typename C::Fp12;

    /// Computes what does not depend on which members are checked together.
    explicit Products(const PairingBatch& all);

    /// Those outside are members.
    [[nodiscard]] PairingProduct<C> pairing_product(std::span<const std::size_t> members) const;

    // What halving asks for; nothing is outside any more.
    [[nodiscard]] Value product(std::span<const std::size_t> members) const { return pairing_product(members).value; }
    [[nodiscard]] std::size_t product_work(std::span<const std::size_t> members) const;
    [[nodiscard]] static bool is_one(const Value& value) noexcept { return value == Value::one(); }
    [[nodiscard]] static Value quotient(const Value& whole, const Value& part) noexcept {
        return whole * part.conjugate();
    }

    const PairingBatch& batch;
    std::vector<Fr> weights;                            ///< of members
    std::vector<std::vector<typename C::Pair>> scaled;  ///< of members: the first points times the weight
};

template <class C>
PairingBatch<C>::Products::Products(const PairingBatch& all) : batch{all} {
    std::vector<typename C::Pair> pairs;
    std::vector<Fr> factors;
    for (const Member& member : batch.members_) {
        weights.push_back(weight_of<C>(batch.seed_, weights.size()));
        const auto& variable = member.equation.variable;
        pairs.insert(pairs.end(), variable.begin(), variable.end());
        factors.insert(factors.end(), variable.size(), weights.back());
    }
    const auto products = Backend::scale(pairs, factors);
    auto next = products.begin();
    for (const Member& member : batch.members_) {
        const auto end = next + static_cast<std::ptrdiff_t>(member.equation.variable.size());
        scaled.emplace_back(next, end);
        next = end;
    }
}

template <class C>
PairingProduct<C> PairingBatch<C>::Products::pairing_product(std::span<const std::size_t> members) const {
    std::vector<G1Combination<C>> own(batch.fixed_.size());
    std::vector<std::vector<Fr>> shared_factors(batch.forms_.size());
    std::vector<typename C::Pair> pairs;
    std::vector<std::size_t> whose;
    for (const std::size_t i : members) {
        const auto& [form, equation] = batch.members_[i];
        pairs.insert(pairs.end(), scaled[i].begin(), scaled[i].end());
        whose.resize(pairs.size(), i);
        for (const auto& term : equation.own) {
            own[batch.at_[form][term.fixed]].add(term.point, weights[i] * term.factor);
        }
        auto& factors = shared_factors[form];
        factors.resize(equation.shared.size());
        for (std::size_t k = 0; k < factors.size(); ++k) factors[k] = factors[k] + weights[i] * equation.shared[k];
    }
    std::vector<G1Combination<C>> shared(batch.fixed_.size());
    for (std::size_t form = 0; form < batch.forms_.size(); ++form) {
        for (std::size_t k = 0; k < shared_factors[form].size(); ++k) {
            const auto& [point, fixed] = batch.forms_[form].shared[k];
            shared[batch.at_[form][fixed]].add(point, shared_factors[form][k]);
        }
    }
    auto out = Backend::product(std::move(pairs), Backend::sums(own, shared), batch.fixed_);
    for (std::size_t& i : out.outside) i = whose[i];
    return out;
}

template <class C>
std::size_t PairingBatch<C>::Products::product_work(std::span<const std::size_t> members) const {
    std::size_t pairs = 0;
    std::size_t terms = 0;
    std::vector<bool> has_form(batch.forms_.size());
    std::vector<bool> has_fixed(batch.fixed_.size());
    for (const std::size_t i : members) {
        const auto& [form, equation] = batch.members_[i];
        pairs += equation.variable.size();
        terms += equation.own.size();
        if (has_form[form]) continue;
        has_form[form] = true;
        terms += batch.forms_[form].shared.size();
        for (const std::size_t fixed : batch.at_[form]) has_fixed[fixed] = true;
    }
    pairs += static_cast<std::size_t>(std::ranges::count(has_fixed, true));
    return pairs * Backend::pair_work + Backend::final_exponentiation_work + terms;
}

template <class C>
std::size_t PairingBatch<C>::alone_work(const Member& member) const {
    const EquationForm<C>& form = forms_[member.form];
    return (member.equation.variable.size() + form.fixed.size()) * PairingBackend<C>::pair_work +
           PairingBackend<C>::final_exponentiation_work + member.equation.own.size() + form.shared.size();
}

template <class C>
std::size_t PairingBatch<C>::add_form(EquationForm<C> form) {
    std::vector<std::size_t> at;
    for (const FixedPoint<C>& fixed : form.fixed) {
        const auto same = [&](const FixedPoint<C>& other) noexcept { return other.point == fixed.point; };
        const auto found = std::ranges::find_if(fixed_, same);
        at.push_back(static_cast<std::size_t>(found - fixed_.begin()));
        if (found == fixed_.end()) fixed_.push_back(fixed);
    }
    forms_.push_back(std::move(form));
    at_.push_back(std::move(at));
    return forms_.size() - 1;
}

template <class C>
void PairingBatch<C>::add(std::size_t form, Equation<C> equation) {
    ENSHRINE_ASSERT(form < forms_.size());
    ENSHRINE_ASSERT(equation.shared.size() == forms_[form].shared.size());
    members_.push_back({form, std::move(equation)});
}

template <class C>
std::vector<bool> PairingBatch<C>::held() const {
    std::vector<bool> out(members_.size());
    if (members_.size() < 2) return out;
    std::vector<std::size_t> order(members_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::size_t work = 0;
    for (const Member& member : members_) work += alone_work(member);
    work /= batch_retry_divisor;  // [PROOF-BATCH.5]
    const Products products{*this};
    auto all = products.pairing_product(order);
    if (!all.outside.empty()) {
        std::erase_if(order, [&](std::size_t i) { return std::ranges::binary_search(all.outside, i); });
        if (order.size() < 2) return out;
        const std::size_t again = products.product_work(order);
        if (again > work) return out;
        work -= again;
        all = products.pairing_product(order);
    }
    hold_by_halving(products, order, all.value, work, out);
    return out;
}

template class PairingBatch<Bn254>;
template class PairingBatch<Bls12381>;

}  // namespace enshrine::proofs
