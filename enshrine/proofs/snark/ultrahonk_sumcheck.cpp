// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/proofs/snark/ultrahonk_sumcheck.hpp>

#include <algorithm>

namespace enshrine::proofs::ultrahonk {
namespace {

constexpr Fr one = Fr::one();

/// The cells of the permutation are labelled by row; each column's labels begin this much after the one before it. A
/// public input takes the label of the second cell of its row, and gives back one that no cell has.
constexpr std::uint64_t labels_of_column = std::uint64_t{1} << 28;

/// Masked proofs leave the last rows to randomness: the relations count in the others alone. The factor vanishes
/// nowhere but there: one less a product of the coordinates from the third on, counted from the other end in 5.0.
Fr weight_of_masked_rows(Version version, std::span<const Fr> point) noexcept {
    Fr product = one;
    for (const Fr& u : point.subspan(2)) product = product * (version == Version::bb_3_0 ? u : one - u);
    return one - product;
}

struct Reduced {
    Fr target;      ///< what is left to show at the point
    Fr row_weight;  ///< of the point
};

Result<Reduced> reduce_rounds(const Proof& proof) {
    const std::size_t count = proof.mask ? round_values_masked : round_values_plain;
    const RoundInterpolation interpolation{count};
    Reduced out{proof.mask ? proof.mask->challenge * proof.mask->sum : Fr::zero(), one};
    Fr gate = proof.sumcheck.gate;
    for (std::size_t i = 0; i < proof.sumcheck.rounds.size(); ++i) {
        const auto values = std::span{proof.sumcheck.rounds[i]}.first(count);
        const Fr& u = proof.sumcheck.point[i];
        if (values[0] + values[1] != out.target) return fail(HonkError::sumcheck_fails);
        out.target = interpolation.evaluate(values, u);
        out.row_weight = out.row_weight * (one + u * (gate - one));
        gate = gate.square();
    }
    return out;
}

}  // namespace

Result<Fr> public_inputs_delta(const Dialect& dialect, std::span<const Fr> inputs, const Fr& beta,
                               const Fr& gamma) noexcept {
    Fr numerator = one;
    Fr denominator = one;
    Fr above = gamma + beta * Fr::from(labels_of_column + dialect.first_input_row);
    Fr below = gamma - beta * Fr::from(std::uint64_t{dialect.first_input_row} + 1);
    for (const Fr& input : inputs) {
        numerator = numerator * (above + input);
        denominator = denominator * (below + input);
        above = above + beta;
        below = below - beta;
    }
    if (denominator.is_zero()) return fail(HonkError::pole_hit);
    return numerator * denominator.inverse();
}

RoundInterpolation::RoundInterpolation(std::size_t values) : weights_(values) {
    for (std::size_t i = 0; i < values; ++i) {
        weights_[i] = one;
        for (std::size_t k = 0; k < values; ++k) {
            if (k != i) weights_[i] = weights_[i] * (Fr::from(i) - Fr::from(k));
        }
    }
    algebra::bn254::invert_all<Fr>(weights_);
}

Fr RoundInterpolation::evaluate(std::span<const Fr> values, const Fr& at) const noexcept {
    ENSHRINE_ASSERT(values.size() == weights_.size());
    std::array<Fr, round_values_masked + 1> above;  // products of the factors after each
    above[values.size()] = one;
    for (std::size_t i = values.size(); i-- > 0;) above[i] = above[i + 1] * (at - Fr::from(i));
    Fr before = one;
    Fr out;
    for (std::size_t i = 0; i < values.size(); ++i) {
        out = out + values[i] * weights_[i] * before * above[i + 1];
        before = before * (at - Fr::from(i));
    }
    return out;
}

Result<void> check_sumcheck(const Header& header, const Proof& proof) {
    RelationParameters parameters = proof.parameters;
    ENSHRINE_TRY(parameters.public_inputs_delta,
                 public_inputs_delta(dialect(header.version), proof.public_inputs, parameters.beta, parameters.gamma));
    ENSHRINE_TRY(const auto reduced, reduce_rounds(proof));
    const Row row = row_of(header.version, proof.evaluations);
    Fr found = weighted_relations(header.version, row, parameters, proof.alpha, reduced.row_weight);
    if (proof.mask) {
        found = found * weight_of_masked_rows(header.version, proof.sumcheck.point) +
                proof.mask->evaluation * proof.mask->challenge;
    }
    if (found != reduced.target) return fail(HonkError::relations_fail);
    return {};
}

}  // namespace enshrine::proofs::ultrahonk
