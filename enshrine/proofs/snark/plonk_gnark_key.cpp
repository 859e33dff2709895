// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/key_id.hpp>
#include <enshrine/proofs/snark/encoded_parts.hpp>
#include <enshrine/proofs/snark/plonk_gnark_prepared.hpp>

namespace enshrine::proofs::plonk_gnark {
namespace {

constexpr std::size_t circuit_at = header_bytes + Bn254::g1_bytes + Bn254::g2_bytes;

std::size_t circuit_points(const Header& header) noexcept {
    return header.has_commitment ? 9 : 8;
}

/// [PLONK-GNARK.1]
Result<Header> decode_header(BytesView bytes) noexcept {
    codec::BinaryReader reader{bytes};
    ENSHRINE_TRY(const auto read_kind, reader.u8());
    ENSHRINE_TRY(const auto read_version, reader.u8());
    ENSHRINE_TRY(const auto curve, reader.u8());
    ENSHRINE_TRY(const auto power, reader.u8());
    ENSHRINE_TRY(const auto input_count, reader.u16());
    ENSHRINE_TRY(const auto commitments, reader.u8());
    ENSHRINE_TRY(const auto gate, reader.u32());
    if (read_kind != kind || read_version != version) return fail(SnarkError::wrong_kind);
    if (Curve{curve} != Curve::bn254 || commitments > 1) return fail(SnarkError::wrong_kind);
    if (commitments == 0 && gate != 0) return fail(SnarkError::wrong_kind);
    return Header{power, input_count, commitments == 1, gate};
}

/// [PLONK-GNARK.2]
Result<void> check_header(const Header& header) noexcept {
    if (header.power == 0 || header.power > Bn254::two_adicity) return fail(SnarkError::no_such_domain);
    if (header.input_count > inputs_max) return fail(SnarkError::too_many_inputs);
    const std::uint64_t gates = std::uint64_t{1} << header.power;
    if (header.input_count > gates) return fail(SnarkError::too_many_inputs);
    const std::uint64_t last = std::uint64_t{header.input_count} + header.commitment_gate;
    if (header.has_commitment && last >= gates) return fail(SnarkError::no_such_domain);
    return {};
}

Result<CircuitPoints> read_circuit(PartsReader<Bn254>& reader, bool has_commitment) noexcept {
    CircuitPoints out;
    for (G1& permutation : out.s) {
        ENSHRINE_TRY(permutation, reader.finite_g1(SnarkError::infinity_in_key));  // [PLONK-GNARK.3]
    }
    for (G1* selector : {&out.ql, &out.qr, &out.qm, &out.qo, &out.qk}) {
        ENSHRINE_TRY(*selector, reader.g1());
    }
    if (has_commitment) {
        ENSHRINE_TRY(out.qcp, reader.finite_g1(SnarkError::infinity_in_key));
    }
    return out;
}

/// [PLONK-GNARK.4]
Result<void> check_permutation(const std::array<G1, 3>& s) noexcept {
    if (s[0] == s[1] || s[1] == s[2] || s[2] == s[0]) return fail(SnarkError::degenerate_key);
    return {};
}

Result<std::unique_ptr<const VerifyingKey::Prepared>> read_and_prepare(BytesView bytes, const Header& header) {
    // Before any point is decoded: a length that cannot be costs nothing.
    if (bytes.size() != circuit_at + circuit_points(header) * Bn254::g1_bytes) return fail(SnarkError::wrong_size);
    PartsReader<Bn254> reader{bytes.subspan(header_bytes)};
    ENSHRINE_TRY(const auto base, reader.finite_g1(SnarkError::infinity_in_key));
    ENSHRINE_TRY(const auto x, reader.g2());
    if (is_trivial_srs<Bn254>(x)) return fail(SnarkError::trivial_srs);  // [PLONK-GNARK.5]
    ENSHRINE_TRY(const auto circuit, read_circuit(reader, header.has_commitment));
    ENSHRINE_CHECK(check_permutation(circuit.s));
    ENSHRINE_CHECK(reader.finish());
    return std::make_unique<const VerifyingKey::Prepared>(VerifyingKey::Prepared{
        base, KzgSrs<Bn254>{x}, circuit, to_bytes(bytes.subspan(circuit_at)), EvaluationDomain<Bn254>{header.power}});
}

}  // namespace

Bytes encode(const Header& header) {
    return codec::BinaryWriter{}
        .u8(kind)
        .u8(version)
        .u8(std::to_underlying(Curve::bn254))
        .u8(header.power)
        .u16(header.input_count)
        .u8(header.has_commitment ? 1 : 0)
        .u32(header.commitment_gate)
        .take();
}

std::size_t proof_bytes(const Header& header) noexcept {
    constexpr std::size_t plain = 9 * Bn254::g1_bytes + 6 * fr_bytes;
    return plain + (header.has_commitment ? fr_bytes + Bn254::g1_bytes : 0);
}

VerifyingKey::VerifyingKey(VerifyingKey&&) noexcept = default;
VerifyingKey& VerifyingKey::operator=(VerifyingKey&&) noexcept = default;
VerifyingKey::~VerifyingKey() = default;

const KzgSrs<Bn254>& VerifyingKey::srs() const noexcept {
    return prepared_->srs;
}

Result<VerifyingKey> VerifyingKey::decode(BytesView bytes) {
    VerifyingKey out;
    ENSHRINE_TRY(out.header_, decode_header(bytes));
    ENSHRINE_CHECK(check_header(out.header_));
    ENSHRINE_TRY(out.prepared_, read_and_prepare(bytes, out.header_));
    out.bytes_ = to_bytes(bytes);
    out.id_ = key_id(bytes);
    return out;
}

}  // namespace enshrine::proofs::plonk_gnark
