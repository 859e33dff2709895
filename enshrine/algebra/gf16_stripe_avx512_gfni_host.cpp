// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// AVX-512 with GFNI: 64 symbols in two registers.
#include <enshrine/algebra/gf16_bit_matrix.hpp>
#include <enshrine/algebra/gf16_kernels_host.hpp>

#if defined(__x86_64__)
#include <immintrin.h>

#include <algorithm>
#include <bit>

#if !defined(__clang__)
// g++ 12 warns of the operands that its own intrinsics leave undefined.
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,gfni"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512dq,avx512vl,gfni")
#endif

namespace enshrine::algebra {
namespace {

struct Ops {
    static constexpr std::size_t symbols = 64;
    static constexpr unsigned layers_per_pass = 3;
    using Vector = __m512i;
    struct Wide {
        __m512i low;
        __m512i high;
    };
    using Factor = BitMatrix;

    static Wide load(const Byte* row, std::size_t) noexcept {
        return {_mm512_load_si512(row), _mm512_load_si512(row + 64)};
    }
    static void store(Byte* row, std::size_t, Wide x) noexcept {
        _mm512_store_si512(row, x.low);
        _mm512_store_si512(row + 64, x.high);
    }
    static Wide load_symbols(const Byte* row, std::size_t, std::size_t chunk_count) noexcept {
        const Vector first = _mm512_loadu_si512(row);
        const Vector second = chunk_count == 2 ? _mm512_loadu_si512(row + chunk_bytes) : _mm512_setzero_si512();
        return {_mm512_shuffle_i64x2(first, second, 0x44), _mm512_shuffle_i64x2(first, second, 0xEE)};
    }
    static void store_symbols(Byte* row, std::size_t, std::size_t chunk_count, Wide x) noexcept {
        _mm512_store_si512(row, _mm512_shuffle_i64x2(x.low, x.high, 0x44));
        if (chunk_count == 2) _mm512_store_si512(row + chunk_bytes, _mm512_shuffle_i64x2(x.low, x.high, 0xEE));
    }
    static void stream_symbols(Byte* row, std::size_t, std::size_t chunk_count, Wide x) noexcept {
        auto* to = reinterpret_cast<Vector*>(row);
        _mm512_stream_si512(to, _mm512_shuffle_i64x2(x.low, x.high, 0x44));
        if (chunk_count == 2) _mm512_stream_si512(to + 1, _mm512_shuffle_i64x2(x.low, x.high, 0xEE));
    }
    static void end_stream() noexcept { _mm_sfence(); }
    struct Multiplier {
        Vector low_of_low;
        Vector low_of_high;
        Vector high_of_low;
        Vector high_of_high;
    };
    /// In registers, out of the compiler's sight: clang 19 encodes the offset of a matrix that the instruction itself
    /// broadcasts from memory eight times too small.
    static Vector broadcast(std::uint64_t matrix) noexcept {
        Vector out = _mm512_set1_epi64(static_cast<long long>(matrix));
        asm("" : "+v"(out));
        return out;
    }
    static Multiplier expand(const Factor& f) noexcept {
        return {broadcast(f.low_of_low), broadcast(f.low_of_high), broadcast(f.high_of_low), broadcast(f.high_of_high)};
    }
    static Vector affine(Vector x, Vector matrix) noexcept { return _mm512_gf2p8affine_epi64_epi8(x, matrix, 0); }
    static __m512i sum(__m512i a, __m512i b, __m512i c) noexcept { return _mm512_ternarylogic_epi64(a, b, c, 0x96); }
    static Wide add(Wide a, Wide b) noexcept {
        return {_mm512_xor_si512(a.low, b.low), _mm512_xor_si512(a.high, b.high)};
    }
    static Wide multiply(Wide x, const Multiplier& f) noexcept {
        return {_mm512_xor_si512(affine(x.low, f.low_of_low), affine(x.high, f.low_of_high)),
                _mm512_xor_si512(affine(x.low, f.high_of_low), affine(x.high, f.high_of_high))};
    }
    template <bool Subfield>
    static Wide multiply_add(Wide a, Wide x, const Multiplier& f) noexcept {
        const Vector low = sum(a.low, affine(x.low, f.low_of_low), affine(x.high, f.low_of_high));
        if constexpr (Subfield) {
            return {low, _mm512_xor_si512(a.high, affine(x.high, f.high_of_high))};
        } else {
            return {low, sum(a.high, affine(x.low, f.high_of_low), affine(x.high, f.high_of_high))};
        }
    }
    static Factor factor_sum(const Factor& a, const Factor& b) noexcept {
        return {a.low_of_low ^ b.low_of_low, a.low_of_high ^ b.low_of_high, a.high_of_low ^ b.high_of_low,
                a.high_of_high ^ b.high_of_high};
    }
    static Factor make_factor(Gf16 element) noexcept { return multiplication_matrix(element); }

    static constexpr std::size_t rows_at_once = 4;
    static Vector zero() noexcept { return _mm512_setzero_si512(); }
    static Vector load_vector(const Byte* from) noexcept { return _mm512_load_si512(from); }
    static void store_vector(Byte* to, Vector x) noexcept { _mm512_store_si512(to, x); }
    static Vector add(Vector a, Vector b) noexcept { return _mm512_xor_si512(a, b); }
    static Vector multiply_bytes(Vector a, Vector b) noexcept { return _mm512_gf2p8mul_epi8(a, b); }
    static Byte sum_of_bytes(Vector x) noexcept {
        const __m256i half = _mm256_xor_si256(_mm512_castsi512_si256(x), _mm512_extracti64x4_epi64(x, 1));
        const __m128i quarter = _mm_xor_si128(_mm256_castsi256_si128(half), _mm256_extracti128_si256(half, 1));
        auto sum = static_cast<std::uint64_t>(_mm_extract_epi64(quarter, 0) ^ _mm_extract_epi64(quarter, 1));
        sum ^= sum >> 32;
        sum ^= sum >> 16;
        return static_cast<Byte>(sum ^ sum >> 8);
    }
};

#include <enshrine/algebra/gf16_combination_code.hpp>
#include <enshrine/algebra/gf16_stripe_code.hpp>

constexpr CombinationKernel combination{combination_table_bytes, prepare, combine};

}  // namespace

const Gf16Kernel gf16_kernel_avx512_gfni{Gf16Path::avx512_gfni, ifft,        fft, multiply_rows, pack, unpack, add,
                                         add_derivative,        &combination};

}  // namespace enshrine::algebra

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif
