// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/assert.hpp>
#include <enshrine/crypto/kzg.hpp>
#include <enshrine/hash/sha256.hpp>

#include <ckzg.h>
#include <enshrine_trusted_setup.h>

#include <algorithm>
#include <cstdio>

namespace enshrine::crypto::kzg {
namespace {

static_assert(blob_bytes == sizeof(::Blob) && cell_bytes == sizeof(::Cell));
static_assert(sizeof(Commitment) == sizeof(Bytes48) && sizeof(Proof) == sizeof(Bytes48));
static_assert(sizeof(Cell) == sizeof(::Cell) && sizeof(Hash32) == sizeof(Bytes32));
static_assert(cells_per_ext_blob == CELLS_PER_EXT_BLOB && field_element_bytes == BYTES_PER_FIELD_ELEMENT);

/// Window bits of the tables for cell proofs; 0: none. With eight bits cells and proofs of a blob take 0.22 s instead
/// of 0.35 s, and nothing else gets faster. Every process that touches a blob would load for 3.0 s instead of 2.0 s and
/// hold 96 MB more, while a node computes cell proofs only of blobs that somebody samples, once (node/cell_cache.hpp).
constexpr std::uint64_t table_window_bits = 0;

KZGSettings load_settings() noexcept {
    // The library reads its text format from a FILE only.
    std::FILE* text = fmemopen(const_cast<char*>(enshrine_trusted_setup), enshrine_trusted_setup_size, "r");
    ENSHRINE_ASSERT(text != nullptr);
    KZGSettings loaded{};
    const C_KZG_RET status = load_trusted_setup_file(&loaded, text, table_window_bits);
    std::fclose(text);
    ENSHRINE_ASSERT(status == C_KZG_OK);
    return loaded;
}

/// Loaded by the first caller, kept until the process ends.
const KZGSettings* settings() noexcept {
    static const KZGSettings loaded = load_settings();
    return &loaded;
}

// The library's types are structs of one byte array, as ours are.
const ::Blob* to_c(BytesView blob) noexcept {
    return reinterpret_cast<const ::Blob*>(blob.data());
}
const Bytes48* to_c(const Commitment* points) noexcept {
    return reinterpret_cast<const Bytes48*>(points);
}
const Bytes48* to_c(const Proof* points) noexcept {
    return reinterpret_cast<const Bytes48*>(points);
}
const Bytes32* to_c(const Hash32* elements) noexcept {
    return reinterpret_cast<const Bytes32*>(elements);
}
const ::Cell* to_c(const Cell* cells) noexcept {
    return reinterpret_cast<const ::Cell*>(cells);
}
Bytes48* to_c(Commitment* points) noexcept {
    return reinterpret_cast<Bytes48*>(points);
}
Bytes48* to_c(Proof* points) noexcept {
    return reinterpret_cast<Bytes48*>(points);
}
Bytes32* to_c(Hash32* elements) noexcept {
    return reinterpret_cast<Bytes32*>(elements);
}
::Cell* to_c(Cell* cells) noexcept {
    return reinterpret_cast<::Cell*>(cells);
}

bool holds_field_elements(BytesView bytes) noexcept {
    for (; !bytes.empty(); bytes = bytes.subspan(field_element_bytes)) {
        if (U256::from_be(bytes.first(field_element_bytes)) >= field_modulus) return false;
    }
    return true;
}

Result<void> check_blob(BytesView blob) noexcept {
    if (blob.size() != blob_bytes) return fail(KzgError::wrong_size);
    if (!holds_field_elements(blob)) return fail(KzgError::bad_blob);
    return {};
}

/// Field elements, sizes and indices are checked before each call, so what the library still refuses is a point. Its
/// other codes report exhausted memory, which must not become a verdict.
Result<void> points_accepted(C_KZG_RET status) noexcept {
    ENSHRINE_ASSERT(status == C_KZG_OK || status == C_KZG_BADARGS);
    if (status == C_KZG_BADARGS) return fail(KzgError::bad_point);
    return {};
}

Result<void> verdict(C_KZG_RET status, bool holds) noexcept {
    ENSHRINE_CHECK(points_accepted(status));
    if (!holds) return fail(KzgError::bad_proof);
    return {};
}

}  // namespace

const ErrorDomain& error_domain(KzgError) noexcept {
    static constexpr ErrorDomain domain{"kzg", [](std::uint16_t code) noexcept -> std::string_view {
                                            switch (KzgError{code}) {
                                                case KzgError::bad_blob:
                                                    return "blob holds a value that is not a field element";
                                                case KzgError::bad_point:
                                                    return "commitment or proof is not a point of the group";
                                                case KzgError::bad_proof:
                                                    return "proof does not hold";
                                                case KzgError::wrong_size:
                                                    return "blob or list has the wrong size";
                                                case KzgError::index_out_of_range:
                                                    return "cell index out of range";
                                                case KzgError::too_few_cells:
                                                    return "fewer than half of the cells";
                                                case KzgError::bad_field_element:
                                                    return "value is not a field element";
                                                case KzgError::indices_not_ascending:
                                                    return "cell indices are not strictly ascending";
                                            }
                                            return "unknown KZG error";
                                        }};
    return domain;
}

void preload() noexcept {
    static_cast<void>(settings());
}

Hash32 versioned_hash(const Commitment& commitment) noexcept {
    Hash32 out = hash::sha256(commitment.view());
    out[0] = 0x01;
    return out;
}

Result<Commitment> blob_to_commitment(BytesView blob) noexcept {
    ENSHRINE_CHECK(check_blob(blob));
    Commitment out;
    ENSHRINE_CHECK(points_accepted(::blob_to_kzg_commitment(to_c(&out), to_c(blob), settings())));
    return out;
}

Result<Proof> compute_blob_proof(BytesView blob, const Commitment& commitment) noexcept {
    ENSHRINE_CHECK(check_blob(blob));
    Proof out;
    ENSHRINE_CHECK(points_accepted(::compute_blob_kzg_proof(to_c(&out), to_c(blob), to_c(&commitment), settings())));
    return out;
}

Result<void> verify_blob_proof(BytesView blob, const Commitment& commitment, const Proof& proof) noexcept {
    ENSHRINE_CHECK(check_blob(blob));
    bool holds = false;
    const auto status = ::verify_blob_kzg_proof(&holds, to_c(blob), to_c(&commitment), to_c(&proof), settings());
    return verdict(status, holds);
}

Result<void> verify_blob_proof_batch(std::span<const BytesView> blobs, std::span<const Commitment> commitments,
                                     std::span<const Proof> proofs) noexcept {
    if (blobs.size() != commitments.size() || blobs.size() != proofs.size()) return fail(KzgError::wrong_size);
    Bytes joined;
    joined.reserve(blobs.size() * blob_bytes);
    for (const BytesView blob : blobs) {
        ENSHRINE_CHECK(check_blob(blob));
        append(joined, blob);
    }
    bool holds = false;
    const auto status = ::verify_blob_kzg_proof_batch(&holds, to_c(joined), to_c(commitments.data()),
                                                      to_c(proofs.data()), blobs.size(), settings());
    return verdict(status, holds);
}

Result<Opening> compute_proof(BytesView blob, const Hash32& z) noexcept {
    ENSHRINE_CHECK(check_blob(blob));
    if (!holds_field_elements(z.view())) return fail(KzgError::bad_field_element);
    Opening out;
    const auto status = ::compute_kzg_proof(to_c(&out.proof), to_c(&out.y), to_c(blob), to_c(&z), settings());
    ENSHRINE_CHECK(points_accepted(status));
    return out;
}

Result<void> verify_proof(const Evaluation& claim, const Proof& proof) noexcept {
    if (!holds_field_elements(claim.z.view())) return fail(KzgError::bad_field_element);
    if (!holds_field_elements(claim.y.view())) return fail(KzgError::bad_field_element);
    bool holds = false;
    const auto status =
        ::verify_kzg_proof(&holds, to_c(&claim.commitment), to_c(&claim.z), to_c(&claim.y), to_c(&proof), settings());
    return verdict(status, holds);
}

Result<CellsAndProofs> compute_cells_and_proofs(BytesView blob) noexcept {
    ENSHRINE_CHECK(check_blob(blob));
    CellsAndProofs out{std::vector<Cell>(cells_per_ext_blob), std::vector<Proof>(cells_per_ext_blob)};
    const auto status =
        ::compute_cells_and_kzg_proofs(to_c(out.cells.data()), to_c(out.proofs.data()), to_c(blob), settings());
    ENSHRINE_CHECK(points_accepted(status));
    return out;
}

Result<std::vector<Cell>> compute_cells(BytesView blob) noexcept {
    ENSHRINE_CHECK(check_blob(blob));
    std::vector<Cell> out(cells_per_ext_blob);
    // Without room for proofs the library computes none, which is most of the work.
    ENSHRINE_CHECK(points_accepted(::compute_cells_and_kzg_proofs(to_c(out.data()), nullptr, to_c(blob), settings())));
    return out;
}

Result<void> verify_cells(std::span<const CellStatement> statements) noexcept {
    std::vector<Commitment> commitments;
    std::vector<std::uint64_t> indices;
    std::vector<Cell> cells;
    std::vector<Proof> proofs;
    commitments.reserve(statements.size());
    indices.reserve(statements.size());
    cells.reserve(statements.size());
    proofs.reserve(statements.size());
    for (const CellStatement& statement : statements) {
        if (statement.index >= cells_per_ext_blob) return fail(KzgError::index_out_of_range);
        if (!holds_field_elements(statement.cell.view())) return fail(KzgError::bad_field_element);
        commitments.push_back(statement.commitment);
        indices.push_back(statement.index);
        cells.push_back(statement.cell);
        proofs.push_back(statement.proof);
    }
    bool holds = false;
    const auto status =
        ::verify_cell_kzg_proof_batch(&holds, to_c(commitments.data()), indices.data(), to_c(cells.data()),
                                      to_c(proofs.data()), statements.size(), settings());
    return verdict(status, holds);
}

Result<CellsAndProofs> recover_cells_and_proofs(std::span<const std::uint64_t> indices,
                                                std::span<const Cell> cells) noexcept {
    if (indices.size() != cells.size()) return fail(KzgError::wrong_size);
    if (indices.size() < cells_per_ext_blob / 2) return fail(KzgError::too_few_cells);
    for (std::size_t i = 0; i < indices.size(); ++i) {
        if (indices[i] >= cells_per_ext_blob) return fail(KzgError::index_out_of_range);
        // The library copies a complete set as it stands, so that shuffled cells would come back shuffled.
        if (i > 0 && indices[i] <= indices[i - 1]) return fail(KzgError::indices_not_ascending);
        if (!holds_field_elements(cells[i].view())) return fail(KzgError::bad_field_element);
    }
    CellsAndProofs out{std::vector<Cell>(cells_per_ext_blob), std::vector<Proof>(cells_per_ext_blob)};
    const auto status = ::recover_cells_and_kzg_proofs(to_c(out.cells.data()), to_c(out.proofs.data()), indices.data(),
                                                       to_c(cells.data()), cells.size(), settings());
    ENSHRINE_CHECK(points_accepted(status));
    return out;
}

}  // namespace enshrine::crypto::kzg
