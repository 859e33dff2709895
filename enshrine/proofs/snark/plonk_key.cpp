// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/key_id.hpp>
#include <enshrine/proofs/snark/encoded_parts.hpp>
#include <enshrine/proofs/snark/plonk_prepared.hpp>

namespace enshrine::proofs::plonk {
namespace {

constexpr std::size_t circuit_points = 8;

unsigned power_max(Curve curve) noexcept {
    return curve == Curve::bn254 ? Bn254::two_adicity : Bls12381::two_adicity;
}

/// [PLONK.1] [PLONK.2]
Result<Header> decode_header(BytesView bytes) noexcept {
    codec::BinaryReader reader{bytes};
    ENSHRINE_TRY(const auto read_kind, reader.u8());
    ENSHRINE_TRY(const auto read_version, reader.u8());
    ENSHRINE_TRY(const auto curve, reader.u8());
    ENSHRINE_TRY(const auto power, reader.u8());
    ENSHRINE_TRY(const auto input_count, reader.u16());
    const Header header{Curve{curve}, power, input_count};
    if (read_kind != kind || read_version != version) return fail(SnarkError::wrong_kind);
    if (curve != 1 && curve != 2) return fail(SnarkError::wrong_kind);
    if (power == 0 || power > power_max(header.curve)) return fail(SnarkError::no_such_domain);
    if (input_count > inputs_max) return fail(SnarkError::too_many_inputs);
    if (input_count > std::uint64_t{1} << power) return fail(SnarkError::too_many_inputs);
    return header;
}

template <class C>
Result<CircuitPoints<C>> read_circuit(PartsReader<C>& reader) noexcept {
    CircuitPoints<C> out;
    for (auto* selector : {&out.qm, &out.ql, &out.qr, &out.qo, &out.qc}) {
        ENSHRINE_TRY(*selector, reader.g1());
    }
    for (auto* permutation : {&out.s1, &out.s2, &out.s3}) {
        ENSHRINE_TRY(*permutation, reader.finite_g1(SnarkError::infinity_in_key));  // [PLONK.3]
    }
    return out;
}

template <class C>
Result<std::unique_ptr<const VerifyingKey::Prepared>> read_and_prepare(BytesView bytes, const Header& header) {
    constexpr std::size_t circuit_bytes = circuit_points * C::g1_bytes;
    constexpr std::size_t scalars_bytes = 2 * Hash32::size_bytes;
    // Before any point is decoded: a length that cannot be costs nothing.
    if (bytes.size() != scalars_bytes + circuit_bytes + C::g2_bytes) return fail(SnarkError::wrong_size);
    PartsReader<C> reader{bytes};
    ENSHRINE_TRY(const auto k1, reader.scalar());
    ENSHRINE_TRY(const auto k2, reader.scalar());
    ENSHRINE_TRY(const auto circuit, read_circuit<C>(reader));
    ENSHRINE_TRY(const auto x, reader.g2());
    const EvaluationDomain<C> domain{header.power};
    if (!are_distinct_cosets(domain, k1, k2)) return fail(SnarkError::cosets_overlap);  // [PLONK.4]
    if (is_trivial_srs<C>(x)) return fail(SnarkError::trivial_srs);                     // [PLONK.5]
    return std::make_unique<const VerifyingKey::Prepared>(VerifyingKey::Prepared{PreparedKey<C>{
        header, domain, k1, k2, circuit, to_bytes(bytes.subspan(scalars_bytes, circuit_bytes)), KzgSrs<C>{x}}});
}

}  // namespace

Bytes encode(const Header& header) {
    return codec::BinaryWriter{}
        .u8(kind)
        .u8(version)
        .u8(std::to_underlying(header.curve))
        .u8(header.power)
        .u16(header.input_count)
        .take();
}

VerifyingKey::VerifyingKey(VerifyingKey&&) noexcept = default;
VerifyingKey& VerifyingKey::operator=(VerifyingKey&&) noexcept = default;
VerifyingKey::~VerifyingKey() = default;

Result<VerifyingKey> VerifyingKey::decode(BytesView bytes) {
    VerifyingKey out;
    ENSHRINE_TRY(out.header_, decode_header(bytes));
    const BytesView rest = bytes.subspan(header_bytes);
    auto prepared = out.header_.curve == Curve::bn254 ? read_and_prepare<Bn254>(rest, out.header_)
                                                      : read_and_prepare<Bls12381>(rest, out.header_);
    if (!prepared) return std::unexpected{prepared.error()};
    out.prepared_ = *std::move(prepared);
    out.bytes_ = to_bytes(bytes);
    out.id_ = key_id(bytes);
    return out;
}

}  // namespace enshrine::proofs::plonk
