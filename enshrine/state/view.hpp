// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/state/key.hpp>

#include <map>
#include <optional>

namespace enshrine::state {

inline constexpr std::size_t value_bytes_max = 4096 * 512;  ///< L1 state; rollup state is bounded by reveal_bytes_max

/// Read access to committed state. Implementations: memory (tests, genesis), RocksDB (store), tree by reveal (rollups).
class StateView {
public:
    virtual ~StateView() = default;
    [[nodiscard]] virtual std::optional<Bytes> get(const Key& key) const = 0;
};

/// Changes by key; nullopt erases.
using WriteSet = std::map<Key, std::optional<Bytes>>;

/// Changes on top of a view. Nest overlays to revert a transaction: make a child, then `child.merge_into(parent)` or
/// drop it.
class Overlay final : public StateView {
public:
    explicit Overlay(const StateView& base) noexcept : base_{base} {}
    [[nodiscard]] std::optional<Bytes> get(const Key& key) const override;
    void put(const Key& key, BytesView value);
    void erase(const Key& key);
    void merge_into(Overlay& parent) &&;
    [[nodiscard]] const WriteSet& changes() const noexcept { return changes_; }
    [[nodiscard]] WriteSet take_changes() && noexcept { return std::move(changes_); }

private:
    const StateView& base_;
    WriteSet changes_;
};

/// A whole state in memory: tests and genesis.
class MemoryView final : public StateView {
public:
    [[nodiscard]] std::optional<Bytes> get(const Key& key) const override;
    void apply(const WriteSet& changes);
    [[nodiscard]] const std::map<Key, Bytes>& entries() const noexcept { return entries_; }

private:
    std::map<Key, Bytes> entries_;
};

}  // namespace enshrine::state
