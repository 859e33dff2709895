// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/content.hpp>
#include <enshrine/data_availability/sidecar.hpp>

namespace enshrine::data_availability {
namespace {

namespace kzg = crypto::kzg;

std::string_view message(std::uint16_t code) noexcept {
    switch (BlobError{code}) {
        case BlobError::no_blobs: return "the transaction has no blobs";
        case BlobError::blob_count_mismatch: return "the sidecar has not one blob per versioned hash";
        case BlobError::commitment_count_mismatch: return "the sidecar has not one commitment per versioned hash";
        case BlobError::proof_count_mismatch: return "the sidecar has another number of proofs than its version needs";
        case BlobError::versioned_hash_mismatch: return "a commitment does not have the versioned hash of its blob";
    }
    return "unknown blob error";
}

Result<void> check_counts(const types::Transaction& transaction, const types::BlobSidecar& sidecar) noexcept {
    const std::size_t count = transaction.blob_versioned_hashes.size();
    if (count == 0) return fail(BlobError::no_blobs);
    if (sidecar.blobs.size() != count) return fail(BlobError::blob_count_mismatch);
    if (sidecar.commitments.size() != count) return fail(BlobError::commitment_count_mismatch);
    if (sidecar.proofs.size() != count * types::proofs_per_blob(sidecar.version)) {
        return fail(BlobError::proof_count_mismatch);
    }
    return {};
}

Result<void> verify_blob_proofs(const types::BlobSidecar& sidecar) {
    const std::vector<BytesView> blobs{sidecar.blobs.begin(), sidecar.blobs.end()};
    return kzg::verify_blob_proof_batch(blobs, sidecar.commitments, sidecar.proofs);
}

/// The cells come from the blobs themselves, so valid proofs tie every blob to its commitment.
Result<void> verify_cell_proofs(const types::BlobSidecar& sidecar) {
    std::vector<kzg::CellStatement> statements;
    statements.reserve(sidecar.proofs.size());
    for (std::size_t i = 0; i < sidecar.blobs.size(); ++i) {
        ENSHRINE_TRY(const auto cells, kzg::compute_cells(sidecar.blobs[i]));
        for (std::size_t k = 0; k < cells.size(); ++k) {
            statements.push_back(kzg::CellStatement{.commitment = sidecar.commitments[i],
                                                    .index = k,
                                                    .cell = cells[k],
                                                    .proof = sidecar.proofs[i * kzg::cells_per_ext_blob + k]});
        }
    }
    return kzg::verify_cells(statements);
}

Result<void> verify_proofs(const types::BlobSidecar& sidecar) {
    switch (sidecar.version) {
        case types::SidecarVersion::eip4844: return verify_blob_proofs(sidecar);
        case types::SidecarVersion::eip7594: return verify_cell_proofs(sidecar);
    }
    return fail(BlobError::proof_count_mismatch);
}

}  // namespace

const ErrorDomain& error_domain(BlobError) noexcept {
    static constexpr ErrorDomain domain{"data_availability.blob", message};
    return domain;
}

Result<std::vector<types::BlobRecord>> verify_sidecar(const types::Transaction& transaction,
                                                      const types::BlobSidecar& sidecar) {
    ENSHRINE_CHECK(check_counts(transaction, sidecar));
    const std::vector<Hash32>& hashes = transaction.blob_versioned_hashes;
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        if (kzg::versioned_hash(sidecar.commitments[i]) != hashes[i]) return fail(BlobError::versioned_hash_mismatch);
    }
    ENSHRINE_CHECK(verify_proofs(sidecar));
    std::vector<types::BlobRecord> out;
    out.reserve(hashes.size());
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        out.push_back({.versioned_hash = hashes[i], .content_root = content_root(sidecar.blobs[i])});
    }
    return out;
}

}  // namespace enshrine::data_availability
