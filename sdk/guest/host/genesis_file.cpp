// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/state/entries.hpp>
#include <enshrine/state/tree.hpp>

#include <sdk/guest/host/genesis_file.hpp>

namespace enshrine::guest {
namespace {

class NoNodes final : public state::NodeReader {
public:
    [[nodiscard]] std::optional<state::NodePreimage> node(const Hash32&) override { return std::nullopt; }
};

}  // namespace

GenesisState make_genesis(const Program& program, std::uint64_t rollup_id, std::uint64_t l1_chain_id) {
    Genesis genesis{rollup_id, l1_chain_id};
    if (program.genesis != nullptr) program.genesis(genesis);
    GenesisState out;
    state::WriteSet writes;
    for (const auto& [key, value] : genesis.entries()) {
        writes.emplace(key, value);
        out.preimages.put(value);
    }
    NoNodes nodes;
    const auto update = state::update(nodes, state::empty_root, state::path_changes(writes));
    ENSHRINE_ASSERT(update.has_value());  // nothing is read below the empty root
    for (const state::NewNode& node : update->created) out.preimages.put(node.preimage);
    out.root = update->root;
    out.entries = state::encode_entries(genesis.entries());
    return out;
}

}  // namespace enshrine::guest
