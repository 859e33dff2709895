// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/integer.hpp>
#include <enshrine/crypto/kzg_challenge.hpp>
#include <enshrine/hash/sha256.hpp>

namespace enshrine::crypto::kzg {
namespace {

constexpr std::string_view blob_domain = "FSBLOBVERIFY_V1_";
constexpr std::string_view cell_batch_domain = "RCKZGCBATCH__V1_";

void absorb(hash::Sha256& digest, std::uint64_t value) noexcept {
    std::array<Byte, 8> bytes{};
    store_be(bytes.data(), value);
    digest.update(bytes);
}

/// `hash_to_bls_field`: a digest is less than three times the modulus.
Hash32 reduced(const Hash32& digest) noexcept {
    U256 value = U256::from_be(digest.view());
    while (value >= field_modulus) value = value - field_modulus;
    return value.to_be();
}

}  // namespace

Result<Hash32> blob_challenge(BytesView blob, const Commitment& commitment) noexcept {
    if (blob.size() != blob_bytes) return fail(KzgError::wrong_size);
    hash::Sha256 digest;
    digest.update(as_bytes(blob_domain));
    absorb(digest, 0);  // the degree is a number of 16 bytes
    absorb(digest, field_elements_per_blob);
    digest.update(blob).update(commitment.view());
    return reduced(digest.finish());
}

Result<Hash32> cell_batch_challenge(const CellBatch& batch) noexcept {
    const std::size_t count = batch.cells.size();
    if (batch.commitment_indices.size() != count || batch.cell_indices.size() != count ||
        batch.proofs.size() != count) {
        return fail(KzgError::wrong_size);
    }
    hash::Sha256 digest;
    digest.update(as_bytes(cell_batch_domain));
    absorb(digest, field_elements_per_blob);
    absorb(digest, field_elements_per_cell);
    absorb(digest, batch.commitments.size());
    absorb(digest, count);
    for (const Commitment& commitment : batch.commitments) digest.update(commitment.view());
    for (std::size_t i = 0; i < count; ++i) {
        absorb(digest, batch.commitment_indices[i]);
        absorb(digest, batch.cell_indices[i]);
        digest.update(batch.cells[i].view()).update(batch.proofs[i].view());
    }
    return reduced(digest.finish());
}

}  // namespace enshrine::crypto::kzg
