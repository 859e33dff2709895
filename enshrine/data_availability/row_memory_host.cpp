// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/data_availability/row_memory_host.hpp>

#include <sys/mman.h>

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

#include <cstdlib>

namespace enshrine::data_availability {
namespace {

constexpr std::size_t line_bytes = 64;
constexpr std::size_t huge_page_bytes = std::size_t{2} << 20;

/// More than this is not in a cache when the encoder gets to it.
constexpr std::size_t cached_bytes_max = std::size_t{8} << 20;

}  // namespace

RowMemory::RowMemory(std::size_t size) : size_{size} {
    const std::size_t unit = size < huge_page_bytes ? line_bytes : huge_page_bytes;
    const std::size_t rounded = (size + unit - 1) / unit * unit;
    bytes_.reset(static_cast<Byte*>(std::aligned_alloc(unit, rounded)));
    ENSHRINE_ASSERT(bytes_ != nullptr);
    if (unit == huge_page_bytes) madvise(bytes_.get(), rounded, MADV_HUGEPAGE);  // a wish: refusal costs speed only
}

void RowMemory::Free::operator()(Byte* bytes) const noexcept {
    std::free(bytes);
}

bool exceeds_caches(std::size_t matrix_bytes) noexcept {
    return matrix_bytes > cached_bytes_max;
}

#if defined(__x86_64__)
void copy_row(BytesView from, Byte* to, bool streamed) noexcept {
    if (!streamed) {
        std::memcpy(to, from.data(), from.size());
        return;
    }
    for (std::size_t at = 0; at < from.size(); at += sizeof(__m128i)) {
        _mm_stream_si128(reinterpret_cast<__m128i*>(to + at),
                         _mm_loadu_si128(reinterpret_cast<const __m128i*>(from.data() + at)));
    }
}

void end_of_rows() noexcept {
    _mm_sfence();
}
#else
void copy_row(BytesView from, Byte* to, bool) noexcept {
    std::memcpy(to, from.data(), from.size());
}

void end_of_rows() noexcept {}
#endif

}  // namespace enshrine::data_availability
