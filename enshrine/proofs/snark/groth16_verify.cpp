// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/bn254/msm.hpp>
#include <enshrine/base/assert.hpp>
#include <enshrine/hash/keccak.hpp>
#include <enshrine/proofs/snark/encoded_parts.hpp>
#include <enshrine/proofs/snark/groth16_prepared.hpp>
#include <enshrine/proofs/snark/hash_to_field.hpp>

namespace enshrine::proofs::groth16 {

namespace bn254 = algebra::bn254;
namespace bls = crypto::bls12_381;

namespace {

template <class C>
Result<typename C::G1> decode_finite_g1(BytesView bytes) noexcept {
    ENSHRINE_TRY(const auto point, C::decode_g1(bytes));
    if (point.is_infinity()) return fail(SnarkError::infinity_in_proof);
    return point;
}

/// The points of a proof; `decode_b` decodes the one of G2.
template <class C, class DecodeB>
Result<ProofPoints<C>> decode_points(BytesView bytes, bool with_commitment, DecodeB decode_b) {
    const std::size_t size = 2 * C::g1_bytes + C::g2_bytes;
    if (bytes.size() != size + (with_commitment ? 2 * C::g1_bytes : 0)) return fail(SnarkError::wrong_size);
    ProofPoints<C> out;
    ENSHRINE_TRY(out.a, decode_finite_g1<C>(bytes.first(C::g1_bytes)));
    ENSHRINE_TRY(out.b, decode_b(bytes.subspan(C::g1_bytes, C::g2_bytes)));
    if (out.b.is_infinity()) return fail(SnarkError::infinity_in_proof);
    ENSHRINE_TRY(out.c, decode_finite_g1<C>(bytes.subspan(C::g1_bytes + C::g2_bytes, C::g1_bytes)));
    if (!with_commitment) return out;
    ENSHRINE_TRY(const auto commitment, decode_finite_g1<C>(bytes.subspan(size, C::g1_bytes)));
    ENSHRINE_TRY(const auto knowledge, decode_finite_g1<C>(bytes.subspan(size + C::g1_bytes)));
    out.commitment = typename ProofPoints<C>::Commitment{commitment, knowledge};
    return out;
}

/// The challenge of a commitment to private wires [GROTH.7].
bn254::Fr commitment_challenge(CommitmentHash hash, const bn254::G1Affine& commitment) {
    const auto bytes = bn254::encode(commitment);
    if (hash == CommitmentHash::keccak256) return reduce_to_fr(hash::keccak256(bytes.view()).view());
    return hash_to_fr_sha256(bytes.view(), "bsb22-commitment");
}

/// [GROTH.9]
Result<void> check_commitment(const Bn254Prepared& key, const ProofPoints<Bn254>& proof) {
    if (!key.commitment) return {};
    const std::array pairs{bn254::PreparedPair{proof.commitment->point, &(*key.commitment)[0]},
                           bn254::PreparedPair{proof.commitment->knowledge, &(*key.commitment)[1]}};
    if (!bn254::pairing_product_is_one({}, pairs)) return fail(SnarkError::commitment_does_not_hold);
    return {};
}

Result<void> check_equation(const Bn254Prepared& key, const Header& header, std::span<const U256> inputs,
                            const ProofPoints<Bn254>& proof) {
    ENSHRINE_CHECK(check_commitment(key, proof));
    const bn254::Pair variable{-proof.a, proof.b};
    const bn254::G1Affine bound = bind_inputs(key, header, inputs, proof).affine();
    const std::array fixed{bn254::PreparedPair{bound, &key.gamma}, bn254::PreparedPair{proof.c, &key.delta}};
    const auto loop = bn254::miller_loop_on_twist({&variable, 1}, fixed);
    if (!loop) return fail(bn254::PointError::not_in_subgroup);
    const bn254::Fp12 product = *loop * key.alpha_beta;
    if (bn254::final_exponentiation(product) != bn254::Fp12::one()) return fail(SnarkError::does_not_hold);
    return {};
}

Result<void> check_equation(const Bls12381Prepared& key, const Header&, std::span<const U256> inputs,
                            const ProofPoints<Bls12381>& proof) {
    std::vector<Hash32> scalars;
    scalars.reserve(inputs.size());
    for (const U256& input : inputs) scalars.push_back(input.to_be());
    const auto& points = key.points;
    const bls::G1 sum = bls::multi_scalar_product(std::span{points.inputs}.subspan(1), scalars);
    const std::array pairs{bls::Pair{bls::negate(proof.a), proof.b}, bls::Pair{points.alpha, points.beta},
                           bls::Pair{bls::add(points.inputs[0], sum), points.gamma}, bls::Pair{proof.c, points.delta}};
    if (!bls::pairing_product_is_one(pairs)) return fail(SnarkError::does_not_hold);
    return {};
}

Result<void> verify_on(const Bn254Prepared& key, const Header& header, std::span<const U256> inputs, BytesView bytes) {
    ENSHRINE_TRY(const auto proof, decode_proof_on_twist(bytes, key.commitment.has_value()));
    return check_equation(key, header, inputs, proof);
}
Result<void> verify_on(const Bls12381Prepared& key, const Header& header, std::span<const U256> inputs,
                       BytesView bytes) {
    ENSHRINE_TRY(const auto proof, decode_proof(bytes));
    return check_equation(key, header, inputs, proof);
}

const U256& group_order(Curve curve) noexcept {
    return curve == Curve::bn254 ? Bn254::group_order : Bls12381::group_order;
}

}  // namespace

Result<void> check_inputs(std::span<const U256> inputs, const Header& header) noexcept {
    return check_public_inputs(inputs, header.input_count, group_order(header.curve));
}

Result<ProofPoints<Bn254>> decode_proof_on_twist(BytesView bytes, bool with_commitment) {
    return decode_points<Bn254>(bytes, with_commitment, bn254::decode_g2_on_twist);
}
Result<ProofPoints<Bls12381>> decode_proof(BytesView bytes) {
    return decode_points<Bls12381>(bytes, false, Bls12381::decode_g2);
}

std::vector<bn254::Fr> binding_factors(const Header& header, std::span<const U256> inputs,
                                       const ProofPoints<Bn254>& proof) {
    auto out = binding_factors<Bn254>(inputs);
    if (proof.commitment) out.push_back(commitment_challenge(header.commitment, proof.commitment->point));
    return out;
}

bn254::G1 bind_inputs(const Bn254Prepared& key, const Header& header, std::span<const U256> inputs,
                      const ProofPoints<Bn254>& proof) {
    const auto factors = binding_factors(header, inputs, proof);
    const bn254::G1 sum = key.binding.combination(std::span{factors}.subspan(1)) + key.points.inputs[0];
    return proof.commitment ? sum + proof.commitment->point : sum;
}

Result<void> VerifyingKey::verify(std::span<const U256> inputs, BytesView proof) const {
    ENSHRINE_CHECK(check_inputs(inputs, header_));
    return std::visit([&](const auto& key) { return verify_on(key, header_, inputs, proof); }, prepared_->of_curve);
}

}  // namespace enshrine::proofs::groth16
