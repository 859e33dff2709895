// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/hash/sha256_lanes.hpp>

#include <span>
#include <string_view>

/// The instruction sets behind sha256_lanes.hpp, by name: for tests, which compare them, and benchmarks.
namespace enshrine::hash {

/// Block functions of one instruction set over sixteen lanes. Only the first `lanes` count; the pointers and digests of
/// the others are neither read nor written.
struct Sha256LaneCode {
    std::string_view name;
    bool (*supported)() noexcept;
    /// With fewer lanes than this, `few` is faster where it is supported.
    std::size_t lanes_min;
    const Sha256LaneCode* few;

    void (*start)(Sha256LaneStates& states, Byte prefix) noexcept;
    /// Absorbs blocks as they are.
    void (*absorb)(Sha256LaneStates& states, const Byte* const* blocks, std::size_t block_count,
                   std::size_t lanes) noexcept;
    /// Absorbs carry ‖ row, and keeps the last byte as the carry.
    void (*absorb_shifted)(Sha256LaneStates& states, const Byte* const* rows, std::size_t block_count,
                           std::size_t lanes) noexcept;
    /// Absorbs the last block of a message of which the carry is left over.
    void (*absorb_carry)(Sha256LaneStates& states, std::uint64_t message_bytes, std::size_t lanes) noexcept;
    void (*digests)(const Sha256LaneStates& states, Hash32* out, std::size_t lanes) noexcept;

    // The public functions, on this instruction set.
    void rows(Byte prefix, std::span<const Byte* const> rows, std::size_t row_bytes, Hash32* out) const noexcept;
    void pairs(Byte prefix, const Hash32* in, std::size_t pair_count, Hash32* out) const noexcept;
    void seed_index(const Hash32& seed, std::uint32_t first, std::size_t count, Hash32* out) const noexcept;
};

/// Best first; the last one is portable. Not every one is supported here.
[[nodiscard]] std::span<const Sha256LaneCode* const> sha256_lane_codes() noexcept;
/// The one in use.
[[nodiscard]] const Sha256LaneCode& sha256_lane_code() noexcept;

extern const Sha256LaneCode sha256_lanes_portable;
#if defined(__x86_64__)
extern const Sha256LaneCode sha256_lanes_avx512;
extern const Sha256LaneCode sha256_lanes_sha_ni;
extern const Sha256LaneCode sha256_lanes_avx2;
#endif

}  // namespace enshrine::hash
