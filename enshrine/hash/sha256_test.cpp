// SPDX-License-Identifier: Apache-2.0
#include <enshrine/hash/sha256.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace enshrine::hash {
namespace {

std::string hex(const Hash32& digest) {
    std::string out;
    for (const Byte byte : digest) {
        out += "0123456789abcdef"[byte >> 4];
        out += "0123456789abcdef"[byte & 15];
    }
    return out;
}

/// Message `length` of the family behind the digests of digests below.
Bytes patterned(std::size_t length) {
    Bytes out(length);
    for (std::size_t i = 0; i < length; ++i) out[i] = static_cast<Byte>((i * 7 + length) % 251);
    return out;
}

Bytes arbitrary_bytes(std::size_t size_max) {
    const auto size = *rc::gen::inRange<std::size_t>(0, size_max);
    return *rc::gen::container<Bytes>(size, rc::gen::arbitrary<Byte>());
}

// The examples that NIST publishes with FIPS 180-4, and the million-letter message of FIPS 180-2.
TEST(Sha256KnownVectors, NistExamples) {
    EXPECT_EQ(hex(sha256(BytesView{})), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hex(sha256(as_bytes("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex(sha256(as_bytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(hex(sha256(as_bytes("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                                  "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu"))),
              "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
    const std::string million(1'000'000, 'a');
    EXPECT_EQ(hex(sha256(as_bytes(million))), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

// Expected value from two unrelated implementations; covers every padding case several times over.
TEST(Sha256KnownVectors, EveryLengthUpTo400) {
    Sha256 all;
    for (std::size_t length = 0; length <= 400; ++length) all.update(sha256(patterned(length)).view());
    EXPECT_EQ(hex(all.finish()), "d5a8e1395ec1d824eb38eae84af56ca027b37200acdaaf7b95099ac2425b8e31");
}

TEST(Sha256KnownVectors, TaggedPair) {
    Hash32 a;
    Hash32 b;
    for (std::size_t i = 0; i < 32; ++i) {
        a[i] = static_cast<Byte>(1 + i);
        b[i] = static_cast<Byte>(33 + i);
    }
    EXPECT_EQ(hex(sha256_tagged_pair(0, a, b)), "4bfd2c8b6f1eec7a2afeb48b934ee4b2694182027e6d0fc075074f2fabb31781");
}

RC_GTEST_PROP(Sha256, ChosenBlockFunctionEqualsPortable, ()) {
    const auto block_count = *rc::gen::inRange<std::size_t>(0, 20);
    const auto blocks = *rc::gen::container<Bytes>(64 * block_count, rc::gen::arbitrary<Byte>());
    const auto start = *rc::gen::container<Sha256State>(rc::gen::arbitrary<std::uint32_t>());
    Sha256State chosen = start;
    Sha256State portable = start;
    sha256_compress(chosen, blocks.data(), block_count);
    sha256_compress_portable(portable, blocks.data(), block_count);
    RC_ASSERT(chosen == portable);
}

RC_GTEST_PROP(Sha256, PiecesGiveTheDigestOfTheWhole, ()) {
    const Bytes message = arbitrary_bytes(600);
    Sha256 pieces;
    BytesView rest{message};
    while (!rest.empty()) {
        // At least one byte: at rapidcheck's smallest size a range yields its lower end, for ever.
        const auto size = *rc::gen::inRange<std::size_t>(1, rest.size() + 1);
        pieces.update({}).update(rest.first(size));
        rest = rest.subspan(size);
    }
    RC_ASSERT(pieces.finish() == sha256(message));
}

RC_GTEST_PROP(Sha256, TwoPartsEqualTheirConcatenation, ()) {
    const Bytes a = arbitrary_bytes(200);
    const Bytes b = arbitrary_bytes(200);
    Bytes whole = a;
    append(whole, b);
    RC_ASSERT(sha256(a, b) == sha256(whole));
}

RC_GTEST_PROP(Sha256, TaggedPairEqualsGeneralDigest, ()) {
    const auto message = *rc::gen::container<Bytes>(65, rc::gen::arbitrary<Byte>());
    const BytesView view{message};
    RC_ASSERT(sha256_tagged_pair(view[0], Hash32::from(view.subspan(1, 32)), Hash32::from(view.subspan(33))) ==
              sha256(view));
}

}  // namespace
}  // namespace enshrine::hash
