// SPDX-License-Identifier: Apache-2.0
// How a version becomes records, and which records go when an old version does.
//
// A node that version s removed is still needed by version s - 1, so its record goes when s - 1 is no longer kept. By
// then it may have come back; its record then has a later creation than s and stays, to go with a later list. A value
// is needed as long as a stored leaf names it; equal values of two keys share one record, so it counts those leaves.
#include <enshrine/codec/hex.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/state/tree.hpp>
#include <enshrine/store/chain_records.hpp>
#include <enshrine/store/hash_map_key.hpp>
#include <enshrine/store/node_columns.hpp>
#include <enshrine/store/node_store.hpp>
#include <enshrine/store/version_diff.hpp>

#include <unordered_map>
#include <unordered_set>

namespace enshrine::store {
namespace {

using Offers = std::unordered_map<Hash32, BytesView, HashMapKey>;

/// Nodes of both trees: offers first, then what is stored. Remembers the hash that nobody knew.
class OfferedNodes final : public state::NodeReader {
public:
    OfferedNodes(const Offers& offers, const NodeStore& store) noexcept : offers_{offers}, store_{store} {}

    [[nodiscard]] std::optional<state::NodePreimage> node(const Hash32& hash) override {
        BytesView bytes;
        if (const auto offered = offers_.find(hash); offered != offers_.end()) {
            bytes = offered->second;
        } else if (store_.preimage(hash, buffer_)) {
            bytes = buffer_.view();
        }
        if (bytes.size() != state::node_bytes) {
            missing_ = hash;
            return std::nullopt;
        }
        state::NodePreimage preimage{};
        std::ranges::copy(bytes, preimage.begin());
        return preimage;
    }
    [[nodiscard]] const Hash32& missing() const noexcept { return missing_; }

private:
    const Offers& offers_;
    const NodeStore& store_;
    PreimageBuffer buffer_;
    Hash32 missing_;
};

bool is_leaf(BytesView preimage) noexcept {
    return preimage[0] == 0;
}
Hash32 value_hash_in(BytesView leaf) noexcept {
    return Hash32::from(leaf.subspan(33, Hash32::size_bytes));
}
Bytes with_number(std::uint64_t number, BytesView bytes) {
    Bytes record;
    record.reserve(node_column::number_bytes + bytes.size());
    append(record, number_key(number));
    append(record, bytes);
    return record;
}

}  // namespace

class NodeStore::Transition {
public:
    Transition(NodeStore& store, const VersionUpdate& update)
        : store_{store}, update_{update}, writes_{store.database_} {}

    [[nodiscard]] StoreResult<void> run() && {
        ENSHRINE_CHECK(index_offers());
        ENSHRINE_CHECK(find_difference());
        // Before the new nodes: writes apply in order, and a value that loses its last leaf may gain one.
        if (update_.sequence + 1 >= store_.versions_kept_) {
            ENSHRINE_CHECK(prune_up_to(update_.sequence + 1 - store_.versions_kept_));
        }
        ENSHRINE_CHECK(write_nodes());
        ENSHRINE_CHECK(write_values());
        write_version();
        ENSHRINE_CHECK(store_.database_.write(std::move(writes_)));
        for (const state::NewNode& node : diff_.created) store_.cache_.insert(node.hash, node.preimage);
        for (const auto& [hash, value] : values_) store_.cache_.insert(hash, value.bytes);
        return {};
    }

private:
    struct Value {
        std::uint64_t leaves = 0;
        Bytes bytes;
        bool known = false;  ///< `bytes` are its preimage
    };

    [[nodiscard]] StoreResult<void> index_offers() {
        offers_.reserve(update_.offered.size());
        for (const Bytes& bytes : update_.offered) {
            if (bytes.size() > vm::reveal_bytes_max) {
                return store_.refuse(StoreError::bad_batch,
                                     "an offered preimage has " + std::to_string(bytes.size()) + " bytes");
            }
            offers_.emplace(hash::sha256(bytes), bytes);
        }
        return {};
    }

    [[nodiscard]] StoreResult<void> find_difference() {
        OfferedNodes nodes{offers_, store_};
        auto diff = diff_versions(nodes, update_.old_root, update_.new_root);
        if (diff.has_value()) {
            diff_ = *std::move(diff);
            for (const state::NewNode& node : diff_.created) created_.insert(node.hash);
            return {};
        }
        const std::string version = "version " + std::to_string(update_.sequence) + ": ";
        if (diff.error().is(state::TreeError::missing_node)) {
            return store_.refuse(StoreError::missing_preimage,
                                 version + "node " + codec::format_hex(nodes.missing().view()) + " was not offered");
        }
        return store_.refuse(StoreError::bad_batch, version + std::string{diff.error().message()});
    }

