// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/network/messages.hpp>
#include <enshrine/network/network_for_test.hpp>
#include <enshrine/network/shared_siblings.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace enshrine::network {
namespace {

// [DA-NET.3]
TEST(Messages, ComeBackAsTheyWere) {
    const TestBlob blob{1000};
    const Bytes begin = encode_begin(blob.begin());
    const auto decoded = decode_begin(begin);
    ASSERT_TRUE(decoded);
    EXPECT_EQ(encode_begin(*decoded), begin);
    EXPECT_EQ(decoded->publication, blob.publication);

    Bytes storage;
    const std::vector<std::uint32_t> indices{1, 2, 7, 200};
    const RowsView rows = rows_of(*blob.matrix, indices, storage);
    Bytes body = encode_rows_head(indices, rows.row_bytes);
    append(body, rows.rows);
    append(body, encode_siblings(rows.siblings));
    const auto back = decode_rows(body);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->indices, indices);
    EXPECT_TRUE(equal(back->row(2), blob.matrix->row(7)));
    EXPECT_EQ(back->siblings, rows.siblings);

    const auto query = decode_query(encode_query({.commitment = blob.commitment(), .indices = indices}));
    ASSERT_TRUE(query);
    EXPECT_EQ(query->indices, indices);
    const auto header = decode_header(encode_header(MatrixHeader{.publication = blob.publication,
                                                                 .row_root = blob.matrix->row_root(),
                                                                 .combinations = blob.begin().combinations}));
    ASSERT_TRUE(header && *header);
    EXPECT_EQ((*header)->row_root, blob.matrix->row_root());
    EXPECT_FALSE(*decode_header(encode_header(std::nullopt)));
    const auto info = decode_info(encode_info({.protocol = 1, .chain_id = 2, .address = {}, .matrices = 3}));
    ASSERT_TRUE(info);
    EXPECT_EQ(info->matrices, 3U);
}

TEST(Messages, EveryCutAndEveryTrailingByteIsRefused) {
    const TestBlob blob{100};
    const auto check = [](const Bytes& whole, const auto& decode) {
        ASSERT_TRUE(decode(whole));
        for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_FALSE(decode(BytesView{whole}.first(size)));
        Bytes longer = whole;
        longer.push_back(0);
        EXPECT_FALSE(decode(longer));
    };
    check(encode_begin(blob.begin()), [](BytesView b) { return decode_begin(b).has_value(); });
    check(encode_query({.commitment = {}, .indices = {1, 2}}), [](BytesView b) { return decode_query(b).has_value(); });
    check(encode_info({}), [](BytesView b) { return decode_info(b).has_value(); });
    check(encode_refusal({Refusal::bad_row, "x"}), [](BytesView b) { return decode_refusal(b).has_value(); });
    Bytes storage;
    const std::vector<std::uint32_t> indices{3};
    const RowsView rows = rows_of(*blob.matrix, indices, storage);
    Bytes body = encode_rows_head(indices, rows.row_bytes);
    append(body, rows.rows);
    append(body, encode_siblings(rows.siblings));
    check(body, [](BytesView b) { return decode_rows(b).has_value(); });
}

// [DA-NET.4]
TEST(Messages, RefuseUnsortedIndicesAndForeignSizes) {
    const auto query = [](std::vector<std::uint32_t> indices) {
        return decode_query(encode_query({.commitment = {}, .indices = std::move(indices)}));
    };
    EXPECT_TRUE(query({0, 5, 6}));
    EXPECT_TRUE(query({5, 5}).error().is(MessageError::indices_not_ascending));
    EXPECT_TRUE(query({6, 5}).error().is(MessageError::indices_not_ascending));
    std::vector<std::uint32_t> many(rows_per_request_max + 1);
    for (std::uint32_t i = 0; i < many.size(); ++i) many[i] = i;
    EXPECT_TRUE(query(many).error().is(MessageError::too_many_rows));
    many.pop_back();
    EXPECT_TRUE(query(many));

    const auto rows = [](std::uint32_t row_bytes, std::size_t bytes) {
        const std::vector<std::uint32_t> indices{1};
        Bytes body = encode_rows_head(indices, row_bytes);
        body.resize(body.size() + bytes);
        append(body, encode_siblings({}));
        return decode_rows(body);
    };
    EXPECT_TRUE(rows(64, 64));
    EXPECT_TRUE(rows(0, 0).error().is(MessageError::bad_row_bytes));
    EXPECT_TRUE(rows(63, 63).error().is(MessageError::bad_row_bytes));
    EXPECT_FALSE(rows(128, 64));
}

// [DA-NET.2]
TEST(Messages, BoundsOfTypes) {
    EXPECT_EQ(*message_bytes_max(0x01), 0U);
    EXPECT_EQ(*message_bytes_max(0x06), 32U);
    EXPECT_LT(*message_bytes_max(0x03), std::size_t{7} << 20);
    EXPECT_TRUE(message_bytes_max(0x00).error().is(MessageError::unknown_type));
    EXPECT_TRUE(message_bytes_max(0x84).error().is(MessageError::unknown_type));
    EXPECT_EQ(rows_per_request(32 * 1024), 128U);
    EXPECT_EQ(rows_per_request(64), rows_per_request_max);
    EXPECT_EQ(rows_per_request(0xFFFFFFC0), 1U);
}

TEST(Messages, RefusalsAreShortAndPrintable) {
    const auto back = decode_refusal(encode_refusal({Refusal::bad_row, std::string(1000, 'x')}));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->text.size(), refusal_text_bytes_max);
    EXPECT_EQ(decode_refusal(encode_refusal({Refusal::bad_row, "\x1b[2J"}))->text, "?[2J");
    EXPECT_FALSE(decode_refusal(Bytes{0, 0, 0, 0, 0, 0}));
    EXPECT_FALSE(decode_refusal(Bytes{1, 0, 0, 0, 0, 0}));
}

RC_GTEST_PROP(SharedSiblings, SpreadAndShareUndoEachOther, ()) {
    const auto depth = *rc::gen::inRange<std::uint32_t>(0, 7);
    const std::uint32_t total = 1U << depth;
    da::RowTree tree{total};
    for (std::uint32_t i = 0; i < total; ++i) tree.leaves()[i] = hash::sha256(Bytes{static_cast<Byte>(i)});
    tree.build();
    std::vector<std::uint32_t> indices;
    for (std::uint32_t i = 0; i < total; ++i) {
        if (*rc::gen::arbitrary<bool>()) indices.push_back(i);
    }
    if (indices.empty()) indices.push_back(total - 1);
    std::vector<Hash32> leaves;
    std::vector<Hash32> paths;
    for (const std::uint32_t index : indices) {
        leaves.push_back(tree.leaves()[index]);
        const auto path = tree.siblings(index);
        paths.insert(paths.end(), path.begin(), path.end());
    }
    const auto shared = tree.shared_siblings(indices);
    RC_ASSERT(spread_siblings(depth, indices, leaves, shared) == paths);
    RC_ASSERT(share_siblings(depth, indices, paths) == shared);
}

}  // namespace
}  // namespace enshrine::network
