// SPDX-License-Identifier: Apache-2.0
#include <enshrine/store/blob_store.hpp>
#include <enshrine/store/temp_folder_for_test.hpp>

#include <gtest/gtest.h>

namespace enshrine::store {
namespace {

StoredBlob blob_of(Byte seed, std::size_t proof_count = crypto::kzg::cells_per_ext_blob) {
    StoredBlob out;
    out.versioned_hash.data_.fill(seed);
    out.commitment.data_.fill(static_cast<Byte>(seed + 1));
    out.blob.assign(crypto::kzg::blob_bytes, seed);
    out.proofs.resize(proof_count);
    for (std::size_t i = 0; i < proof_count; ++i) out.proofs[i][0] = static_cast<Byte>(i);
    return out;
}

TEST(BlobStore, PutGetListAndReopen) {
    const TempFolder folder;
    const std::vector<StoredBlob> blobs{blob_of(1), blob_of(2, 1)};
    {
        auto store = BlobStore::open({folder.path(), 900}).value();
        ASSERT_TRUE(store.put(5, blobs).has_value());
    }
    const auto store = BlobStore::open({folder.path(), 900}).value();
    EXPECT_EQ(store.get(blobs[0].versioned_hash).value(), blobs[0]);
    EXPECT_EQ(store.get(blobs[1].versioned_hash).value(), blobs[1]);
    EXPECT_EQ(store.get(Hash32{}).value(), std::nullopt);
    EXPECT_TRUE(store.contains(blobs[0].versioned_hash).value());
    EXPECT_FALSE(store.contains(Hash32{}).value());
    EXPECT_EQ(store.list(5).value(), (std::vector{blobs[0].versioned_hash, blobs[1].versioned_hash}));
    EXPECT_TRUE(store.list(4).value().empty());
}

TEST(BlobStore, PruneKeepsWhatALaterBlockReferences) {
    const TempFolder folder;
    auto store = BlobStore::open({folder.path(), 900}).value();
    const std::vector<StoredBlob> first{blob_of(1), blob_of(2)};
    const std::vector<StoredBlob> again{blob_of(2), blob_of(3)};
    ASSERT_TRUE(store.put(5, first).has_value());
    ASSERT_TRUE(store.put(9, again).has_value());
    ASSERT_TRUE(store.put(9, again).has_value());  // the same block again, after a crash before its commit
    EXPECT_EQ(store.list(9).value().size(), 2U);
    EXPECT_EQ(store.prune_below(5).value(), 0U);
    EXPECT_EQ(store.prune_below(6).value(), 1U);
    EXPECT_FALSE(store.contains(first[0].versioned_hash).value());
    EXPECT_EQ(store.get(first[0].versioned_hash).value(), std::nullopt);
    EXPECT_EQ(store.get(first[1].versioned_hash).value(), first[1]);
    EXPECT_TRUE(store.list(5).value().empty());
    EXPECT_EQ(store.prune_below(10).value(), 2U);
    EXPECT_FALSE(store.contains(again[0].versioned_hash).value());
}

TEST(BlobStore, RefusesOversizedParts) {
    const TempFolder folder;
    auto store = BlobStore::open({folder.path(), 900}).value();
    const std::vector<StoredBlob> proofs{blob_of(1, crypto::kzg::cells_per_ext_blob + 1)};
    EXPECT_EQ(store.put(1, proofs).error().code, StoreError::bad_batch);
    std::vector<StoredBlob> bytes{blob_of(1)};
    bytes[0].blob.push_back(0);
    EXPECT_EQ(store.put(1, bytes).error().code, StoreError::bad_batch);
    EXPECT_FALSE(store.contains(bytes[0].versioned_hash).value());
}

TEST(BlobStore, RefusesAnotherChain) {
    const TempFolder folder;
    ASSERT_TRUE(BlobStore::open({folder.path(), 900}).has_value());
    EXPECT_EQ(BlobStore::open({folder.path(), 901}).error().code, StoreError::wrong_chain);
}

}  // namespace
}  // namespace enshrine::store
