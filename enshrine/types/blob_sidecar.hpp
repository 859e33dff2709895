// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/crypto/kzg.hpp>
#include <enshrine/types/transaction.hpp>

#include <optional>
#include <vector>

/// Transactions as wallets and peers send them: a blob transaction travels with its blobs (EIP-4844, EIP-7594).
/// Host only: blocks and rollup programs see transactions without sidecar.
namespace enshrine::types {

enum class SidecarError : std::uint16_t {
    over_size = 1,          ///< more than network_txn_bytes_max
    malformed_wrapper,      ///< not one canonical RLP list of the expected fields
    unknown_version,        ///< a wrapper version other than 1
    blob_wrong_size,        ///< a blob that is not 131072 bytes
    commitment_wrong_size,  ///< not 48 bytes
    proof_wrong_size,       ///< not 48 bytes
    blob_count_mismatch,    ///< not one blob per versioned hash
    commitment_count_mismatch,
    proof_count_mismatch,
};
const ErrorDomain& error_domain(SidecarError) noexcept;

enum class SidecarVersion : std::uint8_t {
    eip4844 = 0,  ///< no version field; one proof per blob
    eip7594 = 1,  ///< one proof per cell: 128 per blob
};

/// One blob and one commitment per versioned hash of its transaction, in the same order, and all their proofs. Nothing
/// here is verified: whether commitments belong to hashes and blobs is for crypto::kzg.
struct BlobSidecar {
    SidecarVersion version = SidecarVersion::eip4844;
    std::vector<crypto::kzg::Blob> blobs;
    std::vector<crypto::kzg::Commitment> commitments;
    std::vector<crypto::kzg::Proof> proofs;
    [[nodiscard]] friend bool operator==(const BlobSidecar&, const BlobSidecar&) noexcept = default;
};

struct NetworkTransaction {
    Transaction transaction;
    std::optional<BlobSidecar> sidecar;  ///< only with a blob transaction, which may also come without
};

[[nodiscard]] constexpr std::size_t proofs_per_blob(SidecarVersion version) noexcept {
    return version == SidecarVersion::eip4844 ? 1 : crypto::kzg::cells_per_ext_blob;
}

/// A transaction of the largest size with the most blobs, RLP headers included.
inline constexpr std::size_t network_txn_bytes_max =
    txn_bytes_max + 64 + blobs_per_txn_max * (4 + crypto::kzg::blob_bytes + 49 * (1 + crypto::kzg::cells_per_ext_blob));

/// Errors: TxnError for the transaction, SidecarError for what is wrapped around it.
[[nodiscard]] Result<NetworkTransaction> decode_network_transaction(BytesView bytes) noexcept;
[[nodiscard]] Bytes encode_network_transaction(const NetworkTransaction& network_txn);

}  // namespace enshrine::types
