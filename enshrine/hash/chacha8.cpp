// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/integer.hpp>
#include <enshrine/hash/chacha8.hpp>

#include <bit>
#include <cstring>

namespace enshrine::hash {
namespace {

/// Four ChaCha blocks side by side: the generator gives their words in this order, interlaced.
constexpr std::size_t lanes = 4;
/// A seed makes four times four blocks; the last 32 bytes of these are the next seed.
constexpr std::uint32_t counter_end = 16;
constexpr std::size_t seed_words = 4;
constexpr std::size_t first_key_row = 4;
constexpr std::size_t counter_row = 12;

using Block = std::array<std::uint32_t, 16>;

void quarter_round(Block& x, std::size_t a, std::size_t b, std::size_t c, std::size_t d) noexcept {
    x[a] += x[b];
    x[d] = std::rotl(x[d] ^ x[a], 16);
    x[c] += x[d];
    x[b] = std::rotl(x[b] ^ x[c], 12);
    x[a] += x[b];
    x[d] = std::rotl(x[d] ^ x[a], 8);
    x[c] += x[d];
    x[b] = std::rotl(x[b] ^ x[c], 7);
}

void eight_rounds(Block& x) noexcept {
    for (int i = 0; i < 4; ++i) {
        quarter_round(x, 0, 4, 8, 12);
        quarter_round(x, 1, 5, 9, 13);
        quarter_round(x, 2, 6, 10, 14);
        quarter_round(x, 3, 7, 11, 15);
        quarter_round(x, 0, 5, 10, 15);
        quarter_round(x, 1, 6, 11, 12);
        quarter_round(x, 2, 7, 8, 13);
        quarter_round(x, 3, 4, 9, 14);
    }
}

/// One block. The key is added at the end, as in ChaCha, but nothing else: the rest is no secret.
Block make_block(const Hash32& key, std::uint32_t counter) noexcept {
    Block x{0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};
    for (std::size_t i = 0; i < 8; ++i) x[first_key_row + i] = load_le<std::uint32_t>(key.data() + 4 * i);
    x[counter_row] = counter;
    eight_rounds(x);
    for (std::size_t i = 0; i < 8; ++i) x[first_key_row + i] += load_le<std::uint32_t>(key.data() + 4 * i);
    return x;
}

}  // namespace

ChaCha8::ChaCha8(const Hash32& seed) noexcept : seed_{seed} {
    fill();
}

void ChaCha8::fill() noexcept {
    for (std::uint32_t lane = 0; lane < lanes; ++lane) {
        const Block block = make_block(seed_, counter_ + lane);
        for (std::size_t row = 0; row < block.size(); ++row) {
            const std::uint64_t word = block[row];
            std::uint64_t& out = words_[(lanes * row + lane) / 2];
            out = lane % 2 == 0 ? word : out | word << 32;
        }
    }
}

std::uint64_t ChaCha8::next() noexcept {
    const bool last_blocks = counter_ + lanes == counter_end;
    if (used_ == block_words - (last_blocks ? seed_words : 0)) {
        counter_ += lanes;
        if (last_blocks) {
            static_assert(sizeof(std::uint64_t) * seed_words == Hash32::size_bytes);
            std::memcpy(seed_.data(), words_.data() + block_words - seed_words, seed_.size());
            counter_ = 0;
        }
        fill();
        used_ = 0;
    }
    return words_[used_++];
}

std::uint64_t ChaCha8::below(std::uint64_t bound) noexcept {
    ENSHRINE_ASSERT(bound != 0);
    if ((bound & (bound - 1)) == 0) return next() & (bound - 1);
    // The high word of a product is uniform once the few products are rejected whose low word lies below 2^64 mod
    // bound.
    u128 product = u128{next()} * bound;
    if (static_cast<std::uint64_t>(product) < bound) {
        const std::uint64_t rejected_below = (std::uint64_t{0} - bound) % bound;
        while (static_cast<std::uint64_t>(product) < rejected_below) product = u128{next()} * bound;
    }
    return static_cast<std::uint64_t>(product >> 64);
}

}  // namespace enshrine::hash
