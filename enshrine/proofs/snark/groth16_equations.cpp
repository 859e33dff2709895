// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/snark/groth16_prepared.hpp>

namespace enshrine::proofs::groth16 {

namespace bn254 = algebra::bn254;

namespace {

/// What the points of the key are paired with, in the order of fixed_points().
enum Fixed : std::size_t { with_beta, with_gamma, with_delta };

std::vector<FixedPoint<Bn254>> fixed_points(const Bn254Prepared& key) {
    return {{key.points.beta, &key.beta}, {key.points.gamma, &key.gamma}, {key.points.delta, &key.delta}};
}
/// Lines of three points beside that of the proof would save nothing on this curve (bls12_381_pairing.hpp).
std::vector<FixedPoint<Bls12381>> fixed_points(const Bls12381Prepared& key) {
    return {{key.points.beta}, {key.points.gamma}, {key.points.delta}};
}

/// e(-A, B) e(α, β) e(L, γ) e(C, δ) = 1 [GROTH.9].
template <class C>
EquationForm<C> main_form(const KeyPoints<C>& points, std::vector<FixedPoint<C>> fixed) {
    EquationForm<C> out{std::move(fixed), {}};
    out.shared.push_back({points.alpha, with_beta});
    for (const auto& point : points.inputs) out.shared.push_back({point, with_gamma});
    return out;
}
template <class C>
Equation<C> main_equation(const ProofPoints<C>& proof, std::vector<typename C::Fr> binding) {
    Equation<C> out;
    out.variable.push_back({C::negate(proof.a), proof.b});
    out.shared = std::move(binding);
    out.shared.insert(out.shared.begin(), C::Fr::one());  // of α
    out.own.push_back({proof.c, C::Fr::one(), with_delta});
    if (proof.commitment) out.own.push_back({proof.commitment->point, C::Fr::one(), with_gamma});
    return out;
}

/// e(D, H_1) e(K, H_2) = 1 [GROTH.9].
EquationForm<Bn254> commitment_form(const Bn254Prepared& key) {
    const auto& [first, second] = *key.points.commitment;
    const auto& [first_lines, second_lines] = *key.commitment;
    return {{{first, &first_lines}, {second, &second_lines}}, {}};
}
Equation<Bn254> commitment_equation(const ProofPoints<Bn254>::Commitment& commitment) {
    Equation<Bn254> out;
    out.own.push_back({commitment.point, bn254::Fr::one(), 0});
    out.own.push_back({commitment.knowledge, bn254::Fr::one(), 1});
    return out;
}

EquationForms forms_of(const Bn254Prepared& key) {
    std::vector out{main_form(key.points, fixed_points(key))};
    if (key.commitment) out.push_back(commitment_form(key));
    return out;
}
EquationForms forms_of(const Bls12381Prepared& key) {
    return std::vector{main_form(key.points, fixed_points(key))};
}

Result<Equations> equations_of(const Bn254Prepared& key, const Header& header, std::span<const U256> inputs,
                               BytesView bytes) {
    ENSHRINE_TRY(const auto proof, decode_proof_on_twist(bytes, key.commitment.has_value()));
    std::vector out{main_equation(proof, binding_factors(header, inputs, proof))};
    if (proof.commitment) out.push_back(commitment_equation(*proof.commitment));
    return out;
}
Result<Equations> equations_of(const Bls12381Prepared&, const Header&, std::span<const U256> inputs, BytesView bytes) {
    ENSHRINE_TRY(const auto proof, decode_proof(bytes));
    return std::vector{main_equation(proof, binding_factors<Bls12381>(inputs))};
}

}  // namespace

EquationForms VerifyingKey::equation_forms() const {
    return std::visit([](const auto& key) { return forms_of(key); }, prepared_->of_curve);
}

Result<Equations> VerifyingKey::equations(std::span<const U256> inputs, BytesView bytes) const {
    ENSHRINE_CHECK(check_inputs(inputs, header_));
    return std::visit([&](const auto& key) { return equations_of(key, header_, inputs, bytes); }, prepared_->of_curve);
}

}  // namespace enshrine::proofs::groth16
