// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/codec/binary.hpp>
#include <enshrine/proofs/key_id.hpp>
#include <enshrine/proofs/snark/groth16_prepared.hpp>

namespace enshrine::proofs::groth16 {
namespace {

Result<Header> decode_header(codec::BinaryReader& reader) noexcept {
    ENSHRINE_TRY(const auto read_kind, reader.u8());
    ENSHRINE_TRY(const auto read_version, reader.u8());
    ENSHRINE_TRY(const auto curve, reader.u8());
    ENSHRINE_TRY(const auto commitment, reader.u8());
    ENSHRINE_TRY(const auto input_count, reader.u16());
    const Header header{Curve{curve}, CommitmentHash{commitment}, input_count};
    if (read_kind != kind || read_version != version) return fail(SnarkError::wrong_kind);
    if (curve != 1 && curve != 2) return fail(SnarkError::wrong_kind);
    if (commitment > 2) return fail(SnarkError::wrong_kind);
    if (header.commitment != CommitmentHash::none && header.curve != Curve::bn254) return fail(SnarkError::wrong_kind);
    if (input_count > inputs_max) return fail(SnarkError::too_many_inputs);
    return header;
}

/// How many points of G1 bind the inputs.
std::size_t binding_points(const Header& header) noexcept {
    return header.input_count + (header.commitment == CommitmentHash::none ? 1U : 2U);
}

template <class C>
std::size_t points_bytes(const Header& header) noexcept {
    const std::size_t g2_points = header.commitment == CommitmentHash::none ? 3 : 5;
    return (1 + binding_points(header)) * C::g1_bytes + g2_points * C::g2_bytes;
}

template <class C>
Result<typename C::G1> read_g1(codec::BinaryReader& reader) noexcept {
    ENSHRINE_TRY(const auto bytes, reader.take(C::g1_bytes));
    return C::decode_g1(bytes);
}
template <class C>
Result<typename C::G2> read_g2(codec::BinaryReader& reader) noexcept {
    ENSHRINE_TRY(const auto bytes, reader.take(C::g2_bytes));
    return C::decode_g2(bytes);
}

template <class C>
Result<KeyPoints<C>> read_points(codec::BinaryReader& reader, const Header& header) {
    KeyPoints<C> out;
    ENSHRINE_TRY(out.alpha, read_g1<C>(reader));
    ENSHRINE_TRY(out.beta, read_g2<C>(reader));
    ENSHRINE_TRY(out.gamma, read_g2<C>(reader));
    ENSHRINE_TRY(out.delta, read_g2<C>(reader));
    for (std::size_t i = 0; i < binding_points(header); ++i) {
        ENSHRINE_TRY(const auto point, read_g1<C>(reader));
        out.inputs.push_back(point);
    }
    if (header.commitment != CommitmentHash::none) {
        ENSHRINE_TRY(const auto first, read_g2<C>(reader));
        ENSHRINE_TRY(const auto second, read_g2<C>(reader));
        out.commitment = std::array{first, second};
    }
    return out;
}

template <class C>
bool equal_up_to_sign(const typename C::G2& a, const typename C::G2& b) noexcept {
    return a == b || a == C::negate(b);
}

/// [GROTH.3] [GROTH.4]
template <class C>
Result<void> check_points(const KeyPoints<C>& key) noexcept {
    if (key.alpha.is_infinity() || key.beta.is_infinity()) return fail(SnarkError::infinity_in_key);
    if (key.gamma.is_infinity() || key.delta.is_infinity()) return fail(SnarkError::infinity_in_key);
    for (std::size_t i = 1; i < key.inputs.size(); ++i) {
        if (key.inputs[i].is_infinity()) return fail(SnarkError::infinity_in_key);
    }
    if (equal_up_to_sign<C>(key.gamma, key.delta)) return fail(SnarkError::gamma_is_delta);
    if (equal_up_to_sign<C>(key.gamma, key.beta)) return fail(SnarkError::gamma_is_beta);
    if (equal_up_to_sign<C>(key.delta, key.beta)) return fail(SnarkError::delta_is_beta);
    if (!key.commitment) return {};
    const auto& [first, second] = *key.commitment;
    if (first.is_infinity() || second.is_infinity()) return fail(SnarkError::infinity_in_key);
    if (equal_up_to_sign<C>(first, second)) return fail(SnarkError::degenerate_key);
    return {};
}

std::unique_ptr<const VerifyingKey::Prepared> prepare(KeyPoints<Bn254> points) {
    namespace bn254 = algebra::bn254;
    const bn254::Pair alpha_beta{points.alpha, points.beta};
    bn254::PreparedG2 beta{points.beta};
    bn254::PreparedG2 gamma{points.gamma};
    bn254::PreparedG2 delta{points.delta};
    std::optional<std::array<bn254::PreparedG2, 2>> commitment;
    if (points.commitment) {
        const auto& [first, second] = *points.commitment;
        commitment = std::array{bn254::PreparedG2{first}, bn254::PreparedG2{second}};
    }
    const bn254::Fp12 value = bn254::miller_loop({&alpha_beta, 1});
    bn254::FixedPoints binding{std::span{points.inputs}.subspan(1)};
    return std::make_unique<const VerifyingKey::Prepared>(
        VerifyingKey::Prepared{Bn254Prepared{std::move(points), std::move(binding), value, std::move(beta),
                                             std::move(gamma), std::move(delta), std::move(commitment)}});
}
std::unique_ptr<const VerifyingKey::Prepared> prepare(KeyPoints<Bls12381> points) {
    return std::make_unique<const VerifyingKey::Prepared>(VerifyingKey::Prepared{Bls12381Prepared{std::move(points)}});
}

template <class C>
Result<std::unique_ptr<const VerifyingKey::Prepared>> read_and_prepare(codec::BinaryReader& reader,
                                                                       const Header& header) {
    // Before any point is decoded: a length that cannot be costs nothing.
    if (reader.rest().size() != points_bytes<C>(header)) return fail(SnarkError::wrong_size);
    ENSHRINE_TRY(auto points, read_points<C>(reader, header));
    ENSHRINE_CHECK(reader.finish());
    ENSHRINE_CHECK(check_points<C>(points));
    return prepare(std::move(points));
}

}  // namespace

Bytes encode(const Header& header) {
    return codec::BinaryWriter{}
        .u8(kind)
        .u8(version)
        .u8(std::to_underlying(header.curve))
        .u8(std::to_underlying(header.commitment))
        .u16(header.input_count)
        .take();
}

std::size_t proof_bytes(const Header& header) noexcept {
    if (header.curve == Curve::bls12_381) return 2 * Bls12381::g1_bytes + Bls12381::g2_bytes;
    return (header.commitment == CommitmentHash::none ? 2 : 4) * Bn254::g1_bytes + Bn254::g2_bytes;
}

VerifyingKey::VerifyingKey(VerifyingKey&&) noexcept = default;
VerifyingKey& VerifyingKey::operator=(VerifyingKey&&) noexcept = default;
VerifyingKey::~VerifyingKey() = default;

Result<VerifyingKey> VerifyingKey::decode(BytesView bytes) {
    codec::BinaryReader reader{bytes};
    VerifyingKey out;
    ENSHRINE_TRY(out.header_, decode_header(reader));
    auto prepared = out.header_.curve == Curve::bn254 ? read_and_prepare<Bn254>(reader, out.header_)
                                                      : read_and_prepare<Bls12381>(reader, out.header_);
    if (!prepared) return std::unexpected{prepared.error()};
    out.prepared_ = *std::move(prepared);
    out.bytes_ = to_bytes(bytes);
    out.id_ = key_id(bytes);
    return out;
}

}  // namespace enshrine::proofs::groth16
