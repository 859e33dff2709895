// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>
#include <enshrine/base/u256.hpp>

#include <span>
#include <vector>

/// KZG commitments of EIP-4844 and cell proofs of EIP-7594, through c-kzg-4844 with Ethereum's ceremony (embedded).
/// Host only. Thread-safe; the first call that needs the ceremony loads it (two to four seconds).
namespace enshrine::crypto::kzg {

inline constexpr std::size_t blob_bytes = 131072;
inline constexpr std::size_t field_element_bytes = 32;
inline constexpr std::size_t cells_per_ext_blob = 128;
inline constexpr std::size_t cell_bytes = 2048;
inline constexpr std::uint64_t field_elements_per_blob = blob_bytes / field_element_bytes;
inline constexpr std::uint64_t field_elements_per_cell = cell_bytes / field_element_bytes;
/// The order of the BLS12-381 scalar field: field elements are below it.
inline constexpr U256 field_modulus{0x73eda753299d7d48, 0x3339d80809a1d805, 0x53bda402fffe5bfe, 0xffffffff00000001};

using Commitment = FixedBytes<48, struct CommitmentTag>;
using Proof = FixedBytes<48, struct ProofTag>;
using Blob = Bytes;  ///< blob_bytes long
using Cell = FixedBytes<cell_bytes, struct CellTag>;

enum class KzgError : std::uint16_t {
    bad_blob = 1,          ///< a blob holds a field element that is not below the modulus
    bad_point,             ///< a commitment or proof is not the encoding of a point of the group
    bad_proof,             ///< every input is well-formed and the statement does not hold
    wrong_size,            ///< a blob is not blob_bytes long, or lists differ in length
    index_out_of_range,    ///< a cell index is not below cells_per_ext_blob
    too_few_cells,         ///< fewer than half of the cells
    bad_field_element,     ///< a cell, point or value holds a field element that is not below the modulus
    indices_not_ascending  ///< cell indices are not strictly ascending
};
const ErrorDomain& error_domain(KzgError) noexcept;

/// Loads the ceremony now, for a caller that would rather do so in the background than at its first proof.
void preload() noexcept;

/// 0x01 ‖ SHA-256(commitment)[1..32] (EIP-4844 `kzg_to_versioned_hash`).
[[nodiscard]] Hash32 versioned_hash(const Commitment& commitment) noexcept;

[[nodiscard]] Result<Commitment> blob_to_commitment(BytesView blob) noexcept;
[[nodiscard]] Result<Proof> compute_blob_proof(BytesView blob, const Commitment& commitment) noexcept;
/// Error bad_proof when the proof does not hold; bad_blob or bad_point when an input is not a valid encoding.
[[nodiscard]] Result<void> verify_blob_proof(BytesView blob, const Commitment& commitment, const Proof& proof) noexcept;
[[nodiscard]] Result<void> verify_blob_proof_batch(std::span<const BytesView> blobs,
                                                   std::span<const Commitment> commitments,
                                                   std::span<const Proof> proofs) noexcept;

/// The claim p(z) = y about the polynomial p behind a commitment; z and y are big-endian field elements.
struct Evaluation {
    Commitment commitment;
    Hash32 z;
    Hash32 y;
};
struct Opening {
    Hash32 y;
    Proof proof;
};
[[nodiscard]] Result<Opening> compute_proof(BytesView blob, const Hash32& z) noexcept;
/// Error bad_proof when the claim is not proved; bad_field_element or bad_point when an input is not a valid encoding.
[[nodiscard]] Result<void> verify_proof(const Evaluation& claim, const Proof& proof) noexcept;

struct CellsAndProofs {
    std::vector<Cell> cells;    ///< cells_per_ext_blob
    std::vector<Proof> proofs;  ///< cells_per_ext_blob
};
[[nodiscard]] Result<CellsAndProofs> compute_cells_and_proofs(BytesView blob) noexcept;
[[nodiscard]] Result<std::vector<Cell>> compute_cells(BytesView blob) noexcept;
struct CellStatement {
    Commitment commitment;
    std::uint64_t index = 0;
    Cell cell;
    Proof proof;
};
[[nodiscard]] Result<void> verify_cells(std::span<const CellStatement> statements) noexcept;
/// All cells and proofs from at least half of the cells, whose indices ascend. The cells must have been verified: from
/// cells of different blobs follows a blob that nobody published.
[[nodiscard]] Result<CellsAndProofs> recover_cells_and_proofs(std::span<const std::uint64_t> indices,
                                                              std::span<const Cell> cells) noexcept;

}  // namespace enshrine::crypto::kzg
