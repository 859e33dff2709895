// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// AVX2: products of nibbles come from tables in registers.
#include <enshrine/algebra/gf16_kernels_host.hpp>

#if defined(__x86_64__)
#include <immintrin.h>

#include <algorithm>
#include <bit>

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2")
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
    /// Low and high halves of the products with each value of each nibble.
    struct alignas(32) Factor {
        std::array<std::array<std::uint64_t, 2>, 4> low;
        std::array<std::array<std::uint64_t, 2>, 4> high;
    };

    struct Multiplier {
        const Factor* factor;  // stays in memory: eight tables are more than there are registers for
    };
    static Multiplier expand(const Factor& factor) noexcept { return {&factor}; }

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
    static Vector look_up(const std::array<std::uint64_t, 2>& table, Vector nibbles) noexcept {
        const __m128i entries = _mm_load_si128(reinterpret_cast<const __m128i*>(table.data()));
        return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(entries), nibbles);
    }
    static Vector look_up(const std::array<std::array<std::uint64_t, 2>, 4>& tables,
                          const Vector (&nibbles)[4]) noexcept {
        return add(add(look_up(tables[0], nibbles[0]), look_up(tables[1], nibbles[1])),
                   add(look_up(tables[2], nibbles[2]), look_up(tables[3], nibbles[3])));
    }
    static Wide multiply(Wide x, Multiplier f) noexcept {
        const Vector mask = _mm256_set1_epi8(15);
        const Vector nibbles[4]{_mm256_and_si256(x.low, mask), _mm256_and_si256(_mm256_srli_epi16(x.low, 4), mask),
                                _mm256_and_si256(x.high, mask), _mm256_and_si256(_mm256_srli_epi16(x.high, 4), mask)};
        return {look_up(f.factor->low, nibbles), look_up(f.factor->high, nibbles)};
    }
    template <bool Subfield>
    static Wide multiply_add(Wide a, Wide x, Multiplier f) noexcept {
        return add(a, multiply(x, f));
    }
    static Factor factor_sum(const Factor& a, const Factor& b) noexcept {
        Factor out;
        for (std::size_t i = 0; i < 4; ++i) {
            for (std::size_t k = 0; k < 2; ++k) {
                out.low[i][k] = a.low[i][k] ^ b.low[i][k];
                out.high[i][k] = a.high[i][k] ^ b.high[i][k];
            }
        }
        return out;
    }
    static Factor make_factor(Gf16 element) noexcept {
        Factor out{};
        for (unsigned nibble = 0; nibble < 4; ++nibble) {
            for (unsigned value = 0; value < 16; ++value) {
                const Gf16 product = gf16_mul(element, static_cast<Gf16>(value << (4 * nibble)));
                const unsigned shift = 8 * (value % 8);
                out.low[nibble][value / 8] |= std::uint64_t{product & 255U} << shift;
                out.high[nibble][value / 8] |= std::uint64_t{product} >> 8 << shift;
            }
        }
        return out;
    }
};

#include <enshrine/algebra/gf16_stripe_code.hpp>

}  // namespace

const Gf16Kernel gf16_kernel_avx2{Gf16Path::avx2, ifft, fft, multiply_rows, pack, unpack, add, add_derivative, nullptr};

}  // namespace enshrine::algebra

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif
