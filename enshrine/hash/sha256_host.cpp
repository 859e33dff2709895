// SPDX-License-Identifier: Apache-2.0
// Chooses the block function of this processor. Rollup programs link another definition of sha256_compress.
#include <enshrine/hash/processor_host.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/hash/sha256_constants.hpp>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace enshrine::hash {

#if defined(__x86_64__)
namespace {

/// The working variables as SHA256RNDS2 wants them; names list the 32-bit lanes from the highest down.
struct Lanes {
    __m128i abef;
    __m128i cdgh;
};

[[gnu::target("sha,ssse3,sse4.1"), gnu::always_inline]] inline __m128i load(const void* from) noexcept {
    return _mm_loadu_si128(static_cast<const __m128i*>(from));
}

/// W[t .. t+4) from the 16 words before it, oldest first.
[[gnu::target("sha,ssse3,sse4.1"), gnu::always_inline]] inline __m128i next_words(__m128i w0, __m128i w1, __m128i w2,
                                                                                  __m128i w3) noexcept {
    const __m128i partial = _mm_add_epi32(_mm_sha256msg1_epu32(w0, w1), _mm_alignr_epi8(w3, w2, 4));
    return _mm_sha256msg2_epu32(partial, w3);
}

[[gnu::target("sha,ssse3,sse4.1"), gnu::always_inline]] inline void four_rounds(
    Lanes& s, __m128i words, const std::uint32_t* constants) noexcept {
    const __m128i sum = _mm_add_epi32(words, load(constants));
    s.cdgh = _mm_sha256rnds2_epu32(s.cdgh, s.abef, sum);
    s.abef = _mm_sha256rnds2_epu32(s.abef, s.cdgh, _mm_shuffle_epi32(sum, 0x0E));
}

[[gnu::target("sha,ssse3,sse4.1")]] void compress_sha_ni(Sha256State& state, const Byte* blocks,
                                                         std::size_t block_count) noexcept {
    const __m128i byte_order = _mm_setr_epi8(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
    const __m128i cdab = _mm_shuffle_epi32(load(state.data()), 0xB1);
    const __m128i efgh = _mm_shuffle_epi32(load(state.data() + 4), 0x1B);
    Lanes s{_mm_alignr_epi8(cdab, efgh, 8), _mm_blend_epi16(efgh, cdab, 0xF0)};
    for (std::size_t i = 0; i < block_count; ++i) {
        const Byte* block = blocks + 64 * i;
        const std::uint32_t* constants = sha256_round_constants.data();
        const Lanes before = s;
        __m128i w0 = _mm_shuffle_epi8(load(block), byte_order);
        four_rounds(s, w0, constants);
        __m128i w1 = _mm_shuffle_epi8(load(block + 16), byte_order);
        four_rounds(s, w1, constants + 4);
        __m128i w2 = _mm_shuffle_epi8(load(block + 32), byte_order);
        four_rounds(s, w2, constants + 8);
        __m128i w3 = _mm_shuffle_epi8(load(block + 48), byte_order);
        four_rounds(s, w3, constants + 12);
        for (std::size_t t = 16; t < 64; t += 16) {
            w0 = next_words(w0, w1, w2, w3);
            four_rounds(s, w0, constants + t);
            w1 = next_words(w1, w2, w3, w0);
            four_rounds(s, w1, constants + t + 4);
            w2 = next_words(w2, w3, w0, w1);
            four_rounds(s, w2, constants + t + 8);
            w3 = next_words(w3, w0, w1, w2);
            four_rounds(s, w3, constants + t + 12);
        }
        s.abef = _mm_add_epi32(s.abef, before.abef);
        s.cdgh = _mm_add_epi32(s.cdgh, before.cdgh);
    }
    const __m128i feba = _mm_shuffle_epi32(s.abef, 0x1B);
    const __m128i dchg = _mm_shuffle_epi32(s.cdgh, 0xB1);
    auto* out = reinterpret_cast<__m128i*>(state.data());
    _mm_storeu_si128(out, _mm_blend_epi16(feba, dchg, 0xF0));
    _mm_storeu_si128(out + 1, _mm_alignr_epi8(dchg, feba, 8));
}

}  // namespace

void sha256_compress(Sha256State& state, const Byte* blocks, std::size_t block_count) noexcept {
    static const bool use_sha_ni = processor_has_sha();  // here, because static initialisers hash too
    if (use_sha_ni) {
        compress_sha_ni(state, blocks, block_count);
    } else {
        sha256_compress_portable(state, blocks, block_count);
    }
}
#else
void sha256_compress(Sha256State& state, const Byte* blocks, std::size_t block_count) noexcept {
    sha256_compress_portable(state, blocks, block_count);
}
#endif

}  // namespace enshrine::hash
