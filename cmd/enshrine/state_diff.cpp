// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/state/tree.hpp>
#include <enshrine/state/tree_node.hpp>

#include <cmd/enshrine/state_diff.hpp>

#include <algorithm>

namespace enshrine::cli {
namespace {

class Nodes final : public state::NodeReader {
public:
    explicit Nodes(MemoryPreimages& preimages) noexcept : preimages_{preimages} {}
    std::optional<state::NodePreimage> node(const Hash32& hash) override {
        const auto found = preimages_.preimage(hash);
        state::NodePreimage out{};
        if (!found || found->size() != out.size()) return std::nullopt;
        std::ranges::copy(*found, out.begin());
        return out;
    }

private:
    MemoryPreimages& preimages_;
};

using Leaves = std::map<Hash32, Hash32>;  // path → value hash

/// All leaves below `root`; nullopt when a node is missing.
std::optional<Leaves> leaves_below(Nodes& nodes, const Hash32& root) {
    Leaves out;
    std::vector<Hash32> open{root};
    while (!open.empty()) {
        const Hash32 at = open.back();
        open.pop_back();
        if (at == state::empty_root) continue;
        const auto node = state::read_node(nodes, at);
        if (!node) return std::nullopt;
        if (node->is_leaf) {
            out[node->first] = node->second;
        } else {
            open.push_back(node->first);
            open.push_back(node->second);
        }
    }
    return out;
}

}  // namespace

void MemoryPreimages::add(BytesView bytes) {
    items_.emplace(hash::sha256(bytes), to_bytes(bytes));
}

std::optional<BytesView> MemoryPreimages::preimage(const Hash32& hash) noexcept {
    const auto found = items_.find(hash);
    if (found == items_.end()) return std::nullopt;
    return BytesView{found->second};
}

Hash32 add_state(MemoryPreimages& preimages, const std::map<state::Key, Bytes>& entries) {
    state::WriteSet writes;
    for (const auto& [key, value] : entries) {
        writes.emplace(key, value);
        preimages.add(value);
    }
    Nodes nodes{preimages};
    const auto update = state::update(nodes, state::empty_root, state::path_changes(writes));
    ENSHRINE_ASSERT(update.has_value());  // nothing is read below the empty root
    for (const state::NewNode& node : update->created) preimages.add(node.preimage);
    return update->root;
}

std::optional<std::vector<StateChange>> state_diff(MemoryPreimages& preimages, const Hash32& before,
                                                   const Hash32& after, const std::vector<state::Key>& known) {
    Nodes nodes{preimages};
    const auto old_leaves = leaves_below(nodes, before);
    const auto new_leaves = leaves_below(nodes, after);
    if (!old_leaves || !new_leaves) return std::nullopt;
    std::map<Hash32, state::Key> names;
    for (const state::Key& key : known) names.emplace(state::path_of(key), key);
    Leaves all = *old_leaves;
    all.insert(new_leaves->begin(), new_leaves->end());

    const auto value_of = [&](const Leaves& leaves, const Hash32& path) -> std::optional<Bytes> {
        const auto leaf = leaves.find(path);
        if (leaf == leaves.end()) return std::nullopt;
        const auto value = preimages.preimage(leaf->second);
        return value ? std::optional{to_bytes(*value)} : std::nullopt;
    };
    std::vector<StateChange> out;
    for (const auto& [path, any_value] : all) {
        StateChange change{
            .path = path, .key = {}, .before = value_of(*old_leaves, path), .after = value_of(*new_leaves, path)};
        if (const auto name = names.find(path); name != names.end()) change.key = name->second;
        if (change.before != change.after) out.push_back(std::move(change));
    }
    return out;
}

}  // namespace enshrine::cli
