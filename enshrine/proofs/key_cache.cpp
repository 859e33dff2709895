// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/key_cache.hpp>

#include <algorithm>
#include <utility>

namespace enshrine::proofs {

const AnyKey* KeyCache::find(const Hash32& id) noexcept {
    const auto found = keys_.find(id);
    if (found == keys_.end()) return nullptr;
    found->second.last_use = ++uses_;
    return &found->second.key;
}

Result<const AnyKey*> KeyCache::load(BytesView bytes) {
    ENSHRINE_TRY(auto key, AnyKey::decode(bytes));
    const Hash32 id = key.id();
    if (const AnyKey* const known = find(id); known != nullptr) return known;
    if (keys_.size() == keys_max) {
        const auto used_before = [](const auto& a, const auto& b) noexcept {
            return a.second.last_use < b.second.last_use;
        };
        keys_.erase(std::ranges::min_element(keys_, used_before));
    }
    const auto [entry, inserted] = keys_.emplace(id, Entry{std::move(key), ++uses_});
    return &entry->second.key;
}

}  // namespace enshrine::proofs
