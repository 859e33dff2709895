// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/binary.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/messaging/message.hpp>
#include <enshrine/rollup_node/rollup_block.hpp>
#include <enshrine/rollup_node/rollup_store.hpp>
#include <enshrine/state/entries.hpp>
#include <enshrine/state/tree.hpp>

#include <fmt/format.h>

namespace enshrine::rollup_node {
namespace {

constexpr std::size_t recent_batches = 64;

/// First byte of the keys of extra records.
enum class Table : Byte {
    batch = 'B',
    progress = 'P',
    witness = 'W',
    record = 'R',
    block = 'K',
    acceptance = 'A',
    message = 'M'
};

Bytes key_of(Table table, std::uint64_t number) {
    codec::BinaryWriter key;
    key.u8(static_cast<Byte>(table)).u64(number);
    return key.take();
}

Bytes key_of(Table table, const Hash32& hash) {
    codec::BinaryWriter key;
    key.u8(static_cast<Byte>(table)).fixed(hash.view());
    return key.take();
}

Bytes encode_location(const RecordLocation& location) {
    codec::BinaryWriter out;
    out.u64(location.sequence).u64(location.index);
    return out.take();
}

std::optional<RecordLocation> decode_location(const std::optional<Bytes>& bytes) {
    if (!bytes || bytes->size() != 16) return std::nullopt;
    return RecordLocation{load_be<std::uint64_t>(bytes->data()), load_be<std::uint64_t>(bytes->data() + 8)};
}

Bytes encode_acceptance(const Acceptance& acceptance) {
    codec::BinaryWriter out;
    out.u64(acceptance.accepted_ms).variable(sequencing::encode_order_receipt(acceptance.receipt));
    return out.take();
}

Result<Acceptance> decode_acceptance(const Hash32& hash, BytesView bytes) {
    constexpr std::size_t receipt_bytes_max = 1024;
    codec::BinaryReader in{bytes};
    Acceptance out;
    out.hash = hash;
    ENSHRINE_TRY(out.accepted_ms, in.u64());
    ENSHRINE_TRY(const auto receipt, in.variable(receipt_bytes_max));
    ENSHRINE_TRY(out.receipt, sequencing::decode_order_receipt(receipt));
    ENSHRINE_CHECK(in.finish());
    return out;
}

/// A tree without nodes: genesis grows from it.
class NoNodes final : public state::NodeReader {
public:
    std::optional<state::NodePreimage> node(const Hash32&) override { return std::nullopt; }
};

RollupHead head_of(const BatchRecord& record) {
    return {.sequence = record.header.sequence,
            .batch_hash = record.hash,
            .state_root = record.state_root,
            .block_hash = record.block_hash,
            .inbox_end = record.header.inbox_end,
            .inbox_rolling = record.inbox_end,
            .l1_height = record.header.anchor_height,
            .l1_timestamp = record.l1_timestamp};
}

/// A read that fails stops the process, like every read of consensus state: answers from half a database are worse.
std::optional<Bytes> read(const store::NodeStore& nodes, BytesView key) {
    auto value = nodes.extra(key);
    if (!value) store::stop_on(value.error());
    return *std::move(value);
}

}  // namespace

std::expected<std::unique_ptr<RollupStore>, std::string> RollupStore::open(const Options& options) {
    auto nodes = store::NodeStore::open({.path = options.path, .rollup_id = options.rollup});
    if (!nodes) return std::unexpected{nodes.error().text()};
    std::unique_ptr<RollupStore> out{new RollupStore{*std::move(nodes)}};
    if (!out->nodes_->head()) {
        if (auto applied = out->apply_genesis(options); !applied) return std::unexpected{applied.error()};
    }
    if (auto loaded = out->load_head(); !loaded) return std::unexpected{loaded.error()};
    if (out->head_.sequence == 0 && out->head_.state_root != options.genesis_state_root) {
        return std::unexpected{fmt::format("{}: genesis state root {}, the L1 has {}", options.path.string(),
                                           codec::format_hex(out->head_.state_root.view()),
                                           codec::format_hex(options.genesis_state_root.view()))};
    }
    return out;
}

std::expected<void, std::string> RollupStore::apply_genesis(const Options& options) {
    const auto entries = state::decode_entries(options.genesis);
    if (!entries)
        return std::unexpected{fmt::format("genesis of rollup {}: {}", options.rollup, entries.error().message())};
    state::WriteSet changes;
    std::vector<Bytes> preimages;
    for (const auto& [key, value] : *entries) {
        changes.emplace(key, value);
        preimages.push_back(value);
    }
    NoNodes reader;
    const auto tree = state::update(reader, state::empty_root, state::path_changes(changes));
    if (!tree) return std::unexpected{std::string{tree.error().message()}};
    if (tree->root != options.genesis_state_root) {
        return std::unexpected{fmt::format("genesis of rollup {}: entries give state root {}, the L1 has {}",
                                           options.rollup, codec::format_hex(tree->root.view()),
                                           codec::format_hex(options.genesis_state_root.view()))};
    }
    for (const state::NewNode& node : tree->created) preimages.push_back(to_bytes(node.preimage));
    auto applied = nodes_->apply_version(
        {.sequence = 0, .old_root = state::empty_root, .new_root = tree->root, .offered = preimages, .extra = {}});
    if (!applied) return std::unexpected{applied.error().text()};
    return {};
}

std::expected<void, std::string> RollupStore::load_head() {
    const store::StateVersion version = *nodes_->head();
    if (version.sequence == 0) {
        head_ = {.state_root = version.root, .block_hash = types::block_hash(genesis_header(version.root))};
        return {};
    }
    const auto bytes = read(*nodes_, key_of(Table::batch, version.sequence));
    if (!bytes) return std::unexpected{fmt::format("{}: batch {} is missing", nodes_->path(), version.sequence)};
    auto record = decode_batch_record(*bytes);
    if (!record) return std::unexpected{fmt::format("{}: {}", nodes_->path(), record.error().message())};
    head_ = head_of(*record);
    recent_.push_back(std::make_shared<const BatchRecord>(*std::move(record)));
    return {};
}

RollupHead RollupStore::head() const {
    const std::scoped_lock lock{mutex_};
    return head_;
}

std::expected<void, std::string> RollupStore::append(const Append& batch) {
    const BatchRecord& record = batch.record;
    const std::uint64_t sequence = record.header.sequence;
    std::vector<store::ExtraWrite> extra;
    extra.push_back({key_of(Table::batch, sequence), encode_batch_record(record)});
    extra.push_back({key_of(Table::witness, sequence), to_bytes(batch.witness)});
    if (sequence > witnesses_kept) extra.push_back({key_of(Table::witness, sequence - witnesses_kept), std::nullopt});
    extra.push_back({key_of(Table::block, record.block_hash), encode_location({sequence, 0})});
    for (std::size_t i = 0; i < record.receipts.size(); ++i) {
        // What was forced and stands in a later batch too is dropped there; where it ran is what counts.
        const bool dropped = record.receipts[i].outcome == sequencing::RecordOutcome::dropped;
        if (dropped && find(record.receipts[i].hash)) continue;
        extra.push_back({key_of(Table::record, record.receipts[i].hash), encode_location({sequence, i})});
    }
    for (std::size_t i = 0; i < record.outbox.size(); ++i) {
        extra.push_back(
            {key_of(Table::message, messaging::message_hash(record.outbox[i])), encode_location({sequence, i})});
    }
    for (const Acceptance& acceptance : batch.acceptances) {
        extra.push_back({key_of(Table::acceptance, acceptance.hash), encode_acceptance(acceptance)});
    }
    auto applied = nodes_->apply_version({.sequence = sequence,
                                          .old_root = record.previous_state_root,
                                          .new_root = record.state_root,
                                          .offered = batch.offered,
                                          .extra = extra});
    if (!applied) return std::unexpected{applied.error().text()};
    publish(std::make_shared<const BatchRecord>(record));
    return {};
}

void RollupStore::publish(std::shared_ptr<const BatchRecord> record) {
    const std::scoped_lock lock{mutex_};
    head_ = head_of(*record);
    recent_.push_back(std::move(record));
    if (recent_.size() > recent_batches) recent_.pop_front();
}

std::shared_ptr<const BatchRecord> RollupStore::record(std::uint64_t sequence) const {
    {
        const std::scoped_lock lock{mutex_};
        for (const auto& recent : recent_) {
            if (recent->header.sequence == sequence) return recent;
        }
        if (sequence == 0 || sequence > head_.sequence) return nullptr;
    }
    const auto bytes = read(*nodes_, key_of(Table::batch, sequence));
    if (!bytes) return nullptr;
    auto record = decode_batch_record(*bytes);
    if (!record) return nullptr;
    return std::make_shared<const BatchRecord>(*std::move(record));
}

BatchProgress RollupStore::progress(std::uint64_t sequence) const {
    const auto bytes = read(*nodes_, key_of(Table::progress, sequence));
    if (!bytes) return {};
    const auto progress = decode_batch_progress(*bytes);
    return progress ? *progress : BatchProgress{};
}

std::expected<void, std::string> RollupStore::set_progress(std::uint64_t sequence, const BatchProgress& progress) {
    const store::ExtraWrite write{key_of(Table::progress, sequence), encode_batch_progress(progress)};
    auto written = nodes_->write_extra({&write, 1});
    if (!written) return std::unexpected{written.error().text()};
    return {};
}

std::optional<Bytes> RollupStore::witness(std::uint64_t sequence) const {
    return read(*nodes_, key_of(Table::witness, sequence));
}

std::optional<RecordLocation> RollupStore::find(const Hash32& hash) const {
    return decode_location(read(*nodes_, key_of(Table::record, hash)));
}

std::optional<RecordLocation> RollupStore::find_message(const Hash32& message_hash) const {
    return decode_location(read(*nodes_, key_of(Table::message, message_hash)));
}

std::optional<std::uint64_t> RollupStore::sequence_of_block(const Hash32& block_hash) const {
    if (const auto location = decode_location(read(*nodes_, key_of(Table::block, block_hash))))
        return location->sequence;
    const auto genesis = nodes_->root_at(0);
    const bool is_genesis = genesis && *genesis && types::block_hash(genesis_header(**genesis)) == block_hash;
    return is_genesis ? std::optional<std::uint64_t>{0} : std::nullopt;
}

std::optional<Acceptance> RollupStore::acceptance(const Hash32& txn_hash) const {
    const auto bytes = read(*nodes_, key_of(Table::acceptance, txn_hash));
    if (!bytes) return std::nullopt;
    const auto acceptance = decode_acceptance(txn_hash, *bytes);
    return acceptance ? std::optional{*acceptance} : std::nullopt;
}

}  // namespace enshrine::rollup_node
