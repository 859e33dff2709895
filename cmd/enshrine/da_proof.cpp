// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/codec/hex.hpp>

#include <cmd/enshrine/da_matrix.hpp>
#include <cmd/enshrine/da_proof.hpp>
#include <cmd/enshrine/index_list.hpp>
#include <cmd/enshrine/json_fields.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace enshrine::cli {

namespace da = data_availability;
namespace kzg = crypto::kzg;
using codec::format_hex;

namespace {

/// All rows of the largest matrix in hex, with what stands around them.
constexpr std::size_t proof_file_bytes_max = std::size_t{1200} << 20;

Json hex_list(const std::vector<Hash32>& hashes) {
    Json out = Json::array();
    for (const Hash32& hash : hashes) out.push_back(format_hex(hash.view()));
    return out;
}

Json json_of(const RowsProof& proof) {
    Json rows = Json::array();
    for (std::size_t i = 0; i < proof.rows.size(); ++i) {
        rows.push_back({{"index", proof.indices[i]}, {"row", format_hex(proof.rows[i])}});
    }
    return {{"scheme", "rsema1d"},
            {"kind", "rows"},
            {"commitment", format_hex(proof.commitment.view())},
            {"shape", to_json(proof.shape)},
            {"rowRoot", format_hex(proof.row_root.view())},
            {"combinations", format_hex(proof.combinations)},
            {"rows", std::move(rows)},
            {"siblings", hex_list(proof.siblings)}};
}

Json json_of(const DataRowProof& proof) {
    return {{"scheme", "rsema1d"},
            {"kind", "dataRow"},
            {"commitment", format_hex(proof.commitment.view())},
            {"shape", to_json(proof.shape)},
            {"rowRoot", format_hex(proof.proof.row_root.view())},
            {"combinationRoot", format_hex(proof.proof.combination_root.view())},
            {"index", proof.proof.row.index},
            {"row", format_hex(proof.proof.row.row)},
            {"siblings", hex_list(proof.proof.row.siblings)},
            {"combinationSiblings", hex_list(proof.proof.combination_siblings)}};
}

Json json_of(const CellsProof& proof) {
    Json cells = Json::array();
    for (const kzg::CellStatement& cell : proof.cells) {
        cells.push_back(
            {{"index", cell.index}, {"cell", format_hex(cell.cell.view())}, {"proof", format_hex(cell.proof.view())}});
    }
    return {{"scheme", "kzg"},
            {"kind", "cells"},
            {"versionedHash", format_hex(kzg::versioned_hash(proof.commitment()).view())},
            {"commitment", format_hex(proof.commitment().view())},
            {"cells", std::move(cells)}};
}

Json json_of(const PointProof& proof) {
    return {{"scheme", "kzg"},
            {"kind", "point"},
            {"versionedHash", format_hex(kzg::versioned_hash(proof.claim.commitment).view())},
            {"commitment", format_hex(proof.claim.commitment.view())},
            {"z", format_hex(proof.claim.z.view())},
            {"y", format_hex(proof.claim.y.view())},
            {"proof", format_hex(proof.proof.view())},
            {"precompileInput", format_hex(point_evaluation_input(proof))}};
}

std::string text_of(const RowsProof& proof) {
    return "rows " + to_text(proof.indices);
}
std::string text_of(const DataRowProof& proof) {
    return fmt::format("row {}", proof.proof.row.index);
}
std::string text_of(const CellsProof& proof) {
    std::vector<std::uint32_t> indices;
    for (const kzg::CellStatement& cell : proof.cells) indices.push_back(static_cast<std::uint32_t>(cell.index));
    return "cells " + to_text(indices);
}
std::string text_of(const PointProof&) {
    return "point";
}

CliResult<da::Shape> parse_shape(const JsonFields& fields) {
    ENSHRINE_TRY(const auto object, fields.object("shape"));
    da::Shape out;
    ENSHRINE_TRY(out.data_rows, object.u32("dataRows"));
    ENSHRINE_TRY(out.parity_rows, object.u32("parityRows"));
    ENSHRINE_TRY(out.row_bytes, object.u32("rowBytes"));
    if (const auto valid = da::validate_shape(out); !valid) {
        return fields.wrong("shape", valid.error().message(), to_text(out));
    }
    return out;
}

CliResult<DaProof> parse_rows(const JsonFields& fields) {
    RowsProof out;
    ENSHRINE_TRY(out.commitment, fields.hash("commitment"));
    ENSHRINE_TRY(out.shape, parse_shape(fields));
    ENSHRINE_TRY(out.row_root, fields.hash("rowRoot"));
    ENSHRINE_TRY(out.combinations, fields.bytes("combinations"));
    ENSHRINE_TRY(const auto rows, fields.objects("rows"));
    if (rows.empty()) return fields.wrong("rows", "at least one row", "none");
    for (const JsonFields& row : rows) {
        ENSHRINE_TRY(const auto index, row.u32("index"));
        ENSHRINE_TRY(auto bytes, row.bytes("row"));
        out.indices.push_back(index);
        out.rows.push_back(std::move(bytes));
    }
    ENSHRINE_TRY(out.siblings, fields.hashes("siblings"));
    return out;
}

CliResult<DaProof> parse_data_row(const JsonFields& fields) {
    DataRowProof out;
    ENSHRINE_TRY(out.commitment, fields.hash("commitment"));
    ENSHRINE_TRY(out.shape, parse_shape(fields));
    ENSHRINE_TRY(out.proof.row_root, fields.hash("rowRoot"));
    ENSHRINE_TRY(out.proof.combination_root, fields.hash("combinationRoot"));
    ENSHRINE_TRY(out.proof.row.index, fields.u32("index"));
    ENSHRINE_TRY(out.proof.row.row, fields.bytes("row"));
    ENSHRINE_TRY(out.proof.row.siblings, fields.hashes("siblings"));
    ENSHRINE_TRY(out.proof.combination_siblings, fields.hashes("combinationSiblings"));
    return out;
}

CliResult<DaProof> parse_cells(const JsonFields& fields) {
    ENSHRINE_TRY(const auto commitment, fields.fixed<kzg::Commitment>("commitment"));
    ENSHRINE_TRY(const auto cells, fields.objects("cells"));
    if (cells.empty()) return fields.wrong("cells", "at least one cell", "none");
    CellsProof out;
    for (const JsonFields& cell : cells) {
        ENSHRINE_TRY(const auto index, cell.u64("index"));
        ENSHRINE_TRY(const auto bytes, cell.fixed<kzg::Cell>("cell"));
        ENSHRINE_TRY(const auto proof, cell.fixed<kzg::Proof>("proof"));
        out.cells.push_back({commitment, index, bytes, proof});
    }
    return out;
}

CliResult<DaProof> parse_point(const JsonFields& fields) {
    PointProof out;
    ENSHRINE_TRY(out.claim.commitment, fields.fixed<kzg::Commitment>("commitment"));
    ENSHRINE_TRY(out.claim.z, fields.hash("z"));
    ENSHRINE_TRY(out.claim.y, fields.hash("y"));
    ENSHRINE_TRY(out.proof, fields.fixed<kzg::Proof>("proof"));
    return out;
}

CliResult<void> check_commitment(BytesView expected, BytesView got) {
    if (equal(expected, got)) return {};
    return refused(fmt::format("commitment: expected {}, got {}", format_hex(expected), format_hex(got)));
}

CliResult<void> check_commitment(const CommitmentText& expected, const kzg::Commitment& got) {
    if (expected.bytes.size() == kzg::Commitment::size_bytes) return check_commitment(expected.bytes, got.view());
    return check_commitment(expected.bytes, kzg::versioned_hash(got).view());
}

template <class T>
CliResult<void> verdict(const std::string& what, const Result<T>& result) {
    if (result) return {};
    return refused(fmt::format("{}: {}", what, result.error().message()));
}

CliResult<void> verify(const RowsProof& proof, const CommitmentText& commitment) {
    ENSHRINE_CHECK(check_commitment(commitment.bytes, proof.commitment.view()));
    const auto verifier = da::RowVerifier::make(proof.shape, proof.commitment, proof.row_root, proof.combinations);
    ENSHRINE_CHECK(verdict("combinations", verifier));
    std::vector<da::IndexedRow> rows;
    for (std::size_t i = 0; i < proof.rows.size(); ++i) rows.push_back({proof.indices[i], proof.rows[i]});
    return verdict(text_of(proof), verifier->verify_rows(rows, proof.siblings));
}

CliResult<void> verify(const DataRowProof& proof, const CommitmentText& commitment) {
    ENSHRINE_CHECK(check_commitment(commitment.bytes, proof.commitment.view()));
    return verdict(text_of(proof), da::verify_standalone(proof.shape, proof.commitment, proof.proof));
}

CliResult<void> verify(const CellsProof& proof, const CommitmentText& commitment) {
    ENSHRINE_CHECK(check_commitment(commitment, proof.commitment()));
    if (kzg::verify_cells(proof.cells)) return {};
    // One check for all of them does not tell which one is wrong.
    for (const kzg::CellStatement& cell : proof.cells) {
        ENSHRINE_CHECK(verdict(fmt::format("cell {}", cell.index), kzg::verify_cells({&cell, 1})));
    }
    return refused(text_of(proof) + ": the proofs do not hold");
}

CliResult<void> verify(const PointProof& proof, const CommitmentText& commitment) {
    ENSHRINE_CHECK(check_commitment(commitment, proof.claim.commitment));
    return verdict("point", kzg::verify_proof(proof.claim, proof.proof));
}

}  // namespace

