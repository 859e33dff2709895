// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/assert.hpp>
#include <enshrine/codec/abi.hpp>

namespace {

using namespace enshrine;
using namespace enshrine::codec;

constexpr std::array<std::string_view, 8> declarations{
    "a()",
    "b(uint64 x, address y)",
    "c(bytes x)",
    "d(bool x, bytes y, string z, bytes4 w)",
    "e(uint8[] x, bytes32[] y)",
    "f(uint256 a, uint32[] b, bytes10 c, bytes d)",
    "g(bool[] a, address[] b, bytes3[] c)",
    "h(uint24 a, uint72 b, uint256[] c, string d)",
};

void encode_again(abi::Encoder& encoder, const abi::Arguments& arguments, const abi::Type& type, std::size_t i) {
    switch (type.kind) {
        case abi::TypeKind::boolean:
            encoder.boolean(arguments.boolean(i));
            return;
        case abi::TypeKind::uint:
            if (type.size <= 64) {
                encoder.u64(arguments.u64(i));
            } else {
                encoder.u256(arguments.u256(i));
            }
            return;
        case abi::TypeKind::address:
            encoder.address(arguments.address(i));
            return;
        case abi::TypeKind::fixed_bytes:
            encoder.bytes32(arguments.bytes32(i));
            return;
        case abi::TypeKind::bytes:
        case abi::TypeKind::string:
            encoder.bytes(arguments.bytes(i));
            return;
        case abi::TypeKind::array: {
            std::vector<Hash32> words(arguments.array_size(i));
            for (std::size_t k = 0; k < words.size(); ++k) words[k] = arguments.array_word(i, k);
            encoder.words(words);
            return;
        }
    }
}

void check_data(const abi::Signature& signature, BytesView data) {
    const auto arguments = abi::decode(signature, data);
    if (!arguments) {
        ENSHRINE_ASSERT(abi::failing_parameter(signature, data) <= signature.parameter_count);
        return;
    }
    abi::Encoder encoder{signature.parameter_count};
    for (std::size_t i = 0; i < arguments->size(); ++i) {
        encode_again(encoder, *arguments, signature.parameters[i].type, i);
    }
    ENSHRINE_ASSERT(equal(encoder.finish(), data));
}

}  // namespace

// The first byte chooses: a declaration for the rest as call data, or the rest as a declaration.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const BytesView rest{data + 1, size - 1};
    if (data[0] < declarations.size()) {
        check_data(abi::parse_signature(declarations[data[0]]).value(), rest);
    } else if (const auto signature = abi::parse_signature(as_text(rest))) {
        check_data(*signature, {});
    }
    return 0;
}
