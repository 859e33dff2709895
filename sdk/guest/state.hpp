// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/state/tree.hpp>
#include <enshrine/state/view.hpp>

#include <memory>
#include <optional>
#include <vector>

namespace enshrine::guest {

/// The rollup's state during one run: read through reveals below the previous state root, each key once; written in
/// memory, with an undo log for calls that revert; put into the tree once, at the end.
class State final : public state::StateView {
public:
    explicit State(const Hash32& root) : root_{root} {}

    [[nodiscard]] std::optional<Bytes> get(const state::Key& key) const override;
    /// Null when absent; borrowed until the next write to the same key.
    [[nodiscard]] const Bytes* find(const state::Key& key) const;
    /// At most call_bytes_max bytes, or nobody could reveal the value again (asserted).
    void put(const state::Key& key, BytesView value);
    void erase(const state::Key& key);

    /// Writes since a mark can be undone, those of nested marks with them.
    using Mark = std::size_t;
    [[nodiscard]] Mark mark() const noexcept { return undo_.size(); }
    void revert_to(Mark mark);
    /// Makes everything so far final and empties the undo log; outstanding marks are void.
    void keep() noexcept { undo_.clear(); }

    /// Offers the new nodes and values to the host and returns the new root. The error says which part of the tree
    /// is not what its hash promises.
    [[nodiscard]] Result<Hash32> commit();
    /// Whether a read met a node or value that was missing or malformed; such a run must not end well.
    [[nodiscard]] bool broken() const noexcept { return broken_; }

private:
    struct Slot {
        Hash32 path;
        std::optional<Bytes> value;
        std::optional<Hash32> original;  ///< hash of the value in the old tree
        bool written = false;
    };
    struct Undo {
        Slot* slot;
        std::optional<Bytes> value;
    };

    [[nodiscard]] Slot& slot_of(const state::Key& key) const;
    void write(const state::Key& key, std::optional<Bytes> value);
    void load(Slot& slot) const;
    void grow_index() const;

    Hash32 root_;
    // Slots never move: the undo log points at them. The index is an open-addressing table over their paths.
    mutable std::vector<std::unique_ptr<Slot>> slots_;
    mutable std::vector<std::uint32_t> index_;  ///< slot number + 1; 0 = free; size a power of two
    mutable bool broken_ = false;
    std::vector<Undo> undo_;
};

}  // namespace enshrine::guest
