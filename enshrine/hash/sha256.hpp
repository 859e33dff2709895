// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/bytes.hpp>

#include <array>
#include <cstdint>

/// SHA-256 (FIPS 180-4). On the host the block function is chosen once at start-up (SHA-NI or portable); in a rollup
/// program it is the machine's accelerator.
namespace enshrine::hash {

using Sha256State = std::array<std::uint32_t, 8>;
inline constexpr Sha256State sha256_initial_state{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                                  0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

/// Absorbs `block_count` consecutive 64-byte blocks.
void sha256_compress(Sha256State& state, const Byte* blocks, std::size_t block_count) noexcept;
/// The portable reference of the same function.
void sha256_compress_portable(Sha256State& state, const Byte* blocks, std::size_t block_count) noexcept;

/// One-shot digest.
[[nodiscard]] Hash32 sha256(BytesView data) noexcept;
/// Digest of the concatenation a ‖ b, without copying into one buffer.
[[nodiscard]] Hash32 sha256(BytesView a, BytesView b) noexcept;
/// Digest of prefix ‖ a ‖ b with 32-byte a and b: the shape of every tree node and leaf. Two compressions.
[[nodiscard]] Hash32 sha256_tagged_pair(Byte prefix, const Hash32& a, const Hash32& b) noexcept;

/// Incremental digest.
class Sha256 {
public:
    Sha256& update(BytesView data) noexcept;
    [[nodiscard]] Hash32 finish() noexcept;

private:
    Sha256State state_ = sha256_initial_state;
    std::array<Byte, 64> buffer_{};
    std::uint64_t size_ = 0;
};

}  // namespace enshrine::hash
