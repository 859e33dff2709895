// SPDX-License-Identifier: Apache-2.0
#include <enshrine/rollup_node/sequencer.hpp>

#include <enshrine/codec/hex.hpp>
#include <enshrine/rollup_node/batch_assembly.hpp>
#include <enshrine/rollup_node/publisher.hpp>
#include <enshrine/rollup_node/rollup_endpoint.hpp>
#include <enshrine/rollup_node/published_payload.hpp>
#include <enshrine/rollup_node/rollup_source.hpp>
#include <enshrine/rollup_node/shard_network.hpp>
#include <enshrine/rollup_registry/params.hpp>
#include <enshrine/store/node_views.hpp>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <condition_variable>
#include <thread>

namespace enshrine::rollup_node {
namespace {

constexpr std::chrono::milliseconds publish_interval{100};
/// A batch must be registered before its anchor is this old, with some blocks to spare for getting there.
constexpr std::uint64_t anchor_age_usable = rollup_registry::anchor_age_blocks_max - 16;

std::uint64_t wall_clock_ms() {
    const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(since_1970).count());
}

/// Connections are not shared between threads: each has its own.
struct Connections {
    std::unique_ptr<client::L1Client> builder;
    std::unique_ptr<client::L1Client> publisher;
};

std::expected<std::unique_ptr<client::L1Client>, std::string> connect(const std::string& url) {
    auto rpc = client::JsonRpcClient::make(url);
    if (!rpc) return std::unexpected{rpc.error()};
    return std::make_unique<client::L1Client>(*std::move(rpc));
}

}  // namespace

class Sequencer::Worker {
public:
    explicit Worker(const SequencerConfig& config) : config_{config} {}
    ~Worker() { stop(); }

    std::expected<void, std::string> start() {
        auto opened = open();
        if (!opened) return opened;
        build_endpoint();
        threads_.emplace_back([this](const std::stop_token& stop) { build_loop(stop); });
        threads_.emplace_back([this](const std::stop_token& stop) { publish_loop(stop); });
        return {};
    }

    void stop() {
        for (std::jthread& thread : threads_) thread.request_stop();
        wake_.notify_all();
        threads_.clear();
    }

    std::shared_ptr<const rpc::Endpoint> endpoint() const { return endpoint_; }

    Status status() const {
        Status status{.head = source_->store->head().sequence,
                      .registered = registered_,
                      .settled = settled_,
                      .waiting = queue_->size(),
                      .last_error = {}};
        const std::scoped_lock lock{error_mutex_};
        status.last_error = publish_error_.empty() ? build_error_ : publish_error_;
        return status;
    }

private:
    std::expected<void, std::string> open() {
        for (auto* connection : {&connections_.builder, &connections_.publisher}) {
            auto connected = connect(config_.l1_url);
            if (!connected) return std::unexpected{connected.error()};
            *connection = *std::move(connected);
        }
        const auto chain_id = connections_.builder->chain_id();
        if (!chain_id) return std::unexpected{"L1: " + chain_id.error().message};
        build_network_ = std::make_unique<ShardNetwork>(*connections_.builder, *chain_id, config_.connect);
        publish_network_ = std::make_unique<ShardNetwork>(*connections_.publisher, *chain_id, config_.connect);
        if (auto opened = open_source(); !opened) return opened;
        if (auto checked = check_key(); !checked) return checked;
        if (auto caught_up = catch_up(); !caught_up) return caught_up;
        if (auto queue = open_queue(); !queue) return queue;
        publisher_ = std::make_unique<Publisher>(
            Publisher::Options{.rollup = config_.rollup, .key = config_.key, .claim = config_.claim, .now_ms = wall_clock_ms},
            Publisher::Parts{.store = *source_->store, .l1 = *connections_.publisher, .network = *publish_network_}, *chain_id);
        return {};
    }

    std::expected<void, std::string> open_source() {
        auto source = RollupSource::open(*connections_.builder, config_.rollup, config_.data_dir);
        if (!source) return std::unexpected{source.error()};
        source_ = *std::move(source);
        registered_ = source_->registered.last_sequence;
        settled_ = source_->registered.settled_sequence;
        return {};
    }

    std::expected<void, std::string> check_key() const {
        const auto address = crypto::address_of(config_.key);
        if (!address) return std::unexpected{fmt::format("sequencer key: {}", address.error().message())};
        if (*address == source_->registered.sequencer) return {};
        return std::unexpected{fmt::format("sequencer key: expected the key of {}, got that of {}",
                                           codec::format_address(source_->registered.sequencer),
                                           codec::format_address(*address))};
    }

