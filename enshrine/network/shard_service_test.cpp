// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/network/member_signature.hpp>
#include <enshrine/network/network_for_test.hpp>

#include <gtest/gtest.h>

namespace enshrine::network {
namespace {

using Begun = ServiceResult<std::variant<ShardService::Upload, MemberSignature>>;

Refusal refusal_of(const Begun& begun) {
    return begun ? Refusal{} : begun.error().code;
}

/// Sends rows in groups of `count`; the first refusal ends it.
template <class Source>
ServiceResult<void> send(ShardService::Upload& upload, const Source& matrix, std::span<const std::uint32_t> rows,
                         std::size_t count = 50) {
    Bytes storage;
    for (std::size_t i = 0; i < rows.size(); i += count) {
        const auto part = rows.subspan(i, std::min(count, rows.size() - i));
        if (auto added = upload.add(rows_of(matrix, part, storage)); !added) return added;
    }
    return {};
}

struct ShardServiceTest : testing::Test {
    TestNetwork network{4};
    TestBlob blob{20'000};
    std::vector<std::uint32_t> assigned = network.assigned(blob.shape(), blob.commitment(), 0);
    ShardService& service = network.service(0);

    ShardService::Upload begin(const UploadBegin& what) {
        auto begun = service.begin_upload(what);
        EXPECT_TRUE(begun) << begun.error().text;
        return std::get<ShardService::Upload>(std::move(*begun));
    }
    void expect_nothing_kept() {
        EXPECT_FALSE(service.has(blob.commitment()));
        EXPECT_EQ(network.node(0).store->usage().unconfirmed_bytes, 0U);
    }
};

// [DA-CERT.3], [DA-NET.6]
TEST_F(ShardServiceTest, SignsWhatItKeepsAndServesIt) {
    {
        auto upload = begin(blob.begin());
        ASSERT_TRUE(send(upload, *blob.matrix, assigned));
        EXPECT_FALSE(service.has(blob.commitment()));
        const auto signature = upload.finish();
        ASSERT_TRUE(signature) << signature.error().text;
        const Hash32 digest = da::publication_digest(test_chain, blob.publication);
        EXPECT_TRUE(signed_by(service.address(), digest, *signature));
        EXPECT_TRUE(service.has(blob.commitment()));
    }

    network.restart(0);
    const auto header = network.service(0).header(blob.commitment());
    ASSERT_TRUE(header && *header);
    auto verifier =
        da::RowVerifier::make(blob.shape(), blob.commitment(), (*header)->row_root, (*header)->combinations);
    ASSERT_TRUE(verifier);
    for (const std::size_t step : {1U, 3U, 17U}) {
        std::vector<std::uint32_t> some;
        for (std::size_t i = 0; i < assigned.size(); i += step) some.push_back(assigned[i]);
        const auto rows = network.service(0).rows({.commitment = blob.commitment(), .indices = some});
        ASSERT_TRUE(rows);
        EXPECT_EQ(rows->indices, some);
        std::vector<da::IndexedRow> indexed;
        for (std::size_t i = 0; i < some.size(); ++i) {
            indexed.push_back(
                {some[i], BytesView{rows->rows}.subspan(i * blob.shape().row_bytes, blob.shape().row_bytes)});
        }
        EXPECT_TRUE(verifier->verify_rows(indexed, rows->siblings));
    }
}

TEST_F(ShardServiceTest, RefusesForeignChainsEpochsAndStrangers) {
    UploadBegin other = blob.begin();
    other.chain_id = 7;
    auto refused = service.begin_upload(other);
    EXPECT_EQ(refusal_of(refused), Refusal::wrong_chain);
    EXPECT_NE(refused.error().text.find("expected 1337, got 7"), std::string::npos);
    other = blob.begin();
    other.publication.epoch = 3;
    EXPECT_EQ(refusal_of(service.begin_upload(other)), Refusal::unknown_epoch);
    network.committee.erase(network.committee.begin());
    EXPECT_EQ(refusal_of(service.begin_upload(blob.begin())), Refusal::not_a_member);
}

TEST_F(ShardServiceTest, RefusesSizesAndHeadersThatAreNotTheCommitments) {
    UploadBegin other = blob.begin();
    other.publication.blobs[0].size = 0;
    EXPECT_EQ(refusal_of(service.begin_upload(other)), Refusal::bad_sizes);
    other.publication.blobs[0].size = da::native_blob_bytes_max + 1;
    EXPECT_EQ(refusal_of(service.begin_upload(other)), Refusal::bad_sizes);
    other = blob.begin();
    other.combinations[40] ^= 1;
    EXPECT_EQ(refusal_of(service.begin_upload(other)), Refusal::bad_header) << "wrong combinations";
    other = blob.begin();
    other.row_root[0] ^= 1;
    EXPECT_EQ(refusal_of(service.begin_upload(other)), Refusal::bad_header);
    other = blob.begin();
    other.combinations.resize(other.combinations.size() - 16);
    EXPECT_EQ(refusal_of(service.begin_upload(other)), Refusal::bad_header);
    expect_nothing_kept();
}

TEST_F(ShardServiceTest, RefusesRowsThatAreNotItsOwnOrComeTwice) {
    std::uint32_t foreign = 0;
    while (std::ranges::binary_search(assigned, foreign)) ++foreign;
    {
        auto upload = begin(blob.begin());
        const auto refused = send(upload, *blob.matrix, std::vector{foreign});
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, Refusal::unassigned_row);
    }
    {
        auto upload = begin(blob.begin());
        Bytes storage;
        RowsView rows = rows_of(*blob.matrix, std::span{assigned}.first(1), storage);
        rows.indices[0] = blob.shape().total_rows();
        const auto refused = upload.add(rows);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, Refusal::unassigned_row) << "out of range";
    }
    auto upload = begin(blob.begin());
    ASSERT_TRUE(send(upload, *blob.matrix, std::span{assigned}.first(3)));
    const auto refused = send(upload, *blob.matrix, std::span{assigned}.subspan(2, 2));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Refusal::repeated_row);
}

