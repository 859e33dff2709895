// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// What a decoder takes, the encoder gives back byte for byte, and it is a point of the group.
#include <enshrine/algebra/bn254/encoding.hpp>
#include <enshrine/algebra/bn254/groups.hpp>
#include <enshrine/base/assert.hpp>

using namespace enshrine;
using namespace enshrine::algebra::bn254;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView input{data, size};
    if (const auto a = decode_fr(input)) ENSHRINE_ASSERT(equal(encode(*a).view(), input));
    if (const auto a = decode_fp(input)) ENSHRINE_ASSERT(equal(encode(*a).view(), input));
    if (const auto p = decode_g1(input)) {
        ENSHRINE_ASSERT(equal(encode(*p).view(), input));
        ENSHRINE_ASSERT(on_curve(*p));
    }
    if (const auto p = decode_g1_compressed(input)) {
        ENSHRINE_ASSERT(equal(encode_compressed(*p).view(), input));
        ENSHRINE_ASSERT(decode_g1(encode(*p).view()).value() == *p);
    }
    if (const auto q = decode_g2(input)) {
        ENSHRINE_ASSERT(equal(encode(*q).view(), input));
        ENSHRINE_ASSERT(q->is_infinity() || in_subgroup(*q));
    }
    if (const auto q = decode_g2_compressed(input)) {
        ENSHRINE_ASSERT(equal(encode_compressed(*q).view(), input));
        ENSHRINE_ASSERT(decode_g2(encode(*q).view()).value() == *q);
    }
    return 0;
}
