// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/snark/encoded_parts.hpp>
#include <enshrine/proofs/snark/keccak_transcript.hpp>
#include <enshrine/proofs/snark/plonk_prepared.hpp>

namespace enshrine::proofs::plonk {
namespace {

constexpr std::size_t proof_points = 9;
constexpr std::size_t proof_scalars = 6;

template <class C>
constexpr std::size_t proof_size = proof_points * C::g1_bytes + proof_scalars * Hash32::size_bytes;

/// Points [from, from + count) of a proof.
template <class C>
BytesView points_at(BytesView proof, std::size_t from, std::size_t count) noexcept {
    return proof.subspan(from * C::g1_bytes, count * C::g1_bytes);
}

/// What gates and permutation give at ξ, apart from the polynomials that stay commitments.
template <class C>
struct Evaluated {
    typename C::Fr permuted;     ///< (a + β s1 + γ)(b + β s2 + γ) zw α
    typename C::Fr accumulated;  ///< the factor of Z, without u
    typename C::Fr constant;     ///< r0
    typename C::Fr vanishing;    ///< ξ^n - 1
    typename C::Fr xi_to_n;
};

/// [PLONK.10] for a ξ outside the domain.
template <class C>
Evaluated<C> evaluate(const PreparedKey<C>& key, std::span<const U256> inputs, const ProofParts<C>& proof,
                      const Challenges<C>& ch) {
    using Fr = typename C::Fr;
    const auto lagrange = key.domain.lagrange(ch.xi, std::max<std::size_t>(inputs.size(), 1));
    const Fr beta_xi = ch.beta * ch.xi;
    const Fr first = ch.alpha.square() * lagrange[0];
    const Fr identity = (proof.eval_a + beta_xi + ch.gamma) * (proof.eval_b + beta_xi * key.k1 + ch.gamma) *
                        (proof.eval_c + beta_xi * key.k2 + ch.gamma);
    Evaluated<C> out;
    out.permuted = (proof.eval_a + ch.beta * proof.eval_s1 + ch.gamma) *
                   (proof.eval_b + ch.beta * proof.eval_s2 + ch.gamma) * proof.eval_zw * ch.alpha;
    out.accumulated = ch.alpha * identity + first;
    out.constant = public_input_polynomial<C>(inputs, lagrange) - first - out.permuted * (proof.eval_c + ch.gamma);
    out.xi_to_n = key.domain.to_size(ch.xi);
    out.vanishing = out.xi_to_n - Fr::one();
    return out;
}

}  // namespace

std::size_t proof_bytes(Curve curve) noexcept {
    return curve == Curve::bn254 ? proof_size<Bn254> : proof_size<Bls12381>;
}

template <class C>
Result<ProofParts<C>> decode_proof(BytesView bytes) {
    if (bytes.size() != proof_size<C>) return fail(SnarkError::wrong_size);
    PartsReader<C> reader{bytes};
    ProofParts<C> out;
    for (auto* point : {&out.a, &out.b, &out.c, &out.z, &out.t1, &out.t2, &out.t3, &out.w_xi, &out.w_xiw}) {
        ENSHRINE_TRY(*point, reader.finite_g1(SnarkError::infinity_in_proof));
    }
    for (auto* scalar : {&out.eval_a, &out.eval_b, &out.eval_c, &out.eval_s1, &out.eval_s2, &out.eval_zw}) {
        ENSHRINE_TRY(*scalar, reader.scalar());
    }
    return out;
}

template <class C>
Challenges<C> challenges_of(const PreparedKey<C>& key, std::span<const U256> inputs, BytesView proof) {
    const Bytes inputs_bytes = encode_inputs(inputs);
    const BytesView evaluations = proof.subspan(proof_points * C::g1_bytes);
    Challenges<C> out;
    out.beta = keccak_challenge<C>({key.circuit_bytes, inputs_bytes, points_at<C>(proof, 0, 3)});
    out.gamma = keccak_challenge<C>({absorbed(out.beta).view()});
    out.alpha = keccak_challenge<C>({absorbed(out.beta).view(), absorbed(out.gamma).view(), points_at<C>(proof, 3, 1)});
    out.xi = keccak_challenge<C>({absorbed(out.alpha).view(), points_at<C>(proof, 4, 3)});
    out.v = keccak_challenge<C>({absorbed(out.xi).view(), evaluations});
    out.u = keccak_challenge<C>({points_at<C>(proof, 7, 2)});
    return out;
}

template <class C>
Result<KzgSums<C>> reduce_to_sums(const PreparedKey<C>& key, std::span<const U256> inputs, const ProofParts<C>& proof,
                                  const Challenges<C>& ch) {
    using Fr = typename C::Fr;
    if (key.domain.contains(ch.xi)) return fail(SnarkError::challenge_in_domain);  // [PLONK.10]
    const Evaluated<C> at_xi = evaluate(key, inputs, proof, ch);
    KzgSums<C> out;
    out.q.add(proof.z, at_xi.accumulated + ch.u);
    out.q.add(proof.t1, -at_xi.vanishing);
    out.q.add(proof.t2, -(at_xi.vanishing * at_xi.xi_to_n));
    out.q.add(proof.t3, -(at_xi.vanishing * at_xi.xi_to_n.square()));
    // The openings at ξ, folded with the powers of v; that at ξω, with u.
    Fr opened = ch.u * proof.eval_zw - at_xi.constant;
    Fr power = ch.v;
    const auto open = [&](const Fr& value) {
        const Fr factor = power;
        opened = opened + factor * value;
        power = power * ch.v;
        return factor;
    };
    out.q.add(proof.a, open(proof.eval_a));
    out.q.add(proof.b, open(proof.eval_b));
    out.q.add(proof.c, open(proof.eval_c));
    const Fr factor_s1 = open(proof.eval_s1);
    const Fr factor_s2 = open(proof.eval_s2);
    out.q.add(proof.w_xi, ch.xi);
    out.q.add(proof.w_xiw, ch.u * ch.xi * key.domain.root());
    out.shared = {
        proof.eval_a * proof.eval_b, proof.eval_a, proof.eval_b, proof.eval_c, Fr::one(), factor_s1, factor_s2,
        -(at_xi.permuted * ch.beta), -opened};
    out.p.add(proof.w_xi, Fr::one());
    out.p.add(proof.w_xiw, ch.u);
    return out;
}

template <class C>
Result<KzgClaim<C>> reduce(const PreparedKey<C>& key, std::span<const U256> inputs, const ProofParts<C>& proof,
                           const Challenges<C>& ch) {
    ENSHRINE_TRY(const auto sums, reduce_to_sums(key, inputs, proof, ch));
    return sums.claim(key.shared_points());
}

template <class C>
Result<KzgClaim<C>> reduce(const PreparedKey<C>& key, std::span<const U256> inputs, BytesView bytes) {
    ENSHRINE_CHECK(check_public_inputs(inputs, key.header.input_count, C::group_order));  // [PLONK.8]
    ENSHRINE_TRY(const auto proof, decode_proof<C>(bytes));
    return reduce(key, inputs, proof, challenges_of(key, inputs, bytes));
}

template Result<ProofParts<Bn254>> decode_proof<Bn254>(BytesView);
template Result<ProofParts<Bls12381>> decode_proof<Bls12381>(BytesView);
template Challenges<Bn254> challenges_of(const PreparedKey<Bn254>&, std::span<const U256>, BytesView);
template Challenges<Bls12381> challenges_of(const PreparedKey<Bls12381>&, std::span<const U256>, BytesView);
template Result<KzgClaim<Bn254>> reduce(const PreparedKey<Bn254>&, std::span<const U256>, const ProofParts<Bn254>&,
                                        const Challenges<Bn254>&);
template Result<KzgClaim<Bls12381>> reduce(const PreparedKey<Bls12381>&, std::span<const U256>,
                                           const ProofParts<Bls12381>&, const Challenges<Bls12381>&);
template Result<KzgClaim<Bn254>> reduce(const PreparedKey<Bn254>&, std::span<const U256>, BytesView);
template Result<KzgClaim<Bls12381>> reduce(const PreparedKey<Bls12381>&, std::span<const U256>, BytesView);

EquationForms VerifyingKey::equation_forms() const {
    const auto form_of = [](const auto& key) -> EquationForms {
        return std::vector{kzg_form(key.srs, key.shared_points())};
    };
    return std::visit(form_of, prepared_->of_curve);
}

Result<Equations> VerifyingKey::equations(std::span<const U256> inputs, BytesView bytes) const {
    const auto equation_of = [&]<class C>(const PreparedKey<C>& key) -> Result<Equations> {
        ENSHRINE_CHECK(check_public_inputs(inputs, key.header.input_count, C::group_order));  // [PLONK.8]
        ENSHRINE_TRY(const auto proof, decode_proof<C>(bytes));
        ENSHRINE_TRY(const auto sums, reduce_to_sums(key, inputs, proof, challenges_of(key, inputs, bytes)));
        return std::vector{kzg_equation(sums)};
    };
    return std::visit(equation_of, prepared_->of_curve);
}

Result<void> VerifyingKey::verify(std::span<const U256> inputs, BytesView proof) const {
    const auto verify_on = [&](const auto& key) -> Result<void> {
        ENSHRINE_TRY(const auto claim, reduce(key, inputs, proof));
        if (!key.srs.holds(claim)) return fail(SnarkError::does_not_hold);  // [PLONK.12]
        return {};
    };
    return std::visit(verify_on, prepared_->of_curve);
}

}  // namespace enshrine::proofs::plonk
