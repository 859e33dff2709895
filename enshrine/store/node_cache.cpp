// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/integer.hpp>
#include <enshrine/store/node_cache.hpp>

#include <bit>
#include <new>

namespace enshrine::store {

NodeCache::NodeCache(std::size_t bytes) : set_count_{std::bit_floor(bytes / (ways * sizeof(Slot)))} {
    if (set_count_ == 0) return;
    // Not new[]: zero pages straight from the system cost nothing until they are touched.
    void* memory = std::calloc(set_count_ * ways, sizeof(Slot));
    if (memory == nullptr) throw std::bad_alloc{};
    slots_.reset(static_cast<Slot*>(memory));
}

NodeCache::Slot* NodeCache::set_of(const Hash32& hash) const noexcept {
    return slots_.get() + (load_le<std::uint64_t>(hash.data()) & (set_count_ - 1)) * ways;
}

bool NodeCache::find(const Hash32& hash, PreimageBuffer& out) noexcept {
    if (set_count_ == 0) return false;
    const std::scoped_lock lock{mutex_};
    Slot* set = set_of(hash);
    for (std::size_t way = 0; way < ways; ++way) {
        Slot& slot = set[way];
        if (slot.size_plus_one == 0 || slot.hash != hash) continue;
        slot.used = 1;
        out.assign(BytesView{slot.bytes, slot.size_plus_one - std::size_t{1}});
        return true;
    }
    return false;
}

void NodeCache::insert(const Hash32& hash, BytesView preimage) noexcept {
    if (set_count_ == 0 || preimage.size() > preimage_bytes_max) return;
    const std::scoped_lock lock{mutex_};
    Slot* set = set_of(hash);
    Slot* place = nullptr;
    for (std::size_t way = 0; way < ways; ++way) {
        if (set[way].size_plus_one != 0 && set[way].hash == hash) return;
        if (place == nullptr && (set[way].size_plus_one == 0 || set[way].used == 0)) place = &set[way];
    }
    if (place == nullptr) {  // all were read lately: every slot gets a new trial, one that the hash picks goes
        for (std::size_t way = 0; way < ways; ++way) set[way].used = 0;
        place = &set[hash[31] % ways];
    }
    place->hash = hash;
    place->used = 0;
    place->size_plus_one = static_cast<std::uint8_t>(preimage.size() + 1);
    std::ranges::copy(preimage, place->bytes);
}

}  // namespace enshrine::store