    /// Runs what the L1 has registered beyond the own store, and sets a store aside whose batches the L1 will never take.
    std::expected<void, std::string> catch_up() {
        const auto anchor = latest_anchor(*connections_.builder);
        if (!anchor) return std::unexpected{anchor.error()};
        l1_height_ = anchor->height;
        if (const std::string conflict = find_conflict(*anchor); !conflict.empty()) {
            if (auto renewed = renew_store(conflict); !renewed) return renewed;
        }
        while (true) {
            const auto more = follow_l1(*connections_.builder, *build_network_, *source_, source_->registered.last_sequence);
            if (!more) return std::unexpected{more.error()};
            if (!*more) return {};
        }
    }

    /// Why the own batches cannot stand; empty when they can.
    std::string find_conflict(const Anchor& anchor) const {
        const RollupHead head = source_->store->head();
        const std::uint64_t registered = source_->registered.last_sequence;
        if (registered > 0 && head.sequence >= registered) {
            const auto record = source_->store->record(registered);
            if (!record || record->hash != source_->registered.last_batch_hash) {
                return fmt::format("the L1 has registered another batch {}", registered);
            }
        }
        if (head.sequence <= registered) return {};
        const auto first = source_->store->record(registered + 1);
        if (!first || anchor.height < first->header.anchor_height) {
            return fmt::format("batch {} names L1 block {}, the L1 is at {}", registered + 1,
                               first ? first->header.anchor_height : 0, anchor.height);
        }
        if (anchor.height - first->header.anchor_height > anchor_age_usable) {
            return fmt::format("batch {} was not registered in time: its anchor is {} blocks old", registered + 1,
                               anchor.height - first->header.anchor_height);
        }
        return {};
    }

    /// Keeps the old store for inspection; its unregistered transactions go back into the journal.
    std::expected<void, std::string> renew_store(const std::string& reason) {
        auto journal = mempool::Journal::open(journal_path());
        if (!journal) return std::unexpected{journal.error()};
        const std::uint64_t head = source_->store->head().sequence;
        for (std::uint64_t sequence = source_->registered.last_sequence + 1; sequence <= head; ++sequence) {
            const auto record = source_->store->record(sequence);
            if (!record) continue;
            for (const BytesView txn : sequencing::decode_payload(record->payload)) {
                if (auto kept = journal->append(txn); !kept) return kept;
            }
        }
        source_.reset();
        const auto aside = config_.data_dir / fmt::format("state.set-aside-{}", wall_clock_ms());
        std::error_code error;
        std::filesystem::rename(config_.data_dir / "state", aside, error);
        if (error) return std::unexpected{fmt::format("{}: {}", aside.string(), error.message())};
        spdlog::warn("rollup {}: {}; starting again from the L1, old store kept in {}", config_.rollup, reason,
                     aside.string());
        return open_source();
    }

    std::filesystem::path journal_path() const { return config_.data_dir / "accepted.journal"; }

    std::expected<void, std::string> open_queue() {
        auto journal = mempool::Journal::open(journal_path());
        if (!journal) return std::unexpected{journal.error()};
        state_ = std::make_unique<RollupState>(*source_->store, *source_->executor);
        queue_ = std::make_unique<TxnQueue>(
            TxnQueue::Options{.rollup = config_.rollup,
                              .limits = {.txns_per_batch = config_.batch_txns_max,
                                         .gas_per_batch = config_.batch_gas_max,
                                         .bytes_per_batch = sequencing::batch_payload_bytes_max - 16},
                              .key = config_.key,
                              .account = [this](const Address& address) { return state_->account(address); },
                              .executed = [this](const Hash32& hash) { return source_->store->find(hash).has_value(); },
                              .now_ms = wall_clock_ms,
                              .l1_height = [this] { return l1_height_.load(); }},
            *std::move(journal), source_->store->head().sequence + 1);
        return {};
    }

    void build_endpoint() {
        endpoint_ = make_rollup_endpoint({.rollup = config_.rollup,
                                          .store = *source_->store,
                                          .state = *state_,
                                          .queue = queue_.get(),
                                          .registered = [this] { return registered_.load(); },
                                          .settled = [this] { return settled_.load(); }});
    }

