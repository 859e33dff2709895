// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Bytes as every encoding of BLS12-381: what decodes has no other encoding, and membership is what the strict decoders
// ask for.
#include <enshrine/base/assert.hpp>
#include <enshrine/crypto/bls12_381_scalar.hpp>

using namespace enshrine;
using namespace enshrine::crypto::bls12_381;

namespace {

template <class Decode, class DecodeMember, class DecodeCompressed>
void check_group(BytesView input, std::size_t compressed_bytes, Decode decode, DecodeMember decode_member,
                 DecodeCompressed decode_compressed) {
    const auto point = decode(input);
    const auto member = decode_member(input);
    if (point) ENSHRINE_ASSERT(std::ranges::equal(encode(*point).view(), input));
    ENSHRINE_ASSERT(member.has_value() == (point && in_subgroup(*point)));
    if (member) ENSHRINE_ASSERT(*member == *point);

    const auto unpacked = decode_compressed(input);
    ENSHRINE_ASSERT(!unpacked || input.size() == compressed_bytes);
    if (!unpacked) return;
    ENSHRINE_ASSERT(decode_member(encode(*unpacked).view()).value() == *unpacked);
    // The other sign is the other root: only infinity has none.
    Bytes other = to_bytes(input);
    other[0] ^= 0x20;
    const auto negated = decode_compressed(other);
    ENSHRINE_ASSERT(negated.has_value() != unpacked->is_infinity());
    if (negated) ENSHRINE_ASSERT(*negated == negate(*unpacked));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView input{data, size};
    check_group(input, g1_compressed_bytes, decode_g1, decode_g1_member, decode_g1_compressed);
    check_group(input, g2_compressed_bytes, decode_g2, decode_g2_member, decode_g2_compressed);
    if (const auto scalar = decode_fr(input))
        ENSHRINE_ASSERT(std::ranges::equal(scalar->to_u256().to_be().view(), input));
    return 0;
}
