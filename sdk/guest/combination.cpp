// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/gf16.hpp>
#include <enshrine/base/integer.hpp>
#include <enshrine/hash/sha256.hpp>

#include <sdk/guest/combination.hpp>

#include <array>
#include <bit>
#include <cstring>
#include <memory>
#include <utility>

namespace enshrine::guest {
namespace {

static_assert(std::endian::native == std::endian::little, "rows are read as words");

constexpr unsigned element_bits = algebra::gf16_bits;
constexpr std::uint64_t reduction = algebra::gf16_polynomial & 0xffff;

/// A linear map of elements, a byte of its argument at a time.
struct ByteTables {
    std::array<std::uint16_t, 256> low{};
    std::array<std::uint16_t, 256> high{};
    [[nodiscard]] std::uint64_t operator()(std::uint64_t element) const noexcept {
        return std::uint64_t{low[element & 0xff]} ^ high[element >> 8];
    }
};

constexpr ByteTables tables_of(const std::array<std::uint16_t, element_bits>& images) {
    ByteTables out;
    for (unsigned value = 0; value < 256; ++value) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            if ((value >> bit & 1U) == 0) continue;
            out.low[value] ^= images[bit];
            out.high[value] ^= images[bit + 8];
        }
    }
    return out;
}

constexpr ByteTables to_polynomial = tables_of(algebra::gf16_basis);
constexpr ByteTables to_label = tables_of(algebra::detail::inverse_basis(algebra::gf16_basis));

std::uint64_t map_limbs(const ByteTables& map, std::uint64_t limbs) noexcept {
    std::uint64_t out = 0;
    for (unsigned shift = 0; shift < 64; shift += element_bits) out |= map(limbs >> shift & 0xffff) << shift;
    return out;
}

