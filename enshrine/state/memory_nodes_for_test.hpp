// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/state/tree.hpp>

#include <map>
#include <set>

namespace enshrine::state {

/// A tree kept in memory by applying updates literally: what they create appears, what they call stale goes.
class MemoryNodes final : public NodeReader {
public:
    [[nodiscard]] std::optional<NodePreimage> node(const Hash32& hash) override {
        ++reads;
        const auto found = nodes.find(hash);
        if (found == nodes.end()) return std::nullopt;
        return found->second;
    }
    /// Whether the update was exact: nothing created that was there, nothing stale that was not.
    [[nodiscard]] bool apply(const TreeUpdate& change) {
        bool exact = true;
        for (const NewNode& created : change.created) exact &= nodes.emplace(created.hash, created.preimage).second;
        for (const Hash32& stale : change.stale) exact &= nodes.erase(stale) == 1;
        root = change.root;
        return exact;
    }
    /// Hashes of every node below `from`.
    [[nodiscard]] std::set<Hash32> reachable(const Hash32& from) const {
        std::set<Hash32> seen;
        std::vector<Hash32> open{from};
        while (!open.empty()) {
            const Hash32 at = open.back();
            open.pop_back();
            if (at == empty_root) continue;
            seen.insert(at);
            const NodePreimage& bytes = nodes.at(at);
            if (bytes[0] == 0) continue;
            open.push_back(Hash32::from(BytesView{bytes}.subspan(1, 32)));
            open.push_back(Hash32::from(BytesView{bytes}.subspan(33, 32)));
        }
        return seen;
    }

    std::map<Hash32, NodePreimage> nodes;
    Hash32 root;
    std::size_t reads = 0;
};

}  // namespace enshrine::state
