// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/snark/groth16_prepared.hpp>

namespace enshrine::proofs::groth16 {

namespace bn254 = algebra::bn254;

namespace {

/// What the points of the key are paired with, in the order of the form.
enum Fixed : std::size_t { with_beta, with_gamma, with_delta };

/// e(-A, B) e(α, β) e(L, γ) e(C, δ) = 1 [GROTH.9].
EquationForm main_form(const Bn254Prepared& key) {
    const auto& points = key.points;
    EquationForm out;
    out.fixed = {{points.beta, &key.beta}, {points.gamma, &key.gamma}, {points.delta, &key.delta}};
    out.shared.push_back({points.alpha, with_beta});
    for (const auto& point : points.inputs) out.shared.push_back({point, with_gamma});
    return out;
}
Equation main_equation(const Header& header, std::span<const U256> inputs, const ProofPoints<Bn254>& proof) {
    Equation out;
    out.variable.push_back({-proof.a, proof.b});
    out.shared = binding_factors(header, inputs, proof);
    out.shared.insert(out.shared.begin(), bn254::Fr::one());  // of α
    out.own.push_back({proof.c, bn254::Fr::one(), with_delta});
    if (proof.commitment) out.own.push_back({proof.commitment->point, bn254::Fr::one(), with_gamma});
    return out;
}

/// e(D, H_1) e(K, H_2) = 1 [GROTH.9].
EquationForm commitment_form(const Bn254Prepared& key) {
    const auto& [first, second] = *key.points.commitment;
    const auto& [first_lines, second_lines] = *key.commitment;
    return {{{first, &first_lines}, {second, &second_lines}}, {}};
}
Equation commitment_equation(const ProofPoints<Bn254>::Commitment& commitment) {
    Equation out;
    out.own.push_back({commitment.point, bn254::Fr::one(), 0});
    out.own.push_back({commitment.knowledge, bn254::Fr::one(), 1});
    return out;
}

}  // namespace

std::vector<EquationForm> VerifyingKey::equation_forms() const {
    const auto* key = std::get_if<Bn254Prepared>(&prepared_->of_curve);
    if (key == nullptr) return {};
    std::vector<EquationForm> out{main_form(*key)};
    if (key->commitment) out.push_back(commitment_form(*key));
    return out;
}

Result<std::vector<Equation>> VerifyingKey::equations(std::span<const U256> inputs, BytesView bytes) const {
    const auto* key = std::get_if<Bn254Prepared>(&prepared_->of_curve);
    if (key == nullptr) return std::vector<Equation>{};
    ENSHRINE_CHECK(check_inputs(inputs, header_));
    ENSHRINE_TRY(const auto proof, decode_proof_on_twist(bytes, key->commitment.has_value()));
    std::vector<Equation> out{main_equation(header_, inputs, proof)};
    if (proof.commitment) out.push_back(commitment_equation(*proof.commitment));
    return out;
}

}  // namespace enshrine::proofs::groth16
