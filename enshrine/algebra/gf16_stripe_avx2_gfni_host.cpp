// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// AVX2 with GFNI: 32 symbols in two registers.
#include <enshrine/algebra/gf16_bit_matrix.hpp>
#include <enshrine/algebra/gf16_kernels_host.hpp>

#if defined(__x86_64__)
#include <immintrin.h>

#include <algorithm>
#include <bit>

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,gfni"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,gfni")
#endif

namespace enshrine::algebra {
namespace {

struct Ops {
    static constexpr std::size_t symbols = 32;
    static constexpr unsigned layers_per_pass = 2;
    using Vector = __m256i;
    struct Wide {
        Vector low;
        Vector high;
    };
    using Factor = BitMatrix;

    static Vector load_vector(const Byte* from) noexcept {
        return _mm256_load_si256(reinterpret_cast<const Vector*>(from));
    }
    static void store_vector(Byte* to, Vector x) noexcept { _mm256_store_si256(reinterpret_cast<Vector*>(to), x); }
    static Wide load(const Byte* row, std::size_t part) noexcept {
        return {load_vector(row + symbols * part), load_vector(row + symbols * part + stripe_symbols)};
    }
    static void store(Byte* row, std::size_t part, Wide x) noexcept {
        store_vector(row + symbols * part, x.low);
        store_vector(row + symbols * part + stripe_symbols, x.high);
    }
    struct Multiplier {
        Vector low_of_low;
        Vector low_of_high;
        Vector high_of_low;
        Vector high_of_high;
    };
    static Vector broadcast(std::uint64_t matrix) noexcept {
        Vector out = _mm256_set1_epi64x(static_cast<long long>(matrix));
        return out;
    }
    static Multiplier expand(const Factor& f) noexcept {
        return {broadcast(f.low_of_low), broadcast(f.low_of_high), broadcast(f.high_of_low), broadcast(f.high_of_high)};
    }
    static Vector affine(Vector x, Vector matrix) noexcept { return _mm256_gf2p8affine_epi64_epi8(x, matrix, 0); }
    static Wide load_symbols(const Byte* row, std::size_t part, std::size_t chunk_count) noexcept {
        if (part >= chunk_count) return {_mm256_setzero_si256(), _mm256_setzero_si256()};
        const auto* from = reinterpret_cast<const Vector*>(row + part * chunk_bytes);
        return {_mm256_loadu_si256(from), _mm256_loadu_si256(from + 1)};
    }
    static void store_symbols(Byte* row, std::size_t part, std::size_t chunk_count, Wide x) noexcept {
        if (part >= chunk_count) return;
        store_vector(row + part * chunk_bytes, x.low);
        store_vector(row + part * chunk_bytes + symbols, x.high);
    }
    static void stream_symbols(Byte* row, std::size_t part, std::size_t chunk_count, Wide x) noexcept {
        if (part >= chunk_count) return;
        auto* to = reinterpret_cast<Vector*>(row + part * chunk_bytes);
        _mm256_stream_si256(to, x.low);
        _mm256_stream_si256(to + 1, x.high);
    }
    static void end_stream() noexcept { _mm_sfence(); }
    static Vector add(Vector a, Vector b) noexcept { return _mm256_xor_si256(a, b); }
    static Wide add(Wide a, Wide b) noexcept { return {add(a.low, b.low), add(a.high, b.high)}; }
    static Wide multiply(Wide x, const Multiplier& f) noexcept {
        return {add(affine(x.low, f.low_of_low), affine(x.high, f.low_of_high)),
                add(affine(x.low, f.high_of_low), affine(x.high, f.high_of_high))};
    }
    template <bool Subfield>
    static Wide multiply_add(Wide a, Wide x, const Multiplier& f) noexcept {
        if constexpr (Subfield) {
            return {add(a.low, add(affine(x.low, f.low_of_low), affine(x.high, f.low_of_high))),
                    add(a.high, affine(x.high, f.high_of_high))};
        } else {
            return add(a, multiply(x, f));
        }
    }
    static Factor factor_sum(const Factor& a, const Factor& b) noexcept {
        return {a.low_of_low ^ b.low_of_low, a.low_of_high ^ b.low_of_high, a.high_of_low ^ b.high_of_low,
                a.high_of_high ^ b.high_of_high};
    }
    static Factor make_factor(Gf16 element) noexcept { return multiplication_matrix(element); }

    static constexpr std::size_t rows_at_once = 2;
    static Vector multiply_bytes(Vector a, Vector b) noexcept { return _mm256_gf2p8mul_epi8(a, b); }
    static Byte sum_of_bytes(Vector x) noexcept {
        const __m128i half = _mm_xor_si128(_mm256_castsi256_si128(x), _mm256_extracti128_si256(x, 1));
        auto sum = static_cast<std::uint64_t>(_mm_extract_epi64(half, 0) ^ _mm_extract_epi64(half, 1));
        sum ^= sum >> 32;
        sum ^= sum >> 16;
        return static_cast<Byte>(sum ^ sum >> 8);
    }
};

#include <enshrine/algebra/gf16_combination_code.hpp>
#include <enshrine/algebra/gf16_stripe_code.hpp>

constexpr CombinationKernel combination{combination_table_bytes, prepare, combine};

}  // namespace

const Gf16Kernel gf16_kernel_avx2_gfni{Gf16Path::avx2_gfni, ifft,        fft, multiply_rows, pack, unpack, add,
                                       add_derivative,      &combination};

}  // namespace enshrine::algebra

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif
