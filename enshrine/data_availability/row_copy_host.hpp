// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/gf16_combination.hpp>

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

/// Copies of chunks between a matrix, which is far larger than any cache, and a block of its rows. Host only.
namespace enshrine::data_availability {

inline void copy_chunks(const Byte* from, std::size_t chunk_count, Byte* to) noexcept {
    for (std::size_t i = 0; i < chunk_count; ++i) {
        std::memcpy(to + i * algebra::chunk_bytes, from + i * algebra::chunk_bytes, algebra::chunk_bytes);
    }
}

/// Past the caches: lines that are overwritten whole need not be read first, and are not needed again soon. `to` is
/// aligned to a chunk.
inline void stream_chunks(const Byte* from, std::size_t chunk_count, Byte* to) noexcept {
#if defined(__x86_64__)
    for (std::size_t at = 0; at < chunk_count * algebra::chunk_bytes; at += sizeof(__m128i)) {
        _mm_stream_si128(reinterpret_cast<__m128i*>(to + at),
                         _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + at)));
    }
#else
    copy_chunks(from, chunk_count, to);
#endif
}

/// Orders streamed bytes before what this thread writes next.
inline void end_of_stream() noexcept {
#if defined(__x86_64__)
    _mm_sfence();
#endif
}

inline void prefetch_chunks(const Byte* from, std::size_t chunk_count) noexcept {
    for (std::size_t i = 0; i < chunk_count; ++i) __builtin_prefetch(from + i * algebra::chunk_bytes);
}

}  // namespace enshrine::data_availability