    template <class Step>
    void loop(const std::stop_token& stop, std::chrono::milliseconds interval, std::string& error_slot, const Step& step) {
        while (!stop.stop_requested()) {
            const auto next = std::chrono::steady_clock::now() + interval;
            report(error_slot, step());
            std::unique_lock lock{wake_mutex_};
            wake_.wait_until(lock, stop, next, [] { return false; });
        }
    }

    void build_loop(const std::stop_token& stop) {
        loop(stop, config_.batch_interval, build_error_, [this] { return build_batch(); });
    }

    void publish_loop(const std::stop_token& stop) {
        loop(stop, publish_interval, publish_error_, [this]() -> std::expected<void, std::string> {
            const auto position = publisher_->advance();
            if (!position) return std::unexpected{position.error()};
            registered_ = position->registered;
            settled_ = position->settled;
            return {};
        });
    }

    /// Logs a failure when it appears or changes, not every round.
    void report(std::string& slot, const std::expected<void, std::string>& outcome) {
        const std::scoped_lock lock{error_mutex_};
        const std::string now = outcome ? std::string{} : outcome.error();
        if (now != slot && !now.empty()) spdlog::warn("rollup {}: {}", config_.rollup, now);
        slot = now;
    }

    std::expected<void, std::string> build_batch() {
        const auto anchor = latest_anchor(*connections_.builder);
        if (!anchor) return std::unexpected{anchor.error()};
        l1_height_ = anchor->height;
        const RollupHead head = source_->store->head();
        // Far ahead of the L1, more batches would only age; what is accepted meanwhile waits in the queue.
        constexpr std::uint64_t unregistered_max = 32;
        if (head.sequence > registered_ + unregistered_max) return {};
        auto messages = due_messages(*connections_.builder, config_.rollup, head, anchor->height);
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

    BatchInputs assemble(const RollupHead& head, const Anchor& anchor, BytesView payload, std::vector<Bytes> messages) const {
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

    std::expected<void, std::string> keep(const std::vector<QueuedTxn>& txns, const BatchRecord& record,
                                          const BatchResult& result) {
        std::vector<Acceptance> acceptances;
        for (const QueuedTxn& txn : txns) acceptances.push_back({txn.pooled.hash, txn.accepted_ms, txn.receipt});
        auto kept = queue_->executed(record.header.sequence, [&]() -> std::expected<void, std::string> {
            return source_->store->append({record, result.offered, result.witness, acceptances});
        });
        if (!kept) return kept;
        // The committee of a rollup without a set of its own is its sequencer: its signature is the certificate (P1).
        BatchProgress progress;
        progress.times.certified_ms = wall_clock_ms();
        return source_->store->set_progress(record.header.sequence, progress);
    }

    SequencerConfig config_;
    Connections connections_;
    std::unique_ptr<PayloadNetwork> build_network_;
    std::unique_ptr<PayloadNetwork> publish_network_;
    std::unique_ptr<RollupSource> source_;
    std::unique_ptr<RollupState> state_;
    std::unique_ptr<TxnQueue> queue_;
    std::unique_ptr<Publisher> publisher_;
    std::shared_ptr<const rpc::Endpoint> endpoint_;

    std::atomic<std::uint64_t> l1_height_ = 0;
    std::atomic<std::uint64_t> registered_ = 0;
    std::atomic<std::uint64_t> settled_ = 0;
    mutable std::mutex error_mutex_;
    std::string build_error_;
    std::string publish_error_;
    std::mutex wake_mutex_;
    std::condition_variable_any wake_;
    std::vector<std::jthread> threads_;
};

std::expected<std::unique_ptr<Sequencer>, std::string> Sequencer::start(const SequencerConfig& config) {
    auto worker = std::make_unique<Worker>(config);
    if (auto started = worker->start(); !started) return std::unexpected{started.error()};
    return std::unique_ptr<Sequencer>{new Sequencer{std::move(worker)}};
}

Sequencer::Sequencer(std::unique_ptr<Worker> worker) noexcept : worker_{std::move(worker)} {}
Sequencer::~Sequencer() = default;
std::shared_ptr<const rpc::Endpoint> Sequencer::endpoint() const { return worker_->endpoint(); }
void Sequencer::stop() { worker_->stop(); }
Sequencer::Status Sequencer::status() const { return worker_->status(); }

}  // namespace enshrine::rollup_node
