// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/hex.hpp>
#include <enshrine/hash/keccak.hpp>
#include <enshrine/store/chain_columns.hpp>
#include <enshrine/store/chain_store.hpp>

#include <set>

namespace enshrine::store {
namespace {

constexpr std::string_view head_key = "head";

DatabaseOptions database_options(const ChainStoreOptions& options) {
    return {
        .path = options.path,
        .kind = "chain",
        .schema_version = chain_schema_version,
        .chain_id = options.chain_id,
        .columns = {{"flat", ColumnUse::records},
                    {"tree", ColumnUse::hashes},
                    {"stale", ColumnUse::records},
                    {"undo", ColumnUse::records},
                    {"blocks", ColumnUse::records},
                    {"receipts", ColumnUse::records},
                    {"block_hashes", ColumnUse::hashes},
                    {"txns", ColumnUse::hashes}},
        .cache_bytes = options.cache_bytes,
    };
}

std::string hex(const Hash32& hash) {
    return codec::format_hex(hash.view());
}

/// Nodes that the block at `height` removed from the tree.
Bytes stale_key(std::uint64_t height) {
    return to_bytes(number_key(height));
}
/// Nodes of dropped blocks that the tree at `height`, the block gone back to, lacks.
Bytes orphans_key(std::uint64_t height) {
    Bytes key = stale_key(height);
    key.push_back(1);
    return key;
}

Bytes tree_record(std::uint64_t height, const state::NodePreimage& preimage) {
    Bytes record = to_bytes(number_key(height));
    append(record, preimage);
    return record;
}

}  // namespace

StoreResult<std::unique_ptr<ChainStore>> ChainStore::open(const ChainStoreOptions& options) {
    ENSHRINE_TRY(Database database, Database::open(database_options(options)));
    std::unique_ptr<ChainStore> store{new ChainStore{std::move(database)}};
    ENSHRINE_CHECK(store->load_head());
    return store;
}

StoreResult<void> ChainStore::load_head() {
    ENSHRINE_TRY(const auto record, database_.get(Column::meta, as_bytes(head_key)));
    if (!record.has_value()) {
        publish(std::nullopt);
        return {};
    }
    const auto head = decode_head(*record);
    if (!head.has_value()) return refuse(StoreError::corrupt, "the head record does not decode");
    ENSHRINE_TRY(const ChainHead stored, head_at(database_.snapshot(), head->height));
    if (stored != *head) {
        return refuse(StoreError::corrupt, "head " + std::to_string(head->height) + " names block " +
                                               hex(head->block_hash) + " and root " + hex(head->state_root) +
                                               ", the stored block has " + hex(stored.block_hash) + " and " +
                                               hex(stored.state_root));
    }
    publish(*head);
    ENSHRINE_TRY(const auto top, latest_->tree_node(head->state_root));
    if (!top.has_value() && head->state_root != state::empty_root) {
        return refuse(StoreError::corrupt, "the tree lacks its root " + hex(head->state_root));
    }
    return {};
}

void ChainStore::publish(const std::optional<ChainHead>& head) {
    auto view = std::make_shared<const ChainView>(database_.snapshot(), head.value_or(ChainHead{}), state::WriteSet{});
    const std::scoped_lock lock{head_mutex_};
    head_ = head;
    latest_ = std::move(view);
}

std::optional<ChainHead> ChainStore::head() const {
    const std::scoped_lock lock{head_mutex_};
    return head_;
}

std::shared_ptr<const ChainView> ChainStore::view_latest() const {
    const std::scoped_lock lock{head_mutex_};
    return latest_;
}

StoreResult<void> ChainStore::check_follows(const CommitBatch& batch, const std::optional<ChainHead>& head) const {
    const types::BlockHeader& header = batch.block.header;
    if (head.has_value() && header.number != head->height + 1) {
        return refuse(StoreError::wrong_parent, "expected block " + std::to_string(head->height + 1) + ", got block " +
                                                    std::to_string(header.number));
    }
    if (head.has_value() && header.parent_hash != head->block_hash) {
        return refuse(StoreError::wrong_parent, "block " + std::to_string(header.number) + ": expected parent " +
                                                    hex(head->block_hash) + ", got " + hex(header.parent_hash));
    }
    if (header.state_root != batch.tree.root) {
        return refuse(StoreError::bad_batch, "block " + std::to_string(header.number) + ": its header has state root " +
                                                 hex(header.state_root) + ", its tree " + hex(batch.tree.root));
    }
    if (batch.receipts.size() != batch.block.transactions.size()) {
        return refuse(StoreError::bad_batch, "block " + std::to_string(header.number) + ": " +
                                                 std::to_string(batch.block.transactions.size()) + " transactions, " +
                                                 std::to_string(batch.receipts.size()) + " receipts");
    }
    return {};
}

StoreResult<void> ChainStore::commit(const CommitBatch& batch) {
    const std::scoped_lock lock{commit_mutex_};
    const auto before = head();
    ENSHRINE_CHECK(check_follows(batch, before));
    const std::uint64_t height = batch.block.header.number;
    const auto at_height = number_key(height);
    WriteBatch writes{database_};
    // First, since writes apply in order: a node that is pruned here may come back in this very block.
    if (height >= history_heights) ENSHRINE_CHECK(prune(writes, height - history_heights));

    UndoRecord undo;
    for (const auto& [key, value] : batch.changes) {
        ENSHRINE_TRY(auto old, database_.get(chain_column::flat, key.bytes()));
        if (old == value) continue;
        if (value.has_value()) {
            writes.put(chain_column::flat, key.bytes(), *value);
        } else {
            writes.erase(chain_column::flat, key.bytes());
        }
        undo.old_values.insert_or_assign(key, std::move(old));
    }
    for (const state::NewNode& node : batch.tree.created) {
        writes.put(chain_column::tree, node.hash.view(), tree_record(height, node.preimage));
        undo.created.push_back(node.hash);
    }
    writes.put(chain_column::stale, stale_key(height), encode_hashes(batch.tree.stale));
    writes.put(chain_column::undo, at_height, encode_undo(undo));

    const ChainHead next{height, types::block_hash(batch.block.header), batch.tree.root};
    writes.put(chain_column::blocks, at_height, types::encode_block(batch.block));
    writes.put(chain_column::receipts, at_height, encode_receipts(batch.receipts));
    writes.put(chain_column::block_hashes, next.block_hash.view(), at_height);
    for (std::size_t i = 0; i < batch.block.transactions.size(); ++i) {
        writes.put(chain_column::txns, hash::keccak256(batch.block.transactions[i]).view(),
                   encode_location({height, narrow<std::uint32_t>(i)}));
    }
    writes.put(Column::meta, as_bytes(head_key), encode_head(next));

    ENSHRINE_CHECK(database_.write(std::move(writes)));
    publish(next);
    return {};
}

/// Drops what only roots below `height` need. A node that vanished at `height` may have come back since: then its
/// record has a later height of creation and stays.
StoreResult<void> ChainStore::prune(WriteBatch& writes, std::uint64_t height) const {
    ENSHRINE_TRY(auto stale, hashes_of(stale_key(height)));
    ENSHRINE_TRY(const auto orphans, hashes_of(orphans_key(height)));
    stale.insert(stale.end(), orphans.begin(), orphans.end());
    for (const Hash32& hash : stale) {
        ENSHRINE_TRY(const auto record, database_.get(chain_column::tree, hash.view()));
        if (!record.has_value() || load_be<std::uint64_t>(record->data()) > height) continue;
        writes.erase(chain_column::tree, hash.view());
    }
    writes.erase(chain_column::stale, stale_key(height));
    writes.erase(chain_column::stale, orphans_key(height));
    writes.erase(chain_column::undo, number_key(height));
    return {};
}

StoreResult<std::vector<Hash32>> ChainStore::hashes_of(BytesView key) const {
    ENSHRINE_TRY(const auto record, database_.get(chain_column::stale, key));
    if (!record.has_value()) return std::vector<Hash32>{};
    auto hashes = decode_hashes(*record);
    if (!hashes.has_value()) return refuse(StoreError::corrupt, "list of stale nodes " + codec::format_hex(key));
    return *std::move(hashes);
}

StoreResult<UndoRecord> ChainStore::undo_of(std::uint64_t height) const {
    ENSHRINE_TRY(const auto record, database_.get(chain_column::undo, number_key(height)));
    if (!record.has_value()) {
        return refuse(StoreError::pruned, "the state before block " + std::to_string(height) + " is no longer kept");
    }
    auto undo = decode_undo(*record);
    if (!undo.has_value()) return refuse(StoreError::corrupt, "undo record of block " + std::to_string(height));
    return *std::move(undo);
}

StoreResult<ChainHead> ChainStore::head_at(const Snapshot& snapshot, std::uint64_t height) const {
    ENSHRINE_TRY(const auto record, snapshot.get(chain_column::blocks, number_key(height)));
    if (!record.has_value()) return refuse(StoreError::pruned, "there is no block " + std::to_string(height));
    const auto found = types::decode_block(*record);
    if (!found.has_value()) return refuse(StoreError::corrupt, "block " + std::to_string(height) + " does not decode");
    return ChainHead{height, types::block_hash(found->header), found->header.state_root};
}

StoreResult<std::shared_ptr<const ChainView>> ChainStore::view_at(std::uint64_t height) const {
    // The view's snapshot and the undo records must be of one moment; a commit in between would tear them apart, so the
    // records come from the same snapshot.
    std::shared_ptr<const ChainView> latest;
    Snapshot snapshot = [&] {
        const std::scoped_lock lock{head_mutex_};
        latest = latest_;
        return latest_->snapshot();
    }();
    if (latest->height() == height && head().has_value()) return latest;
    if (height > latest->height())
        return refuse(StoreError::pruned, "there is no block " + std::to_string(height) + " yet");
    state::WriteSet newer;
    for (std::uint64_t above = latest->height(); above > height; --above) {
        ENSHRINE_TRY(const auto record, snapshot.get(chain_column::undo, number_key(above)));
        if (!record.has_value()) {
            return refuse(StoreError::pruned, "the state after block " + std::to_string(height) + " is no longer kept");
        }
        auto undo = decode_undo(*record);
        if (!undo.has_value()) return refuse(StoreError::corrupt, "undo record of block " + std::to_string(above));
        for (auto& [key, value] : undo->old_values) newer.insert_or_assign(key, std::move(value));
    }
    ENSHRINE_TRY(const ChainHead at, head_at(snapshot, height));
    return std::make_shared<const ChainView>(std::move(snapshot), at, std::move(newer));
}

StoreResult<void> ChainStore::revert_to(std::uint64_t height) {
    const std::scoped_lock lock{commit_mutex_};
    const auto from = head();
    if (!from.has_value() || height > from->height) {
        return refuse(StoreError::pruned, "there is no block " + std::to_string(height) + " to go back to");
    }
    if (height == from->height) return {};
    ENSHRINE_TRY(const ChainHead target, head_at(database_.snapshot(), height));
    WriteBatch writes{database_};
    state::WriteSet old_values;
    std::set<Hash32> touched;  ///< nodes created above the target
    std::set<Hash32> dead;     ///< those of them that the target's tree lacks: the first event above the target decides
    const auto add_orphans = [&](std::uint64_t above) -> StoreResult<void> {
        ENSHRINE_TRY(const auto orphans, hashes_of(orphans_key(above)));
        touched.insert(orphans.begin(), orphans.end());
        dead.insert(orphans.begin(), orphans.end());
        return {};
    };
    for (std::uint64_t above = from->height; above > height; --above) {
        ENSHRINE_TRY(auto undo, undo_of(above));
        for (auto& [key, value] : undo.old_values) old_values.insert_or_assign(key, std::move(value));
        ENSHRINE_CHECK(add_orphans(above));
        touched.insert(undo.created.begin(), undo.created.end());
        dead.insert(undo.created.begin(), undo.created.end());
        ENSHRINE_TRY(const auto stale, hashes_of(stale_key(above)));
        for (const Hash32& hash : stale) dead.erase(hash);

        const auto key = number_key(above);
        ENSHRINE_TRY(const auto dropped, block(above));
        if (!dropped.has_value()) return refuse(StoreError::corrupt, "block " + std::to_string(above) + " is missing");
        for (const Bytes& txn : dropped->transactions) writes.erase(chain_column::txns, hash::keccak256(txn).view());
        writes.erase(chain_column::block_hashes, types::block_hash(dropped->header).view());
        for (const Column column : {chain_column::undo, chain_column::blocks, chain_column::receipts}) {
            writes.erase(column, key);
        }
        writes.erase(chain_column::stale, stale_key(above));
        writes.erase(chain_column::stale, orphans_key(above));
    }
    for (const auto& [key, value] : old_values) {
        if (value.has_value()) {
            writes.put(chain_column::flat, key.bytes(), *value);
        } else {
            writes.erase(chain_column::flat, key.bytes());
        }
    }
    // The record of a node that a kept root may still need goes with its last stale list: as if it were of the target.
    ENSHRINE_TRY(const auto orphans, hashes_of(orphans_key(height)));
    dead.insert(orphans.begin(), orphans.end());
    for (const Hash32& hash : touched) {
        ENSHRINE_TRY(auto record, database_.get(chain_column::tree, hash.view()));
        if (!record.has_value()) return refuse(StoreError::corrupt, "the tree lacks node " + hex(hash));
        store_be(record->data(), height);
        writes.put(chain_column::tree, hash.view(), *record);
    }
    const std::vector<Hash32> dead_list(dead.begin(), dead.end());
    writes.put(chain_column::stale, orphans_key(height), encode_hashes(dead_list));
    writes.put(Column::meta, as_bytes(head_key), encode_head(target));
    ENSHRINE_CHECK(database_.write(std::move(writes)));
    publish(target);
    return {};
}

StoreResult<std::optional<types::Block>> ChainStore::block(std::uint64_t height) const {
    ENSHRINE_TRY(const auto record, database_.get(chain_column::blocks, number_key(height)));
    if (!record.has_value()) return std::optional<types::Block>{};
    auto decoded = types::decode_block(*record);
    if (!decoded.has_value())
        return refuse(StoreError::corrupt, "block " + std::to_string(height) + " does not decode");
    return std::optional{*std::move(decoded)};
}

StoreResult<std::optional<std::uint64_t>> ChainStore::height_of(const Hash32& block_hash) const {
    ENSHRINE_TRY(const auto record, database_.get(chain_column::block_hashes, block_hash.view()));
    if (!record.has_value()) return std::optional<std::uint64_t>{};
    if (record->size() != 8) return refuse(StoreError::corrupt, "index entry of block " + hex(block_hash));
    return std::optional{load_be<std::uint64_t>(record->data())};
}

StoreResult<std::optional<std::vector<types::Receipt>>> ChainStore::receipts(std::uint64_t height) const {
    ENSHRINE_TRY(const auto record, database_.get(chain_column::receipts, number_key(height)));
    if (!record.has_value()) return std::optional<std::vector<types::Receipt>>{};
    auto decoded = decode_receipts(*record);
    if (!decoded.has_value()) return refuse(StoreError::corrupt, "receipts of block " + std::to_string(height));
    return std::optional{*std::move(decoded)};
}

StoreResult<std::optional<TxnLocation>> ChainStore::txn_location(const Hash32& txn_hash) const {
    ENSHRINE_TRY(const auto record, database_.get(chain_column::txns, txn_hash.view()));
    if (!record.has_value()) return std::optional<TxnLocation>{};
    const auto decoded = decode_location(*record);
    if (!decoded.has_value()) return refuse(StoreError::corrupt, "index entry of transaction " + hex(txn_hash));
    return std::optional{*decoded};
}

}  // namespace enshrine::store
