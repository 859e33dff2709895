// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/integer.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/hash/sha256_constants.hpp>

#include <bit>

namespace enshrine::hash {
namespace {

using std::rotr;

constexpr std::uint32_t big_sigma_0(std::uint32_t x) noexcept {
    return rotr(x, 2) ^ rotr(x, 13) ^ rotr(x, 22);
}
constexpr std::uint32_t big_sigma_1(std::uint32_t x) noexcept {
    return rotr(x, 6) ^ rotr(x, 11) ^ rotr(x, 25);
}
constexpr std::uint32_t small_sigma_0(std::uint32_t x) noexcept {
    return rotr(x, 7) ^ rotr(x, 18) ^ (x >> 3);
}
constexpr std::uint32_t small_sigma_1(std::uint32_t x) noexcept {
    return rotr(x, 17) ^ rotr(x, 19) ^ (x >> 10);
}

using Schedule = std::array<std::uint32_t, 64>;

/// Round t with the roles of the eight registers rotated by t, so that no register is moved.
template <std::size_t T>
[[gnu::always_inline]] inline void round(Sha256State& s, const std::uint32_t* constant_plus_word) noexcept {
    const auto at = [](std::size_t i) { return (i + 64 - T) % 8; };
    const std::uint32_t e = s[at(4)];
    const std::uint32_t choice = s[at(6)] ^ (e & (s[at(5)] ^ s[at(6)]));
    const std::uint32_t t1 = s[at(7)] + big_sigma_1(e) + choice + constant_plus_word[T];
    const std::uint32_t a = s[at(0)];
    const std::uint32_t majority = (a & s[at(1)]) | (s[at(2)] & (a | s[at(1)]));
    s[at(3)] += t1;
    s[at(7)] = t1 + big_sigma_0(a) + majority;
}

void compress_block(Sha256State& state, const Byte* block) noexcept {
    Schedule w;
    for (std::size_t t = 0; t < 16; ++t) w[t] = load_be<std::uint32_t>(block + 4 * t);
    for (std::size_t t = 16; t < 64; ++t) {
        w[t] = small_sigma_1(w[t - 2]) + w[t - 7] + small_sigma_0(w[t - 15]) + w[t - 16];
    }
    for (std::size_t t = 0; t < 64; ++t) w[t] += sha256_round_constants[t];
    Sha256State s = state;
    for (std::size_t t = 0; t < 64; t += 8) {
        const std::uint32_t* words = w.data() + t;
        round<0>(s, words);
        round<1>(s, words);
        round<2>(s, words);
        round<3>(s, words);
        round<4>(s, words);
        round<5>(s, words);
        round<6>(s, words);
        round<7>(s, words);
    }
    for (std::size_t i = 0; i < 8; ++i) state[i] += s[i];
}

}  // namespace

void sha256_compress_portable(Sha256State& state, const Byte* blocks, std::size_t block_count) noexcept {
    for (std::size_t i = 0; i < block_count; ++i) compress_block(state, blocks + 64 * i);
}

}  // namespace enshrine::hash
