// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/integer.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/state/tree.hpp>
#include <enshrine/store/chain_records.hpp>
#include <enshrine/store/node_columns.hpp>
#include <enshrine/store/node_store.hpp>

namespace enshrine::store {

StoreResult<std::unique_ptr<NodeStore>> NodeStore::open(const NodeStoreOptions& options) {
    ENSHRINE_ASSERT(options.versions_kept >= 2);
    ENSHRINE_TRY(Database database, Database::open({.path = options.path,
                                                    .kind = "rollup",
                                                    .schema_version = node_schema_version,
                                                    .chain_id = options.rollup_id,
                                                    .columns = {{"nodes", ColumnUse::hashes},
                                                                {"values", ColumnUse::records},
                                                                {"stale", ColumnUse::hashes},
                                                                {"versions", ColumnUse::records},
                                                                {"extra", ColumnUse::records}}}));
    std::unique_ptr<NodeStore> store{new NodeStore{std::move(database), options}};
    ENSHRINE_CHECK(store->load_head());
    return store;
}

StoreResult<void> NodeStore::load_head() {
    ENSHRINE_TRY(const auto record, database_.get(Column::meta, as_bytes(node_column::head_key)));
    if (!record.has_value()) return {};
    if (record->size() != node_column::number_bytes + Hash32::size_bytes) {
        return refuse(StoreError::corrupt, "the head record does not decode");
    }
    const StateVersion head{load_be<std::uint64_t>(record->data()),
                            Hash32::from(BytesView{*record}.subspan(node_column::number_bytes))};
    ENSHRINE_TRY(const auto root, root_at(head.sequence));
    ENSHRINE_TRY(const auto top, database_.get(node_column::nodes, head.root.view()));
    if (root != head.root || (!top.has_value() && head.root != state::empty_root)) {
        return refuse(StoreError::corrupt, "version " + std::to_string(head.sequence) + " lacks its root " +
                                               codec::format_hex(head.root.view()));
    }
    head_ = head;
    return {};
}

std::optional<StateVersion> NodeStore::head() const {
    const std::scoped_lock lock{head_mutex_};
    return head_;
}

StoreResult<std::optional<Hash32>> NodeStore::root_at(std::uint64_t sequence) const {
    ENSHRINE_TRY(const auto record, database_.get(node_column::versions, number_key(sequence)));
    if (!record.has_value()) return std::optional<Hash32>{};
    if (record->size() != Hash32::size_bytes) {
        return refuse(StoreError::corrupt, "root of version " + std::to_string(sequence));
    }
    return std::optional{Hash32::from(*record)};
}

StoreResult<void> NodeStore::check_follows(const VersionUpdate& update) const {
    const auto before = head();
    if (before.has_value() && update.sequence != before->sequence + 1) {
        return refuse(StoreError::wrong_parent, "expected version " + std::to_string(before->sequence + 1) +
                                                    ", got version " + std::to_string(update.sequence));
    }
    const Hash32 expected = before.has_value() ? before->root : state::empty_root;
    if (update.old_root != expected) {
        return refuse(StoreError::wrong_parent, "version " + std::to_string(update.sequence) + ": expected old root " +
                                                    codec::format_hex(expected.view()) + ", got " +
                                                    codec::format_hex(update.old_root.view()));
    }
    return {};
}

bool NodeStore::preimage(const Hash32& hash, PreimageBuffer& out) const noexcept {
    if (cache_.find(hash, out)) return true;
    for (const Column column : {node_column::nodes, node_column::values}) {
        const auto record = database_.get(column, hash.view());
        if (!record.has_value()) stop_on(record.error());
        if (!record->has_value() || (*record)->size() < node_column::number_bytes) continue;
        const BytesView bytes = BytesView{**record}.subspan(node_column::number_bytes);
        if (bytes.size() > vm::reveal_bytes_max) continue;
        out.assign(bytes);
        cache_.insert(hash, bytes);
        return true;
    }
    return false;
}

StoreResult<std::optional<Bytes>> NodeStore::extra(BytesView key) const {
    return database_.get(node_column::extra, key);
}

StoreResult<void> NodeStore::scan_extra(const Range& range, const Visitor& visitor) const {
    return database_.scan(node_column::extra, range, visitor);
}

StoreResult<void> NodeStore::write_extra(std::span<const ExtraWrite> writes) {
    WriteBatch batch{database_};
    for (const auto& [key, value] : writes) {
        if (value.has_value()) {
            batch.put(node_column::extra, key, *value);
        } else {
            batch.erase(node_column::extra, key);
        }
    }
    return database_.write(std::move(batch));
}

StoreResult<NodeStore::Counts> NodeStore::count() const {
    Counts counts;
    ENSHRINE_CHECK(database_.scan(node_column::nodes, {}, [&](BytesView, BytesView) { return ++counts.nodes > 0; }));
    ENSHRINE_CHECK(database_.scan(node_column::values, {}, [&](BytesView, BytesView) { return ++counts.values > 0; }));
    return counts;
}

}  // namespace enshrine::store
