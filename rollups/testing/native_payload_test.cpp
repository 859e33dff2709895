// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/hex.hpp>
#include <enshrine/hash/sha256.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <rollups/testing/scenario.hpp>
#include <sdk/guest/combination.hpp>

namespace rollups::payments {
const enshrine::guest::Program& program() noexcept;
}

namespace rollups::testing {
namespace {

using sequencing::PayloadScheme;
using sequencing::RecordOutcome;

constexpr std::uint64_t chain = 901;

Bytes bytes_from(std::uint64_t seed, std::size_t size) {
    Bytes out(size);
    std::uint64_t state = seed * 0x9e3779b97f4a7c15ULL + 1;
    for (Byte& byte : out) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        byte = static_cast<Byte>(state >> 56);
    }
    return out;
}

TEST(Combiner, DaCode5EqualsTheDefinition) {  // [DA-CODE.5]
    for (const std::size_t row_bytes : {64U, 128U, 704U, 4032U}) {
        const Hash32 seed = hash::sha256(bytes_from(row_bytes, 8));
        const guest::Combiner combiner{seed, row_bytes};
        for (std::uint64_t i = 0; i < 4; ++i) {
            const Bytes row = i == 0 ? Bytes(row_bytes) : bytes_from(i, row_bytes);
            EXPECT_EQ(to_bytes(combiner.combine(row.data())), combine_row(seed, row)) << row_bytes << ' ' << i;
        }
    }
}

TEST(Combiner, DaCode5EachSymbolBitCounts) {  // [DA-CODE.5]
    const Hash32 seed = hash::sha256(Bytes{9});
    const guest::Combiner combiner{seed, 128};
    for (std::size_t bit = 0; bit < 128 * 8; ++bit) {
        Bytes row(128);
        row[bit / 8] = static_cast<Byte>(1U << bit % 8);
        ASSERT_EQ(to_bytes(combiner.combine(row.data())), combine_row(seed, row)) << bit;
    }
}

/// Vector of the specification that the code follows: rows all zero but the last byte of row i, which is i + 1.
TEST(ReferenceMatrix, CombinationRootOfThePublishedVector) {  // [DA-CODE.6]
    Hash32 seed;
    const Bytes row_root =
        codec::parse_hex("0x0fb5bde284cb402df8ec46003d590a8dc9fa6f3e997003a993371091870ff052").value();
    Bytes message = row_root;
    append(message, Bytes{4, 0, 0, 0, 4, 0, 0, 0, 64, 0, 0, 0});
    seed = hash::sha256(message);
    std::vector<Hash32> level;
    for (Byte i = 0; i < 4; ++i) {
        Bytes row(64);
        row[63] = static_cast<Byte>(i + 1);
        Bytes leaf{0x00};
        append(leaf, combine_row(seed, row));
        level.push_back(hash::sha256(leaf));
    }
    const Hash32 root = hash::sha256_tagged_pair(0x01, hash::sha256_tagged_pair(0x01, level[0], level[1]),
                                                 hash::sha256_tagged_pair(0x01, level[2], level[3]));
    Bytes roots = row_root;
    append(roots, root.view());
    EXPECT_EQ(codec::format_hex(hash::sha256(roots).view()),
              "0xf57fdff87d54f71bc0c860808b046356c8d4850e67b923e08411208df08cb5ab");
}

class NativePayload : public ::testing::Test {
protected:
    Rollup rollup{payments::program(), "payments.elf", chain};
    Signer alice = make_signer(1);
    Signer bob = make_signer(2);
    std::uint64_t nonce_ = 0;

