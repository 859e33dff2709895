// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/hex.hpp>
#include <enshrine/codec/rlp.hpp>
#include <enshrine/codec/vector_archive_for_test.hpp>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck/gtest.h>

#include <fstream>

namespace enshrine::codec::rlp {
namespace {

/// Checks an item and all items inside it, and writes it again.
Result<Bytes> reencode(BytesView encoded) {
    Reader reader{encoded};
    Writer writer;
    if (reader.next_is_list()) {
        ENSHRINE_TRY(auto inner, reader.list());
        Bytes payload;
        while (!inner.done()) {
            ENSHRINE_TRY(const auto item, inner.raw_item());
            ENSHRINE_TRY(const auto item_encoded, reencode(item));
            append(payload, item_encoded);
        }
        writer.list(payload);
    } else {
        ENSHRINE_TRY(const auto bytes, reader.string());
        writer.string(bytes);
    }
    ENSHRINE_CHECK(reader.finish());
    return writer.take();
}

/// Big-endian bytes of a decimal number of any size (one vector has 257 bits).
Bytes decimal_bytes(const std::string& text) {
    Bytes out;
    for (const char c : text) {
        unsigned carry = static_cast<unsigned>(c - '0');
        for (std::size_t i = out.size(); i-- > 0;) {
            carry += 10U * out[i];
            out[i] = static_cast<Byte>(carry);
            carry >>= 8;
        }
        if (carry != 0) out.insert(out.begin(), static_cast<Byte>(carry));
    }
    return out;
}

Bytes encode_json(const nlohmann::json& value) {
    if (value.is_array()) {
        Bytes payload;
        for (const auto& item : value) append(payload, encode_json(item));
        return Writer{}.list(payload).take();
    }
    if (value.is_number()) return Writer{}.integer(value.get<std::uint64_t>()).take();
    const auto text = value.get<std::string>();
    return Writer{}.string(text.starts_with('#') ? decimal_bytes(text.substr(1)) : to_bytes(as_bytes(text))).take();
}

Bytes hex(std::string_view text) {
    return parse_hex(text).value();
}

TEST(RlpVectors, ValidAndInvalidItems) {
    const auto archive = VectorArchive::open("evm.tar.xz", "evm/RLPTests");
    if (!archive) return;
    std::size_t valid = 0;
    std::size_t invalid = 0;
    for (const auto& path : archive->files()) {
        std::ifstream file{path};
        const auto cases = nlohmann::json::parse(file);  // g++ 12 does not extend its life inside the loop
        for (const auto& [name, test] : cases.items()) {
            const Bytes encoded = hex(test.at("out").get<std::string>());
            const auto decoded = reencode(encoded);
            const auto& input = test.at("in");
            if (input == "INVALID") {
                EXPECT_FALSE(decoded.has_value()) << name;
                ++invalid;
                continue;
            }
            ++valid;
            ASSERT_TRUE(decoded.has_value()) << name;
            EXPECT_EQ(*decoded, encoded) << name;
            if (input != "VALID") {
                EXPECT_EQ(encode_json(input), encoded) << name;
            }
        }
    }
    EXPECT_GT(valid, 0U);
    EXPECT_GT(invalid, 0U);
    std::printf("RLP vectors: %zu valid, %zu invalid\n", valid, invalid);
}

TEST(Rlp, OnlyTheShortestFormDecodes) {
    for (const std::string_view text : {"0x8100", "0x817f", "0xb800", "0xb80100", "0xb90001aa", "0xf800", "0xf80180"}) {
        const Bytes encoded = hex(text);
        EXPECT_TRUE(Reader{encoded}.raw_item().error().is(RlpError::non_minimal_length)) << text;
    }
    EXPECT_TRUE(Reader{hex("0x8180")}.string().has_value());
    Bytes string_56{0xb8, 56};
    string_56.resize(58);
    EXPECT_EQ(Reader{string_56}.string()->size(), 56U);
}

TEST(Rlp, ItemsMayNotReachPastTheInput) {
    for (const std::string_view text : {"0x", "0x81", "0x8261", "0xb8", "0xb838", "0xb90100", "0xc1", "0xf8", "0xf838",
                                        "0xbfffffffffffffffff", "0xffffffffffffffffff", "0xbf0f00000000000002"}) {
        const Bytes encoded = hex(text);
        EXPECT_TRUE(Reader{encoded}.raw_item().error().is(RlpError::truncated)) << text;
    }
}

TEST(Rlp, KindsAreChecked) {
    EXPECT_TRUE(Reader{hex("0xc0")}.string().error().is(RlpError::expected_string));
    EXPECT_TRUE(Reader{hex("0x80")}.list().error().is(RlpError::expected_list));
    EXPECT_TRUE(Reader{hex("0x820102")}.fixed<3>().error().is(RlpError::wrong_size));
    EXPECT_EQ(Reader{hex("0x820102")}.fixed<2>().value(), (FixedBytes<2>{{1, 2}}));
}

TEST(Rlp, IntegersAreMinimalAndBounded) {
    EXPECT_EQ(Reader{hex("0x80")}.u64().value(), 0U);
    EXPECT_EQ(Reader{hex("0x88ffffffffffffffff")}.u64().value(), ~0ULL);
    EXPECT_TRUE(Reader{hex("0x00")}.u64().error().is(RlpError::integer_leading_zero));
    EXPECT_TRUE(Reader{hex("0x820001")}.u64().error().is(RlpError::integer_leading_zero));
    EXPECT_TRUE(Reader{hex("0x89010000000000000000")}.u64().error().is(RlpError::integer_too_large));
    EXPECT_TRUE(Reader{hex("0xa101" + std::string(64, '0'))}.u256().error().is(RlpError::integer_too_large));
    EXPECT_EQ(Reader{hex("0xa0" + std::string(64, 'f'))}.u256().value(), U256{} - U256{1});
}

TEST(Rlp, FinishAndItemCount) {
    const Bytes encoded = hex("0xc3010203");
    Reader outer{encoded};
    Reader inner = outer.list().value();
    EXPECT_TRUE(outer.finish().has_value());
    EXPECT_EQ(inner.item_count(3).value(), 3U);
    EXPECT_TRUE(inner.item_count(2).error().is(RlpError::list_too_long));
    EXPECT_TRUE(inner.finish().error().is(RlpError::trailing_bytes));
    EXPECT_EQ(inner.u64().value(), 1U);
    EXPECT_EQ(inner.rest().size(), 2U);
}

TEST(Rlp, AFailedReadTakesNothing) {
    const Bytes encoded = hex("0xc101");
    Reader reader{encoded};
    EXPECT_FALSE(reader.string().has_value());
    EXPECT_TRUE(reader.list().has_value());
}

RC_GTEST_PROP(Rlp, StringsAndIntegersRoundTrip, (const Bytes& bytes, std::uint64_t low, std::uint64_t high)) {
    const U256 wide{high, 0, low, 0};
    const Bytes payload = Writer{}.string(bytes).integer(low).integer(wide).take();
    const Bytes encoded = Writer{}.list(payload).take();
    Reader outer{encoded};
    Reader reader = outer.list().value();
    RC_ASSERT(equal(reader.string().value(), bytes));
    RC_ASSERT(reader.u64().value() == low);
    RC_ASSERT(reader.u256().value() == wide);
    RC_ASSERT(reader.finish().has_value());
    RC_ASSERT(reencode(encoded).value() == encoded);
}

RC_GTEST_PROP(Rlp, LongPayloadsRoundTrip, ()) {
    const auto size = *rc::gen::inRange<std::size_t>(0, 70000);
    const Bytes bytes(size, 0x42);
    const Bytes encoded = Writer{}.string(bytes).take();
    RC_ASSERT(Reader{encoded}.string().value().size() == size);
    RC_ASSERT(!reencode(BytesView{encoded}.first(encoded.size() - 1)).has_value());
}

}  // namespace
}  // namespace enshrine::codec::rlp
