// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/pairing.hpp>
#include <enshrine/base/bytes.hpp>

#include <vector>

/// Many equations between pairings on BN254, checked together. Rules: docs/spec/proofs/batch.md.
namespace enshrine::proofs {

/// A point of G2 that many equations pair with.
struct FixedPoint {
    algebra::bn254::G2Affine point;
    const algebra::bn254::PreparedG2* lines = nullptr;  ///< outlives the batch
};

/// What the equations of one key have in common.
struct EquationForm {
    struct Shared {
        algebra::bn254::G1Affine point;
        std::size_t fixed = 0;  ///< index of what it is paired with
    };
    std::vector<FixedPoint> fixed;
    std::vector<Shared> shared;
};

/// The product of e(p, q) for all variable pairs and of e(factor point, fixed) for all terms is one.
struct Equation {
    struct Term {
        algebra::bn254::G1Affine point;
        algebra::bn254::Fr factor = algebra::bn254::Fr::one();
        std::size_t fixed = 0;
    };
    std::vector<algebra::bn254::Pair> variable;  ///< q may be any point of the twist
    std::vector<algebra::bn254::Fr> shared;      ///< the factors of the form's shared points
    std::vector<Term> own;
};

/// Which equations hold is found with one final exponentiation when all do, and by halving when some do not.
class PairingBatch {
public:
    /// Weights come from the seed, which who made the equations must not have known [PROOF-BATCH.3].
    explicit PairingBatch(const Hash32& seed) noexcept : seed_{seed} {}

    /// Returns the name of the form.
    std::size_t add_form(EquationForm form);
    /// Equations are numbered from zero on.
    void add(std::size_t form, Equation equation);

    /// True for equations that hold. False for those that do not and for some that have not been told apart from them:
    /// who gets false checks the one equation [PROOF-BATCH.4].
    [[nodiscard]] std::vector<bool> held() const;

private:
    struct Member {
        std::size_t form = 0;
        Equation equation;
    };
    struct Weighted;
    struct Product;
    [[nodiscard]] Weighted weighted() const;
    /// The weighted product of some members: of two groups, the product of theirs.
    [[nodiscard]] Product product(const Weighted& weighted, std::span<const std::size_t> members) const;
    /// How much work product() is, and checking a member by itself, both in products of a point by a scalar.
    [[nodiscard]] std::size_t product_work(std::span<const std::size_t> members) const;
    [[nodiscard]] std::size_t alone_work(const Member& member) const;

    Hash32 seed_;
    std::vector<EquationForm> forms_;           ///< whose fixed indices mean fixed_
    std::vector<std::vector<std::size_t>> at_;  ///< [form][fixed of the form]: index in fixed_
    std::vector<FixedPoint> fixed_;             ///< different points
    std::vector<Member> members_;
};

/// What is tried after the first product takes at most this part of the work of checking all members alone
/// [PROOF-BATCH.5].
inline constexpr std::size_t batch_retry_divisor = 2;
/// Groups that fail and are not larger are not halved.
inline constexpr std::size_t batch_alone_max = 3;

}  // namespace enshrine::proofs
