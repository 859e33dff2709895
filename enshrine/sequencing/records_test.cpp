// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/binary.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/sequencing/records.hpp>

#include <gtest/gtest.h>

namespace enshrine::sequencing {
namespace {

ReceiptRecord sample_receipt() {
    ReceiptRecord out;
    out.source = RecordSource::inbox;
    out.index = 4;
    out.hash[0] = 9;
    out.outcome = RecordOutcome::succeeded;
    out.gas_used = 21'000;
    out.effective_gas_price = U256{7};
    out.from[1] = 1;
    out.to = Address{};
    out.return_data = Bytes{1, 2, 3};
    out.logs.push_back({.address = Address{}, .topics = {Hash32{}, Hash32{}}, .data = Bytes{5}});
    return out;
}

constexpr std::size_t outcome_at = 42;
constexpr std::size_t has_to_at = 103;

TEST(Records, ReceiptRoundTrip) {  // [REC.1]
    for (const bool with_recipient : {true, false}) {
        ReceiptRecord record = sample_receipt();
        if (!with_recipient) record.to.reset();
        const Bytes bytes = encode_receipt_record(record);
        EXPECT_EQ(bytes.size(), encoded_bytes(record));
        const auto decoded = decode_receipt_record(bytes);
        ASSERT_TRUE(decoded.has_value());
        EXPECT_EQ(encode_receipt_record(*decoded), bytes);
        EXPECT_EQ(decoded->to, record.to);
        EXPECT_EQ(decoded->logs, record.logs);
        EXPECT_EQ(decoded->return_data, record.return_data);
    }
}

TEST(Records, ReceiptRefusesWhatIsNotCanonical) {
    const Bytes good = encode_receipt_record(sample_receipt());
    const auto with = [&good](std::size_t at, Byte value) {
        Bytes bytes = good;
        bytes[at] = value;
        return decode_receipt_record(bytes);
    };
    EXPECT_TRUE(with(0, 2).error().is(RecordError::bad_version));
    EXPECT_TRUE(with(1, 2).error().is(RecordError::unknown_source));
    EXPECT_TRUE(with(outcome_at, 3).error().is(RecordError::unknown_outcome));
    EXPECT_TRUE(with(has_to_at, 2).error().is(codec::BinaryError::bad_boolean));
    Bytes absent = good;
    absent[has_to_at] = 0;
    absent[has_to_at + 1] = 1;
    EXPECT_TRUE(decode_receipt_record(absent).error().is(RecordError::absent_recipient_not_zero));
    for (std::size_t size = 0; size < good.size(); ++size) {
        EXPECT_FALSE(decode_receipt_record(BytesView{good}.first(size)).has_value()) << size;
    }
    EXPECT_TRUE(decode_receipt_record(Bytes(record_bytes_max + 1)).error().is(RecordError::too_large));
}

TEST(Records, ReceiptOfTheLargestSize) {  // [REC.2]
    ReceiptRecord record = sample_receipt();
    record.logs[0].data.resize(record_bytes_max - encoded_bytes(record) + 1);
    EXPECT_EQ(encoded_bytes(record), record_bytes_max);
    EXPECT_TRUE(decode_receipt_record(encode_receipt_record(record)).has_value());
}

TEST(Records, ViewRoundTrips) {  // [VIEW.1]
    ViewRequest request{.kind = ViewKind::account, .from = {}, .to = Address{}, .value = Amount{3}, .gas_limit = 4, .data = {5}};
    const Bytes request_bytes = encode_view_request(request);
    const auto decoded = decode_view_request(request_bytes);
    ASSERT_TRUE(decoded.has_value());
    EXPECT_EQ(encode_view_request(*decoded), request_bytes);
    Bytes unknown = request_bytes;
    unknown[1] = 2;
    EXPECT_TRUE(decode_view_request(unknown).error().is(RecordError::unknown_kind));

    request.data.resize(view_data_bytes_max);
    EXPECT_EQ(decode_view_request(encode_view_request(request)).value().data.size(), view_data_bytes_max);
    request.data.push_back(0);
    EXPECT_TRUE(decode_view_request(encode_view_request(request)).error().is(RecordError::too_large));

    const Bytes answer_bytes = encode_view_answer(
        {.succeeded = true, .gas_used = 1, .return_data = {2, 3}, .nonce = 4, .balance = Amount{5}});
    const auto answer = decode_view_answer(answer_bytes);
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(encode_view_answer(*answer), answer_bytes);
    Bytes trailing = answer_bytes;
    trailing.push_back(0);
    EXPECT_TRUE(decode_view_answer(trailing).error().is(codec::BinaryError::trailing_bytes));
}

TEST(Records, View2RequestsComeInPages) {  // [VIEW.2]
    constexpr std::size_t part = record_bytes_max - Hash32::size_bytes;
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, part - 1, part, part + 1, 3 * part, 3 * part + 7}) {
        Bytes request(size);
        for (std::size_t i = 0; i < size; ++i) request[i] = static_cast<Byte>(i * 7 + i / 251);
        const auto pages = view_request_pages(request);
        EXPECT_EQ(pages.size(), std::max<std::size_t>(1, (size + part - 1) / part));
        Bytes read;
        Hash32 next = hash::sha256(pages.back());
        for (std::size_t i = pages.size(); i-- > 0;) {
            ASSERT_LE(pages[i].size(), record_bytes_max);
            ASSERT_EQ(hash::sha256(pages[i]), next);
            const auto page = read_view_request_page(pages[i]);
            ASSERT_TRUE(page.has_value());
            append(read, page->part);
            next = page->next;
        }
        EXPECT_EQ(next, Hash32{});
        EXPECT_EQ(read, request);
    }
    EXPECT_FALSE(read_view_request_page(Bytes(Hash32::size_bytes - 1)).has_value());
}

}  // namespace
}  // namespace enshrine::sequencing