    /// Every list up to `last`: normally one, more after versions_kept was lowered.
    [[nodiscard]] StoreResult<void> prune_up_to(std::uint64_t last) {
        std::vector<std::pair<std::uint64_t, Bytes>> lists;
        ENSHRINE_CHECK(store_.database_.scan(node_column::stale, {}, [&](BytesView key, BytesView value) {
            const auto sequence = load_be<std::uint64_t>(key.data());
            if (sequence <= last) lists.emplace_back(sequence, to_bytes(value));
            return sequence <= last;
        }));
        for (const auto& [sequence, list] : lists) ENSHRINE_CHECK(prune(sequence, list));
        return {};
    }

    [[nodiscard]] StoreResult<void> prune(std::uint64_t sequence, BytesView list) {
        const auto hashes = decode_hashes(list);
        if (!hashes.has_value()) return store_.refuse(StoreError::corrupt, "a list of removed nodes does not decode");
        for (const Hash32& hash : *hashes) {
            if (created_.contains(hash)) continue;  // comes back in this very version
            ENSHRINE_TRY(const auto record, store_.database_.get(node_column::nodes, hash.view()));
            if (!record.has_value() || load_be<std::uint64_t>(record->data()) > sequence) continue;
            writes_.erase(node_column::nodes, hash.view());
            const BytesView preimage = BytesView{*record}.subspan(node_column::number_bytes);
            if (!is_leaf(preimage)) continue;
            ENSHRINE_TRY(Value * value, value_of(value_hash_in(preimage)));
            ENSHRINE_ASSERT(value->leaves > 0);
            --value->leaves;
        }
        writes_.erase(node_column::stale, number_key(sequence));
        if (sequence > 0) writes_.erase(node_column::versions, number_key(sequence - 1));
        return {};
    }

    [[nodiscard]] StoreResult<void> write_nodes() {
        for (const state::NewNode& node : diff_.created) {
            if (is_leaf(node.preimage)) {
                ENSHRINE_TRY(const auto stored, store_.database_.get(node_column::nodes, node.hash.view()));
                if (!stored.has_value()) {  // else it vanished, was not pruned yet, and is counted
                    ENSHRINE_TRY(Value * value, value_of(value_hash_in(node.preimage)));
                    ++value->leaves;
                }
            }
            writes_.put(node_column::nodes, node.hash.view(), with_number(update_.sequence, node.preimage));
        }
        writes_.put(node_column::stale, number_key(update_.sequence), encode_hashes(diff_.stale));
        return {};
    }

    /// The record of a value as it will be, loaded at its first use.
    [[nodiscard]] StoreResult<Value*> value_of(const Hash32& hash) {
        const auto [found, added] = values_.try_emplace(hash);
        Value& value = found->second;
        if (!added) return &value;
        ENSHRINE_TRY(const auto record, store_.database_.get(node_column::values, hash.view()));
        if (record.has_value()) {
            if (record->size() < node_column::number_bytes) {
                return store_.refuse(StoreError::corrupt, "value " + codec::format_hex(hash.view()));
            }
            value.leaves = load_be<std::uint64_t>(record->data());
            value.bytes = to_bytes(BytesView{*record}.subspan(node_column::number_bytes));
            value.known = true;
        } else if (const auto offered = offers_.find(hash); offered != offers_.end()) {
            value.bytes = to_bytes(offered->second);
            value.known = true;
        }
        return &value;
    }

    [[nodiscard]] StoreResult<void> write_values() {
        for (const auto& [hash, value] : values_) {
            if (value.leaves == 0) {
                writes_.erase(node_column::values, hash.view());
            } else if (value.known) {
                writes_.put(node_column::values, hash.view(), with_number(value.leaves, value.bytes));
            } else {
                return store_.refuse(StoreError::missing_preimage, "version " + std::to_string(update_.sequence) +
                                                                       ": value " + codec::format_hex(hash.view()) +
                                                                       " was not offered");
            }
        }
        return {};
    }

    void write_version() {
        Bytes head = to_bytes(number_key(update_.sequence));
        append(head, update_.new_root.view());
        writes_.put(Column::meta, as_bytes(node_column::head_key), head);
        writes_.put(node_column::versions, number_key(update_.sequence), update_.new_root.view());
        for (const auto& [key, value] : update_.extra) {
            if (value.has_value()) {
                writes_.put(node_column::extra, key, *value);
            } else {
                writes_.erase(node_column::extra, key);
            }
        }
    }

    NodeStore& store_;
    const VersionUpdate& update_;
    WriteBatch writes_;
    Offers offers_;
    VersionDiff diff_;
    std::unordered_set<Hash32, HashMapKey> created_;
    std::unordered_map<Hash32, Value, HashMapKey> values_;
};

StoreResult<void> NodeStore::apply_version(const VersionUpdate& update) {
    const std::scoped_lock lock{apply_mutex_};
    ENSHRINE_CHECK(check_follows(update));
    ENSHRINE_CHECK(Transition{*this, update}.run());
    const std::scoped_lock head_lock{head_mutex_};
    head_ = StateVersion{update.sequence, update.new_root};
    return {};
}

}  // namespace enshrine::store