    void SetUp() override {
        rollup.publish_as(PayloadScheme::native);
        rollup.deposit(alice.address, U256{100 * coin});
        ASSERT_EQ(rollup.run_batch().receipts.at(0).outcome, RecordOutcome::succeeded);
    }
    Bytes payload_of(std::size_t payments) {
        std::vector<Bytes> out;
        for (std::size_t i = 0; i < payments; ++i) {
            out.push_back(sign(make_transaction(chain, nonce_++, bob.address, U256{1}), alice));
        }
        return sequencing::encode_payload(out);
    }
    data_availability::Shape shape_for(const Bytes& payload) {
        return data_availability::shape_of(payload.size()).value();
    }
    /// The batch runs, does nothing, and leaves the rollup in order: the next one counts.
    void expect_empty(const ReferenceMatrix& matrix, std::size_t payload_bytes) {
        const Hash32 before = rollup.root();
        const BatchResult result = rollup.run_prepared(rollup.prepare_matrix(matrix, payload_bytes));
        EXPECT_TRUE(result.receipts.empty());
        EXPECT_EQ(result.root, before);
    }
};

TEST_F(NativePayload, DaBatch2PayloadsOfEveryShapeAreRead) {  // [DA-BATCH.2]
    for (const std::size_t payments : {1U, 8U, 600U}) {
        const Bytes payload = payload_of(payments);
        const BatchResult result = rollup.run_payload(payload);
        ASSERT_EQ(result.receipts.size(), payments);
        for (const auto& receipt : result.receipts) EXPECT_EQ(receipt.outcome, RecordOutcome::succeeded);
    }
}

TEST_F(NativePayload, DaBatch2TheLargestPayloadIsRead) {  // [DA-BATCH.1] [DA-BATCH.2]
    const Bytes largest = bytes_from(5, sequencing::batch_payload_bytes_max);
    EXPECT_EQ(shape_for(largest).row_bytes, 768U);
    const BatchResult result = rollup.run_payload(largest);  // no list of transactions [BATCH.3]
    EXPECT_TRUE(result.receipts.empty());
    EXPECT_LT(result.weight, 40'000'000U);
}

TEST_F(NativePayload, DaBatch2ARowThatIsNoCodewordsEmptiesThePayload) {  // [DA-BATCH.2]
    const Bytes payload = payload_of(20);
    const Bytes rows = frame_payload(payload);
    const auto shape = shape_for(payload);
    for (const std::size_t at : {std::size_t{0}, std::size_t{6}, rows.size() / 2, rows.size() - 1}) {
        Bytes other = rows;
        other[at] ^= 0x40;
        expect_empty(commit_rows(shape, other, rows), payload.size());
    }
    EXPECT_EQ(rollup.run_payload(payload).receipts.size(), 20U);
}

TEST_F(NativePayload, DaBatch2RowsOfAnotherLengthEmptyThePayload) {  // [DA-BATCH.2]
    const Bytes payload = payload_of(20);
    const Bytes rows = frame_payload(payload);
    const auto shape = shape_for(payload);
    Bytes longer;
    Bytes shorter;
    for (std::size_t at = 0; at < rows.size(); at += shape.row_bytes) {
        append(longer, BytesView{rows}.subspan(at, shape.row_bytes));
        longer.push_back(0);
        append(shorter, BytesView{rows}.subspan(at, shape.row_bytes - 1));
    }
    expect_empty(commit_rows(shape, longer, rows), payload.size());
    expect_empty(commit_rows(shape, shorter, rows), payload.size());
}

TEST_F(NativePayload, DaBatch2AnotherFrameEmptiesThePayload) {  // [DA-BATCH.2]
    const Bytes payload = payload_of(20);
    const Bytes rows = frame_payload(payload);
    for (const std::size_t at : {0U, 1U, 4U}) {
        Bytes other = rows;
        other[at] ^= 1;
        expect_empty(commit_rows(shape_for(payload), other), payload.size());
    }
}

TEST_F(NativePayload, DaBatch2TreesOfAnotherFormEmptyThePayload) {  // [DA-BATCH.2]
    const Bytes payload = payload_of(20);
    const ReferenceMatrix good = commit_rows(shape_for(payload), frame_payload(payload));
    // Each of the places that the program passes from the commitment down to the first row, replaced by what hashes to
    // something else there: the chain above it is made anew, so that only the form is wrong.
    const std::size_t commitment = good.preimages.size() - 1;
    ReferenceMatrix bad = good;
    bad.preimages[commitment].push_back(0);
    bad.commitment = hash::sha256(bad.preimages[commitment]);
    expect_empty(bad, payload.size());

    for (const Bytes& root : {Bytes{0x01}, Bytes(65, 0x02), Bytes(66, 0x01)}) {
        bad = good;
        const Hash32 row_root = hash::sha256(root);
        std::ranges::copy(row_root, bad.preimages[commitment].begin());
        bad.preimages.push_back(root);
        bad.commitment = hash::sha256(bad.preimages[commitment]);
        expect_empty(bad, payload.size());
    }
}

TEST_F(NativePayload, DaBatch3AVoidPayloadIsNotReadAtAll) {  // [DA-BATCH.3]
    vm::ProgramArguments arguments =
        rollup.prepare_matrix({.commitment = hash::sha256(Bytes{1}), .preimages = {}}, 100);
    EXPECT_TRUE(rollup.run_raw(arguments).panicked);  // nobody knows the preimage
    arguments.payload_void = true;
    const Hash32 before = rollup.root();
    rollup.deposit(bob.address, U256{coin});
    arguments = rollup.prepare_matrix({.commitment = hash::sha256(Bytes{1}), .preimages = {}}, 100);
    arguments.payload_void = true;
    const BatchResult result = rollup.run_prepared(arguments);
    EXPECT_EQ(result.receipts.size(), 1U);  // the inbox counts all the same
    EXPECT_NE(result.root, before);
}

TEST_F(NativePayload, BothSchemesGiveTheSameState) {
    Rollup other{payments::program(), "payments.elf", chain};
    other.publish_as(PayloadScheme::eip4844);
    other.deposit(alice.address, U256{100 * coin});
    (void)other.run_batch();
    for (const std::size_t payments : {100U, 300U, 1'532U}) {
        const Bytes payload = payload_of(payments);
        const BatchResult native = rollup.run_payload(payload);
        const BatchResult blobs = other.run_payload(payload);
        EXPECT_EQ(native.root, blobs.root);
        std::cout << payments << " payments, " << payload.size() << " bytes; each: native " << native.steps / payments
                  << " steps, weight " << native.weight / payments << "; blobs " << blobs.steps / payments
                  << " steps, weight " << blobs.weight / payments << "; witness " << native.witness_bytes << " and "
                  << blobs.witness_bytes << '\n';
    }
}

}  // namespace
}  // namespace rollups::testing
