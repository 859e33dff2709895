// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/gf16.hpp>
#include <enshrine/base/bytes.hpp>
#include <enshrine/base/integer.hpp>

#include <array>
#include <span>

/// Linear combinations of the symbols of rows [DA-CODE.2, DA-CODE.5], without tables: shared with rollup programs.
namespace enshrine::algebra {

inline constexpr std::size_t combination_limbs = 8;
inline constexpr std::size_t combination_bytes = 2 * combination_limbs;
inline constexpr std::size_t chunk_bytes = 64;  ///< of a row: 32 low halves of symbols, then their 32 high halves
inline constexpr std::size_t chunk_symbols = chunk_bytes / 2;

/// Eight limbs, little-endian, as they lie in digests and in proofs.
using Combination = std::array<Byte, combination_bytes>;

/// Collects Σ symbol(i) · coefficient(i). Symbols are put into sixteen buckets per nibble; one multiplication per bit
/// and limb comes at the end, whatever the number of symbols.
class CombinationSum {
public:
    void add(Gf16 symbol, const Combination& coefficient) noexcept {
        for (std::size_t nibble = 0; nibble < 4; ++nibble) {
            Bucket& bucket = buckets_[nibble][symbol >> (4 * nibble) & 15U];
            bucket = sum(bucket, to_bucket(coefficient));
        }
    }
    /// The 32 symbols of a chunk of 64 bytes.
    void add_chunk(const Byte* chunk, const Combination* coefficients) noexcept {
        for (std::size_t i = 0; i < chunk_symbols; ++i) {
            add(static_cast<Gf16>(chunk[i] | chunk[chunk_symbols + i] << 8), coefficients[i]);
        }
    }
    [[nodiscard]] Combination finish() const noexcept;

private:
    using Bucket = std::array<std::uint64_t, 2>;
    [[nodiscard]] static Bucket to_bucket(const Combination& coefficient) noexcept {
        return {load_le<std::uint64_t>(coefficient.data()), load_le<std::uint64_t>(coefficient.data() + 8)};
    }
    [[nodiscard]] static Bucket sum(const Bucket& a, const Bucket& b) noexcept { return {a[0] ^ b[0], a[1] ^ b[1]}; }
    std::array<std::array<Bucket, 16>, 4> buckets_{};
};

}  // namespace enshrine::algebra
