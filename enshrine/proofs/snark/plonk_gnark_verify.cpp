// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/hash/sha256.hpp>
#include <enshrine/proofs/snark/encoded_parts.hpp>
#include <enshrine/proofs/snark/hash_to_field.hpp>
#include <enshrine/proofs/snark/plonk_gnark_prepared.hpp>

#include <initializer_list>

namespace enshrine::proofs::plonk_gnark {
namespace {

// Where the parts of a proof begin [PLONK-GNARK.7].
constexpr std::size_t quotient_at = 3 * Bn254::g1_bytes;
constexpr std::size_t values_at = 6 * Bn254::g1_bytes;
constexpr std::size_t z_at = values_at + 5 * fr_bytes;
constexpr std::size_t z_next_at = z_at + Bn254::g1_bytes;
constexpr std::size_t openings_at = z_next_at + fr_bytes;
constexpr std::size_t qcp_at = openings_at + 2 * Bn254::g1_bytes;
constexpr std::size_t commitment_at = qcp_at + fr_bytes;

constexpr Fr coset_shift = Fr::from(5);  // [PLONK-GNARK.10]

Hash32 transcript_digest(std::string_view name, std::initializer_list<BytesView> absorbed) {
    hash::Sha256 hasher;
    hasher.update(as_bytes(name));
    for (const BytesView part : absorbed) hasher.update(part);
    return hasher.finish();
}
Fr to_challenge(const Hash32& digest) noexcept {
    return Fr::from(U256::from_be(digest.view()));
}
Hash32 bytes_of(const Fr& scalar) noexcept {
    return algebra::bn254::encode(scalar);
}

/// What the gates of the public inputs and of the commitment's challenge add, at ζ outside the domain
/// [PLONK-GNARK.10].
Fr public_value(const VerifyingKey& key, std::span<const U256> inputs, const ProofParts& proof, const Fr& zeta) {
    const auto& domain = key.prepared().domain;
    const auto lagrange = domain.lagrange(zeta, inputs.size());
    Fr out;
    for (std::size_t i = 0; i < inputs.size(); ++i) out = out + Fr::from(inputs[i]) * lagrange[i];
    if (!proof.commitment) return out;
    const std::uint64_t gate = std::uint64_t{key.header().input_count} + key.header().commitment_gate;
    const Fr element = domain.root().power({gate, 0, 0, 0});
    const Fr vanishing = domain.to_size(zeta) - Fr::one();
    const Fr selected = element * vanishing * (Fr::from(domain.size()) * (zeta - element)).inverse();
    return out + selected * hash_to_fr_sha256(proof.bytes.subspan(commitment_at), "BSB22-Plonk");
}

/// The linearised polynomial: its value at ζ, and a commitment to it [PLONK-GNARK.11].
struct Linearised {
    Fr value;
    G1 digest;
};
Linearised linearise(const VerifyingKey::Prepared& key, const ProofParts& proof, const Challenges& c,
                     const Fr& public_part) {
    const Fr& l = proof.l;
    const Fr& r = proof.r;
    const Fr& o = proof.o;
    const Fr zeta_n = key.domain.to_size(c.zeta);
    const Fr vanishing = zeta_n - Fr::one();
    const Fr first = key.domain.lagrange(c.zeta, 1)[0] * c.alpha.square();
    const Fr permuted = (l + c.beta * proof.s1 + c.gamma) * (r + c.beta * proof.s2 + c.gamma) * c.alpha * proof.z_next;
    const Fr beta_zeta = c.beta * c.zeta;
    const Fr identity = (l + beta_zeta + c.gamma) * (r + beta_zeta * coset_shift + c.gamma) *
                        (o + beta_zeta * coset_shift.square() + c.gamma);
    const Fr shift = zeta_n * c.zeta.square();  // ζ^(n+2): the quotient is cut into parts of n + 2 coefficients

    G1Combination<Bn254> sum;
    if (proof.commitment) sum.add(proof.commitment->point, proof.commitment->qcp);
    sum.add(key.circuit.ql, l);
    sum.add(key.circuit.qr, r);
    sum.add(key.circuit.qm, l * r);
    sum.add(key.circuit.qo, o);
    sum.add(key.circuit.qk, Fr::one());
    sum.add(key.circuit.s[2], permuted * c.beta);
    sum.add(proof.z, first - identity * c.alpha);
    sum.add(proof.quotient[0], -vanishing);
    sum.add(proof.quotient[1], -(vanishing * shift));
    sum.add(proof.quotient[2], -(vanishing * shift.square()));
    return {first - permuted * (o + c.gamma) - public_part, sum.sum()};
}

}  // namespace

Result<ProofParts> decode_proof(BytesView bytes, const Header& header) {
    if (bytes.size() != proof_bytes(header)) return fail(SnarkError::wrong_size);
    PartsReader<Bn254> reader{bytes};
    ProofParts out;
    out.bytes = bytes;
    const auto finite = [&] { return reader.finite_g1(SnarkError::infinity_in_proof); };
    for (G1& wire : out.wires) {
        ENSHRINE_TRY(wire, finite());
    }
    for (G1& part : out.quotient) {
        ENSHRINE_TRY(part, finite());
    }
    for (Fr* value : {&out.l, &out.r, &out.o, &out.s1, &out.s2}) {
        ENSHRINE_TRY(*value, reader.scalar());
    }
    ENSHRINE_TRY(out.z, finite());
    ENSHRINE_TRY(out.z_next, reader.scalar());
    ENSHRINE_TRY(out.opening, finite());
    ENSHRINE_TRY(out.opening_next, finite());
    if (header.has_commitment) {
        ENSHRINE_TRY(const auto qcp, reader.scalar());
        ENSHRINE_TRY(const auto point, finite());
        out.commitment = ProofParts::Commitment{qcp, point};
    }
    ENSHRINE_CHECK(reader.finish());
    return out;
}

Challenges derive_challenges(const VerifyingKey::Prepared& key, std::span<const U256> inputs, const ProofParts& proof) {
    const BytesView bytes = proof.bytes;
    const BytesView wires = bytes.first(quotient_at);
    const BytesView quotient = bytes.subspan(quotient_at, values_at - quotient_at);
    const BytesView z = bytes.subspan(z_at, Bn254::g1_bytes);
    const BytesView commitment = proof.commitment ? bytes.subspan(commitment_at) : BytesView{};
    const Hash32 gamma = transcript_digest("gamma", {key.circuit_bytes, encode_inputs(inputs), wires});
    const Hash32 beta = transcript_digest("beta", {gamma.view()});
    const Hash32 alpha = transcript_digest("alpha", {beta.view(), commitment, z});
    const Hash32 zeta = transcript_digest("zeta", {alpha.view(), quotient});
    return {to_challenge(gamma), to_challenge(beta), to_challenge(alpha), to_challenge(zeta), zeta};
}

Result<FoldedOpening> fold_openings(const VerifyingKey& key, std::span<const U256> inputs, const ProofParts& proof,
                                    const Challenges& challenges) {
    const auto& prepared = key.prepared();
    if (prepared.domain.contains(challenges.zeta)) return fail(SnarkError::challenge_in_domain);
    const Fr public_part = public_value(key, inputs, proof, challenges.zeta);
    const Linearised linear = linearise(prepared, proof, challenges, public_part);

    // Absorbed as they are folded: digests first, then the values in the same order.
    const auto& circuit = prepared.circuit;
    std::vector<G1> digests{linear.digest, proof.wires[0], proof.wires[1], proof.wires[2], circuit.s[0], circuit.s[1]};
    std::vector<Fr> values{linear.value, proof.l, proof.r, proof.o, proof.s1, proof.s2};
    if (proof.commitment) {
        digests.push_back(*circuit.qcp);
        values.push_back(proof.commitment->qcp);
    }
    Bytes absorbed = to_bytes(bytes_of(challenges.zeta).view());
    for (const G1& digest : digests) append(absorbed, Bn254::encode(digest).view());
    for (const Fr& value : values) append(absorbed, bytes_of(value).view());
    append(absorbed, bytes_of(proof.z_next).view());

    FoldedOpening out;
    out.v = to_challenge(transcript_digest("gamma", {absorbed}));
    G1Combination<Bn254> sum;
    Fr power = Fr::one();
    for (std::size_t i = 0; i < digests.size(); ++i) {
        sum.add(digests[i], power);
        out.value = out.value + values[i] * power;
        power = power * out.v;
    }
    out.digest = sum.sum();
    return out;
}

Fr derive_u(const ProofParts& proof, const Challenges& challenges, const FoldedOpening& folded) {
    const BytesView z = proof.bytes.subspan(z_at, Bn254::g1_bytes);
    const BytesView openings = proof.bytes.subspan(openings_at, 2 * Bn254::g1_bytes);
    return to_challenge(transcript_digest("u", {challenges.zeta_digest.view(), bytes_of(folded.v).view(),
                                                Bn254::encode(folded.digest).view(), z, openings}));
}

Result<KzgClaim<Bn254>> VerifyingKey::reduce(std::span<const U256> inputs, BytesView bytes) const {
    ENSHRINE_CHECK(check_public_inputs(inputs, header_.input_count, Bn254::group_order));  // [PLONK-GNARK.8]
    ENSHRINE_TRY(const auto proof, decode_proof(bytes, header_));
    const Challenges challenges = derive_challenges(*prepared_, inputs, proof);
    ENSHRINE_TRY(const auto folded, fold_openings(*this, inputs, proof, challenges));
    const Fr u = derive_u(proof, challenges, folded);

    // (f - f(ζ)) = W_ζ (x - ζ) and (z - z(ωζ)) = W_ωζ (x - ωζ), the second u times, with x on one side.
    G1Combination<Bn254> p;
    p.add(proof.opening, Fr::one());
    p.add(proof.opening_next, u);
    G1Combination<Bn254> q;
    q.add(folded.digest, Fr::one());
    q.add(proof.z, u);
    q.add(prepared_->base, -(folded.value + u * proof.z_next));
    q.add(proof.opening, challenges.zeta);
    q.add(proof.opening_next, u * challenges.zeta * prepared_->domain.root());
    return KzgClaim<Bn254>{p.sum(), q.sum()};
}

EquationForms VerifyingKey::equation_forms() const {
    return std::vector{kzg_form(srs())};
}

Result<Equations> VerifyingKey::equations(std::span<const U256> inputs, BytesView proof) const {
    ENSHRINE_TRY(const auto claim, reduce(inputs, proof));
    return std::vector{kzg_equation(claim)};
}

Result<void> VerifyingKey::verify(std::span<const U256> inputs, BytesView proof) const {
    ENSHRINE_TRY(const auto claim, reduce(inputs, proof));
    if (!srs().holds(claim)) return fail(SnarkError::does_not_hold);
    return {};
}

}  // namespace enshrine::proofs::plonk_gnark
