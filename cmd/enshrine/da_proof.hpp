// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/crypto/kzg.hpp>
#include <enshrine/data_availability/row_proof.hpp>

#include <cmd/enshrine/da.hpp>

#include <variant>

/// Proofs of published data as files: what `da prove` writes and `da verify` and `da reconstruct` read.
namespace enshrine::cli {

/// Rows with shared siblings and the combinations that verify any row of the matrix [DA-CODE.7] [DA-CODE.10].
struct RowsProof {
    Hash32 commitment;
    data_availability::Shape shape;
    Hash32 row_root;
    Bytes combinations;
    std::vector<std::uint32_t> indices;
    std::vector<Bytes> rows;
    std::vector<Hash32> siblings;
};
/// One data row that is verified by itself [DA-CODE.8].
struct DataRowProof {
    Hash32 commitment;
    data_availability::Shape shape;
    data_availability::StandaloneProof proof;
};
/// Cells of one blob (EIP-7594).
struct CellsProof {
    std::vector<crypto::kzg::CellStatement> cells;  ///< of one commitment, at least one
    [[nodiscard]] const crypto::kzg::Commitment& commitment() const noexcept { return cells.front().commitment; }
};
/// p(z) = y, which the precompile 0x0a checks (EIP-4844).
struct PointProof {
    crypto::kzg::Evaluation claim;
    crypto::kzg::Proof proof;
};
using DaProof = std::variant<RowsProof, DataRowProof, CellsProof, PointProof>;

[[nodiscard]] Json to_json(const DaProof& proof);
[[nodiscard]] CliResult<DaProof> parse_da_proof(const Json& json, const std::string& file);
[[nodiscard]] CliResult<DaProof> read_da_proof(const std::string& path);

/// Commitment of the native scheme, versioned hash or commitment of a blob, as a person gives it.
struct CommitmentText {
    Bytes bytes;  ///< 32 or 48
};
[[nodiscard]] CliResult<CommitmentText> parse_commitment(std::string_view name, const std::string& text);

/// Whether the proof is about this commitment and holds; a refusal says what does not.
[[nodiscard]] CliResult<void> verify_da_proof(const DaProof& proof, const CommitmentText& commitment);
/// "rows 3, 5, 9-12", "cell 7"
[[nodiscard]] std::string describe(const DaProof& proof);

/// Input of the precompile 0x0a.
[[nodiscard]] Bytes point_evaluation_input(const PointProof& proof);

}  // namespace enshrine::cli
