// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/block_root.hpp>
#include <enshrine/data_availability/errors.hpp>
#include <enshrine/data_availability/events.hpp>
#include <enshrine/data_availability/namespaces.hpp>
#include <enshrine/data_availability/publication_for_test.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace enshrine::data_availability {
namespace {

using system::answer_word;
using system::refusal_word;
using system::refused_with;

constexpr std::uint64_t small_size = 1'000;  // 64 rows of 64 bytes
constexpr std::uint64_t small_data_bytes = 4'096;

Publication small(Byte commitment = 7) {
    return publication_of({{.name_space = open_namespace(1), .size = small_size}}, commitment);
}
Publication several() {
    return publication_of({{.name_space = open_namespace(2), .size = 70},
                           {.name_space = open_namespace(1), .size = 5'000},
                           {.name_space = open_namespace(2), .size = 70}},
                          8);
}

TEST(Publish, R1OneBlobOfAnyone) {  // [DA-PUB.1]
    PublicationChain chain;
    const auto result = chain.publish(small());
    ASSERT_TRUE(result.has_value());
    EXPECT_EQ(answer_word(result, 0), U256{chain.block.height + 100});
    const PublicationRecord expected{
        .height = chain.block.height, .epoch = 0, .expires_at = chain.block.height + 100, .blobs = small().blobs};
    EXPECT_EQ(load_publication(chain.state, small().commitment), expected);
    EXPECT_EQ(load_publication(chain.state, small().commitment, small().blobs), expected);
    EXPECT_FALSE(load_publication(chain.state, Hash32{}).has_value());
}

TEST(Publish, R1SeveralBlobsKeepTheirOrder) {  // [DA-PUB.1]
    PublicationChain chain;
    const Publication matrix = several();
    ASSERT_TRUE(chain.publish_matrix(matrix, chain.certificate(matrix)).has_value());
    EXPECT_EQ(load_publication(chain.state, matrix.commitment)->blobs, matrix.blobs);
    Publication reordered = matrix;
    std::swap(reordered.blobs[0], reordered.blobs[1]);
    EXPECT_TRUE(refused_with(chain.publish_matrix(reordered, chain.certificate(matrix)), errors::bad_certificate));
    EXPECT_TRUE(chain.publish_matrix(small(9), chain.certificate(small(9))).has_value());  // a matrix of one
}

TEST(Publish, R6LogsAreTheLeavesOfTheBlock) {  // [DA-PUB.6] [DA-ROOT.1]
    PublicationChain chain;
    const Publication matrix = several();
    ASSERT_TRUE(chain.publish_matrix(matrix, chain.certificate(matrix)).has_value());
    const auto layout = layout_of(sizes_of(matrix.blobs));
    ASSERT_EQ(chain.logs.size(), 4U);
    EXPECT_EQ(chain.logs[0].topics[0], codec::abi::signature_hash(events::matrix_published.declaration));
    types::Receipt receipt;
    receipt.logs = chain.logs;
    const auto leaves = block_leaves({}, std::span{&receipt, 1});
    ASSERT_EQ(leaves.size(), 3U);
    std::vector<RootLeaf> expected;
    for (std::size_t i = 0; i < 3; ++i) {
        expected.push_back(RootLeaf{.name_space = matrix.blobs[i].name_space,
                                    .commitment = matrix.commitment,
                                    .size = matrix.blobs[i].size,
                                    .index = layout->first_rows[i]});
    }
    sort_leaves(expected);
    EXPECT_EQ(leaves, expected);
    receipt.logs[1].address[0] ^= 1;  // a log of another contract says nothing
    EXPECT_EQ(block_leaves({}, std::span{&receipt, 1}).size(), 2U);
}

TEST(Publish, R2SizesAreNamed) {  // [DA-PUB.2]
    PublicationChain chain;
    const auto publish = [&](std::vector<std::uint64_t> sizes) {
        Publication publication = publication_of({});
        for (const std::uint64_t size : sizes) {
            publication.blobs.push_back({.name_space = open_namespace(1), .size = size});
        }
        return chain.publish_matrix(publication, chain.certificate(publication));
    };
    EXPECT_TRUE(refused_with(publish({}), errors::no_blobs));
    const auto many = publish(std::vector<std::uint64_t>(65, 1));
    EXPECT_TRUE(refused_with(many, errors::too_many_blobs));
    EXPECT_EQ(refusal_word(many, 1), U256{65});
    EXPECT_TRUE(publish(std::vector<std::uint64_t>(64, 1)).has_value());
    const auto empty = publish({5, 0});
    EXPECT_TRUE(refused_with(empty, errors::empty_blob));
    EXPECT_EQ(refusal_word(empty, 0), U256{1});
    const auto large = publish({native_blob_bytes_max + 1});
    EXPECT_TRUE(refused_with(large, errors::blob_too_large));
    EXPECT_EQ(refusal_word(large, 1), U256{native_blob_bytes_max});
    EXPECT_EQ(refusal_word(large, 2), U256{native_blob_bytes_max + 1});
    const auto together = publish({native_blob_bytes_max, native_blob_bytes_max});
    EXPECT_TRUE(refused_with(together, errors::matrix_too_large));
    EXPECT_EQ(refusal_word(together, 1), U256{2 * native_blob_bytes_max});
    const auto lengths = chain.call(
        {.contract = contract(), .caller = chain.publisher, .method = PublicationChain::publish_matrix_declaration},
        std::vector<Hash32>(2), std::vector<Hash32>(3), Hash32{}, Bytes{});
    EXPECT_TRUE(refused_with(lengths, errors::wrong_length));
}

TEST(Publish, R2CommitmentAndCertificateAreNamed) {  // [DA-PUB.2]
    PublicationChain chain;
    EXPECT_TRUE(refused_with(chain.publish(small(0)), errors::zero_commitment));
    const Bytes good = chain.certificate(small());
    EXPECT_TRUE(refused_with(chain.publish(small(), 1 << 20, {}), errors::bad_certificate));
    EXPECT_TRUE(refused_with(chain.publish(small(), 1 << 20, chain.certificate(small(), 2)), errors::bad_certificate));
    EXPECT_TRUE(refused_with(chain.publish(small(9), 1 << 20, good), errors::bad_certificate));
    chain.block.chain_id += 1;
    EXPECT_TRUE(refused_with(chain.publish(small(), 1 << 20, good), errors::bad_certificate));
    chain.block.chain_id -= 1;
    EXPECT_TRUE(chain.publish(small(), 1 << 20, good).has_value());
}

TEST(Publish, R2TheWorkIsPaidBeforeItIsDone) {
    PublicationChain chain;
    const Publication publication = small();
    const Bytes many_signatures(100 * crypto::signature_bytes);
    const auto starved =
        chain.call({.contract = contract(),
                    .caller = chain.publisher,
                    .method = PublicationChain::publish_declaration,
                    .value = Amount{std::uint64_t{1} << 20},
                    .gas = publish_gas + published_blob_gas + 100 * certificate_signature_gas - 1},
                   publication.blobs[0].name_space, publication.commitment, small_size, many_signatures);
    EXPECT_TRUE(refused_with(starved, system::dispatch_errors[3]));
}

TEST(Publish, R5EpochBeforeIsTakenForAWhile) {  // [DA-CERT.5]
    PublicationChain chain;
    const std::vector<Hash32> members{[] {
        Hash32 out;
        const Address address = *crypto::address_of(committee_key(2));
        std::ranges::copy(address, out.end() - Address::size_bytes);
        return out;
    }()};
    const std::vector<Hash32> stakes{U256{5}.to_be()};
    constexpr std::string_view set_committee =
        "setCommittee(address[] members, uint64[] stakes, bytes32[] tlsKeyHashes, string endpoints)";
    const auto replaced =
        chain.as(chain.administrator, set_committee, members, stakes, std::vector<Hash32>(1), std::string_view{"b:2"});
    ASSERT_TRUE(replaced.has_value());
    EXPECT_EQ(answer_word(replaced, 0), U256{1});
    const Publication old_epoch = small();
    Publication new_epoch = small();
    new_epoch.epoch = 1;
    const Bytes by_old = chain.certificate(old_epoch, 1);
    ASSERT_TRUE(chain.publish(small(), 1 << 20, chain.certificate(new_epoch, 2)).has_value());
    EXPECT_EQ(load_publication(chain.state, small().commitment)->epoch, 1U);
    chain.next_block(committee_grace_blocks);
    ASSERT_TRUE(chain.publish(small(), 1 << 20, by_old).has_value());
    EXPECT_EQ(load_publication(chain.state, small().commitment)->epoch, 0U);
    // A signature of either committee for the other one's epoch is none.
    EXPECT_TRUE(
        refused_with(chain.publish(small(), 1 << 20, chain.certificate(new_epoch, 1)), errors::bad_certificate));
    EXPECT_TRUE(
        refused_with(chain.publish(small(), 1 << 20, chain.certificate(old_epoch, 2)), errors::bad_certificate));
    chain.next_block();
    const auto late = chain.publish(small(), 1 << 20, by_old);
    EXPECT_TRUE(refused_with(late, errors::bad_certificate));
    EXPECT_EQ(refusal_word(late, 1), U256{1});
}

TEST(Publish, R3ReservedNamespaces) {  // [DA-PUB.3]
    PublicationChain chain;
    const auto in = [&](const Hash32& name_space) {
        return chain.publish(publication_of({{.name_space = name_space, .size = small_size}}));
    };
    EXPECT_TRUE(refused_with(in(Hash32{}), errors::zero_namespace));
    const auto unknown = in(namespace_of_rollup(901));
    EXPECT_TRUE(refused_with(unknown, errors::unknown_rollup));
    EXPECT_EQ(refusal_word(unknown, 1), U256{901});
    register_rollup_namespace(chain.state, {.rollup = 901, .owner = chain.administrator, .challenge_window_blocks = 0});
    EXPECT_TRUE(in(namespace_of_rollup(901)).has_value());
    EXPECT_TRUE(refused_with(in(namespace_of_rollup(902)), errors::unknown_rollup));
    EXPECT_EQ(rollup_of_namespace(namespace_of_rollup(0x0102030405060708)), 0x0102030405060708U);
    Hash32 almost = namespace_of_rollup(902);
    almost[23] = 1;
    EXPECT_TRUE(in(almost).has_value());
}

TEST(Publish, R4NobodyDisplacesAPublication) {  // [DA-PUB.4]
    PublicationChain chain;
    ASSERT_TRUE(chain.publish(small()).has_value());
    const std::uint64_t first = chain.block.height;
    chain.next_block(10);
    Publication other = small();
    other.blobs[0].name_space = open_namespace(2);
    ASSERT_TRUE(chain.publish(other).has_value());
    EXPECT_EQ(load_publication(chain.state, small().commitment)->blobs, other.blobs);
    EXPECT_EQ(load_publication(chain.state, small().commitment, small().blobs)->height, first);
}

TEST(Publish, R4PublishingAgainRenews) {  // [DA-PUB.4] [DA-RET.4]
    PublicationChain chain;
    ASSERT_TRUE(chain.as(chain.publisher, "claimNamespace(bytes32 namespace)", open_namespace(1)).has_value());
    const auto retain = [&](std::uint64_t blocks) {
        return chain.as(chain.publisher, "setRetention(bytes32 namespace, uint64 blocks)", open_namespace(1), blocks);
    };
    ASSERT_TRUE(retain(500).has_value());
    ASSERT_TRUE(chain.publish(small()).has_value());
    const std::uint64_t first = chain.block.height;
    EXPECT_EQ(load_publication(chain.state, small().commitment)->expires_at, first + 500);
    ASSERT_TRUE(retain(200).has_value());
    chain.next_block(50);
    const auto renewed = chain.publish(small());
    EXPECT_EQ(answer_word(renewed, 0), U256{first + 500});  // never earlier than promised
    EXPECT_EQ(load_publication(chain.state, small().commitment)->height, first + 50);
    chain.next_block(400);
    EXPECT_EQ(answer_word(chain.publish(small()), 0), U256{first + 650});
}

TEST(Publish, R4LongestRetentionOfItsNamespacesCounts) {  // [DA-RET.4]
    PublicationChain chain;
    ASSERT_TRUE(chain.as(chain.publisher, "claimNamespace(bytes32 namespace)", open_namespace(2)).has_value());
    ASSERT_TRUE(chain
                    .as(chain.publisher, "setRetention(bytes32 namespace, uint64 blocks)", open_namespace(2),
                        std::uint64_t{777})
                    .has_value());
    const Publication matrix = several();
    ASSERT_TRUE(chain.publish_matrix(matrix, chain.certificate(matrix)).has_value());
    EXPECT_EQ(load_publication(chain.state, matrix.commitment)->expires_at, chain.block.height + 777);
}

TEST(Publish, R5ARefusalLeavesNothing) {  // [DA-PUB.5]
    PublicationChain chain;
    const auto before = chain.state.changes();
    EXPECT_FALSE(chain.publish(small(), 1 << 20, Bytes(65)).has_value());
    EXPECT_EQ(chain.state.changes(), before);
}

TEST(PublicationViews, TellWhatIsStored) {
    PublicationChain chain;
    const Publication matrix = several();
    ASSERT_TRUE(chain.publish_matrix(matrix, chain.certificate(matrix)).has_value());
    const auto view = [&](std::string_view method, const auto&... values) {
        return chain.call({.contract = contract(), .caller = {}, .method = method, .read_only = true}, values...);
    };
    const auto layout = layout_of(sizes_of(matrix.blobs));
    const auto known = view("publication(bytes32 commitment)", matrix.commitment);
    EXPECT_EQ(answer_word(known, 0), U256{1});
    EXPECT_EQ(answer_word(known, 1), U256{chain.block.height});
    EXPECT_EQ(answer_word(known, 2), U256{chain.block.height + 100});
    EXPECT_EQ(answer_word(known, 4), U256{layout->shape.data_rows});
    EXPECT_EQ(answer_word(known, 5), U256{layout->shape.parity_rows});
    EXPECT_EQ(answer_word(known, 6), U256{layout->shape.row_bytes});
    EXPECT_EQ(answer_word(known, 10), U256{3});  // length of the first array
    EXPECT_EQ(answer_word(known, 20), U256{layout->first_rows[1]});
    EXPECT_EQ(answer_word(view("publication(bytes32 commitment)", Hash32{}), 0), U256{0});
    EXPECT_EQ(answer_word(view("bytePrice()"), 0), U256{byte_price_min});
    EXPECT_EQ(answer_word(view("fee(uint64[] sizes)", std::vector<Hash32>{U256{small_size}.to_be()}), 1),
              U256{small_data_bytes});
    EXPECT_TRUE(refused_with(view("fee(uint64[] sizes)", std::vector<Hash32>{Hash32{}}), errors::empty_blob));
    EXPECT_TRUE(refused_with(view("fee(uint64[] sizes)", std::vector<Hash32>(65)), errors::too_many_blobs));
    EXPECT_EQ(answer_word(view("committee()"), 0), U256{0});
    EXPECT_EQ(answer_word(view("committeeAt(uint64 epoch)", std::uint64_t{0}), 0), U256{1});
    EXPECT_EQ(answer_word(view("committeeAt(uint64 epoch)", std::uint64_t{1}), 0), U256{0});
    EXPECT_EQ(answer_word(view("retention(bytes32 namespace)", open_namespace(3)), 0), U256{100});
}

}  // namespace
}  // namespace enshrine::data_availability
