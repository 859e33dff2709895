// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/key_id.hpp>
#include <enshrine/proofs/snark/encoded_parts.hpp>
#include <enshrine/proofs/snark/fflonk_prepared.hpp>

namespace enshrine::proofs::fflonk {
namespace {

/// [FFLONK.1] [FFLONK.2]
Result<Header> decode_header(BytesView bytes) noexcept {
    codec::BinaryReader reader{bytes};
    ENSHRINE_TRY(const auto read_kind, reader.u8());
    ENSHRINE_TRY(const auto read_version, reader.u8());
    ENSHRINE_TRY(const auto curve, reader.u8());
    ENSHRINE_TRY(const auto power, reader.u8());
    ENSHRINE_TRY(const auto input_count, reader.u16());
    if (read_kind != kind || read_version != version) return fail(SnarkError::wrong_kind);
    if (Curve{curve} != Curve::bn254) return fail(SnarkError::wrong_kind);
    if (power == 0 || power > Bn254::two_adicity) return fail(SnarkError::no_such_domain);
    if (input_count > inputs_max) return fail(SnarkError::too_many_inputs);
    if (input_count > std::uint64_t{1} << power) return fail(SnarkError::too_many_inputs);
    return Header{power, input_count};
}

Result<std::unique_ptr<const VerifyingKey::Prepared>> read_and_prepare(BytesView bytes, const Header& header) {
    // Before any point is decoded: a length that cannot be costs nothing.
    if (bytes.size() != 2 * Hash32::size_bytes + Bn254::g1_bytes + Bn254::g2_bytes) return fail(SnarkError::wrong_size);
    PartsReader<Bn254> reader{bytes};
    ENSHRINE_TRY(const auto k1, reader.scalar());
    ENSHRINE_TRY(const auto k2, reader.scalar());
    ENSHRINE_TRY(const auto c0, reader.finite_g1(SnarkError::infinity_in_key));  // [FFLONK.3]
    ENSHRINE_TRY(const auto x, reader.g2());
    const EvaluationDomain<Bn254> domain{header.power};
    if (!are_distinct_cosets(domain, k1, k2)) return fail(SnarkError::cosets_overlap);  // [FFLONK.4]
    if (is_trivial_srs<Bn254>(x)) return fail(SnarkError::trivial_srs);                 // [FFLONK.5]
    return std::make_unique<const VerifyingKey::Prepared>(
        VerifyingKey::Prepared{header, domain, k1, k2, c0, KzgSrs<Bn254>{x}});
}

}  // namespace

Bytes encode(const Header& header) {
    return codec::BinaryWriter{}
        .u8(kind)
        .u8(version)
        .u8(std::to_underlying(Curve::bn254))
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
    ENSHRINE_TRY(out.prepared_, read_and_prepare(bytes.subspan(header_bytes), out.header_));
    out.bytes_ = to_bytes(bytes);
    out.id_ = key_id(bytes);
    return out;
}

}  // namespace enshrine::proofs::fflonk
