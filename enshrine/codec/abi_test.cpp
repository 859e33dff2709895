// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/abi.hpp>
#include <enshrine/codec/hex.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace enshrine::codec::abi {
namespace {

Bytes hex(std::string_view text) {
    return parse_hex(text).value();
}

Hash32 left_aligned(std::string_view text) {
    return Hash32::from(as_bytes(text));
}

constexpr Signature signature_of(std::string_view declaration) {
    return parse_signature(declaration).value();
}

Bytes word(std::uint64_t value) {
    return to_bytes(U256{value}.to_be().view());
}

Bytes concatenate(std::initializer_list<Bytes> parts) {
    Bytes out;
    for (const Bytes& part : parts) append(out, part);
    return out;
}

// Selectors and topics that every Ethereum tool knows.
static_assert(selector("transfer(address to, uint256 value)") == 0xa9059cbb);
static_assert(selector("transfer(address,uint256)") == 0xa9059cbb);
static_assert(selector("balanceOf(address)") == 0x70a08231);
static_assert(selector("totalSupply()") == 0x18160ddd);
static_assert(selector("baz(uint32 x, bool y)") == 0xcdcd77c0);
static_assert(selector("sam(bytes,bool,uint256[])") == 0xa5643bf2);
static_assert(selector("f(uint256,uint32[],bytes10,bytes)") == 0x8be65246);

TEST(AbiSignature, EventTopics) {
    EXPECT_EQ(format_hex(signature_hash("Transfer(address indexed from, address indexed to, uint256 value)").view()),
              "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef");
    constexpr Signature event = signature_of("Transfer(address indexed from, address indexed, uint256 value)");
    EXPECT_TRUE(event.parameters[0].indexed);
    EXPECT_EQ(event.parameters[0].name, "from");
    EXPECT_TRUE(event.parameters[1].indexed);
    EXPECT_EQ(event.parameters[1].name, "");
    EXPECT_FALSE(event.parameters[2].indexed);
}

TEST(AbiSignature, PartsOfADeclaration) {
    constexpr Signature s = signature_of("deposit(uint64 rollup, bytes3[] tags, string note)");
    EXPECT_EQ(s.name, "deposit");
    ASSERT_EQ(s.parameter_count, 3U);
    EXPECT_EQ(s.parameters[0].type.kind, TypeKind::uint);
    EXPECT_EQ(s.parameters[0].type.size, 64);
    EXPECT_EQ(s.parameters[0].name, "rollup");
    EXPECT_EQ(s.parameters[1].type.kind, TypeKind::array);
    EXPECT_EQ(s.parameters[1].type.element, TypeKind::fixed_bytes);
    EXPECT_EQ(s.parameters[1].type.element_size, 3);
    EXPECT_EQ(s.parameters[1].type_text, "bytes3[]");
    EXPECT_TRUE(s.parameters[2].type.dynamic());
    EXPECT_EQ(signature_of("(uint256, bool)").parameter_count, 2U);
    EXPECT_EQ(signature_of("none()").parameter_count, 0U);
}

TEST(AbiSignature, EveryIntegerAndBytesWidth) {
    for (int bits = -8; bits <= 264; ++bits) {
        const std::string text = "f(uint" + std::to_string(bits) + ")";
        EXPECT_EQ(parse_signature(text).has_value(), bits > 0 && bits <= 256 && bits % 8 == 0) << text;
    }
    for (int size = -1; size <= 33; ++size) {
        const std::string text = "f(bytes" + std::to_string(size) + ")";
        EXPECT_EQ(parse_signature(text).has_value(), size >= 1 && size <= 32) << text;
    }
}

TEST(AbiSignature, BadDeclarationsAreRefused) {
    for (const std::string_view text :
         {"",
          "f",
          "f(",
          "f)",
          "f(uint)",
          "f(uint08)",
          "f(int256)",
          "f(uint256,)",
          "f(,uint256)",
          "f(uint256 a b)",
          "f(bytes[])",
          "f(string[])",
          "f(uint8[][])",
          "f(uint8[2])",
          "f((uint8,bool))",
          "1f(bool)",
          "f (bool)",
          "f(bool 1a)",
          "f(bool) view",
          "f(bool,,bool)",
          "f(uint8 a, uint8 b, uint8 c, uint8 d, uint8 e, uint8 f, "
          "uint8 g, uint8 h, uint8 i, uint8 j, uint8 k, uint8 l, uint8 m, uint8 n, uint8 o, uint8 p, uint8 q)"}) {
        ASSERT_FALSE(parse_signature(text).has_value()) << text;
        EXPECT_TRUE(parse_signature(text).error().is(AbiError::bad_declaration));
    }
}

// The worked examples of the Solidity documentation ("Contract ABI Specification").
TEST(Abi, SolidityExampleWithDynamicArguments) {
    const std::array<Hash32, 3> numbers{U256{1}.to_be(), U256{2}.to_be(), U256{3}.to_be()};
    constexpr std::string_view declaration = "sam(bytes name, bool flag, uint256[] data)";
    const Bytes call =
        Encoder{3}.bytes(as_bytes("dave")).boolean(true).words(numbers).finish_call(selector(declaration));
    EXPECT_EQ(format_hex(call),
              "0xa5643bf2"
              "0000000000000000000000000000000000000000000000000000000000000060"
              "0000000000000000000000000000000000000000000000000000000000000001"
              "00000000000000000000000000000000000000000000000000000000000000a0"
              "0000000000000000000000000000000000000000000000000000000000000004"
              "6461766500000000000000000000000000000000000000000000000000000000"
              "0000000000000000000000000000000000000000000000000000000000000003"
              "0000000000000000000000000000000000000000000000000000000000000001"
              "0000000000000000000000000000000000000000000000000000000000000002"
              "0000000000000000000000000000000000000000000000000000000000000003");
    const auto arguments = decode(signature_of(declaration), BytesView{call}.subspan(4));
    ASSERT_TRUE(arguments.has_value());
    EXPECT_EQ(arguments->size(), 3U);
    EXPECT_EQ(as_text(arguments->bytes(0)), "dave");
    EXPECT_TRUE(arguments->boolean(1));
    EXPECT_EQ(arguments->array_size(2), 3U);
    EXPECT_EQ(arguments->array_word(2, 2), numbers[2]);
}

TEST(Abi, SolidityExampleWithMixedArguments) {
    constexpr std::string_view declaration = "f(uint256,uint32[],bytes10,bytes)";
    const Bytes call =
        hex("0x8be65246"
            "0000000000000000000000000000000000000000000000000000000000000123"
            "0000000000000000000000000000000000000000000000000000000000000080"
            "3132333435363738393000000000000000000000000000000000000000000000"
            "00000000000000000000000000000000000000000000000000000000000000e0"
            "0000000000000000000000000000000000000000000000000000000000000002"
            "0000000000000000000000000000000000000000000000000000000000000456"
            "0000000000000000000000000000000000000000000000000000000000000789"
            "000000000000000000000000000000000000000000000000000000000000000d"
            "48656c6c6f2c20776f726c642100000000000000000000000000000000000000");
    const auto arguments = decode(signature_of(declaration), BytesView{call}.subspan(4));
    ASSERT_TRUE(arguments.has_value());
    EXPECT_EQ(arguments->u256(0), U256{0x123});
    EXPECT_EQ(arguments->array_word(1, 1), U256{0x789}.to_be());
    EXPECT_EQ(arguments->bytes32(2), left_aligned("1234567890"));
    EXPECT_EQ(as_text(arguments->bytes(3)), "Hello, world!");
}

TEST(Abi, EmptyDynamicValues) {
    const Bytes data = Encoder{2}.bytes({}).words({}).finish();
    EXPECT_EQ(data, concatenate({word(64), word(96), word(0), word(0)}));
    const auto arguments = decode(signature_of("f(string,bool[])"), data);
    ASSERT_TRUE(arguments.has_value());
    EXPECT_TRUE(arguments->bytes(0).empty());
    EXPECT_EQ(arguments->array_size(1), 0U);
}

void expect_refused(std::string_view declaration, BytesView data, AbiError error, std::size_t parameter) {
    const Signature signature = parse_signature(declaration).value();
    const auto arguments = decode(signature, data);
    ASSERT_FALSE(arguments.has_value()) << declaration;
    EXPECT_TRUE(arguments.error().is(error)) << declaration << ": " << arguments.error().message();
    EXPECT_EQ(failing_parameter(signature, data), parameter) << declaration;
}

TEST(Abi, ValuesOutsideTheirTypeAreRefused) {
    const Bytes zero = word(0);
    expect_refused("f(uint256,bool)", concatenate({zero, word(2)}), AbiError::value_out_of_range, 1);
    expect_refused("f(uint64)", U256{0, 0, 1, 0}.to_be().view(), AbiError::value_out_of_range, 0);
    expect_refused("f(uint8)", word(256), AbiError::value_out_of_range, 0);
    expect_refused("f(address)", U256{0, 1ULL << 32, 0, 0}.to_be().view(), AbiError::value_out_of_range, 0);
    expect_refused("f(bytes4)", left_aligned("12345").view(), AbiError::value_out_of_range, 0);
    expect_refused("f(uint8[])", concatenate({word(32), word(1), word(256)}), AbiError::value_out_of_range, 0);
    EXPECT_TRUE(decode(signature_of("f(uint8)"), word(255)).has_value());
    EXPECT_TRUE(decode(signature_of("f(bytes4)"), left_aligned("1234").view()).has_value());
    EXPECT_TRUE(decode(signature_of("f(uint8[])"), concatenate({word(32), word(1), word(255)})).has_value());
}

TEST(Abi, OffsetsAreTightAndInOrder) {
    const Bytes shared = concatenate({word(64), word(64), word(0)});
    expect_refused("f(bytes,bytes)", shared, AbiError::offset_out_of_range, 1);
    const Bytes swapped = concatenate({word(96), word(64), word(0), word(0)});
    expect_refused("f(bytes,bytes)", swapped, AbiError::offset_out_of_range, 0);
    const Bytes gap = concatenate({word(64), word(0), word(0)});
    expect_refused("f(bytes)", gap, AbiError::offset_out_of_range, 0);
    expect_refused("f(bytes)", U256{1, 0, 0, 32}.to_be().view(), AbiError::offset_out_of_range, 0);
}

TEST(Abi, LengthsPaddingAndTheEnd) {
    expect_refused("f(bytes)", concatenate({word(32), word(1ULL << 32)}), AbiError::length_over_bound, 0);
    const Bytes huge = to_bytes(U256{1, 0, 0, 0}.to_be().view());
    expect_refused("f(bytes)", concatenate({word(32), huge}), AbiError::length_over_bound, 0);
    expect_refused("f(uint8[])", concatenate({word(32), word(0xffffffff)}), AbiError::truncated, 0);
    expect_refused("f(bytes)", concatenate({word(32), word(1), Bytes{1}}), AbiError::truncated, 0);
    expect_refused("f(bytes)", concatenate({word(32), word(1), word(1)}), AbiError::bad_padding, 0);
    expect_refused("f(bytes)", word(32), AbiError::truncated, 0);
    expect_refused("f(bool,bool)", word(1), AbiError::truncated, 1);
    expect_refused("f(bool)", concatenate({word(1), word(0)}), AbiError::trailing_bytes, 1);
    expect_refused("f()", Bytes{0}, AbiError::trailing_bytes, 0);
}

TEST(Abi, EveryTruncationIsRefused) {
    const std::array<Hash32, 2> words{left_aligned("a"), left_aligned("b")};
    const Bytes data = Encoder{3}.bytes(as_bytes("some bytes")).u64(7).words(words).finish();
    const Signature signature = signature_of("f(bytes,uint64,bytes32[])");
    EXPECT_TRUE(decode(signature, data).has_value());
    for (std::size_t size = 0; size < data.size(); ++size) {
        EXPECT_FALSE(decode(signature, BytesView{data}.first(size)).has_value()) << size;
    }
}

RC_GTEST_PROP(Abi, RoundTrip, (const Bytes& first, std::uint64_t number, bool flag, const Bytes& last)) {
    std::vector<Hash32> words(first.size() % 5);
    for (std::size_t i = 0; i < words.size(); ++i) words[i] = U256{number, i, 0, 1}.to_be();
    const Address address = Address::from(U256{number}.to_be().view().last(20));
    const U256 wide{number, 1, 2, 3};
    const Bytes data =
        Encoder{7}.bytes(first).u64(number).words(words).address(address).boolean(flag).bytes(last).u256(wide).finish();
    const auto arguments = decode(signature_of("f(bytes,uint64,bytes32[],address,bool,string,uint256)"), data);
    RC_ASSERT(arguments.has_value());
    RC_ASSERT(equal(arguments->bytes(0), first));
    RC_ASSERT(arguments->u64(1) == number);
    RC_ASSERT(arguments->array_size(2) == words.size());
    for (std::size_t i = 0; i < words.size(); ++i) RC_ASSERT(arguments->array_word(2, i) == words[i]);
    RC_ASSERT(arguments->address(3) == address);
    RC_ASSERT(arguments->boolean(4) == flag);
    RC_ASSERT(equal(arguments->bytes(5), last));
    RC_ASSERT(arguments->u256(6) == wide);
}

}  // namespace
}  // namespace enshrine::codec::abi
