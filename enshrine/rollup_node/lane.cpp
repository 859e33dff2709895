// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/hex.hpp>
#include <enshrine/rollup_node/lane.hpp>
#include <enshrine/rollup_node/published_payload.hpp>
#include <enshrine/rollup_node/rollup_endpoint.hpp>
#include <enshrine/rollup_node/shard_network.hpp>
#include <enshrine/rollup_node/wall_clock.hpp>
#include <enshrine/store/node_views.hpp>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace enshrine::rollup_node {
namespace {

constexpr std::chrono::milliseconds publish_interval{100};
/// Of the list around a batch's transactions.
constexpr std::size_t list_header_bytes_max = 16;

std::expected<std::unique_ptr<client::L1Client>, std::string> connect(const std::string& url) {
    auto rpc = client::JsonRpcClient::make(url);
    if (!rpc) return std::unexpected{rpc.error()};
    return std::make_unique<client::L1Client>(*std::move(rpc));
}

}  // namespace

std::expected<std::unique_ptr<Lane>, std::string> Lane::open(const SequencerConfig& config,
                                                             std::function<void(const std::string&)> superseded) {
    std::unique_ptr<Lane> lane{new Lane{config, std::move(superseded)}};
    if (auto opened = lane->open_parts(); !opened) return std::unexpected{opened.error()};
    return lane;
}

Lane::~Lane() {
    for (std::jthread& thread : threads_) thread.request_stop();
    wake_.notify_all();
    threads_.clear();
}

Lane::Outcome Lane::open_parts() {
    for (auto* connection : {&builder_l1_, &publisher_l1_}) {
        auto connected = connect(config_.l1_url);
        if (!connected) return std::unexpected{connected.error()};
        *connection = *std::move(connected);
    }
    const auto chain_id = builder_l1_->chain_id();
    if (!chain_id) return std::unexpected{"L1: " + chain_id.error().message};
    builder_network_ = std::make_unique<ShardNetwork>(*builder_l1_, *chain_id, config_.connect);
    publisher_network_ = std::make_unique<ShardNetwork>(*publisher_l1_, *chain_id, config_.connect);
    auto source =
        open_caught_up({.l1 = *builder_l1_, .network = *builder_network_, .rollup = config_.rollup}, config_.data_dir);
    if (!source) return std::unexpected{source.error()};
    source_ = *std::move(source);
    registered_ = source_->registered.last_sequence;
    settled_ = source_->registered.settled_sequence;
    if (auto checked = check_key(); !checked) return checked;
    const auto l1_height = builder_l1_->block_number();
    if (!l1_height) return std::unexpected{"L1: " + l1_height.error().message};
    l1_height_ = *l1_height;
    if (auto queue = open_queue(); !queue) return queue;
    publisher_ = std::make_unique<Publisher>(
        Publisher::Options{
            .rollup = config_.rollup, .key = config_.key, .claim = config_.claim, .now_ms = wall_clock_ms},
        Publisher::Parts{.store = *source_->store, .l1 = *publisher_l1_, .network = *publisher_network_}, *chain_id);
    build_endpoint();
    return {};
}

Lane::Outcome Lane::check_key() const {
    const auto address = crypto::address_of(config_.key);
    if (!address) return std::unexpected{fmt::format("sequencer key: {}", address.error().message())};
    if (*address == source_->registered.sequencer) return {};
    return std::unexpected{fmt::format("sequencer key: expected the key of {}, got that of {}",
                                       codec::format_address(source_->registered.sequencer),
                                       codec::format_address(*address))};
}

/// [VALID.3] A proof that has to settle the rollup can have less room than a batch.
std::size_t Lane::payload_bytes_max() const {
    constexpr std::uint64_t most = sequencing::batch_payload_bytes_max;
    return std::max<std::size_t>(std::min(most, source_->registered.payload_max.value_or(most)), list_header_bytes_max);
}

Lane::Outcome Lane::open_queue() {
    auto journal = mempool::Journal::open(journal_path(config_.data_dir));
    if (!journal) return std::unexpected{journal.error()};
    state_ = std::make_unique<RollupState>(*source_->store, *source_->executor);
    queue_ = std::make_unique<TxnQueue>(
        TxnQueue::Options{.rollup = config_.rollup,
                          .limits = {.txns_per_batch = config_.batch_txns_max,
                                     .gas_per_batch = config_.batch_gas_max,
                                     .bytes_per_batch = payload_bytes_max() - list_header_bytes_max},
                          .key = config_.key,
                          .account = [this](const Address& address) { return state_->account(address); },
                          .executed = [this](const Hash32& hash) { return source_->store->find(hash).has_value(); },
                          .now_ms = wall_clock_ms,
                          .l1_height = [this] { return l1_height_.load(); }},
        *std::move(journal), source_->store->head().sequence + 1);
    return {};
}

void Lane::build_endpoint() {
    endpoint_ = make_rollup_endpoint({.rollup = config_.rollup,
                                      .store = *source_->store,
                                      .state = *state_,
                                      .queue = queue_.get(),
                                      .registered = [this] { return registered_.load(); },
                                      .settled = [this] { return settled_.load(); }});
}