Json to_json(const DaProof& proof) {
    return std::visit([](const auto& alternative) { return json_of(alternative); }, proof);
}

CliResult<DaProof> parse_da_proof(const Json& json, const std::string& file) {
    const JsonFields fields{json, file};
    ENSHRINE_TRY(const auto kind, fields.text("kind"));
    if (kind == "rows") return parse_rows(fields);
    if (kind == "dataRow") return parse_data_row(fields);
    if (kind == "cells") return parse_cells(fields);
    if (kind == "point") return parse_point(fields);
    return fields.wrong("kind", "rows, dataRow, cells or point", kind);
}

CliResult<DaProof> read_da_proof(const std::string& path) {
    ENSHRINE_TRY(const auto json, read_json(path, proof_file_bytes_max));
    return parse_da_proof(json, path);
}

CliResult<CommitmentText> parse_commitment(std::string_view name, const std::string& text) {
    auto bytes = codec::parse_hex(text);
    if (!bytes || (bytes->size() != Hash32::size_bytes && bytes->size() != kzg::Commitment::size_bytes)) {
        return bad_usage(
            fmt::format("{}: expected 32 bytes (rsema1d, or a blob's versioned hash) or 48 bytes (a "
                        "blob's commitment) as 0x-hex, got \"{}\"",
                        name, text));
    }
    return CommitmentText{*std::move(bytes)};
}

CliResult<void> verify_da_proof(const DaProof& proof, const CommitmentText& commitment) {
    return std::visit([&](const auto& alternative) { return verify(alternative, commitment); }, proof);
}

std::string describe(const DaProof& proof) {
    return std::visit([](const auto& alternative) { return text_of(alternative); }, proof);
}

Bytes point_evaluation_input(const PointProof& proof) {
    Bytes out = to_bytes(kzg::versioned_hash(proof.claim.commitment).view());
    append(out, proof.claim.z.view());
    append(out, proof.claim.y.view());
    append(out, proof.claim.commitment.view());
    append(out, proof.proof.view());
    return out;
}

}  // namespace enshrine::cli
