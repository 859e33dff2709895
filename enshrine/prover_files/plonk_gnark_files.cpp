// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/snark/evaluation_domain.hpp>
#include <enshrine/prover_files/file_bytes.hpp>
#include <enshrine/prover_files/gnark_fields.hpp>
#include <enshrine/prover_files/json_field.hpp>
#include <enshrine/prover_files/plonk_gnark_constants.hpp>
#include <enshrine/prover_files/plonk_gnark_files.hpp>

#include <array>
#include <bit>

namespace enshrine::prover_files {

namespace plonk_gnark = proofs::plonk_gnark;
using proofs::Bn254;

namespace {

/// Two points of G2 with the lines of their pairings. We make our own lines, so these are skipped unread.
constexpr std::size_t lines_bytes = std::size_t{2} * 2 * 66 * 128;

FileResult<void> check_scalar(GnarkFields& fields, const std::string& name, const Bn254::Fr& expected,
                              std::string_view what) {
    ENSHRINE_TRY(const auto scalar, fields.scalar(name));
    if (Bn254::decode_fr(scalar) != expected) return refused(name + ": expected " + std::string{what});
    return {};
}

/// Size, SizeInv, Generator, NbPublicVariables, CosetShift: all but the first and fourth follow from the others.
FileResult<plonk_gnark::Header> read_sizes(GnarkFields& fields) {
    ENSHRINE_TRY(const auto size, fields.u64("Size"));
    if (!std::has_single_bit(size) || size > std::uint64_t{1} << Bn254::two_adicity) {
        return unusable("Size: expected a power of two up to 2^28, got " + std::to_string(size));
    }
    const auto power = static_cast<unsigned>(std::countr_zero(size));
    const proofs::EvaluationDomain<Bn254> domain{power};
    ENSHRINE_CHECK(check_scalar(fields, "SizeInv", Bn254::Fr::from(size).inverse(), "1/Size"));
    ENSHRINE_CHECK(check_scalar(fields, "Generator", domain.root(), "5^((r-1)/Size)"));
    ENSHRINE_TRY(const auto input_count, fields.u64("NbPublicVariables"));
    if (input_count > plonk_gnark::inputs_max) {
        return refused("NbPublicVariables: expected at most " + std::to_string(plonk_gnark::inputs_max) + ", got " +
                       std::to_string(input_count));
    }
    ENSHRINE_CHECK(check_scalar(fields, "CosetShift", Bn254::Fr::from(5), "5"));
    return plonk_gnark::Header{.power = static_cast<std::uint8_t>(power),
                               .input_count = static_cast<std::uint16_t>(input_count)};
}

FileResult<Bytes> read_circuit(GnarkFields& fields, plonk_gnark::Header& header) {
    Bytes out;
    for (const char* name : {"S[0]", "S[1]", "S[2]"}) {
        ENSHRINE_TRY(const auto point, fields.finite_g1(name));
        append(out, point);
    }
    for (const char* name : {"Ql", "Qr", "Qm", "Qo", "Qk"}) {
        ENSHRINE_TRY(const auto point, fields.g1(name));
        append(out, point);
    }
    ENSHRINE_TRY(const auto commitments, fields.u32("length of Qcp"));
    if (commitments > 1) {
        return refused("length of Qcp: expected at most 1 commitment, got " + std::to_string(commitments));
    }
    header.has_commitment = commitments == 1;
    if (header.has_commitment) {
        ENSHRINE_TRY(const auto point, fields.finite_g1("Qcp[0]"));
        append(out, point);
    }
    return out;
}

/// [1]_1 ‖ [x]_2.
FileResult<Bytes> read_reference_string(GnarkFields& fields) {
    ENSHRINE_TRY(Bytes out, fields.finite_g1("Kzg.G1"));
    ENSHRINE_TRY(const auto one, fields.g2("Kzg.G2[0]"));
    if (!equal(one, Bn254::encode(Bn254::g2_generator()).view())) {
        return refused("Kzg.G2[0]: expected the generator of G2");
    }
    ENSHRINE_TRY(const auto x, fields.finite_g2("Kzg.G2[1]"));
    append(out, x);
    ENSHRINE_TRY([[maybe_unused]] const auto lines, fields.take("Kzg.Lines", lines_bytes));
    return out;
}

FileResult<void> read_commitment_gate(GnarkFields& fields, plonk_gnark::Header& header) {
    ENSHRINE_TRY(const auto count, fields.u32("length of CommitmentConstraintIndexes"));
    if (count != (header.has_commitment ? 1U : 0U)) {
        return refused("length of CommitmentConstraintIndexes: expected that of Qcp, got " + std::to_string(count));
    }
    if (!header.has_commitment) return {};
    ENSHRINE_TRY(const auto gate, fields.u64("CommitmentConstraintIndexes[0]"));
    if (gate >= std::uint64_t{1} << header.power) {
        return refused("CommitmentConstraintIndexes[0]: expected less than Size, got " + std::to_string(gate));
    }
    header.commitment_gate = static_cast<std::uint32_t>(gate);
    return {};
}

/// Size, SizeInv, Generator, NbPublicVariables, CosetShift: numbers, before the first point.
constexpr std::size_t first_point_at = 8 + 32 + 32 + 8 + 32;

/// gnark 0.14 writes keys with compressed points in WriteRawTo too; the other form is what its reader takes as well.
PointForm key_form(BytesView content) noexcept {
    if (content.size() <= first_point_at) return PointForm::compressed;
    return point_form(Bn254::id, content[first_point_at]);
}

FileResult<KeyFile> key_of_gnark(BytesView content) {
    const GnarkForm form{Bn254::id, key_form(content)};
    GnarkFields fields{content, form};
    ENSHRINE_TRY(auto header, read_sizes(fields));
    ENSHRINE_TRY(const auto circuit, read_circuit(fields, header));
    ENSHRINE_TRY(const auto reference_string, read_reference_string(fields));
    ENSHRINE_CHECK(read_commitment_gate(fields, header));
    ENSHRINE_CHECK(fields.finish());
    Bytes out = plonk_gnark::encode(header);
    append(out, reference_string);
    append(out, circuit);
    return KeyFile{std::move(out), file_form_name(form.form)};
}

FileResult<Bytes> points(GnarkFields& fields, std::initializer_list<const char*> names) {
    Bytes out;
    for (const char* name : names) {
        ENSHRINE_TRY(const auto point, fields.finite_g1(name));
        append(out, point);
    }
    return out;
}

/// What the proof says of the openings at ζ: the linearised polynomial, which verification computes and which is left
/// out here, l, r, o, s1, s2, and with a commitment qcp.
struct ClaimedValues {
    Bytes wires;
    Bytes qcp;
};
FileResult<ClaimedValues> read_claimed_values(GnarkFields& fields, bool has_commitment) {
    ENSHRINE_TRY(const auto count, fields.u32("length of ClaimedValues"));
    const std::uint32_t expected = has_commitment ? 7 : 6;
    if (count != expected) {
        return refused("length of ClaimedValues: expected " + std::to_string(expected) + ", got " +
                       std::to_string(count));
    }
    ENSHRINE_TRY([[maybe_unused]] const auto linearised, fields.scalar("ClaimedValues[0]"));
    ClaimedValues out;
    for (std::uint32_t i = 1; i < count; ++i) {
        ENSHRINE_TRY(const auto value, fields.scalar("ClaimedValues[" + std::to_string(i) + "]"));
        append(i < 6 ? out.wires : out.qcp, value);
    }
    return out;
}

FileResult<Bytes> read_commitments(GnarkFields& fields, bool has_commitment) {
    ENSHRINE_TRY(const auto count, fields.u32("length of Bsb22Commitments"));
    if (count != (has_commitment ? 1U : 0U)) {
        return refused("length of Bsb22Commitments: the key asks for " + std::to_string(has_commitment ? 1 : 0) +
                       ", got " + std::to_string(count));
    }
    if (!has_commitment) return Bytes{};
    return fields.finite_g1("Bsb22Commitments[0]");
}

/// Eight points, the claimed values with their number, an opening with its value, the commitments with their number.
bool has_size_of_proof(BytesView content, const GnarkForm& form) noexcept {
    constexpr std::size_t count_bytes = sizeof(std::uint32_t);
    constexpr std::size_t scalar_bytes = Hash32::size_bytes;
    std::size_t at = 8 * form.g1_bytes();
    for (const auto& [element, after] :
         {std::pair{scalar_bytes, form.g1_bytes() + scalar_bytes}, {form.g1_bytes(), 0}}) {
        if (content.size() < at + count_bytes) return false;
        at += count_bytes + load_be<std::uint32_t>(content.data() + at) * element + after;
    }
    return content.size() == at;
}

FileResult<Bytes> read_proof(BytesView content, const GnarkForm& form, const plonk_gnark::Header& header) {
    GnarkFields fields{content, form};
    ENSHRINE_TRY(const auto wires, points(fields, {"LRO[0]", "LRO[1]", "LRO[2]"}));
    ENSHRINE_TRY(const auto z, fields.finite_g1("Z"));
    ENSHRINE_TRY(const auto quotient, points(fields, {"H[0]", "H[1]", "H[2]"}));
    ENSHRINE_TRY(const auto opening, fields.finite_g1("BatchedProof.H"));
    ENSHRINE_TRY(const auto values, read_claimed_values(fields, header.has_commitment));
    ENSHRINE_TRY(const auto opening_next, fields.finite_g1("ZShiftedOpening.H"));
    ENSHRINE_TRY(const auto z_next, fields.scalar("ZShiftedOpening.ClaimedValue"));
    ENSHRINE_TRY(const auto commitment, read_commitments(fields, header.has_commitment));
    ENSHRINE_CHECK(fields.finish());
    Bytes out;
    for (const Bytes* part :
         {&wires, &quotient, &values.wires, &z, &z_next, &opening, &opening_next, &values.qcp, &commitment}) {
        append(out, *part);
    }
    return out;
}

FileResult<Bytes> proof_of_gnark(BytesView content, const plonk_gnark::Header& header) {
    if (content.empty()) return unusable("expected a proof, got an empty file");
    const GnarkForm form{Bn254::id, point_form(Bn254::id, content[0])};
    return unusable_unless(has_size_of_proof(content, form), read_proof(content, form, header));
}

}  // namespace

FileResult<KeyFile> read_plonk_gnark_key(BytesView content) {
    if (looks_like_json(content)) {
        auto document = parse_json(content);
        if (!document) return unusable("not well-formed JSON");
        return plonk_gnark_key_of_constants(SolidityConstants::of_json(*std::move(document)));
    }
    if (looks_like_solidity(content)) {
        ENSHRINE_TRY(const auto constants, SolidityConstants::parse(content));
        return plonk_gnark_key_of_constants(constants);
    }
    ENSHRINE_TRY(Bytes bytes, binary_file(content));
    // gnark's begins with a number of eight bytes that is at most 2^28.
    if (!bytes.empty() && bytes[0] == plonk_gnark::kind) return KeyFile{std::move(bytes), "canonical"};
    return key_of_gnark(bytes);
}

FileResult<Bytes> read_plonk_gnark_proof(BytesView content, const plonk_gnark::Header& header) {
    if (looks_like_json(content)) return unusable("gnark writes no JSON of a PLONK proof");
    ENSHRINE_TRY(Bytes bytes, binary_file(content));
    if (bytes.size() == plonk_gnark::proof_bytes(header)) return bytes;
    return proof_of_gnark(bytes, header);
}

}  // namespace enshrine::prover_files
