// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

/// Numbers hashes in the order of their first appearance and finds the number again.
namespace enshrine::vm {

/// An open-addressing table whose probes are bounded: a hash that finds no slot in its window goes to an ordered map.
/// Who grinds preimages for colliding slots gains a logarithm, not a quadratic run.
class HashIndex {
public:
    [[nodiscard]] std::optional<std::size_t> find(const Hash32& hash) const noexcept;
    /// `hash` has not been appended before; it gets the number size().
    void append(const Hash32& hash);
    [[nodiscard]] std::size_t size() const noexcept { return hashes_.size(); }

private:
    static constexpr std::size_t window = 16;
    static constexpr std::size_t slots_min = 256;

    void place(std::size_t number);
    void grow();

    std::vector<Hash32> hashes_;
    std::vector<std::uint32_t>
        slots_;  ///< number + 1, or 0 for a free slot; a power of two of them, and a window behind
    std::map<Hash32, std::uint32_t> crowded_;
};

}  // namespace enshrine::vm
