// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/integer.hpp>
#include <enshrine/vm/hash_index.hpp>

#include <algorithm>

namespace enshrine::vm {
namespace {

/// First slot of the window of `hash`, among a power of two of slots.
std::size_t home(const Hash32& hash, std::size_t slots) noexcept {
    return load_le<std::uint64_t>(hash.data()) & (slots - 1);
}

}  // namespace

std::optional<std::size_t> HashIndex::find(const Hash32& hash) const noexcept {
    if (slots_.empty()) return std::nullopt;
    const std::size_t first = home(hash, slots_.size() - window);
    for (std::size_t k = first; k < first + window; ++k) {
        if (slots_[k] == 0) return std::nullopt;
        const std::size_t number = slots_[k] - 1;
        if (hashes_[number] == hash) return number;
    }
    const auto found = crowded_.find(hash);
    if (found == crowded_.end()) return std::nullopt;
    return found->second;
}

void HashIndex::append(const Hash32& hash) {
    hashes_.push_back(hash);
    if (hashes_.size() * 2 > slots_.size()) {
        grow();
    } else {
        place(hashes_.size() - 1);
    }
}

void HashIndex::place(std::size_t number) {
    const Hash32& hash = hashes_[number];
    const std::size_t first = home(hash, slots_.size() - window);
    for (std::size_t k = first; k < first + window; ++k) {
        if (slots_[k] != 0) continue;
        slots_[k] = narrow<std::uint32_t>(number + 1);
        return;
    }
    crowded_.emplace(hash, narrow<std::uint32_t>(number));
}

void HashIndex::grow() {
    const std::size_t slots = slots_.empty() ? slots_min : (slots_.size() - window) * 4;
    slots_.assign(slots + window, 0);
    crowded_.clear();
    for (std::size_t number = 0; number < hashes_.size(); ++number) place(number);
}

}  // namespace enshrine::vm
