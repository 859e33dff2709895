// SPDX-License-Identifier: Apache-2.0
// One lane after the other: the reference of the other instruction sets. Lane l's state is words 8 l … 8 l + 7.
#include <enshrine/base/integer.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/hash/sha256_lane_code.hpp>

#include <algorithm>
#include <array>
#include <cstring>

namespace enshrine::hash {
namespace {

constexpr std::size_t block_bytes = 64;

bool supported() noexcept {
    return true;
}

void start(Sha256LaneStates& states, Byte prefix) noexcept {
    for (std::size_t lane = 0; lane < sha256_lane_count; ++lane) {
        std::ranges::copy(sha256_initial_state, states.words.begin() + static_cast<std::ptrdiff_t>(8 * lane));
    }
    states.carry.fill(std::uint32_t{prefix} << 24);
}

void compress_lane(Sha256LaneStates& states, std::size_t lane, const Byte* blocks, std::size_t block_count) noexcept {
    Sha256State state;
    std::memcpy(state.data(), states.words.data() + 8 * lane, sizeof state);
    sha256_compress_portable(state, blocks, block_count);
    std::memcpy(states.words.data() + 8 * lane, state.data(), sizeof state);
}

void absorb(Sha256LaneStates& states, const Byte* const* blocks, std::size_t block_count, std::size_t lanes) noexcept {
    for (std::size_t lane = 0; lane < lanes; ++lane) compress_lane(states, lane, blocks[lane], block_count);
}

void absorb_shifted(Sha256LaneStates& states, const Byte* const* rows, std::size_t block_count,
                    std::size_t lanes) noexcept {
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        const Byte* row = rows[lane];
        std::array<Byte, block_bytes> block;
        block[0] = static_cast<Byte>(states.carry[lane] >> 24);
        std::memcpy(block.data() + 1, row, block_bytes - 1);
        compress_lane(states, lane, block.data(), 1);
        compress_lane(states, lane, row + block_bytes - 1, block_count - 1);
        states.carry[lane] = std::uint32_t{row[block_count * block_bytes - 1]} << 24;
    }
}

void absorb_carry(Sha256LaneStates& states, std::uint64_t message_bytes, std::size_t lanes) noexcept {
    std::array<Byte, block_bytes> block{};
    block[1] = 0x80;
    store_be(block.data() + block_bytes - sizeof message_bytes, 8 * message_bytes);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        block[0] = static_cast<Byte>(states.carry[lane] >> 24);
        compress_lane(states, lane, block.data(), 1);
    }
}

void digests(const Sha256LaneStates& states, Hash32* out, std::size_t lanes) noexcept {
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        for (std::size_t i = 0; i < 8; ++i) store_be(out[lane].data() + 4 * i, states.words[8 * lane + i]);
    }
}

}  // namespace

const Sha256LaneCode sha256_lanes_portable{.name = "portable",
                                           .supported = supported,
                                           .lanes_min = 0,
                                           .few = nullptr,
                                           .start = start,
                                           .absorb = absorb,
                                           .absorb_shifted = absorb_shifted,
                                           .absorb_carry = absorb_carry,
                                           .digests = digests};

}  // namespace enshrine::hash
