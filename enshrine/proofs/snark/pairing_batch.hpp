// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/proofs/snark/curves.hpp>

#include <variant>
#include <vector>

/// Many equations between pairings on one curve, checked together. Rules: docs/spec/proofs/batch.md.
namespace enshrine::proofs {

/// A point of G2 that many equations pair with.
template <class C>
struct FixedPoint {
    typename C::G2 point;
    const typename C::PreparedG2* lines = nullptr;  ///< outlives the batch; never null on BN254
};

/// What the equations of one key have in common.
template <class C>
struct EquationForm {
    struct Shared {
        typename C::G1 point;
        std::size_t fixed = 0;  ///< index of what it is paired with
    };
    std::vector<FixedPoint<C>> fixed;
    std::vector<Shared> shared;
};

/// The product of e(p, q) for all variable pairs and of e(factor point, fixed) for all terms is one.
template <class C>
struct Equation {
    struct Term {
        typename C::G1 point;
        typename C::Fr factor = C::Fr::one();
        std::size_t fixed = 0;
    };
    std::vector<typename C::Pair> variable;  ///< on BN254 q may be any point of the twist
    std::vector<typename C::Fr> shared;      ///< the factors of the form's shared points
    std::vector<Term> own;
};

/// What keys that may be on either curve give.
using Equations = std::variant<std::vector<Equation<Bn254>>, std::vector<Equation<Bls12381>>>;
using EquationForms = std::variant<std::vector<EquationForm<Bn254>>, std::vector<EquationForm<Bls12381>>>;

/// Which equations hold is found with one final exponentiation when all do, and by halving when some do not.
template <class C>
class PairingBatch {
public:
    /// Weights come from the seed, which who made the equations must not have known [PROOF-BATCH.3].
    explicit PairingBatch(const Hash32& seed) noexcept : seed_{seed} {}

    /// Returns the name of the form.
    std::size_t add_form(EquationForm<C> form);
    /// Equations are numbered from zero on.
    void add(std::size_t form, Equation<C> equation);

    /// True for equations that hold. False for those that do not and for some that have not been told apart from them:
    /// who gets false checks the one equation [PROOF-BATCH.4].
    [[nodiscard]] std::vector<bool> held() const;

private:
    struct Member {
        std::size_t form = 0;
        Equation<C> equation;
    };
    struct Products;
    /// How much work checking a member by itself is, in products of a point by a scalar.
    [[nodiscard]] std::size_t alone_work(const Member& member) const;

    Hash32 seed_;
    std::vector<EquationForm<C>> forms_;        ///< whose fixed indices mean fixed_
    std::vector<std::vector<std::size_t>> at_;  ///< [form][fixed of the form]: index in fixed_
    std::vector<FixedPoint<C>> fixed_;          ///< different points
    std::vector<Member> members_;
};

extern template class PairingBatch<Bn254>;
extern template class PairingBatch<Bls12381>;

}  // namespace enshrine::proofs
