// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/snark/ultrahonk_mask.hpp>
#include <enshrine/proofs/snark/ultrahonk_opening.hpp>
#include <enshrine/proofs/snark/ultrahonk_prepared.hpp>
#include <enshrine/proofs/snark/ultrahonk_sumcheck.hpp>

namespace enshrine::proofs::ultrahonk {

Result<KzgClaim<Bn254>> VerifyingKey::reduce(std::span<const U256> inputs, BytesView bytes) const {
    ENSHRINE_TRY(const auto proof, read_proof(header_, circuit_hash(), inputs, bytes));
    ENSHRINE_CHECK(check_sumcheck(header_, proof));
    if (proof.mask) ENSHRINE_CHECK(check_mask(*proof.mask, proof.sumcheck.point, proof.opening.r));
    ENSHRINE_TRY(auto points, reduce_opening(header_.version, prepared_->commitments, proof));
    if (proof.accumulator) points = fold(points, *proof.accumulator);
    return KzgClaim<Bn254>{-points.second, points.first};
}

EquationForms VerifyingKey::equation_forms() const {
    return std::vector{kzg_form(prepared_->srs)};
}

Result<Equations> VerifyingKey::equations(std::span<const U256> inputs, BytesView bytes) const {
    ENSHRINE_TRY(const auto claim, reduce(inputs, bytes));
    return std::vector{kzg_equation(claim)};
}

/// [HONK.17]
Result<void> VerifyingKey::check(const KzgClaim<Bn254>& claim) const {
    if (!prepared_->srs.holds(claim)) return fail(SnarkError::does_not_hold);
    return {};
}

Result<void> VerifyingKey::verify(std::span<const U256> inputs, BytesView bytes) const {
    ENSHRINE_TRY(const auto claim, reduce(inputs, bytes));
    return check(claim);
}

}  // namespace enshrine::proofs::ultrahonk