void Lane::start() {
    threads_.emplace_back([this](const std::stop_token& stop) {
        loop(stop, config_.batch_interval, build_error_, [this] { return build_batch(); });
    });
    threads_.emplace_back([this](const std::stop_token& stop) {
        loop(stop, publish_interval, publish_error_, [this] { return publish(); });
    });
}

Sequencer::Status Lane::status() const {
    Sequencer::Status status{.head = source_->store->head().sequence,
                             .registered = registered_,
                             .settled = settled_,
                             .waiting = queue_->size(),
                             .last_error = {}};
    const std::scoped_lock lock{error_mutex_};
    status.last_error = publish_error_.empty() ? build_error_ : publish_error_;
    return status;
}

template <class Step>
void Lane::loop(const std::stop_token& stop, std::chrono::milliseconds interval, std::string& error_slot,
                const Step& step) {
    while (!stop.stop_requested()) {
        const auto next = std::chrono::steady_clock::now() + interval;
        report(error_slot, step());
        std::unique_lock lock{wake_mutex_};
        wake_.wait_until(lock, stop, next, [] { return false; });
    }
}

/// Logs a failure when it appears or changes, not every round.
void Lane::report(std::string& slot, const Outcome& outcome) {
    const std::scoped_lock lock{error_mutex_};
    const std::string now = outcome ? std::string{} : outcome.error();
    if (now != slot && !now.empty()) spdlog::warn("rollup {}: {}", config_.rollup, now);
    slot = now;
}

Lane::Outcome Lane::publish() {
    if (ended_) return {};
    const auto position = publisher_->advance();
    if (!position) return std::unexpected{position.error()};
    registered_ = position->registered;
    settled_ = position->settled;
    if (position->conflict.empty()) return {};
    ended_ = true;
    superseded_(position->conflict);
    return {};
}

Lane::Outcome Lane::build_batch() {
    if (ended_) return {};
    const auto anchor = latest_anchor(*builder_l1_);
    if (!anchor) return std::unexpected{anchor.error()};
    l1_height_ = anchor->height;
    const RollupHead head = source_->store->head();
    // Far ahead of the L1, more batches would only age; what is accepted meanwhile waits in the queue.
    constexpr std::uint64_t unregistered_max = 32;
    if (head.sequence > registered_ + unregistered_max) return {};
    auto messages = due_messages(*builder_l1_, source_->registered, head, anchor->height);
    if (!messages) return std::unexpected{messages.error()};
    if (messages->empty() && !queue_->has_open()) return {};

    const std::vector<QueuedTxn> txns = queue_->close(head.sequence + 1);
    std::vector<Bytes> encoded;
    for (const QueuedTxn& txn : txns) encoded.push_back(txn.pooled.encoded);
    Bytes payload = encoded.empty() ? Bytes{} : sequencing::encode_payload(encoded);
    const BatchInputs inputs = assemble(head, *anchor, payload, *std::move(messages));
    store::NodePreimages preimages{source_->store->nodes()};
    const auto result = source_->executor->execute(inputs, preimages);
    if (!result) return std::unexpected{fmt::format("batch {}: {}", head.sequence + 1, result.error())};
    return keep(txns, make_batch_record(head, inputs, std::move(payload), *result), *result);
}

BatchInputs Lane::assemble(const RollupHead& head, const Anchor& anchor, BytesView payload,
                           std::vector<Bytes> messages) const {
    BatchInputs inputs;
    PublishedPayload published = publish_payload(config_.scheme, payload);
    inputs.payload_preimages = std::move(published.preimages);
    inputs.header = {.rollup = config_.rollup,
                     .sequence = head.sequence + 1,
                     .previous_hash = head.batch_hash,
                     .anchor_height = anchor.height,
                     .anchor_hash = anchor.hash,
                     .inbox_end = head.inbox_end + messages.size(),
                     .fee_recipient = source_->registered.sequencer,
                     .scheme = config_.scheme,
                     .payload_bytes = narrow<std::uint32_t>(payload.size()),
                     .references = std::move(published.references)};
    inputs.inbox_messages = std::move(messages);
    inputs.inbox_first = head.inbox_end;
    inputs.inbox_start = head.inbox_rolling;
    inputs.previous_state_root = head.state_root;
    inputs.l1_timestamp = anchor.timestamp;
    return inputs;
}

Lane::Outcome Lane::keep(const std::vector<QueuedTxn>& txns, const BatchRecord& record, const BatchResult& result) {
    std::vector<Acceptance> acceptances;
    for (const QueuedTxn& txn : txns) acceptances.push_back({txn.pooled.hash, txn.accepted_ms, txn.receipt});
    auto kept = queue_->executed(record.header.sequence, [&]() -> Outcome {
        return source_->store->append({record, result.offered, result.witness, acceptances});
    });
    if (!kept) return kept;
    // The committee of a rollup without a set of its own is its sequencer: its signature is the certificate (P1).
    BatchProgress progress;
    progress.times.certified_ms = wall_clock_ms();
    return source_->store->set_progress(record.header.sequence, progress);
}

}  // namespace enshrine::rollup_node
