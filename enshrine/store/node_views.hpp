// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/state/tree.hpp>
#include <enshrine/state/view.hpp>
#include <enshrine/store/node_store.hpp>
#include <enshrine/vm/preimages.hpp>

/// The state of a rollup as the machine, the tree and modules want to see it. One object per thread.
namespace enshrine::store {

/// For runs of the program: `reveal` of nodes and values.
class NodePreimages final : public vm::PreimageSource {
public:
    explicit NodePreimages(const NodeStore& store) noexcept : store_{store} {}
    [[nodiscard]] std::optional<BytesView> preimage(const Hash32& hash) noexcept override {
        if (!store_.preimage(hash, buffer_)) return std::nullopt;
        return buffer_.view();
    }

private:
    const NodeStore& store_;
    PreimageBuffer buffer_;
};

/// For lookups, proofs and updates.
class VersionNodes final : public state::NodeReader {
public:
    explicit VersionNodes(const NodeStore& store) noexcept : store_{store} {}
    [[nodiscard]] std::optional<state::NodePreimage> node(const Hash32& hash) override;

private:
    const NodeStore& store_;
    PreimageBuffer buffer_;
};

/// Key lookups in one kept version. A version that is pruned meanwhile stops the process (stop_on): use roots of the
/// head or a few versions below it.
class VersionView final : public state::StateView {
public:
    VersionView(const NodeStore& store, const Hash32& root) noexcept : store_{store}, root_{root} {}
    [[nodiscard]] std::optional<Bytes> get(const state::Key& key) const override;

private:
    const NodeStore& store_;
    Hash32 root_;
};

}  // namespace enshrine::store
