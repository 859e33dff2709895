// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/store/preimage_buffer.hpp>

#include <cstdlib>
#include <memory>
#include <mutex>

namespace enshrine::store {

/// Small preimages by hash, in memory: four-way sets of fixed slots, found by the first bytes of the hash. What it
/// holds is right whatever happens to the database, since a hash has one preimage. Thread-safe.
class NodeCache {
public:
    static constexpr std::size_t preimage_bytes_max =
        94;  ///< tree nodes (65) and ordinary values; larger ones are not kept

    /// Rounds down to a power of two; below one set nothing is kept. Memory is taken as slots fill.
    explicit NodeCache(std::size_t bytes);

    [[nodiscard]] bool find(const Hash32& hash, PreimageBuffer& out) noexcept;
    void insert(const Hash32& hash, BytesView preimage) noexcept;

private:
    static constexpr std::size_t ways = 4;
    struct Slot {
        Hash32 hash;
        std::uint8_t size_plus_one;  ///< 0: empty, so that fresh zero pages are an empty cache
        std::uint8_t used;           ///< read since the last eviction in its set
        Byte bytes[preimage_bytes_max];
    };
    static_assert(sizeof(Slot) == 128);
    struct Free {
        void operator()(Slot* slots) const noexcept { std::free(slots); }
    };

    [[nodiscard]] Slot* set_of(const Hash32& hash) const noexcept;

    std::size_t set_count_ = 0;
    std::unique_ptr<Slot[], Free> slots_;
    std::mutex mutex_;
};

}  // namespace enshrine::store
