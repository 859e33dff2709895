// SPDX-License-Identifier: Apache-2.0
#include <enshrine/state/view.hpp>

namespace enshrine::state {

std::optional<Bytes> Overlay::get(const Key& key) const {
    const auto found = changes_.find(key);
    return found != changes_.end() ? found->second : base_.get(key);
}

void Overlay::put(const Key& key, BytesView value) {
    ENSHRINE_ASSERT(value.size() <= value_bytes_max);
    changes_.insert_or_assign(key, to_bytes(value));
}

void Overlay::erase(const Key& key) {
    changes_.insert_or_assign(key, std::nullopt);
}

void Overlay::merge_into(Overlay& parent) && {
    for (auto& [key, value] : changes_) parent.changes_.insert_or_assign(key, std::move(value));
    changes_.clear();
}

std::optional<Bytes> MemoryView::get(const Key& key) const {
    const auto found = entries_.find(key);
    if (found == entries_.end()) return std::nullopt;
    return found->second;
}

void MemoryView::apply(const WriteSet& changes) {
    for (const auto& [key, value] : changes) {
        if (value.has_value()) {
            entries_.insert_or_assign(key, *value);
        } else {
            entries_.erase(key);
        }
    }
}

}  // namespace enshrine::state
