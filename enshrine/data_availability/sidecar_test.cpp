// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/crypto/merkle.hpp>
#include <enshrine/data_availability/blob_records.hpp>
#include <enshrine/data_availability/content.hpp>
#include <enshrine/data_availability/errors.hpp>
#include <enshrine/data_availability/interface.hpp>
#include <enshrine/data_availability/sidecar.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/system/call_for_test.hpp>

#include <gtest/gtest.h>

namespace enshrine::data_availability {
namespace {

namespace kzg = crypto::kzg;
using system::refused_with;

Bytes sample_blob(Byte seed) {
    Bytes out(blob_bytes);
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (i % 32 != 0) out[i] = static_cast<Byte>(i / 32 + i * seed);
    }
    return out;
}

struct Published {
    types::Transaction transaction;
    types::BlobSidecar sidecar;
};
Published publish(types::SidecarVersion version, Byte count) {
    Published out;
    out.sidecar.version = version;
    for (Byte i = 1; i <= count; ++i) {
        const Bytes blob = sample_blob(i);
        const auto commitment = *kzg::blob_to_commitment(blob);
        out.transaction.blob_versioned_hashes.push_back(kzg::versioned_hash(commitment));
        if (version == types::SidecarVersion::eip4844) {
            out.sidecar.proofs.push_back(*kzg::compute_blob_proof(blob, commitment));
        } else {
            const auto cells = kzg::compute_cells_and_proofs(blob);
            for (const auto& proof : cells->proofs) out.sidecar.proofs.push_back(proof);
        }
        out.sidecar.blobs.push_back(blob);
        out.sidecar.commitments.push_back(commitment);
    }
    return out;
}

TEST(Content, R1TwoRevealsReachEveryPage) {  // [BLOB.1]
    const Bytes blob = sample_blob(3);
    const Bytes index = content_index(blob);
    EXPECT_EQ(index.size(), 1024U);
    EXPECT_EQ(content_root(blob), hash::sha256(index));
    for (std::size_t page = 0; page < content_pages; ++page) {
        EXPECT_EQ(Hash32::from(BytesView{index}.subspan(32 * page, 32)),
                  hash::sha256(BytesView{blob}.subspan(content_page_bytes * page, content_page_bytes)));
    }
}

TEST(Sidecar, R3GoodOnesBecomeRecords) {  // [BLOB.3]
    for (const auto version : {types::SidecarVersion::eip4844, types::SidecarVersion::eip7594}) {
        const Published good = publish(version, 2);
        const auto records = verify_sidecar(good.transaction, good.sidecar);
        ASSERT_TRUE(records.has_value());
        ASSERT_EQ(records->size(), 2U);
        for (std::size_t i = 0; i < 2; ++i) {
            EXPECT_EQ((*records)[i].versioned_hash, good.transaction.blob_versioned_hashes[i]);
            EXPECT_EQ((*records)[i].content_root, content_root(good.sidecar.blobs[i]));
        }
    }
}

TEST(Sidecar, R3EachFaultIsRefused) {  // [BLOB.3]
    for (const auto version : {types::SidecarVersion::eip4844, types::SidecarVersion::eip7594}) {
        const Published good = publish(version, 1);
        const auto error = [&good](auto change) {
            Published bad = good;
            change(bad);
            return verify_sidecar(bad.transaction, bad.sidecar).error();
        };
        EXPECT_TRUE(error([](auto& bad) { bad.transaction.blob_versioned_hashes.clear(); }).is(BlobError::no_blobs));
        EXPECT_TRUE(error([](auto& bad) { bad.sidecar.blobs.clear(); }).is(BlobError::blob_count_mismatch));
        EXPECT_TRUE(error([](auto& bad) { bad.sidecar.commitments.clear(); }).is(BlobError::commitment_count_mismatch));
        EXPECT_TRUE(error([](auto& bad) { bad.sidecar.proofs.pop_back(); }).is(BlobError::proof_count_mismatch));
        EXPECT_TRUE(error([](auto& bad) {
                        bad.transaction.blob_versioned_hashes[0][5] ^= 1;
                    }).is(BlobError::versioned_hash_mismatch));
        EXPECT_EQ(error([](auto& bad) { bad.sidecar.blobs[0][33] ^= 1; }).domain(), Error{kzg::KzgError::bad_proof}.domain());
        EXPECT_EQ(error([](auto& bad) { bad.sidecar.blobs[0].pop_back(); }).domain(),
                  Error{kzg::KzgError::bad_proof}.domain());
    }
}

TEST(BlobRecords, R4TheLastPublicationCounts) {  // [BLOB.4]
    const state::MemoryView base;
    state::Overlay state{base};
    const std::vector<types::BlobRecord> records{{.versioned_hash = hash::sha256(Bytes{1}), .content_root = hash::sha256(Bytes{2})},
                                                 {.versioned_hash = hash::sha256(Bytes{3}), .content_root = hash::sha256(Bytes{4})}};
    EXPECT_FALSE(load_blob_info(state, records[1].versioned_hash).has_value());
    record_blobs(state, 5, records);
    EXPECT_EQ(load_blob_info(state, records[1].versioned_hash)->index, 1U);
    record_blobs(state, 8, std::span{records}.subspan(1));
    const BlobInfo expected{.height = 8, .index = 0, .content_root = records[1].content_root};
    EXPECT_EQ(load_blob_info(state, records[1].versioned_hash), expected);
    EXPECT_EQ(load_blob_info(state, records[0].versioned_hash)->height, 5U);
}

TEST(VerifySample, R6NamesWhatIsWrong) {  // [BLOB.6]
    const Bytes blob = sample_blob(2);
    const auto commitment = *kzg::blob_to_commitment(blob);
    const Hash32 versioned_hash = kzg::versioned_hash(commitment);
    const auto cells = *kzg::compute_cells_and_proofs(blob);
    system::TestChain chain;
    record_blobs(chain.state, 4, std::vector<types::BlobRecord>{{.versioned_hash = versioned_hash, .content_root = {}}});
    const system::TestCall sample{
        .contract = contract(),
        .caller = Address{},
        .method = "verifySample(bytes32 versionedHash, bytes commitment, uint64 cellIndex, bytes cell, bytes proof)",
        .read_only = true};
    const BytesView point = commitment.view();
    const auto verify = [&](const Hash32& hash, BytesView commitment_bytes, std::uint64_t index, BytesView cell) {
        return chain.call(sample, hash, commitment_bytes, index, cell, cells.proofs[70].view());
    };
    const BytesView cell = cells.cells[70].view();
    EXPECT_TRUE(verify(versioned_hash, point, 70, cell).has_value());
    EXPECT_TRUE(refused_with(verify(Hash32{}, point, 70, cell), errors::unknown_blob));
    EXPECT_TRUE(refused_with(verify(versioned_hash, point.first(47), 70, cell), errors::wrong_size));
    EXPECT_TRUE(refused_with(verify(versioned_hash, point, 70, cell.first(2047)), errors::wrong_size));
    EXPECT_TRUE(refused_with(verify(versioned_hash, Bytes(48), 70, cell), errors::commitment_mismatch));
    EXPECT_TRUE(refused_with(verify(versioned_hash, point, 128, cell), errors::cell_index_out_of_range));
    EXPECT_TRUE(refused_with(verify(versioned_hash, point, 71, cell), errors::sample_refused));
    EXPECT_TRUE(refused_with(verify(versioned_hash, point, 70, cells.cells[71].view()), errors::sample_refused));
    const system::TestCall info{
        .contract = contract(), .caller = Address{}, .method = "blobInfo(bytes32 versionedHash)", .read_only = true};
    EXPECT_EQ(system::answer_word(chain.call(info, versioned_hash), 0), U256{1});
    EXPECT_EQ(system::answer_word(chain.call(info, Hash32{}), 0), U256{0});
}

}  // namespace
}  // namespace enshrine::data_availability
