// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/crypto/kzg.hpp>
#include <enshrine/store/database.hpp>

#include <filesystem>
#include <optional>
#include <span>
#include <vector>

namespace enshrine::store {

inline constexpr std::uint64_t blob_schema_version = 1;

struct BlobStoreOptions {
    std::filesystem::path path;
    std::uint64_t chain_id = 0;
};

/// One blob with what its sidecar said about it. Verified before it comes here, not by the store.
struct StoredBlob {
    Hash32 versioned_hash;
    crypto::kzg::Commitment commitment;
    std::vector<crypto::kzg::Proof> proofs;  ///< one per cell (EIP-7594) or one for the blob (EIP-4844)
    crypto::kzg::Blob blob;
    [[nodiscard]] friend bool operator==(const StoredBlob&, const StoredBlob&) noexcept = default;
};

/// Blobs by versioned hash, beside the chain. A blob is stored, synced, before the block that references it commits, so
/// a block on disk never names a blob that is not; one whose block never came is pruned like any other. A blob that
/// several blocks reference is stored once and kept as long as the last of them asks for. Thread-safe.
class BlobStore {
public:
    [[nodiscard]] static StoreResult<BlobStore> open(const BlobStoreOptions& options);

    /// Stores the blobs of the block at `height`, in one atomic, synced write.
    [[nodiscard]] StoreResult<void> put(std::uint64_t height, std::span<const StoredBlob> blobs);
    [[nodiscard]] StoreResult<std::optional<StoredBlob>> get(const Hash32& versioned_hash) const;
    [[nodiscard]] StoreResult<bool> contains(const Hash32& versioned_hash) const;
    /// Versioned hashes that were put at `height`, in their order.
    [[nodiscard]] StoreResult<std::vector<Hash32>> list(std::uint64_t height) const;
    /// Forgets blobs whose last reference is below `height`; returns how many. Their disk space follows with
    /// compaction.
    [[nodiscard]] StoreResult<std::size_t> prune_below(std::uint64_t height);

private:
    explicit BlobStore(Database database) noexcept : database_{std::move(database)} {}
    Database database_;
};

}  // namespace enshrine::store
