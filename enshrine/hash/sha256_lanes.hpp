// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/bytes.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

/// SHA-256 of many messages of one size at once, with the instruction set chosen at start-up. Host only.
namespace enshrine::hash {

/// out[i] = SHA-256(prefix ‖ rows[i]); every row has `row_bytes` bytes: the leaves of a tree.
void sha256_rows(Byte prefix, std::span<const Byte* const> rows, std::size_t row_bytes, Hash32* out) noexcept;

/// out[i] = SHA-256(prefix ‖ in[2 i] ‖ in[2 i + 1]): one level of a tree. `out` may be `in`.
void sha256_pairs(Byte prefix, const Hash32* in, std::size_t pair_count, Hash32* out) noexcept;

/// out[i] = SHA-256(seed ‖ LE32(first + i)).
void sha256_seed_index(const Hash32& seed, std::uint32_t first, std::size_t count, Hash32* out) noexcept;

inline constexpr std::size_t sha256_lane_count = 16;

/// Running states of sixteen messages that start with one prefix byte and grow by whole 64-byte blocks. Word order is
/// the instruction set's own.
struct Sha256LaneStates {
    alignas(64) std::array<std::uint32_t, 8 * sha256_lane_count> words;
    /// The byte of each lane that the prefix pushed out of its last block, in bits 24–31.
    std::array<std::uint32_t, sha256_lane_count> carry;
};

/// Sixteen incremental digests of prefix ‖ row, for an encoder that produces its rows stripe by stripe. A plain value:
/// thousands of them lie in one array.
class Sha256Lanes {
public:
    void start(Byte prefix) noexcept;
    /// Appends 64 · block_count bytes to each row; `stripes` are sixteen pointers.
    void push(const Byte* const* stripes, std::size_t block_count) noexcept;
    /// Writes sixteen digests. `row_bytes` is what has been pushed to each row.
    void finish(std::uint64_t row_bytes, Hash32* out) noexcept;

private:
    Sha256LaneStates states_;
};

}  // namespace enshrine::hash
