// SPDX-License-Identifier: Apache-2.0
// Sixteen lanes in 512-bit registers: words 16 i … 16 i + 15 of the states are word i of all lanes.
#include <enshrine/hash/sha256.hpp>
#include <enshrine/hash/sha256_constants.hpp>
#include <enshrine/hash/sha256_lane_code.hpp>

#if defined(__x86_64__)
#include <enshrine/base/integer.hpp>

#include <immintrin.h>

#if !defined(__clang__)
// g++ 12 warns of the operands that its own intrinsics leave undefined.
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

namespace enshrine::hash {
namespace {

constexpr std::size_t block_bytes = 64;

bool supported() noexcept {
    static const bool answer = [] {
        __builtin_cpu_init();
        return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0;
    }();
    return answer;
}

/// Truth tables of VPTERNLOG.
constexpr int exclusive_or = 0x96;
constexpr int choose = 0xCA;
constexpr int majority = 0xE8;

template <int A, int B, int C>
[[gnu::target("avx512f,avx512bw"), gnu::always_inline]] inline __m512i rotations(__m512i x) noexcept {
    return _mm512_ternarylogic_epi32(_mm512_ror_epi32(x, A), _mm512_ror_epi32(x, B), _mm512_ror_epi32(x, C),
                                     exclusive_or);
}
template <int A, int B, int Shift>
[[gnu::target("avx512f,avx512bw"), gnu::always_inline]] inline __m512i small_sigma(__m512i x) noexcept {
    return _mm512_ternarylogic_epi32(_mm512_ror_epi32(x, A), _mm512_ror_epi32(x, B), _mm512_srli_epi32(x, Shift),
                                     exclusive_or);
}

/// Rows become columns: afterwards r[i] holds word i of every lane.
[[gnu::target("avx512f,avx512bw"), gnu::always_inline]] inline void transpose(__m512i* r) noexcept {
    __m512i t[16];
    __m512i u[16];
#pragma GCC unroll 8
    for (std::size_t i = 0; i < 8; ++i) {
        t[2 * i] = _mm512_unpacklo_epi32(r[2 * i], r[2 * i + 1]);
        t[2 * i + 1] = _mm512_unpackhi_epi32(r[2 * i], r[2 * i + 1]);
    }
#pragma GCC unroll 4
    for (std::size_t i = 0; i < 16; i += 4) {
        u[i] = _mm512_unpacklo_epi64(t[i], t[i + 2]);
        u[i + 1] = _mm512_unpackhi_epi64(t[i], t[i + 2]);
        u[i + 2] = _mm512_unpacklo_epi64(t[i + 1], t[i + 3]);
        u[i + 3] = _mm512_unpackhi_epi64(t[i + 1], t[i + 3]);
    }
#pragma GCC unroll 4
    for (std::size_t i = 0; i < 4; ++i) {
        const __m512i even_low = _mm512_shuffle_i32x4(u[i], u[4 + i], 0x88);
        const __m512i odd_low = _mm512_shuffle_i32x4(u[i], u[4 + i], 0xDD);
        const __m512i even_high = _mm512_shuffle_i32x4(u[8 + i], u[12 + i], 0x88);
        const __m512i odd_high = _mm512_shuffle_i32x4(u[8 + i], u[12 + i], 0xDD);
        r[i] = _mm512_shuffle_i32x4(even_low, even_high, 0x88);
        r[4 + i] = _mm512_shuffle_i32x4(odd_low, odd_high, 0x88);
        r[8 + i] = _mm512_shuffle_i32x4(even_low, even_high, 0xDD);
        r[12 + i] = _mm512_shuffle_i32x4(odd_low, odd_high, 0xDD);
    }
}

/// One block of every lane; w is its sixteen words and is overwritten.
[[gnu::target("avx512f,avx512bw"), gnu::always_inline]] inline void compress(__m512i* s, __m512i* w) noexcept {
    __m512i a = s[0];
    __m512i b = s[1];
    __m512i c = s[2];
    __m512i d = s[3];
    __m512i e = s[4];
    __m512i f = s[5];
    __m512i g = s[6];
    __m512i h = s[7];
#pragma GCC unroll 64
    for (std::size_t t = 0; t < 64; ++t) {
        __m512i& word = w[t % 16];
        if (t >= 16) {
            const __m512i before = _mm512_add_epi32(word, small_sigma<7, 18, 3>(w[(t + 1) % 16]));
            const __m512i after = _mm512_add_epi32(w[(t + 9) % 16], small_sigma<17, 19, 10>(w[(t + 14) % 16]));
            word = _mm512_add_epi32(before, after);
        }
        const __m512i constant = _mm512_set1_epi32(static_cast<int>(sha256_round_constants[t]));
        const __m512i input = _mm512_add_epi32(h, _mm512_add_epi32(word, constant));
        const __m512i mixed = _mm512_add_epi32(rotations<6, 11, 25>(e), _mm512_ternarylogic_epi32(e, f, g, choose));
        const __m512i t1 = _mm512_add_epi32(input, mixed);
        const __m512i t2 = _mm512_add_epi32(rotations<2, 13, 22>(a), _mm512_ternarylogic_epi32(a, b, c, majority));
        h = g;
        g = f;
        f = e;
        e = _mm512_add_epi32(d, t1);
        d = c;
        c = b;
        b = a;
        a = _mm512_add_epi32(t1, t2);
    }
    s[0] = _mm512_add_epi32(s[0], a);
    s[1] = _mm512_add_epi32(s[1], b);
    s[2] = _mm512_add_epi32(s[2], c);
    s[3] = _mm512_add_epi32(s[3], d);
    s[4] = _mm512_add_epi32(s[4], e);
    s[5] = _mm512_add_epi32(s[5], f);
    s[6] = _mm512_add_epi32(s[6], g);
    s[7] = _mm512_add_epi32(s[7], h);
}

[[gnu::target("avx512f,avx512bw"), gnu::always_inline]] inline void load_state(const Sha256LaneStates& states,
                                                                               __m512i* s) noexcept {
    for (std::size_t i = 0; i < 8; ++i) s[i] = _mm512_load_si512(states.words.data() + 16 * i);
}
[[gnu::target("avx512f,avx512bw"), gnu::always_inline]] inline void store_state(Sha256LaneStates& states,
                                                                                const __m512i* s) noexcept {
    for (std::size_t i = 0; i < 8; ++i) _mm512_store_si512(states.words.data() + 16 * i, s[i]);
}
[[gnu::target("avx512f,avx512bw"), gnu::always_inline]] inline __m512i in_every_quarter(__m128i x) noexcept {
    return _mm512_broadcast_i32x4(x);
}

void start(Sha256LaneStates& states, Byte prefix) noexcept {
    for (std::size_t i = 0; i < states.words.size(); ++i) states.words[i] = sha256_initial_state[i / 16];
    states.carry.fill(std::uint32_t{prefix} << 24);
}

/// Spare lanes repeat the first.
[[gnu::always_inline]] inline const Byte* pointer_of(const Byte* const* blocks, std::size_t lane,
                                                     std::size_t lanes) noexcept {
    return blocks[lane < lanes ? lane : 0];
}

[[gnu::target("avx512f,avx512bw")]] void absorb(Sha256LaneStates& states, const Byte* const* blocks,
                                                std::size_t block_count, std::size_t lanes) noexcept {
    const __m512i big_endian = in_every_quarter(_mm_setr_epi8(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));
    __m512i s[8];
    load_state(states, s);
    for (std::size_t n = 0; n < block_count; ++n) {
        __m512i w[16];
#pragma GCC unroll 16
        for (std::size_t lane = 0; lane < 16; ++lane) {
            const Byte* block = pointer_of(blocks, lane, lanes) + block_bytes * n;
            w[lane] = _mm512_shuffle_epi8(_mm512_loadu_si512(block), big_endian);
        }
        transpose(w);
        compress(s, w);
    }
    store_state(states, s);
}

[[gnu::target("avx512f,avx512bw")]] void absorb_shifted(Sha256LaneStates& states, const Byte* const* rows,
                                                        std::size_t block_count, std::size_t lanes) noexcept {
    // Big-endian words rotated right by a byte: their top byte belongs to the word that follows.
    const __m512i rotated = in_every_quarter(_mm_setr_epi8(2, 1, 0, 3, 6, 5, 4, 7, 10, 9, 8, 11, 14, 13, 12, 15));
    const __m512i top_byte = _mm512_set1_epi32(static_cast<int>(0xFF000000));
    __m512i s[8];
    load_state(states, s);
    __m512i carry = _mm512_loadu_si512(states.carry.data());
    for (std::size_t n = 0; n < block_count; ++n) {
        __m512i w[16];
#pragma GCC unroll 16
        for (std::size_t lane = 0; lane < 16; ++lane) {
            const Byte* block = pointer_of(rows, lane, lanes) + block_bytes * n;
            w[lane] = _mm512_shuffle_epi8(_mm512_loadu_si512(block), rotated);
        }
        transpose(w);
#pragma GCC unroll 16
        for (std::size_t i = 0; i < 16; ++i) {
            const __m512i next_carry = w[i];
            w[i] = _mm512_ternarylogic_epi32(top_byte, carry, w[i], choose);
            carry = next_carry;
        }
        compress(s, w);
    }
    store_state(states, s);
    _mm512_storeu_si512(states.carry.data(), carry);
}

[[gnu::target("avx512f,avx512bw")]] void absorb_carry(Sha256LaneStates& states, std::uint64_t message_bytes,
                                                      std::size_t /*lanes*/) noexcept {
    const __m512i top_byte = _mm512_set1_epi32(static_cast<int>(0xFF000000));
    __m512i s[8];
    load_state(states, s);
    __m512i w[16];
    for (std::size_t i = 1; i < 14; ++i) w[i] = _mm512_setzero_si512();
    w[0] = _mm512_ternarylogic_epi32(top_byte, _mm512_loadu_si512(states.carry.data()), _mm512_set1_epi32(0x00800000),
                                     choose);
    w[14] = _mm512_set1_epi32(static_cast<int>(message_bytes >> 29));
    w[15] = _mm512_set1_epi32(static_cast<int>(8 * message_bytes));
    compress(s, w);
    store_state(states, s);
}

void digests(const Sha256LaneStates& states, Hash32* out, std::size_t lanes) noexcept {
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        for (std::size_t i = 0; i < 8; ++i) store_be(out[lane].data() + 4 * i, states.words[16 * i + lane]);
    }
}

}  // namespace

const Sha256LaneCode sha256_lanes_avx512{.name = "avx512",
                                         .supported = supported,
                                         .lanes_min = 7,
                                         .few = &sha256_lanes_sha_ni,
                                         .start = start,
                                         .absorb = absorb,
                                         .absorb_shifted = absorb_shifted,
                                         .absorb_carry = absorb_carry,
                                         .digests = digests};

}  // namespace enshrine::hash
#endif
