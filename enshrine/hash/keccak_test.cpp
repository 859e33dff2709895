// SPDX-License-Identifier: Apache-2.0
#include <enshrine/hash/keccak.hpp>

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

// The permutation of the all-zero state, from the Keccak team's KeccakF-1600-IntermediateValues.
TEST(KeccakKnownVectors, PermutationOfZero) {
    constexpr KeccakState expected{
        0xf1258f7940e1dde7, 0x84d5ccf933c0478a, 0xd598261ea65aa9ee, 0xbd1547306f80494d, 0x8b284e056253d057,
        0xff97a42d7f8e6fd4, 0x90fee5a0a44647c4, 0x8c5bda0cd6192e76, 0xad30a6f71b19059c, 0x30935ab7d08ffc64,
        0xeb5aa93f2317d635, 0xa9a6e6260d712103, 0x81a57c16dbcf555f, 0x43b831cd0347c826, 0x01f22f1a11a5569f,
        0x05e5635a21d9ae61, 0x64befef28cc970f2, 0x613670957bc46611, 0xb87c5a554fd00ecb, 0x8c3ee88a1ccf32c8,
        0x940c7922ae3a2614, 0x1841f924a2c509e4, 0x16f53526e70465c2, 0x75f644e97f30a13b, 0xeaf1ff7b5ceca249};
    KeccakState chosen{};
    keccak_f(chosen);
    EXPECT_EQ(chosen, expected);
    KeccakState portable{};
    keccak_f_portable(portable);
    EXPECT_EQ(portable, expected);
}

TEST(KeccakKnownVectors, EthereumDigests) {
    EXPECT_EQ(hex(keccak256({})), "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
    EXPECT_EQ(hex(keccak256(as_bytes("abc"))), "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
    EXPECT_EQ(hex(keccak256(as_bytes("Transfer(address,address,uint256)"))),
              "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef");
    EXPECT_EQ(hex(keccak256(as_bytes("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                                     "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu"))),
              "f519747ed599024f3882238e5ab43960132572b7345fbeb9a90769dafd21ad67");
    const std::string million(1'000'000, 'a');
    EXPECT_EQ(hex(keccak256(as_bytes(million))), "fadae6b49f129bbb812be8407b7b2894f34aecf6dbd1f9b0f0c7e9853098fc96");
}

// Expected value from an unrelated implementation; every length around the first three block borders.
TEST(KeccakKnownVectors, EveryLengthUpTo400) {
    Bytes digests;
    for (std::size_t length = 0; length <= 400; ++length) {
        Bytes message(length);
        for (std::size_t i = 0; i < length; ++i) message[i] = static_cast<Byte>((i * 7 + length) % 251);
        append(digests, keccak256(message).view());
    }
    EXPECT_EQ(hex(keccak256(digests)), "cb7b86b5f0fac3dad3b386bed946800f8984adf805ed279c6cd43a5f97db3914");
}

TEST(Keccak, CompilerComputesSelectors) {
    constexpr Hash32 digest = keccak256_constexpr("transfer(address,uint256)");
    static_assert(digest[0] == 0xa9 && digest[1] == 0x05 && digest[2] == 0x9c && digest[3] == 0xbb);
    EXPECT_EQ(digest, keccak256(as_bytes("transfer(address,uint256)")));
}

TEST(Keccak, CompilerComputesDigestsOfSeveralBlocks) {
    static constexpr std::array<char, 300> text{};
    constexpr Hash32 digest = keccak256_constexpr({text.data(), text.size()});
    EXPECT_EQ(digest, keccak256(as_bytes(std::string_view{text.data(), text.size()})));
}

RC_GTEST_PROP(Keccak, ConstexprEqualsRunTime, ()) {
    const auto size = *rc::gen::inRange<std::size_t>(0, 600);
    const auto text = *rc::gen::container<std::string>(size, rc::gen::arbitrary<char>());
    RC_ASSERT(keccak256_constexpr(text) == keccak256(as_bytes(text)));
}

RC_GTEST_PROP(Keccak, ChosenPermutationEqualsPortable, ()) {
    const auto start = *rc::gen::container<KeccakState>(rc::gen::arbitrary<std::uint64_t>());
    KeccakState chosen = start;
    KeccakState portable = start;
    keccak_f(chosen);
    keccak_f_portable(portable);
    RC_ASSERT(chosen == portable);
}

}  // namespace
}  // namespace enshrine::hash
