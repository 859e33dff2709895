// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/integer.hpp>
#include <enshrine/hash/sha256.hpp>

#include <sdk/guest/calls.hpp>
#include <sdk/guest/state.hpp>

#include <algorithm>
#include <cstring>

namespace enshrine::guest {
namespace {

constexpr std::size_t index_size_min = 64;

class RevealedNodes final : public state::NodeReader {
public:
    [[nodiscard]] std::optional<state::NodePreimage> node(const Hash32& hash) override {
        const BytesView bytes = reveal(hash);
        if (bytes.size() != state::node_bytes) return std::nullopt;
        std::optional<state::NodePreimage> out{std::in_place};
        std::memcpy(out->data(), bytes.data(), state::node_bytes);
        return out;
    }
};

/// Paths are digests, so any eight of their bytes spread well.
std::size_t home_of(const Hash32& path, std::size_t index_size) noexcept {
    return static_cast<std::size_t>(load_le<std::uint64_t>(path.data())) & (index_size - 1);
}

bool same(const Hash32& a, const Hash32& b) noexcept {
    return std::memcmp(a.data(), b.data(), Hash32::size_bytes) == 0;
}

}  // namespace

std::optional<Bytes> State::get(const state::Key& key) const {
    return slot_of(key).value;
}

const Bytes* State::find(const state::Key& key) const {
    const Slot& slot = slot_of(key);
    return slot.value ? &*slot.value : nullptr;
}

void State::put(const state::Key& key, BytesView value) {
    ENSHRINE_ASSERT(value.size() <= call_bytes_max);
    write(key, to_bytes(value));
}

void State::erase(const state::Key& key) {
    write(key, std::nullopt);
}

void State::write(const state::Key& key, std::optional<Bytes> value) {
    Slot& slot = slot_of(key);
    undo_.push_back(Undo{&slot, std::move(slot.value)});
    slot.value = std::move(value);
    slot.written = true;
}

void State::revert_to(Mark mark) {
    ENSHRINE_ASSERT(mark <= undo_.size());
    while (undo_.size() > mark) {
        undo_.back().slot->value = std::move(undo_.back().value);
        undo_.pop_back();
    }
}

State::Slot& State::slot_of(const state::Key& key) const {
    const Hash32 path = state::path_of(key);
    if (2 * (slots_.size() + 1) > index_.size()) grow_index();
    std::size_t at = home_of(path, index_.size());
    for (; index_[at] != 0; at = (at + 1) & (index_.size() - 1)) {
        Slot& slot = *slots_[index_[at] - 1];
        if (same(slot.path, path)) return slot;
    }
    slots_.push_back(std::make_unique<Slot>());
    index_[at] = static_cast<std::uint32_t>(slots_.size());
    Slot& slot = *slots_.back();
    slot.path = path;
    load(slot);
    return slot;
}

void State::grow_index() const {
    index_.assign(std::max(index_size_min, 2 * index_.size()), 0);
    for (std::size_t i = 0; i < slots_.size(); ++i) {
        std::size_t at = home_of(slots_[i]->path, index_.size());
        while (index_[at] != 0) at = (at + 1) & (index_.size() - 1);
        index_[at] = static_cast<std::uint32_t>(i + 1);
    }
}

void State::load(Slot& slot) const {
    RevealedNodes nodes;
    const auto found = state::lookup(nodes, root_, slot.path);
    if (!found) {
        broken_ = true;
        return;
    }
    if (!*found) return;
    slot.original = **found;
    slot.value = to_bytes(reveal(**found));
}

Result<Hash32> State::commit() {
    struct Write {
        state::PathChange change;
        const Slot* slot;
    };
    std::vector<Write> writes;
    for (const auto& slot : slots_) {
        if (!slot->written) continue;
        Write write{{slot->path, std::nullopt}, slot.get()};
        if (slot->value) write.change.value_hash = hash::sha256(*slot->value);
        if (write.change.value_hash != slot->original) writes.push_back(write);
    }
    std::sort(writes.begin(), writes.end(), [](const Write& a, const Write& b) {
        return std::memcmp(a.change.path.data(), b.change.path.data(), Hash32::size_bytes) < 0;
    });
    std::vector<state::PathChange> changes;
    changes.reserve(writes.size());
    for (const Write& write : writes) {
        changes.push_back(write.change);
        if (write.slot->value) offer(*write.slot->value);
    }
    RevealedNodes nodes;
    ENSHRINE_TRY(const auto update, state::update(nodes, root_, changes));
    for (const state::NewNode& node : update.created) offer(node.preimage);
    return update.root;
}

}  // namespace enshrine::guest
