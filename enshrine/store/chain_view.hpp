// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/state/tree.hpp>
#include <enshrine/state/view.hpp>
#include <enshrine/store/chain_records.hpp>
#include <enshrine/store/database.hpp>

#include <memory>
#include <utility>
#include <vector>

namespace enshrine::store {

struct KeyValue {
    state::Key key;
    Bytes value;
};

/// The state after one block: immutable, shared by any number of threads, alive while somebody holds it. Lookups of
/// keys and tree nodes see the same moment. A disk that fails under `get` stops the process (stop_on).
class ChainView final : public state::StateView {
public:
    ChainView(Snapshot snapshot, ChainHead at, state::WriteSet newer) noexcept
        : snapshot_{std::move(snapshot)}, at_{at}, newer_{std::move(newer)} {}

    [[nodiscard]] std::uint64_t height() const noexcept { return at_.height; }
    [[nodiscard]] const Hash32& block_hash() const noexcept { return at_.block_hash; }
    [[nodiscard]] const Hash32& state_root() const noexcept { return at_.state_root; }
    [[nodiscard]] const Snapshot& snapshot() const noexcept { return snapshot_; }

    [[nodiscard]] std::optional<Bytes> get(const state::Key& key) const override;
    /// Up to `count_max` entries whose keys begin with `prefix` (a module, or a module and leading fields), in the
    /// order of keys, starting behind `after`.
    [[nodiscard]] StoreResult<std::vector<KeyValue>> list(const state::Key& prefix, std::size_t count_max,
                                                          const std::optional<state::Key>& after = std::nullopt) const;
    /// Node of the tree of this block, or of one at most history_heights older.
    [[nodiscard]] StoreResult<std::optional<state::NodePreimage>> tree_node(const Hash32& hash) const;
    /// Proof of one key against state_root().
    [[nodiscard]] Result<state::Proof> prove(const state::Key& key) const;
    /// The root computed anew from every stored entry, for `doctor` and tests: reads the whole state.
    [[nodiscard]] StoreResult<Hash32> recompute_root() const;

private:
    Snapshot snapshot_;
    ChainHead at_;
    state::WriteSet newer_;  ///< values that blocks above this one changed, as they were; empty for the latest view
};

/// The tree of a view, for state::update and state::prove.
class ChainNodes final : public state::NodeReader {
public:
    explicit ChainNodes(const ChainView& view) noexcept : view_{view} {}
    /// A failing disk looks like a missing node, which is an error for every reader.
    [[nodiscard]] std::optional<state::NodePreimage> node(const Hash32& hash) override;

private:
    const ChainView& view_;
};

}  // namespace enshrine::store