/// Four elements times x, in the polynomial basis.
std::uint64_t times_x(std::uint64_t limbs) noexcept {
    const std::uint64_t carries = limbs >> 15 & 0x0001'0001'0001'0001;
    return ((limbs & 0x7fff'7fff'7fff'7fff) << 1) ^ (carries * reduction);
}

/// Both words of a pair, each with its bytes reversed.
std::uint64_t swap_words(std::uint64_t words) noexcept {
    words = (words >> 8 & 0x00ff'00ff'00ff'00ff) | (words & 0x00ff'00ff'00ff'00ff) << 8;
    return (words >> 16 & 0x0000'ffff'0000'ffff) | (words & 0x0000'ffff'0000'ffff) << 16;
}

/// Coefficients of the columns in order. The message of each is one block, in which only the column changes.
class Coefficients {
public:
    explicit Coefficients(const Hash32& seed) noexcept {
        constexpr std::size_t message_bytes = Hash32::size_bytes + sizeof(std::uint32_t);
        std::memcpy(block_.data(), seed.data(), seed.size());
        block_[message_bytes] = 0x80;
        store_be(block_.data() + block_.size() - 8, std::uint64_t{message_bytes * 8});
    }
    [[nodiscard]] Limbs next() noexcept {
        store_le(std::assume_aligned<8>(block_.data()) + Hash32::size_bytes, column_++);
        alignas(8) hash::Sha256State words = hash::sha256_initial_state;
        hash::sha256_compress(words, block_.data(), 1);
        const auto folded = [&words](std::size_t i) { return std::uint64_t{words[i] ^ words[i + 4]}; };
        return {map_limbs(to_polynomial, swap_words(folded(0) | folded(1) << 32)),
                map_limbs(to_polynomial, swap_words(folded(2) | folded(3) << 32))};
    }

private:
    alignas(8) std::array<Byte, 64> block_{};
    std::uint32_t column_ = 0;
};

constexpr std::size_t chunk_bytes = 64;
constexpr std::size_t half_bytes = chunk_bytes / 2;  ///< the low halves of 32 symbols, then the high halves
constexpr std::size_t chunk_groups = half_bytes / 8;
constexpr std::size_t table_entries = 256;

/// Bit b of byte j becomes bit j of byte b (Warren, Hacker's Delight, 7-3).
[[gnu::always_inline]] inline std::uint64_t transpose(std::uint64_t x) noexcept {
    std::uint64_t t = (x ^ (x >> 7)) & 0x00aa'00aa'00aa'00aa;
    x ^= t ^ (t << 7);
    t = (x ^ (x >> 14)) & 0x0000'cccc'0000'cccc;
    x ^= t ^ (t << 14);
    t = (x ^ (x >> 28)) & 0x0000'0000'f0f0'f0f0;
    return x ^ t ^ (t << 28);
}

using Planes = std::array<Limbs, 8>;

/// Combinations of the eight planes whose bits lie in every other half chunk from `row` on. The sums have to live in
/// registers, of which there are just enough when every look-up ends before the next one begins.
#if defined(__riscv) && !defined(__clang__)
[[gnu::optimize("no-schedule-insns")]]
#endif
Planes combine_planes(const Byte* row, const Limbs* tables, std::size_t chunks) noexcept {
    Limbs s0, s1, s2, s3, s4, s5, s6, s7;
    const auto* table = reinterpret_cast<const Byte*>(tables);
    const auto add = [&table](Limbs& sum, std::uint64_t offset) {
        const auto& entry = *reinterpret_cast<const Limbs*>(table + (offset & (table_entries - 1) * sizeof(Limbs)));
        sum.low ^= entry.low;
        sum.high ^= entry.high;
    };
    for (const Byte* const end = row + chunks * chunk_bytes; row != end; row += half_bytes) {
        for (const Byte* const half_end = row + half_bytes; row != half_end; row += sizeof(std::uint64_t)) {
            const std::uint64_t planes = transpose(load_le<std::uint64_t>(std::assume_aligned<8>(row)));
            add(s0, planes << 4);
            add(s1, planes >> 4);
            add(s2, planes >> 12);
            add(s3, planes >> 20);
            add(s4, planes >> 28);
            add(s5, planes >> 36);
            add(s6, planes >> 44);
            add(s7, planes >> 52);
            table += table_entries * sizeof(Limbs);
        }
    }
    return {s0, s1, s2, s3, s4, s5, s6, s7};
}

/// Adds the planes whose label's polynomial has the term x^Power.
template <unsigned Power, std::size_t... Bit>
[[gnu::always_inline]] inline Limbs term(const Planes& low, const Planes& high, std::index_sequence<Bit...>) noexcept {
    Limbs out;
    const auto add = [&out]<std::size_t B>(const Planes& planes, std::integral_constant<std::size_t, B>) {
        if constexpr ((algebra::gf16_basis[B] >> Power & 1U) != 0) {
            out.low ^= planes[B % 8].low;
            out.high ^= planes[B % 8].high;
        }
    };
    (add(low, std::integral_constant<std::size_t, Bit>{}), ...);
    (add(high, std::integral_constant<std::size_t, Bit + 8>{}), ...);
    return out;
}

/// Σ (element labelled 2^b) · plane b, by Horner's rule over the powers of x.
template <std::size_t... Step>
Limbs weigh_planes(const Planes& low, const Planes& high, std::index_sequence<Step...>) noexcept {
    Limbs out;
    const auto step = [&]<std::size_t S>(std::integral_constant<std::size_t, S>) {
        const Limbs added = term<element_bits - 1 - S>(low, high, std::make_index_sequence<8>{});
        out.low = times_x(out.low) ^ added.low;
        out.high = times_x(out.high) ^ added.high;
    };
    (step(std::integral_constant<std::size_t, Step>{}), ...);
    return out;
}

}  // namespace

Combiner::Combiner(const Hash32& seed, std::size_t row_bytes)
    : tables_(row_bytes / chunk_bytes * chunk_groups * table_entries), chunks_{row_bytes / chunk_bytes} {
    Coefficients coefficients{seed};
    for (std::size_t at = 0; at < tables_.size(); at += table_entries) {
        Limbs* const table = tables_.data() + at;
        for (std::size_t size = 1; size < table_entries; size *= 2) {
            const Limbs coefficient = coefficients.next();
            for (std::size_t i = 0; i < size; ++i) {
                table[size + i] = {table[i].low ^ coefficient.low, table[i].high ^ coefficient.high};
            }
        }
    }
}

Combination Combiner::combine(const Byte* row) const noexcept {
    const Planes low = combine_planes(row, tables_.data(), chunks_);
    const Planes high = combine_planes(row + half_bytes, tables_.data(), chunks_);
    const Limbs sum = weigh_planes(low, high, std::make_index_sequence<element_bits>{});
    alignas(8) Combination out;
    store_le(std::assume_aligned<8>(out.data()), map_limbs(to_label, sum.low));
    store_le(std::assume_aligned<8>(out.data()) + 8, map_limbs(to_label, sum.high));
    return out;
}

}  // namespace enshrine::guest