TEST_F(ShardServiceTest, RefusesEveryFlippedByteOfARow) {
    const auto rows = std::span{assigned}.first(2);
    Bytes storage;
    const RowsView good = rows_of(*blob.matrix, rows, storage);
    for (std::size_t at = 0; at < storage.size(); at += 7) {
        auto upload = begin(blob.begin());
        storage[at] ^= 0x40;
        const auto refused = upload.add(good);
        storage[at] ^= 0x40;
        ASSERT_FALSE(refused) << at;
        EXPECT_EQ(refused.error().code, Refusal::bad_row);
    }
    auto upload = begin(blob.begin());
    EXPECT_TRUE(upload.add(good));
}

TEST_F(ShardServiceTest, RefusesOtherDepthsAndRowSizes) {
    const auto rows = std::span{assigned}.first(5);
    Bytes storage;
    const RowsView good = rows_of(*blob.matrix, rows, storage);
    const auto refused = [&](const RowsView& what) {
        auto upload = begin(blob.begin());
        const auto added = upload.add(what);
        return !added && added.error().code == Refusal::bad_row;
    };
    RowsView other = good;
    other.siblings.pop_back();
    EXPECT_TRUE(refused(other)) << "missing sibling";
    other = good;
    other.siblings.emplace_back();
    EXPECT_TRUE(refused(other)) << "superfluous sibling";
    other = good;
    other.row_bytes *= 2;
    EXPECT_TRUE(refused(other)) << "changed row size";
    EXPECT_FALSE(refused(good));
}

// A row under the row root that is no row of the codeword [DA-CODE.7].
TEST_F(ShardServiceTest, RefusesANonCodewordRowWithAValidPath) {
    std::vector<Bytes> rows;
    for (std::uint32_t i = 0; i < blob.shape().total_rows(); ++i) rows.push_back(to_bytes(blob.matrix->row(i)));
    for (std::uint32_t i = blob.shape().data_rows; i < rows.size(); ++i) rows[i][9] ^= 1;  // all parity is garbage
    const ForgedMatrix forged{blob.shape(), std::move(rows)};
    UploadBegin what = blob.begin();
    what.publication.commitment = forged.commitment();
    what.row_root = forged.row_root();
    what.combinations = forged.combinations();
    const auto mine = network.assigned(forged.shape(), forged.commitment(), 0);
    auto upload = begin(what);
    const auto refused = send(upload, forged, mine);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Refusal::bad_row);
    EXPECT_NE(refused.error().text.find(Error{da::RowError::combination_mismatch}.message()), std::string::npos)
        << refused.error().text;
}

// [DA-NET.5]
TEST_F(ShardServiceTest, SignsNothingBeforeAllRowsHaveCome) {
    auto upload = begin(blob.begin());
    ASSERT_TRUE(send(upload, *blob.matrix, std::span{assigned}.first(assigned.size() - 1)));
    const auto signature = upload.finish();
    ASSERT_FALSE(signature);
    EXPECT_EQ(signature.error().code, Refusal::incomplete);
    {
        const auto forgotten = std::move(upload);
    }
    expect_nothing_kept();
}

