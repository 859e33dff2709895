// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/integer.hpp>
#include <enshrine/hash/chacha8.hpp>
#include <enshrine/hash/sha256.hpp>

#include <gtest/gtest.h>

#include <numeric>
#include <string>
#include <string_view>
#include <vector>

namespace enshrine::hash {
namespace {

// Every expected value was printed by Go 1.26, math/rand/v2, from this seed.
const Hash32 seed = Hash32::from(as_bytes("ChaCha8 is fast and reproducible"));

std::string hex(const Hash32& digest) {
    std::string out;
    for (const Byte byte : digest) {
        out += "0123456789abcdef"[byte >> 4];
        out += "0123456789abcdef"[byte & 15];
    }
    return out;
}

template <std::unsigned_integral T>
void absorb(Sha256& digest, T value) {
    std::array<Byte, sizeof value> bytes;
    store_le(bytes.data(), value);
    digest.update(bytes);
}

TEST(ChaCha8KnownVectors, FirstNumbers) {
    ChaCha8 generator{seed};
    EXPECT_EQ(generator.next(), 0x294d4bc5b18d5dcb);
    EXPECT_EQ(generator.next(), 0x78bcbcf56eef6506);
    EXPECT_EQ(generator.next(), 0x88ace295c00dc835);
    EXPECT_EQ(generator.next(), 0x255bbf3d70669203);
}

TEST(ChaCha8KnownVectors, TenThousandNumbers) {
    ChaCha8 generator{seed};
    Sha256 digest;
    for (int i = 0; i < 10'000; ++i) absorb(digest, generator.next());
    EXPECT_EQ(hex(digest.finish()), "86d311cb63583e477ad183e6030aa6207124fb7677525532ab8ec324a714d592");
}

// The bounds above 2^63 reject between a quarter and half of all numbers.
TEST(ChaCha8KnownVectors, Bounds) {
    ChaCha8 generator{seed};
    Sha256 digest;
    for (int i = 0; i < 1'000; ++i) {
        for (const std::uint64_t bound :
             {std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{3}, std::uint64_t{7}, std::uint64_t{1} << 16,
              (std::uint64_t{1} << 63) + 1, ~std::uint64_t{0}, std::uint64_t{3} << 62, std::uint64_t{10'000}}) {
            absorb(digest, generator.below(bound));
        }
    }
    EXPECT_EQ(hex(digest.finish()), "1cb2b61f67579c8c49076d5cc0e14f2484f582a6497253b07e0c5091b0c1c8b4");
}

TEST(ChaCha8KnownVectors, Shuffle) {
    struct Case {
        std::size_t count;
        std::string_view digest;
    };
    for (const Case& expected : {Case{0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
                                 Case{1, "df3f619804a92fdb4057192dc43dd748ea778adc52bc498ce80524c014b81119"},
                                 Case{2, "01acecb507abfe1a354aa8064f4af5d3f1acd019e37db3c11c97523b71c76e9d"},
                                 Case{10, "bd779e4d11cdb7d96aeae36c76f49bc25acbd52b497737b9b86ee36c4cd855d2"},
                                 Case{1'000, "469c798c73986435987aa70e6c0106060f12d56bce94938ca07a202115e6aea3"},
                                 Case{16'384, "1f390b4e565b18845afbf8d36700717333ae50d29f7e56aa476371bc23b4591c"}}) {
        std::vector<std::uint32_t> items(expected.count);
        std::iota(items.begin(), items.end(), 0U);
        ChaCha8{seed}.shuffle(std::span{items});
        Sha256 digest;
        for (const std::uint32_t item : items) absorb(digest, item);
        EXPECT_EQ(hex(digest.finish()), expected.digest) << expected.count;
    }
}

TEST(ChaCha8, OtherSeedsGiveOtherNumbers) {
    Hash32 other = seed;
    other[31] ^= 1;
    EXPECT_NE(ChaCha8{seed}.next(), ChaCha8{other}.next());
}

}  // namespace
}  // namespace enshrine::hash
