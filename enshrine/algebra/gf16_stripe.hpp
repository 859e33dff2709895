// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/gf16.hpp>
#include <enshrine/algebra/gf16_combination.hpp>
#include <enshrine/base/bytes.hpp>

#include <span>
#include <string_view>

/// Transforms of many columns of symbols at once, by the instruction set of the processor. Host only.
///
/// A stripe is a matrix of rows of 64 symbols, 64 low halves followed by 64 high halves. Rows lie in blocks of 64 with
/// a gap of one row between blocks, so that rows that are a power of two apart do not compete for the same lines of a
/// cache.
namespace enshrine::algebra {

inline constexpr std::size_t stripe_symbols = 64;
inline constexpr std::size_t stripe_row_bytes = 2 * stripe_symbols;
inline constexpr std::size_t stripe_block_rows = 64;

[[nodiscard]] constexpr std::size_t stripe_offset(std::size_t row) noexcept {
    return (row + row / stripe_block_rows) * stripe_row_bytes;
}
[[nodiscard]] constexpr std::size_t stripe_bytes(std::size_t rows) noexcept {
    return stripe_offset(rows);
}

/// Instruction sets, slowest first.
enum class Gf16Path : std::uint8_t { scalar, avx2, avx2_gfni, avx512_gfni };
[[nodiscard]] std::string_view name_of(Gf16Path path) noexcept;

/// Called for consecutive rows, at most stripe_block_rows of them, while they are in the nearest cache.
struct BlockHook {
    void (*call)(void* context, std::size_t first_row, std::size_t row_count) noexcept = nullptr;
    void* context = nullptr;
    void operator()(std::size_t first_row, std::size_t row_count) const noexcept {
        if (call != nullptr) call(context, first_row, row_count);
    }
};

/// Where values of a transform lie: `rows` points from `offset` on (gf16_fft.hpp).
struct StripeDomain {
    std::size_t rows = 0;
    std::size_t offset = 0;
};

/// Linear combinations with many coefficients at once.
struct CombinationKernel {
    std::size_t table_bytes = 0;  ///< for each stripe_symbols coefficients; aligned to 64 bytes
    /// Coefficients of a row of `symbol_count` symbols; those up to a multiple of stripe_symbols count as zero.
    void (*prepare)(const Combination* coefficients, std::size_t symbol_count, Byte* table) noexcept = nullptr;
    void (*combine)(const Byte* table, std::size_t symbol_count, std::span<const Byte* const> rows,
                    Combination* out) noexcept = nullptr;
};

/// Two chunks, or the single one at the end of rows of an odd number of chunks, of a few neighbouring rows of a matrix.
struct RowBlock {
    Byte* rows = nullptr;    ///< the first row's chunks, aligned to 64 bytes
    std::size_t stride = 0;  ///< from row to row
    std::size_t count = 0;
    std::size_t chunk_count = 2;
    Byte* copy = nullptr;  ///< where the same bytes go as well, rows stripe_row_bytes apart
};

/// One implementation. Stripes are aligned to 64 bytes.
struct Gf16Kernel {
    Gf16Path path;
    /// Values to coefficients, in place. `fill` may write a block's values just before they are read.
    void (*ifft)(Byte* stripe, StripeDomain domain, const BlockHook& fill) noexcept;
    /// `scale` times coefficients to values; `to` may be `from`. `drain` may read a block's values when they are final.
    void (*fft)(const Byte* from, Byte* to, StripeDomain domain, Gf16 scale, const BlockHook& drain) noexcept;
    /// Multiplies row i of `rows` consecutive rows (within a block) by factors[i].
    void (*multiply_rows)(Byte* rows, const Gf16* factors, std::size_t count) noexcept;
    /// Rows of a matrix into consecutive rows of a stripe (within a block); a missing second chunk becomes zero.
    void (*pack)(const RowBlock& block, Byte* rows) noexcept;
    /// Back, past the caches: what is overwritten whole need not be read first, and is not needed again soon. Other
    /// threads may read it once the transform that calls this from its hook has returned.
    void (*unpack)(const Byte* rows, const RowBlock& block) noexcept;
    /// to += from.
    void (*add)(const Byte* from, Byte* to, std::size_t rows) noexcept;
    /// Coefficients of p to those of p + p'.
    void (*add_derivative)(Byte* stripe, std::size_t rows) noexcept;
    /// Linear combinations of rows with prepared coefficients (row_combiner.hpp); null where CombinationSum is the
    /// code.
    const CombinationKernel* combination = nullptr;
};

/// The implementation, or null where the processor lacks it. The scalar one is always there.
[[nodiscard]] const Gf16Kernel* gf16_kernel(Gf16Path path) noexcept;
/// The fastest one of this processor.
[[nodiscard]] const Gf16Kernel& gf16_kernel() noexcept;

/// 32 · chunk_count symbols of a matrix row into a stripe row (1 or 2 chunks; the rest becomes zero), and back.
inline void pack_stripe_row(const Byte* row, std::size_t chunk_count, Byte* stripe_row) noexcept {
    constexpr std::size_t half = chunk_symbols;
    std::memcpy(stripe_row, row, half);
    std::memcpy(stripe_row + stripe_symbols, row + half, half);
    if (chunk_count == 2) {
        std::memcpy(stripe_row + half, row + chunk_bytes, half);
        std::memcpy(stripe_row + stripe_symbols + half, row + chunk_bytes + half, half);
    } else {
        std::memset(stripe_row + half, 0, half);
        std::memset(stripe_row + stripe_symbols + half, 0, half);
    }
}
inline void unpack_stripe_row(const Byte* stripe_row, std::size_t chunk_count, Byte* row) noexcept {
    constexpr std::size_t half = chunk_symbols;
    std::memcpy(row, stripe_row, half);
    std::memcpy(row + half, stripe_row + stripe_symbols, half);
    if (chunk_count == 2) {
        std::memcpy(row + chunk_bytes, stripe_row + half, half);
        std::memcpy(row + chunk_bytes + half, stripe_row + stripe_symbols + half, half);
    }
}

}  // namespace enshrine::algebra
