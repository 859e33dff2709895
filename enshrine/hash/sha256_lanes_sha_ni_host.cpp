// SPDX-License-Identifier: Apache-2.0
// Two lanes interleaved, because one waits for the latency of SHA256RNDS2. Lane l's state is words 8 l … 8 l + 7, in
// the order of that instruction (ABEF, CDGH).
#include <enshrine/hash/processor_host.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/hash/sha256_constants.hpp>
#include <enshrine/hash/sha256_lane_code.hpp>

#if defined(__x86_64__)
#include <enshrine/base/integer.hpp>

#include <immintrin.h>

#include <cstring>

namespace enshrine::hash {
namespace {

constexpr std::size_t block_bytes = 64;
/// Where SHA256RNDS2 keeps the variables a … h.
constexpr std::array<std::size_t, 8> place_of_word{3, 2, 7, 6, 1, 0, 5, 4};

bool supported() noexcept {
    static const bool answer = processor_has_sha();
    return answer;
}

bool processor_has_avx() noexcept {
    static const bool answer = [] {
        __builtin_cpu_init();
        return __builtin_cpu_supports("avx") != 0;
    }();
    return answer;
}

[[gnu::target("avx")]] void clear_upper_halves() noexcept {
    _mm256_zeroupper();
}

struct Lane {
    __m128i abef;
    __m128i cdgh;
    __m128i w[4];
};

[[gnu::target("sha,ssse3,sse4.1"), gnu::always_inline]] inline __m128i load(const void* from) noexcept {
    return _mm_loadu_si128(static_cast<const __m128i*>(from));
}

template <std::size_t Lanes>
[[gnu::target("sha,ssse3,sse4.1"), gnu::always_inline]] inline void compress(
    Lane* lanes, const std::array<const Byte*, Lanes>& blocks) noexcept {
    const __m128i big_endian = _mm_setr_epi8(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
    __m128i before[Lanes][2];
#pragma GCC unroll 2
    for (std::size_t l = 0; l < Lanes; ++l) {
        before[l][0] = lanes[l].abef;
        before[l][1] = lanes[l].cdgh;
#pragma GCC unroll 4
        for (std::size_t i = 0; i < 4; ++i) {
            lanes[l].w[i] = _mm_shuffle_epi8(load(blocks[l] + 16 * i), big_endian);
        }
    }
#pragma GCC unroll 16
    for (std::size_t t = 0; t < 16; ++t) {
        const __m128i constants = load(sha256_round_constants.data() + 4 * t);
#pragma GCC unroll 2
        for (std::size_t l = 0; l < Lanes; ++l) {
            Lane& s = lanes[l];
            __m128i& w = s.w[t % 4];
            const __m128i sum = _mm_add_epi32(w, constants);
            s.cdgh = _mm_sha256rnds2_epu32(s.cdgh, s.abef, sum);
            s.abef = _mm_sha256rnds2_epu32(s.abef, s.cdgh, _mm_shuffle_epi32(sum, 0x0E));
            if (t < 12) {
                const __m128i w3 = s.w[(t + 3) % 4];
                const __m128i seven_back = _mm_alignr_epi8(w3, s.w[(t + 2) % 4], 4);
                w = _mm_sha256msg2_epu32(_mm_add_epi32(_mm_sha256msg1_epu32(w, s.w[(t + 1) % 4]), seven_back), w3);
            }
        }
    }
#pragma GCC unroll 2
    for (std::size_t l = 0; l < Lanes; ++l) {
        lanes[l].abef = _mm_add_epi32(lanes[l].abef, before[l][0]);
        lanes[l].cdgh = _mm_add_epi32(lanes[l].cdgh, before[l][1]);
    }
}

/// `first_blocks[l]` is lane l's first block, the others follow at rests[l].
template <std::size_t Lanes>
[[gnu::target("sha,ssse3,sse4.1"), gnu::always_inline]] inline void absorb_lanes(std::uint32_t* state,
                                                                                 std::array<const Byte*, Lanes> blocks,
                                                                                 std::array<const Byte*, Lanes> rests,
                                                                                 std::size_t block_count) noexcept {
    Lane lanes[Lanes];
#pragma GCC unroll 2
    for (std::size_t l = 0; l < Lanes; ++l) {
        lanes[l].abef = load(state + 8 * l);
        lanes[l].cdgh = load(state + 8 * l + 4);
    }
    for (std::size_t n = 0; n < block_count; ++n) {
        compress<Lanes>(lanes, blocks);
        blocks = rests;
        for (auto& rest : rests) rest += block_bytes;
    }
#pragma GCC unroll 2
    for (std::size_t l = 0; l < Lanes; ++l) {
        _mm_storeu_si128(reinterpret_cast<__m128i*>(state + 8 * l), lanes[l].abef);
        _mm_storeu_si128(reinterpret_cast<__m128i*>(state + 8 * l + 4), lanes[l].cdgh);
    }
}

void start(Sha256LaneStates& states, Byte prefix) noexcept {
    for (std::size_t i = 0; i < states.words.size(); ++i) {
        states.words[i / 8 * 8 + place_of_word[i % 8]] = sha256_initial_state[i % 8];
    }
    states.carry.fill(std::uint32_t{prefix} << 24);
}

[[gnu::target("sha,ssse3,sse4.1")]] void absorb(Sha256LaneStates& states, const Byte* const* blocks,
                                                std::size_t block_count, std::size_t lanes) noexcept {
    // With dirty upper halves each of these instructions, which have no VEX form, takes a hundred times as long.
    if (processor_has_avx()) clear_upper_halves();
    std::size_t lane = 0;
    for (; lane + 2 <= lanes; lane += 2) {
        const std::array pair{blocks[lane], blocks[lane + 1]};
        absorb_lanes<2>(states.words.data() + 8 * lane, pair, {pair[0] + block_bytes, pair[1] + block_bytes},
                        block_count);
    }
    if (lane < lanes) {
        absorb_lanes<1>(states.words.data() + 8 * lane, {blocks[lane]}, {blocks[lane] + block_bytes}, block_count);
    }
}

/// A block of carry ‖ the first 63 bytes of the row.
const Byte* first_block(std::array<Byte, block_bytes>& buffer, std::uint32_t carry, const Byte* row) noexcept {
    buffer[0] = static_cast<Byte>(carry >> 24);
    std::memcpy(buffer.data() + 1, row, block_bytes - 1);
    return buffer.data();
}

[[gnu::target("sha,ssse3,sse4.1")]] void absorb_shifted(Sha256LaneStates& states, const Byte* const* rows,
                                                        std::size_t block_count, std::size_t lanes) noexcept {
    if (processor_has_avx()) clear_upper_halves();
    std::array<std::array<Byte, block_bytes>, 2> buffers;
    std::size_t lane = 0;
    for (; lane + 2 <= lanes; lane += 2) {
        const std::array pair{rows[lane], rows[lane + 1]};
        const std::array firsts{first_block(buffers[0], states.carry[lane], pair[0]),
                                first_block(buffers[1], states.carry[lane + 1], pair[1])};
        absorb_lanes<2>(states.words.data() + 8 * lane, firsts, {pair[0] + block_bytes - 1, pair[1] + block_bytes - 1},
                        block_count);
    }
    if (lane < lanes) {
        const Byte* first = first_block(buffers[0], states.carry[lane], rows[lane]);
        absorb_lanes<1>(states.words.data() + 8 * lane, {first}, {rows[lane] + block_bytes - 1}, block_count);
    }
    for (std::size_t l = 0; l < lanes; ++l) {
        states.carry[l] = std::uint32_t{rows[l][block_count * block_bytes - 1]} << 24;
    }
}

void absorb_carry(Sha256LaneStates& states, std::uint64_t message_bytes, std::size_t lanes) noexcept {
    std::array<std::array<Byte, block_bytes>, sha256_lane_count> buffers{};
    std::array<const Byte*, sha256_lane_count> blocks;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        auto& block = buffers[lane];
        block[0] = static_cast<Byte>(states.carry[lane] >> 24);
        block[1] = 0x80;
        store_be(block.data() + block_bytes - sizeof message_bytes, 8 * message_bytes);
        blocks[lane] = block.data();
    }
    absorb(states, blocks.data(), 1, lanes);
}

void digests(const Sha256LaneStates& states, Hash32* out, std::size_t lanes) noexcept {
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        for (std::size_t i = 0; i < 8; ++i) {
            store_be(out[lane].data() + 4 * i, states.words[8 * lane + place_of_word[i]]);
        }
    }
}

}  // namespace

const Sha256LaneCode sha256_lanes_sha_ni{.name = "sha_ni",
                                         .supported = supported,
                                         .lanes_min = 0,
                                         .few = nullptr,
                                         .start = start,
                                         .absorb = absorb,
                                         .absorb_shifted = absorb_shifted,
                                         .absorb_carry = absorb_carry,
                                         .digests = digests};

}  // namespace enshrine::hash
#endif
