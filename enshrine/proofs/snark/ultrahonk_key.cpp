// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/bn254/encoding.hpp>
#include <enshrine/codec/binary.hpp>
#include <enshrine/hash/keccak.hpp>
#include <enshrine/proofs/key_id.hpp>
#include <enshrine/proofs/snark/ultrahonk_dialect.hpp>
#include <enshrine/proofs/snark/ultrahonk_prepared.hpp>

namespace enshrine::proofs::ultrahonk {

namespace bn254 = algebra::bn254;

namespace {

/// [HONK.2]
Result<void> check_sizes(const Header& header) noexcept {
    const Dialect& form = dialect(header.version);
    if (header.input_count > inputs_max) return fail(SnarkError::too_many_inputs);
    if (header.log_size > form.log_size_max) return fail(HonkError::size_out_of_range);
    const std::size_t last_input_row = form.first_input_row + header.input_count + form.accumulator_limbs;
    if (last_input_row > std::size_t{1} << header.log_size) return fail(HonkError::size_out_of_range);
    return {};
}

Result<Header> decode_header(codec::BinaryReader& reader) noexcept {
    ENSHRINE_TRY(const auto read_kind, reader.u8());
    ENSHRINE_TRY(const auto version, reader.u8());
    ENSHRINE_TRY(const auto flavour, reader.u8());
    ENSHRINE_TRY(const auto log_size, reader.u8());
    ENSHRINE_TRY(const auto input_count, reader.u16());
    const Header header{Version{version}, Flavour{flavour}, log_size, input_count};
    if (read_kind != kind) return fail(SnarkError::wrong_kind);
    if (header.version != Version::bb_3_0 && header.version != Version::bb_5_0) return fail(SnarkError::wrong_kind);
    if (flavour > 1) return fail(SnarkError::wrong_kind);
    ENSHRINE_CHECK(check_sizes(header));
    return header;
}

/// [HONK.4]
Result<bn254::G2Affine> read_x(codec::BinaryReader& reader) noexcept {
    ENSHRINE_TRY(const auto bytes, reader.take(bn254::g2_bytes));
    ENSHRINE_TRY(const auto x, bn254::decode_g2(bytes));
    if (x.is_infinity()) return fail(SnarkError::infinity_in_key);
    if (is_trivial_srs<Bn254>(x)) return fail(SnarkError::trivial_srs);
    return x;
}

/// [HONK.5]
Result<bn254::G1Affine> read_commitment(codec::BinaryReader& reader, const Dialect& form, Column column) noexcept {
    ENSHRINE_TRY(const auto bytes, reader.take(bn254::g1_bytes));
    ENSHRINE_TRY(const auto point, bn254::decode_g1(bytes));
    const bool may_be_zero = form.zero_columns && !is_never_zero(column);
    if (point.is_infinity() && !may_be_zero) return fail(SnarkError::infinity_in_key);
    return point;
}

/// [HONK.9] As bb names a circuit: the words of its file of the key.
Hash32 hash_of_circuit(const Header& header, BytesView commitments) {
    const Dialect& form = dialect(header.version);
    Bytes preimage;
    for (const std::size_t word : {std::size_t{header.log_size}, header.input_count + form.accumulator_limbs,
                                   std::size_t{form.first_input_row}}) {
        append(preimage, U256{word}.to_be().view());
    }
    append(preimage, commitments);
    return bn254::encode(Fr::from(U256::from_be(hash::keccak256(preimage).view())));
}

}  // namespace

Bytes encode(const Header& header) {
    return codec::BinaryWriter{}
        .u8(kind)
        .u8(std::to_underlying(header.version))
        .u8(std::to_underlying(header.flavour))
        .u8(header.log_size)
        .u16(header.input_count)
        .take();
}

VerifyingKey::VerifyingKey(VerifyingKey&&) noexcept = default;
VerifyingKey& VerifyingKey::operator=(VerifyingKey&&) noexcept = default;
VerifyingKey::~VerifyingKey() = default;

Result<VerifyingKey> VerifyingKey::decode(BytesView bytes) {
    codec::BinaryReader reader{bytes};
    VerifyingKey out;
    ENSHRINE_TRY(out.header_, decode_header(reader));
    if (reader.rest().size() != bn254::g2_bytes + committed_in_key * bn254::g1_bytes) {
        return fail(SnarkError::wrong_size);
    }
    ENSHRINE_TRY(const auto x, read_x(reader));
    const BytesView commitments = reader.rest();
    const Dialect& form = dialect(out.header_.version);
    std::array<bn254::G1Affine, committed_in_key> points;
    for (std::size_t i = 0; i < committed_in_key; ++i) {
        ENSHRINE_TRY(points[i], read_commitment(reader, form, form.key_order[i]));
    }
    out.prepared_ =
        std::make_unique<const Prepared>(Prepared{points, KzgSrs<Bn254>{x}, hash_of_circuit(out.header_, commitments)});
    out.bytes_ = to_bytes(bytes);
    out.id_ = key_id(bytes);
    return out;
}

Hash32 VerifyingKey::circuit_hash() const noexcept {
    return prepared_->circuit_hash;
}
const Bn254::G2& VerifyingKey::srs_point() const noexcept {
    return prepared_->srs.x();
}

}  // namespace enshrine::proofs::ultrahonk
