// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/bytes.hpp>

#include <array>
#include <cstdint>
#include <span>
#include <utility>

namespace enshrine::hash {

/// The random generator chacha8rand of C2SP, which is Go's `rand.NewChaCha8`: equal seeds give equal numbers on every
/// machine. Not the cipher of RFC 8439.
class ChaCha8 {
public:
    explicit ChaCha8(const Hash32& seed) noexcept;
    [[nodiscard]] std::uint64_t next() noexcept;
    /// Uniform below `bound`, which is positive: the numbers that Go's `rand.Rand.Uint64N` draws.
    [[nodiscard]] std::uint64_t below(std::uint64_t bound) noexcept;
    /// The permutation of Go's `rand.Rand.Shuffle`.
    template <class T>
    void shuffle(std::span<T> items) noexcept {
        for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
    }

private:
    static constexpr std::size_t block_words = 32;
    void fill() noexcept;

    Hash32 seed_;
    std::array<std::uint64_t, block_words> words_;
    std::uint32_t counter_ = 0;
    std::size_t used_ = 0;
};

}  // namespace enshrine::hash
