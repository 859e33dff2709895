// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/binary.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/store/blob_store.hpp>
#include <enshrine/store/chain_records.hpp>

#include <map>

namespace enshrine::store {
namespace {

constexpr Column blob_column{1};     ///< versioned hash → StoredBlob without its hash
constexpr Column last_column{2};     ///< versioned hash → be64 height of the last reference
constexpr Column heights_column{3};  ///< be64 height → versioned hashes

Bytes encode_blob(const StoredBlob& stored) {
    codec::BinaryWriter writer;
    writer.fixed(stored.commitment.view()).u16(narrow<std::uint16_t>(stored.proofs.size()));
    for (const crypto::kzg::Proof& proof : stored.proofs) writer.fixed(proof.view());
    writer.variable(stored.blob);
    return writer.take();
}

Result<StoredBlob> decode_blob(const Hash32& versioned_hash, BytesView bytes) {
    codec::BinaryReader reader{bytes};
    StoredBlob stored;
    stored.versioned_hash = versioned_hash;
    ENSHRINE_TRY(const BytesView commitment, reader.take(stored.commitment.size()));
    stored.commitment = crypto::kzg::Commitment::from(commitment);
    ENSHRINE_TRY(const std::uint16_t count, reader.u16());
    for (std::uint16_t i = 0; i < count; ++i) {
        ENSHRINE_TRY(const BytesView proof, reader.take(crypto::kzg::Proof::size_bytes));
        stored.proofs.push_back(crypto::kzg::Proof::from(proof));
    }
    ENSHRINE_TRY(const BytesView blob, reader.variable(crypto::kzg::blob_bytes));
    stored.blob = to_bytes(blob);
    ENSHRINE_CHECK(reader.finish());
    return stored;
}

}  // namespace

StoreResult<BlobStore> BlobStore::open(const BlobStoreOptions& options) {
    ENSHRINE_TRY(Database database, Database::open({.path = options.path,
                                                    .kind = "blobs",
                                                    .schema_version = blob_schema_version,
                                                    .chain_id = options.chain_id,
                                                    .columns = {{"blobs", ColumnUse::big_blobs},
                                                                {"last_heights", ColumnUse::hashes},
                                                                {"heights", ColumnUse::records}},
                                                    .cache_bytes = std::size_t{8} << 20}));
    return BlobStore{std::move(database)};
}

StoreResult<void> BlobStore::put(std::uint64_t height, std::span<const StoredBlob> blobs) {
    ENSHRINE_TRY(auto listed, list(height));
    WriteBatch writes{database_};
    for (const StoredBlob& stored : blobs) {
        if (stored.blob.size() > crypto::kzg::blob_bytes || stored.proofs.size() > crypto::kzg::cells_per_ext_blob) {
            return std::unexpected{database_.fault(StoreError::bad_batch, "a blob or its proofs exceed their size")};
        }
        if (std::ranges::find(listed, stored.versioned_hash) != listed.end()) continue;
        listed.push_back(stored.versioned_hash);
        ENSHRINE_TRY(const auto last, database_.get(last_column, stored.versioned_hash.view()));
        if (!last.has_value()) writes.put(blob_column, stored.versioned_hash.view(), encode_blob(stored));
        if (!last.has_value() || load_be<std::uint64_t>(last->data()) < height) {
            writes.put(last_column, stored.versioned_hash.view(), number_key(height));
        }
    }
    writes.put(heights_column, number_key(height), encode_hashes(listed));
    return database_.write(std::move(writes));
}

StoreResult<std::optional<StoredBlob>> BlobStore::get(const Hash32& versioned_hash) const {
    ENSHRINE_TRY(const auto record, database_.get(blob_column, versioned_hash.view()));
    if (!record.has_value()) return std::optional<StoredBlob>{};
    auto decoded = decode_blob(versioned_hash, *record);
    if (!decoded.has_value()) {
        return std::unexpected{database_.fault(
            StoreError::corrupt, "blob " + codec::format_hex(versioned_hash.view()) + " does not decode")};
    }
    return std::optional{*std::move(decoded)};
}

StoreResult<bool> BlobStore::contains(const Hash32& versioned_hash) const {
    ENSHRINE_TRY(const auto last, database_.get(last_column, versioned_hash.view()));
    return last.has_value();
}

StoreResult<std::vector<Hash32>> BlobStore::list(std::uint64_t height) const {
    ENSHRINE_TRY(const auto record, database_.get(heights_column, number_key(height)));
    if (!record.has_value()) return std::vector<Hash32>{};
    auto hashes = decode_hashes(*record);
    if (!hashes.has_value()) {
        return std::unexpected{database_.fault(StoreError::corrupt, "blob list of block " + std::to_string(height))};
    }
    return *std::move(hashes);
}

StoreResult<std::size_t> BlobStore::prune_below(std::uint64_t height) {
    std::map<std::uint64_t, std::vector<Hash32>> old;
    bool sound = true;
    ENSHRINE_CHECK(database_.scan(heights_column, {}, [&](BytesView key, BytesView value) {
        const auto at = load_be<std::uint64_t>(key.data());
        if (at >= height) return false;
        auto hashes = decode_hashes(value);
        sound = sound && hashes.has_value();
        if (sound) old.emplace(at, *std::move(hashes));
        return sound;
    }));
    if (!sound) return std::unexpected{database_.fault(StoreError::corrupt, "a list of blobs does not decode")};
    std::size_t count = 0;
    WriteBatch writes{database_};
    for (const auto& [at, hashes] : old) {
        writes.erase(heights_column, number_key(at));
        for (const Hash32& hash : hashes) {
            ENSHRINE_TRY(const auto last, database_.get(last_column, hash.view()));
            if (!last.has_value() || load_be<std::uint64_t>(last->data()) != at)
                continue;  // a later block names it too
            writes.erase(blob_column, hash.view());
            writes.erase(last_column, hash.view());
            ++count;
        }
    }
    ENSHRINE_CHECK(database_.write(std::move(writes)));
    return count;
}

}  // namespace enshrine::store
