// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/hash/keccak.hpp>
#include <enshrine/proofs/snark/snark_error.hpp>
#include <enshrine/proofs/snark/ultrahonk_transcript.hpp>

namespace enshrine::proofs::ultrahonk {

namespace bn254 = algebra::bn254;
using bn254::Fr;

namespace {

Challenge split(const bn254::Limbs& number) noexcept {
    constexpr std::uint64_t top_bit = std::uint64_t{1} << 63;
    const bn254::Limbs low{number[0], number[1] & ~top_bit, 0, 0};
    const bn254::Limbs high{(number[1] >> 63) | (number[2] << 1), (number[2] >> 63) | (number[3] << 1), number[3] >> 63,
                            0};
    return {Fr::from(low), Fr::from(high)};
}

}  // namespace

Challenge Transcript::squeeze() {
    const Fr reduced = Fr::from(U256::from_be(hash::keccak256(pending_).view()));
    const Hash32 link = bn254::encode(reduced);
    pending_ = to_bytes(link.view());
    return split(reduced.canonical());
}

Result<BytesView> ProofReader::take(std::size_t size) {
    if (rest_.size() < size) return fail(SnarkError::wrong_size);
    const BytesView out = rest_.first(size);
    rest_ = rest_.subspan(size);
    transcript_->absorb(out);
    return out;
}

Result<Fr> ProofReader::scalar() {
    ENSHRINE_TRY(const auto bytes, take(bn254::field_bytes));
    return bn254::decode_fr(bytes);
}

Result<bn254::G1Affine> ProofReader::point() {
    ENSHRINE_TRY(const auto bytes, take(bn254::g1_bytes));
    return bn254::decode_g1(bytes);
}

Result<bn254::G1Affine> ProofReader::finite_point() {
    ENSHRINE_TRY(const auto out, point());
    if (out.is_infinity()) return fail(SnarkError::infinity_in_proof);
    return out;
}

}  // namespace enshrine::proofs::ultrahonk
