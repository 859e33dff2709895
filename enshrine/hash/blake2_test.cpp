// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/bytes.hpp>
#include <enshrine/base/integer.hpp>
#include <enshrine/hash/blake2.hpp>

#include <gtest/gtest.h>

namespace enshrine::hash {
namespace {

/// BLAKE2b-512 of "abc", RFC 7693, appendix A.
TEST(Blake2, CompressesTheExampleOfTheRfc) {
    std::array<std::uint64_t, 8> state{0x6a09e667f3bcc908 ^ 0x01010040,
                                       0xbb67ae8584caa73b,
                                       0x3c6ef372fe94f82b,
                                       0xa54ff53a5f1d36f1,
                                       0x510e527fade682d1,
                                       0x9b05688c2b3e6c1f,
                                       0x1f83d9abfb41bd6b,
                                       0x5be0cd19137e2179};
    blake2b_compress(state, {.message = {0x636261}, .offset = {3, 0}, .last = true});
    EXPECT_EQ(state, (std::array<std::uint64_t, 8>{0x0d4d1c983fa580ba, 0xe9f6129fb697276a, 0xb7c45a68142f214c,
                                                   0xd1a2ffdb6fbb124b, 0x2d79ab2a39c5877d, 0x95cc3345ded552c2,
                                                   0x5a92f1dba88ad318, 0x239900d4ed8623b9}));
}

TEST(Blake2, EveryPartOfABlockMatters) {
    const auto run = [](const Blake2Block& block) {
        std::array<std::uint64_t, 8> state{};
        blake2b_compress(state, block);
        return state;
    };
    const Blake2Block block{.message = {1, 2, 3}, .offset = {4, 5}};
    for (std::size_t i = 0; i < 16; ++i) {
        Blake2Block other = block;
        other.message[i] ^= 1;
        EXPECT_NE(run(other), run(block)) << i;
    }
    for (std::size_t i = 0; i < 2; ++i) {
        Blake2Block other = block;
        other.offset[i] ^= 1;
        EXPECT_NE(run(other), run(block)) << i;
    }
    Blake2Block last = block;
    last.last = true;
    EXPECT_NE(run(last), run(block));
    for (std::uint32_t rounds = 0; rounds < 25; ++rounds) {
        Blake2Block fewer = block;
        Blake2Block more = block;
        fewer.rounds = rounds;
        more.rounds = rounds + 1;
        EXPECT_NE(run(fewer), run(more)) << rounds;
    }
}

}  // namespace
}  // namespace enshrine::hash