// [DA-NET.7]
TEST_F(ShardServiceTest, TheSameUploadAgainIsSignedWithoutRows) {
    network.store_everywhere(blob);
    const std::uint64_t bytes = network.node(0).store->usage().disk_bytes;
    const auto again = service.begin_upload(blob.begin());
    ASSERT_TRUE(again);
    const auto* signature = std::get_if<MemberSignature>(&*again);
    ASSERT_NE(signature, nullptr);
    EXPECT_TRUE(signed_by(service.address(), da::publication_digest(test_chain, blob.publication), *signature));
    EXPECT_EQ(network.node(0).store->usage().disk_bytes, bytes);
}

// Two publications of one commitment: what the rows fit is signed, the rest is refused by name.
TEST_F(ShardServiceTest, EquivocatingSubmitters) {
    network.store_everywhere(blob);
    UploadBegin other = blob.begin();
    other.publication.blobs[0].name_space[31] = 7;
    const auto renamed = service.begin_upload(other);
    ASSERT_TRUE(renamed);
    EXPECT_TRUE(signed_by(service.address(), da::publication_digest(test_chain, other.publication),
                          std::get<MemberSignature>(*renamed)));
    other = blob.begin();
    other.publication.blobs[0].size = 100'000;
    const auto resized = service.begin_upload(other);
    EXPECT_EQ(refusal_of(resized), Refusal::other_matrix);
    EXPECT_NE(resized.error().text.find("kept with"), std::string::npos);
    // Rows of another matrix under this commitment, at a node that has nothing yet.
    const TestBlob stranger{20'000, 2};
    UploadBegin mixed = stranger.begin();
    mixed.publication.commitment = TestBlob{20'000, 3}.commitment();
    EXPECT_EQ(refusal_of(service.begin_upload(mixed)), Refusal::bad_header);
}

TEST_F(ShardServiceTest, TwoUploadsOfOneMatrixAtOnceAreBothSigned) {
    auto first = begin(blob.begin());
    auto second = begin(blob.begin());
    ASSERT_TRUE(send(first, *blob.matrix, assigned));
    ASSERT_TRUE(send(second, *blob.matrix, assigned));
    EXPECT_TRUE(first.finish());
    EXPECT_TRUE(second.finish());
    EXPECT_EQ(network.node(0).store->usage().matrices, 1U);
    EXPECT_EQ(network.node(0).store->summary(blob.commitment())->rows, assigned.size());
}

// A committee with other stakes gives the node other rows of a matrix that it keeps already.
TEST(ShardService, AnotherCommitteeAddsRows) {
    TestNetwork network{4};
    const TestBlob blob{100'000};
    network.store_everywhere(blob);
    const auto assigned = network.assigned(blob.shape(), blob.commitment(), 0);
    network.committee[0].stake = 1000;
    const auto more = network.assigned(blob.shape(), blob.commitment(), 0);
    ASSERT_GT(more.size(), assigned.size());
    {
        auto begun = network.service(0).begin_upload(blob.begin());
        ASSERT_TRUE(begun);
        auto& upload = std::get<ShardService::Upload>(*begun);
        ASSERT_TRUE(send(upload, *blob.matrix, more));
        EXPECT_TRUE(upload.finish());
    }
    network.restart(0);
    EXPECT_EQ(*network.node(0).store->indices(blob.commitment()), more);
    EXPECT_TRUE(std::holds_alternative<MemberSignature>(*network.service(0).begin_upload(blob.begin())));
}

TEST(ShardService, BoundsUnpublishedBytesAndUploads) {
    const TestBlob blob{20'000};
    {
        TestNetwork network{1, {}, {.unpublished_bytes_max = 1000}};
        const auto refused = network.service(0).begin_upload(blob.begin());
        EXPECT_EQ(refusal_of(refused), Refusal::storage_full);
        EXPECT_NE(refused.error().text.find("0 of 1000"), std::string::npos);
    }
    TestNetwork network{1, {}, {.uploads_max = 2}};
    std::vector<Begun> open;
    open.push_back(network.service(0).begin_upload(blob.begin()));
    open.push_back(network.service(0).begin_upload(blob.begin()));
    EXPECT_TRUE(open[0] && open[1]);
    EXPECT_EQ(refusal_of(network.service(0).begin_upload(blob.begin())), Refusal::too_many_uploads);
    open.pop_back();
    EXPECT_TRUE(network.service(0).begin_upload(blob.begin()));
}

// [DA-NET.8]
TEST(ShardService, UnpublishedUploadsExpire) {
    TestNetwork network{1, {}, {.unpublished_blocks = 5}};
    const TestBlob blob{1000};
    network.service(0).set_height(100);
    network.store_everywhere(blob);
    EXPECT_EQ(*network.node(0).store->prune(104), 0U);
    EXPECT_TRUE(*network.node(0).store->confirm(blob.commitment(), 500));
    EXPECT_EQ(*network.node(0).store->prune(499), 0U);
    EXPECT_EQ(*network.node(0).store->prune(500), 1U);
}

}  // namespace
}  // namespace enshrine::network
