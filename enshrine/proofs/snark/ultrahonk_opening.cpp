// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/snark/ultrahonk_mask.hpp>
#include <enshrine/proofs/snark/ultrahonk_opening.hpp>

#include <algorithm>

namespace enshrine::proofs::ultrahonk {
namespace {

constexpr Fr one = Fr::one();

/// Everything that is divided by, inverted at once. Level i of Gemini opens its fold at ±r^(2^i).
struct Inverses {
    struct Level {
        Fr before;  ///< 1/(z - r^(2^i))
        Fr after;   ///< 1/(z + r^(2^i))
        Fr fold;    ///< 1/(r^(2^i) (1 - u) + u)
    };
    std::vector<Level> levels;
    Fr r;
    Fr next;    ///< 1/(z - g r), of a mask
    Fr origin;  ///< 1/(z - 1), of a mask in 5.0
};

std::vector<Fr> squares_from(const Fr& r, std::size_t count) {
    std::vector<Fr> out{r};
    while (out.size() < count) out.push_back(out.back().square());
    return out;
}

Result<Inverses> invert_denominators(const Opening& opening, std::span<const Fr> squares, std::span<const Fr> point) {
    const Fr& z = opening.z;
    std::vector<Fr> all{opening.r, z - mask_generator * opening.r, z - one};
    for (std::size_t i = 0; i < squares.size(); ++i) {
        all.push_back(z - squares[i]);
        all.push_back(z + squares[i]);
        all.push_back(squares[i] * (one - point[i]) + point[i]);
    }
    if (std::ranges::any_of(all, [](const Fr& a) { return a.is_zero(); })) return fail(HonkError::pole_hit);
    algebra::bn254::invert_all<Fr>(all);
    Inverses out{{}, all[0], all[1], all[2]};
    for (std::size_t at = 3; at < all.size(); at += 3) out.levels.push_back({all[at], all[at + 1], all[at + 2]});
    return out;
}

class Shplemini {
public:
    Shplemini(Version version, std::span<const G1Affine, committed_in_key> key, const Proof& proof,
              const Inverses& inverses, std::span<const Fr> squares)
        : version_{version}, key_{key}, proof_{proof}, inverses_{inverses}, squares_{squares} {}

    PairingPoints run() {
        const Opening& opening = proof_.opening;
        sum_.add(opening.quotient, one);
        add_folds(add_columns());
        if (proof_.mask) add_mask_claims(*proof_.mask);
        sum_.add(opening.kzg_quotient, opening.z);
        sum_.add(algebra::bn254::g1_generator, constant_);
        return {sum_.sum(), -opening.kzg_quotient};
    }

private:
    /// The columns, batched with powers of rho. The answer is the batch's value at the point of the sumcheck.
    Fr add_columns() {
        const Fr& before = inverses_.levels[0].before;
        const Fr after = proof_.opening.nu * inverses_.levels[0].after;
        const Fr unshifted = -(before + after);
        const Fr shifted = inverses_.r * (after - before);
        Fr value;
        Fr weight = one;
        std::vector<Fr> weights;
        if (proof_.mask) {
            sum_.add(proof_.mask->opening, unshifted);
            value = proof_.mask->opening_evaluation;
            weight = proof_.opening.rho;
        }
        for (const Fr& evaluation : proof_.evaluations) {
            value = value + evaluation * weight;
            weights.push_back(weight);
            weight = weight * proof_.opening.rho;
        }
        for (std::size_t i = 0; i < committed_in_key; ++i) sum_.add(key_[i], unshifted * weights[i]);
        for (std::size_t i = 0; i < witness_columns; ++i) {
            Fr scalar = unshifted * weights[committed_in_key + i];
            if (i < shifted_columns) scalar = scalar + shifted * weights[unshifted_columns + i];
            sum_.add(proof_.witness[i], scalar);
        }
        return value;
    }

    /// Values of the folds at r^(2^i), from the last, whose fold is the batch's value, to the first.
    std::vector<Fr> positive_values(Fr value) const {
        std::vector<Fr> out(squares_.size());
        for (std::size_t i = squares_.size(); i-- > 0;) {
            const Fr& u = proof_.sumcheck.point[i];
            const Fr turned = squares_[i] * (one - u);
            value = ((squares_[i] * value).twice() - proof_.opening.fold_values[i] * (turned - u)) *
                    inverses_.levels[i].fold;
            out[i] = value;
        }
        return out;
    }

    void add_folds(const Fr& batched_value) {
        const auto values = positive_values(batched_value);
        const Fr& nu = proof_.opening.nu;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const Fr before = power_ * inverses_.levels[i].before;
            const Fr after = power_ * nu * inverses_.levels[i].after;
            constant_ = constant_ + before * values[i] + after * proof_.opening.fold_values[i];
            if (i > 0) sum_.add(proof_.opening.folds[i - 1], -(before + after));
            power_ = power_ * nu.square();
        }
    }

    /// Masks at r, running sum at g r and at r, (in 5.0) running sum at 1, where it is zero, quotient at r.
    void add_mask_claims(const Mask& mask) {
        const Fr& at_r = inverses_.levels[0].before;
        if (version_ == Version::bb_3_0) power_ = power_ * proof_.opening.nu.square();
        const Fr masks = next_claim(at_r, mask.claims[0]);
        Fr running_sum = next_claim(inverses_.next, mask.claims[1]);
        running_sum = running_sum + next_claim(at_r, mask.claims[2]);
        if (version_ == Version::bb_5_0) running_sum = running_sum + next_claim(inverses_.origin, Fr::zero());
        const Fr quotient = next_claim(at_r, mask.claims[3]);
        sum_.add(mask.columns[0], -masks);
        sum_.add(mask.columns[1], -running_sum);
        sum_.add(mask.columns[2], -quotient);
    }

    Fr next_claim(const Fr& inverse, const Fr& value) {
        const Fr weight = power_ * inverse;
        constant_ = constant_ + weight * value;
        power_ = power_ * proof_.opening.nu;
        return weight;
    }

    Version version_;
    std::span<const G1Affine, committed_in_key> key_;
    const Proof& proof_;
    const Inverses& inverses_;
    std::span<const Fr> squares_;
    G1Combination<Bn254> sum_;
    Fr constant_;     ///< goes with the generator
    Fr power_ = one;  ///< of nu
};

}  // namespace

Result<PairingPoints> reduce_opening(Version version, std::span<const G1Affine, committed_in_key> key,
                                     const Proof& proof) {
    const auto squares = squares_from(proof.opening.r, proof.sumcheck.point.size());
    ENSHRINE_TRY(const auto inverses, invert_denominators(proof.opening, squares, proof.sumcheck.point));
    return Shplemini{version, key, proof, inverses, squares}.run();
}

}  // namespace enshrine::proofs::ultrahonk
