// SPDX-License-Identifier: Apache-2.0
#include <enshrine/store/chain_columns.hpp>
#include <enshrine/store/chain_view.hpp>

#include <algorithm>

namespace enshrine::store {
namespace {

constexpr std::size_t height_bytes = 8;

bool begins_with(BytesView bytes, BytesView prefix) noexcept {
    return bytes.size() >= prefix.size() && equal(bytes.first(prefix.size()), prefix);
}

/// The tree of a state that is built from nothing has no nodes to read.
class NoNodes final : public state::NodeReader {
public:
    [[nodiscard]] std::optional<state::NodePreimage> node(const Hash32&) override { return std::nullopt; }
};

}  // namespace

std::optional<Bytes> ChainView::get(const state::Key& key) const {
    if (const auto found = newer_.find(key); found != newer_.end()) return found->second;
    auto value = snapshot_.get(chain_column::flat, key.bytes());
    if (!value.has_value()) stop_on(value.error());
    return *std::move(value);
}

StoreResult<std::vector<KeyValue>> ChainView::list(const state::Key& prefix, std::size_t count_max,
                                                   const std::optional<state::Key>& after) const {
    std::vector<KeyValue> out;
    if (count_max == 0) return out;
    const auto is_behind = [&](const state::Key& key) { return !after.has_value() || *after < key; };
    auto changed = newer_.lower_bound(after.value_or(prefix));
    // Entries that the flat state no longer has, up to `bound`.
    const auto add_erased_before = [&](const state::Key* bound) {
        for (; changed != newer_.end() && begins_with(changed->first.bytes(), prefix.bytes()); ++changed) {
            if (out.size() == count_max || (bound != nullptr && !(changed->first < *bound))) return;
            if (changed->second.has_value() && is_behind(changed->first))
                out.push_back({changed->first, *changed->second});
        }
    };
    const state::Key from = after.value_or(prefix);
    ENSHRINE_CHECK(snapshot_.scan(chain_column::flat, {.prefix = prefix.bytes(), .from = from.bytes()},
                                  [&](BytesView key_bytes, BytesView value) {
                                      const state::Key key = state::Key::from_bytes(key_bytes);
                                      add_erased_before(&key);
                                      if (out.size() == count_max) return false;
                                      if (is_behind(key) && !newer_.contains(key))
                                          out.push_back({key, to_bytes(value)});
                                      return out.size() < count_max;
                                  }));
    add_erased_before(nullptr);
    return out;
}

StoreResult<std::optional<state::NodePreimage>> ChainView::tree_node(const Hash32& hash) const {
    ENSHRINE_TRY(const auto record, snapshot_.get(chain_column::tree, hash.view()));
    if (!record.has_value() || record->size() != height_bytes + state::node_bytes) {
        return std::optional<state::NodePreimage>{};
    }
    state::NodePreimage preimage{};
    std::copy(record->begin() + height_bytes, record->end(), preimage.begin());
    return std::optional{preimage};
}

Result<state::Proof> ChainView::prove(const state::Key& key) const {
    ChainNodes nodes{*this};
    return state::prove(nodes, at_.state_root, state::path_of(key));
}

StoreResult<Hash32> ChainView::recompute_root() const {
    std::vector<state::PathChange> leaves;
    const auto add = [&](const state::Key& key, BytesView value) {
        leaves.push_back({state::path_of(key), state::value_hash_of(value)});
    };
    ENSHRINE_CHECK(snapshot_.scan(chain_column::flat, {}, [&](BytesView key_bytes, BytesView value) {
        const state::Key key = state::Key::from_bytes(key_bytes);
        if (!newer_.contains(key)) add(key, value);
        return true;
    }));
    for (const auto& [key, value] : newer_) {
        if (value.has_value()) add(key, *value);
    }
    std::ranges::sort(leaves, {}, &state::PathChange::path);
    NoNodes nodes;
    const auto built = state::update(nodes, state::empty_root, leaves);
    ENSHRINE_ASSERT(built.has_value());  // distinct keys have distinct paths, and nothing is read
    return built->root;
}

std::optional<state::NodePreimage> ChainNodes::node(const Hash32& hash) {
    const auto found = view_.tree_node(hash);
    return found.has_value() ? *found : std::nullopt;
}

}  // namespace enshrine::store
