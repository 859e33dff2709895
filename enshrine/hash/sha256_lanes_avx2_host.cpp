// SPDX-License-Identifier: Apache-2.0
// Two times eight lanes in 256-bit registers: words 16 i … 16 i + 15 of the states are word i of all lanes. For
// processors without SHA-NI.
#include <enshrine/hash/sha256.hpp>
#include <enshrine/hash/sha256_constants.hpp>
#include <enshrine/hash/sha256_lane_code.hpp>

#if defined(__x86_64__)
#include <enshrine/base/integer.hpp>

#include <immintrin.h>

namespace enshrine::hash {
namespace {

constexpr std::size_t block_bytes = 64;
constexpr std::size_t half_lanes = 8;

bool supported() noexcept {
    static const bool answer = [] {
        __builtin_cpu_init();
        return __builtin_cpu_supports("avx2") != 0;
    }();
    return answer;
}

[[gnu::target("avx2"), gnu::always_inline]] inline __m256i add(__m256i x, __m256i y) noexcept {
    return _mm256_add_epi32(x, y);
}
[[gnu::target("avx2"), gnu::always_inline]] inline __m256i exclusive_or(__m256i x, __m256i y) noexcept {
    return _mm256_xor_si256(x, y);
}
template <int N>
[[gnu::target("avx2"), gnu::always_inline]] inline __m256i rotate(__m256i x) noexcept {
    return exclusive_or(_mm256_srli_epi32(x, N), _mm256_slli_epi32(x, 32 - N));
}
template <int A, int B, int C>
[[gnu::target("avx2"), gnu::always_inline]] inline __m256i rotations(__m256i x) noexcept {
    return exclusive_or(exclusive_or(rotate<A>(x), rotate<B>(x)), rotate<C>(x));
}
template <int A, int B, int Shift>
[[gnu::target("avx2"), gnu::always_inline]] inline __m256i small_sigma(__m256i x) noexcept {
    return exclusive_or(exclusive_or(rotate<A>(x), rotate<B>(x)), _mm256_srli_epi32(x, Shift));
}
[[gnu::target("avx2"), gnu::always_inline]] inline __m256i choose(__m256i x, __m256i y, __m256i z) noexcept {
    return exclusive_or(z, _mm256_and_si256(x, exclusive_or(y, z)));
}
[[gnu::target("avx2"), gnu::always_inline]] inline __m256i majority(__m256i x, __m256i y, __m256i z) noexcept {
    return _mm256_or_si256(_mm256_and_si256(x, y), _mm256_and_si256(z, _mm256_or_si256(x, y)));
}

/// Eight rows of eight words become columns.
[[gnu::target("avx2"), gnu::always_inline]] inline void transpose(__m256i* r) noexcept {
    __m256i t[8];
    __m256i u[8];
#pragma GCC unroll 4
    for (std::size_t i = 0; i < 8; i += 2) {
        t[i] = _mm256_unpacklo_epi32(r[i], r[i + 1]);
        t[i + 1] = _mm256_unpackhi_epi32(r[i], r[i + 1]);
    }
#pragma GCC unroll 2
    for (std::size_t i = 0; i < 8; i += 4) {
        u[i] = _mm256_unpacklo_epi64(t[i], t[i + 2]);
        u[i + 1] = _mm256_unpackhi_epi64(t[i], t[i + 2]);
        u[i + 2] = _mm256_unpacklo_epi64(t[i + 1], t[i + 3]);
        u[i + 3] = _mm256_unpackhi_epi64(t[i + 1], t[i + 3]);
    }
#pragma GCC unroll 4
    for (std::size_t i = 0; i < 4; ++i) {
        r[i] = _mm256_permute2x128_si256(u[i], u[4 + i], 0x20);
        r[4 + i] = _mm256_permute2x128_si256(u[i], u[4 + i], 0x31);
    }
}

/// One block of eight lanes; w is its sixteen words and is overwritten.
[[gnu::target("avx2"), gnu::always_inline]] inline void compress(__m256i* s, __m256i* w) noexcept {
    __m256i a = s[0];
    __m256i b = s[1];
    __m256i c = s[2];
    __m256i d = s[3];
    __m256i e = s[4];
    __m256i f = s[5];
    __m256i g = s[6];
    __m256i h = s[7];
#pragma GCC unroll 64
    for (std::size_t t = 0; t < 64; ++t) {
        __m256i& word = w[t % 16];
        if (t >= 16) {
            const __m256i before = add(word, small_sigma<7, 18, 3>(w[(t + 1) % 16]));
            word = add(before, add(w[(t + 9) % 16], small_sigma<17, 19, 10>(w[(t + 14) % 16])));
        }
        const __m256i constant = _mm256_set1_epi32(static_cast<int>(sha256_round_constants[t]));
        const __m256i input = add(h, add(word, constant));
        const __m256i t1 = add(input, add(rotations<6, 11, 25>(e), choose(e, f, g)));
        const __m256i t2 = add(rotations<2, 13, 22>(a), majority(a, b, c));
        h = g;
        g = f;
        f = e;
        e = add(d, t1);
        d = c;
        c = b;
        b = a;
        a = add(t1, t2);
    }
    s[0] = add(s[0], a);
    s[1] = add(s[1], b);
    s[2] = add(s[2], c);
    s[3] = add(s[3], d);
    s[4] = add(s[4], e);
    s[5] = add(s[5], f);
    s[6] = add(s[6], g);
    s[7] = add(s[7], h);
}

[[gnu::target("avx2"), gnu::always_inline]] inline void load_state(const Sha256LaneStates& states, std::size_t half,
                                                                   __m256i* s) noexcept {
    for (std::size_t i = 0; i < 8; ++i) {
        s[i] = _mm256_load_si256(reinterpret_cast<const __m256i*>(states.words.data() + 16 * i + half_lanes * half));
    }
}
[[gnu::target("avx2"), gnu::always_inline]] inline void store_state(Sha256LaneStates& states, std::size_t half,
                                                                    const __m256i* s) noexcept {
    for (std::size_t i = 0; i < 8; ++i) {
        _mm256_store_si256(reinterpret_cast<__m256i*>(states.words.data() + 16 * i + half_lanes * half), s[i]);
    }
}
[[gnu::target("avx2"), gnu::always_inline]] inline __m256i* carry_of(Sha256LaneStates& states,
                                                                     std::size_t half) noexcept {
    return reinterpret_cast<__m256i*>(states.carry.data() + half_lanes * half);
}

/// Words of block n of eight lanes, their bytes in the order of `shuffle`; spare lanes repeat the first.
[[gnu::target("avx2"), gnu::always_inline]] inline void load_words(__m256i* w, const Byte* const* blocks, std::size_t n,
                                                                   std::size_t half, std::size_t lanes,
                                                                   __m256i shuffle) noexcept {
#pragma GCC unroll 8
    for (std::size_t l = 0; l < half_lanes; ++l) {
        const std::size_t lane = half_lanes * half + l;
        const auto* block = reinterpret_cast<const __m256i*>(blocks[lane < lanes ? lane : 0] + block_bytes * n);
        w[l] = _mm256_shuffle_epi8(_mm256_loadu_si256(block), shuffle);
        w[8 + l] = _mm256_shuffle_epi8(_mm256_loadu_si256(block + 1), shuffle);
    }
    transpose(w);
    transpose(w + 8);
}

void start(Sha256LaneStates& states, Byte prefix) noexcept {
    for (std::size_t i = 0; i < states.words.size(); ++i) states.words[i] = sha256_initial_state[i / 16];
    states.carry.fill(std::uint32_t{prefix} << 24);
}

[[gnu::target("avx2")]] void absorb(Sha256LaneStates& states, const Byte* const* blocks, std::size_t block_count,
                                    std::size_t lanes) noexcept {
    const __m256i big_endian =
        _mm256_broadcastsi128_si256(_mm_setr_epi8(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));
    for (std::size_t half = 0; half_lanes * half < lanes; ++half) {
        __m256i s[8];
        load_state(states, half, s);
        for (std::size_t n = 0; n < block_count; ++n) {
            __m256i w[16];
            load_words(w, blocks, n, half, lanes, big_endian);
            compress(s, w);
        }
        store_state(states, half, s);
    }
}

[[gnu::target("avx2")]] void absorb_shifted(Sha256LaneStates& states, const Byte* const* rows, std::size_t block_count,
                                            std::size_t lanes) noexcept {
    // Big-endian words rotated right by a byte: their top byte belongs to the word that follows.
    const __m256i rotated =
        _mm256_broadcastsi128_si256(_mm_setr_epi8(2, 1, 0, 3, 6, 5, 4, 7, 10, 9, 8, 11, 14, 13, 12, 15));
    const __m256i top_byte = _mm256_set1_epi32(static_cast<int>(0xFF000000));
    for (std::size_t half = 0; half_lanes * half < lanes; ++half) {
        __m256i s[8];
        load_state(states, half, s);
        __m256i carry = _mm256_loadu_si256(carry_of(states, half));
        for (std::size_t n = 0; n < block_count; ++n) {
            __m256i w[16];
            load_words(w, rows, n, half, lanes, rotated);
#pragma GCC unroll 16
            for (std::size_t i = 0; i < 16; ++i) {
                const __m256i next_carry = w[i];
                w[i] = _mm256_blendv_epi8(w[i], carry, top_byte);
                carry = next_carry;
            }
            compress(s, w);
        }
        store_state(states, half, s);
        _mm256_storeu_si256(carry_of(states, half), carry);
    }
}

[[gnu::target("avx2")]] void absorb_carry(Sha256LaneStates& states, std::uint64_t message_bytes,
                                          std::size_t lanes) noexcept {
    const __m256i top_byte = _mm256_set1_epi32(static_cast<int>(0xFF000000));
    for (std::size_t half = 0; half_lanes * half < lanes; ++half) {
        __m256i s[8];
        load_state(states, half, s);
        __m256i w[16];
        for (std::size_t i = 1; i < 14; ++i) w[i] = _mm256_setzero_si256();
        w[0] = _mm256_blendv_epi8(_mm256_set1_epi32(0x00800000), _mm256_loadu_si256(carry_of(states, half)), top_byte);
        w[14] = _mm256_set1_epi32(static_cast<int>(message_bytes >> 29));
        w[15] = _mm256_set1_epi32(static_cast<int>(8 * message_bytes));
        compress(s, w);
        store_state(states, half, s);
    }
}

void digests(const Sha256LaneStates& states, Hash32* out, std::size_t lanes) noexcept {
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        for (std::size_t i = 0; i < 8; ++i) store_be(out[lane].data() + 4 * i, states.words[16 * i + lane]);
    }
}

}  // namespace

const Sha256LaneCode sha256_lanes_avx2{.name = "avx2",
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
