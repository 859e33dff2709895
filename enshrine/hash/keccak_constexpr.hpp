// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/hash/keccak.hpp>

#include <bit>

/// Bodies of the constexpr functions of keccak.hpp, which includes this file.
namespace enshrine::hash {

inline constexpr std::size_t keccak256_rate_bytes = 136;

inline constexpr std::array<std::uint64_t, 24> keccak_round_constants{
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b,
    0x0000000080000001, 0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088,
    0x0000000080008009, 0x000000008000000a, 0x000000008000808b, 0x800000000000008b, 0x8000000000008089,
    0x8000000000008003, 0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008};

/// Step χ on one row of five lanes.
[[gnu::always_inline]] constexpr void keccak_chi(KeccakState& out, std::size_t row,
                                                 const std::array<std::uint64_t, 5>& b) noexcept {
    out[row + 0] = b[0] ^ (~b[1] & b[2]);
    out[row + 1] = b[1] ^ (~b[2] & b[3]);
    out[row + 2] = b[2] ^ (~b[3] & b[4]);
    out[row + 3] = b[3] ^ (~b[4] & b[0]);
    out[row + 4] = b[4] ^ (~b[0] & b[1]);
}

/// One round (FIPS 202, 3.2) from `a` into `out`. Every index is a constant, so that both states live in registers;
/// lane (x, y) is a[x + 5y], and each row gathers the lanes that step π moves into it, rotated by step ρ.
[[gnu::always_inline]] constexpr void keccak_round(const KeccakState& a, KeccakState& out,
                                                   std::uint64_t round_constant) noexcept {
    using std::rotl;
    const std::uint64_t c0 = a[0] ^ a[5] ^ a[10] ^ a[15] ^ a[20];
    const std::uint64_t c1 = a[1] ^ a[6] ^ a[11] ^ a[16] ^ a[21];
    const std::uint64_t c2 = a[2] ^ a[7] ^ a[12] ^ a[17] ^ a[22];
    const std::uint64_t c3 = a[3] ^ a[8] ^ a[13] ^ a[18] ^ a[23];
    const std::uint64_t c4 = a[4] ^ a[9] ^ a[14] ^ a[19] ^ a[24];
    const std::uint64_t d0 = c4 ^ rotl(c1, 1);
    const std::uint64_t d1 = c0 ^ rotl(c2, 1);
    const std::uint64_t d2 = c1 ^ rotl(c3, 1);
    const std::uint64_t d3 = c2 ^ rotl(c4, 1);
    const std::uint64_t d4 = c3 ^ rotl(c0, 1);
    keccak_chi(out, 0,
               {a[0] ^ d0, rotl(a[6] ^ d1, 44), rotl(a[12] ^ d2, 43), rotl(a[18] ^ d3, 21), rotl(a[24] ^ d4, 14)});
    keccak_chi(
        out, 5,
        {rotl(a[3] ^ d3, 28), rotl(a[9] ^ d4, 20), rotl(a[10] ^ d0, 3), rotl(a[16] ^ d1, 45), rotl(a[22] ^ d2, 61)});
    keccak_chi(
        out, 10,
        {rotl(a[1] ^ d1, 1), rotl(a[7] ^ d2, 6), rotl(a[13] ^ d3, 25), rotl(a[19] ^ d4, 8), rotl(a[20] ^ d0, 18)});
    keccak_chi(
        out, 15,
        {rotl(a[4] ^ d4, 27), rotl(a[5] ^ d0, 36), rotl(a[11] ^ d1, 10), rotl(a[17] ^ d2, 15), rotl(a[23] ^ d3, 56)});
    keccak_chi(
        out, 20,
        {rotl(a[2] ^ d2, 62), rotl(a[8] ^ d3, 55), rotl(a[14] ^ d4, 39), rotl(a[15] ^ d0, 41), rotl(a[21] ^ d1, 2)});
    out[0] ^= round_constant;
}

/// The body of keccak_f_portable, inlined where it is compiled for one instruction set.
[[gnu::always_inline]] constexpr void keccak_f_rounds(KeccakState& state) noexcept {
    KeccakState even = state;
    KeccakState odd{};
    for (std::size_t round = 0; round < keccak_round_constants.size(); round += 2) {
        keccak_round(even, odd, keccak_round_constants[round]);
        keccak_round(odd, even, keccak_round_constants[round + 1]);
    }
    state = even;
}

constexpr void keccak_f_portable(KeccakState& state) noexcept {
    keccak_f_rounds(state);
}

constexpr Hash32 keccak256_constexpr(std::string_view text) noexcept {
    KeccakState state{};
    std::size_t lane_byte = 0;
    const auto absorb = [&](std::uint64_t byte) noexcept {
        state[lane_byte / 8] ^= byte << (8 * (lane_byte % 8));
        ++lane_byte;
        if (lane_byte == keccak256_rate_bytes) {
            keccak_f_portable(state);
            lane_byte = 0;
        }
    };
    for (const char c : text) absorb(static_cast<Byte>(c));
    state[lane_byte / 8] ^= std::uint64_t{0x01} << (8 * (lane_byte % 8));
    state[keccak256_rate_bytes / 8 - 1] ^= std::uint64_t{0x80} << 56;
    keccak_f_portable(state);
    Hash32 digest;
    for (std::size_t i = 0; i < digest.size(); ++i) digest[i] = static_cast<Byte>(state[i / 8] >> (8 * (i % 8)));
    return digest;
}

}  // namespace enshrine::hash
