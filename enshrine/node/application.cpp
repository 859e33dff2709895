// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/chain/contracts.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/data_availability/content.hpp>
#include <enshrine/node/application.hpp>
#include <enshrine/system/accounts.hpp>

#include <spdlog/spdlog.h>

#include <chrono>

namespace enshrine::node {
namespace {

using chain::ChainError;
using engine::Proposal;
using engine::ProposalStatus;

constexpr std::uint64_t blob_pruning_interval_blocks = 1'000;

std::string hex(const Hash32& hash) {
    return codec::format_hex(hash.view());
}

/// Adds its own lifetime to a counter.
class Stopwatch {
public:
    explicit Stopwatch(std::atomic<std::uint64_t>& microseconds) noexcept : microseconds_{microseconds} {}
    Stopwatch(const Stopwatch&) = delete;
    Stopwatch& operator=(const Stopwatch&) = delete;
    ~Stopwatch() {
        const auto passed = std::chrono::steady_clock::now() - start_;
        microseconds_ +=
            static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(passed).count());
    }

private:
    std::atomic<std::uint64_t>& microseconds_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// Whether the transaction may get into a later block: another one took its room, or its predecessor was dropped.
bool may_wait(const Error& reason) noexcept {
    return reason.is(ChainError::block_gas_exhausted) || reason.is(ChainError::block_blobs_exhausted) ||
           reason.is(ChainError::block_verification_exhausted) || reason.is(ChainError::block_transactions_exhausted) ||
           reason.is(ChainError::block_bytes_exhausted) || reason.is(ChainError::nonce_too_high);
}

}  // namespace

std::expected<std::unique_ptr<ChainApplication>, std::string> ChainApplication::open(const ApplicationConfig& config,
                                                                                     Clock clock) {
    std::error_code failed;
    std::filesystem::create_directories(config.data_dir, failed);
    if (failed) return std::unexpected{config.data_dir.string() + ": cannot make the folder: " + failed.message()};
    auto chain = store::ChainStore::open(
        {.path = config.data_dir / "chain", .chain_id = config.genesis.chain_id, .cache_bytes = config.cache_bytes});
    if (!chain) return std::unexpected{chain.error().text()};
    auto blobs = store::BlobStore::open({.path = config.data_dir / "blobs", .chain_id = config.genesis.chain_id});
    if (!blobs) return std::unexpected{blobs.error().text()};
    auto cache = chain::ExecutionCache::make();
    if (!cache) return std::unexpected{"no machine for rollup programs: " + std::string{cache.error().message()}};
    std::unique_ptr<ChainApplication> out{
        new ChainApplication{config, std::move(clock), *std::move(chain), *std::move(blobs), *std::move(cache)}};
    ENSHRINE_TRY(out->pending_, PendingTransactions::open({.journal = config.data_dir / "pending.journal",
                                                           .chain_id = config.genesis.chain_id,
                                                           .mempool = config.mempool},
                                                          out->blobs_));
    if (!out->chain_->head()) ENSHRINE_CHECK(out->commit_genesis());
    ENSHRINE_CHECK(out->check_genesis());
    ENSHRINE_CHECK(out->load_head());
    const auto head = out->head();
    out->pending_->set_head(head, {}, out->clock_());
    const std::size_t reloaded = out->pending_->reload(out->clock_());
    spdlog::info("chain {}: head {} {}, state root {}, {} pending transactions", config.genesis.chain_id,
                 head->header.number, hex(head->hash), hex(head->header.state_root), reloaded);
    return out;
}

std::expected<void, std::string> ChainApplication::commit_genesis() {
    chain::GenesisConfig config = config_.genesis;
    if (config.timestamp == 0) config.timestamp = clock_();
    const auto genesis = chain::make_genesis(config, chain::enshrined_protocol(cache_));
    if (!genesis) return std::unexpected{"genesis: " + std::string{genesis.error().message()}};
    const auto stored =
        chain_->commit({.block = genesis->block, .receipts = {}, .changes = genesis->changes, .tree = genesis->tree});
    if (!stored) return std::unexpected{stored.error().text()};
    spdlog::info("made block 0 of chain {}: {}", config.chain_id, hex(genesis->hash));
    return {};
}

/// A folder that grew from other balances would continue without a word and confuse everybody who knows the genesis.
std::expected<void, std::string> ChainApplication::check_genesis() {
    const auto stored = chain_->block(0);
    if (!stored) return std::unexpected{stored.error().text()};
    if (!*stored) return std::unexpected{config_.data_dir.string() + ": block 0 is missing"};
    chain::GenesisConfig config = config_.genesis;
    if (config.timestamp == 0) config.timestamp = (*stored)->header.timestamp;
    const auto expected = chain::make_genesis(config, chain::enshrined_protocol(cache_));
    if (!expected) return std::unexpected{"genesis: " + std::string{expected.error().message()}};
    const Hash32 found = types::block_hash((*stored)->header);
    if (found == expected->hash) return {};
    return std::unexpected{config_.data_dir.string() +
                           ": the chain in this folder has another genesis: expected block 0 " + hex(expected->hash) +
                           ", found " + hex(found)};
}

std::expected<void, std::string> ChainApplication::load_head() {
    const auto at = chain_->head();
    ENSHRINE_ASSERT(at.has_value());
    auto block = chain_->block(at->height);
    if (!block) return std::unexpected{block.error().text()};
    if (!*block) return std::unexpected{config_.data_dir.string() + ": the head block is missing"};
    auto head = std::make_shared<const Head>(
        Head{.view = chain_->view_latest(), .header = (*block)->header, .hash = at->block_hash});
    const std::scoped_lock lock{head_mutex_};
    head_ = std::move(head);
    return {};
}

std::shared_ptr<const Head> ChainApplication::head() const {
    const std::scoped_lock lock{head_mutex_};
    return head_;
}

std::shared_ptr<const Head> ChainApplication::head_above(std::uint64_t height,
                                                         std::chrono::milliseconds patience) const {
    std::unique_lock lock{head_mutex_};
    head_changed_.wait_for(lock, patience, [&] { return waiting_stopped_ || head_->header.number > height; });
    return head_;
}

bool ChainApplication::is_waiting_stopped() const {
    const std::scoped_lock lock{head_mutex_};
    return waiting_stopped_;
}

void ChainApplication::stop_waiting() {
    {
        const std::scoped_lock lock{head_mutex_};
        waiting_stopped_ = true;
    }
    head_changed_.notify_all();
}

engine::Info ChainApplication::info() const {
    const auto at = head();
    return {.last_height = at->header.number, .app_hash = at->header.state_root};
}

Result<chain::ExecutedBlock> ChainApplication::execute(const chain::BlockInput& input) {
    const Stopwatch stopwatch{counters_.execute_microseconds};
    const auto parent = head();
    proof_admission_.move_verdicts(cache_.verdicts);
    store::ChainNodes nodes{*parent->view};
    return chain::execute_block({.view = *parent->view, .nodes = nodes, .header = parent->header}, input,
                                chain::enshrined_protocol(cache_));
}

Proposal ChainApplication::prepare_proposal(std::uint64_t height, std::uint64_t timestamp, const Address& proposer) {
    const auto parent = head();
    ENSHRINE_ASSERT(height == parent->header.number + 1);
    const auto selected = pending_->select();
    std::vector<chain::BlockTransaction> items;
    for (const auto& pending : selected) items.push_back({.txn = &pending->txn, .blobs = pending->blobs});
    Proposal proposal;
    proposal.height = height;
    proposal.timestamp = std::max(timestamp, parent->header.timestamp);  // [CHAIN-BLOCK.2]
    proposal.proposer = proposer;
    auto block = execute({.timestamp = proposal.timestamp, .proposer = proposer, .extra = {}, .transactions = items});
    ENSHRINE_ASSERT(block.has_value());
    for (const chain::SkippedTransaction& skipped : block->skipped) {
        if (may_wait(skipped.reason)) continue;
        const chain::ValidTransaction& txn = selected[skipped.index]->txn;
        spdlog::info("dropped transaction {} of {}: {}", hex(txn.hash()), codec::format_address(txn.sender()),
                     skipped.reason.message());
        counters_.transactions_skipped += 1;
        pending_->drop(txn.hash());
    }
    block->skipped.clear();
    proposal.txns = block->block.transactions;
    executed_ = Executed{.proposal = proposal, .block = *std::move(block)};
    return proposal;
}

bool ChainApplication::is_executed(const Proposal& proposal) const {
    return executed_ && executed_->proposal.height == proposal.height &&
           executed_->proposal.timestamp == proposal.timestamp && executed_->proposal.proposer == proposal.proposer &&
           executed_->proposal.txns == proposal.txns;
}

std::optional<PendingTransaction> ChainApplication::resolve(BytesView encoding) const {
    if (const auto known = pending_->find(types::transaction_hash(encoding))) return *known;
    auto valid = chain::validate_transaction(encoding, chain_id());
    if (!valid) return std::nullopt;
    std::vector<types::BlobRecord> records;
    for (const Hash32& hash : valid->transaction().blob_versioned_hashes) {
        const auto stored = blobs_.get(hash);
        if (!stored || !*stored) return std::nullopt;
        records.push_back({.versioned_hash = hash, .content_root = data_availability::content_root((*stored)->blob)});
    }
    return PendingTransaction{.txn = *std::move(valid), .blobs = std::move(records)};
}

/// Nothing when the block is invalid on the head [CHAIN-BLOCK.6].
std::optional<chain::ExecutedBlock> ChainApplication::execute_claimed(const Proposal& proposal) {
    if (proposal.height != head()->header.number + 1) return std::nullopt;
    std::vector<PendingTransaction> txns;
    for (const Bytes& encoding : proposal.txns) {
        auto txn = resolve(encoding);
        if (!txn) return std::nullopt;
        txns.push_back(*std::move(txn));
    }
    std::vector<chain::BlockTransaction> items;
    for (const PendingTransaction& txn : txns) items.push_back({.txn = &txn.txn, .blobs = txn.blobs});
    auto block =
        execute({.timestamp = proposal.timestamp, .proposer = proposal.proposer, .extra = {}, .transactions = items});
    if (!block || !block->skipped.empty()) return std::nullopt;
    return *std::move(block);
}

ProposalStatus ChainApplication::process_proposal(const Proposal& proposal) {
    if (is_executed(proposal)) return ProposalStatus::accept;
    auto block = execute_claimed(proposal);
    if (!block) return ProposalStatus::reject;
    executed_ = Executed{.proposal = proposal, .block = *std::move(block)};
    return ProposalStatus::accept;
}

engine::FinalizedBlock ChainApplication::finalize_block(const Proposal& proposal) {
    // The engine finalizes what it had processed, so that a rejection here is a broken engine.
    const ProposalStatus status = process_proposal(proposal);
    ENSHRINE_ASSERT(status == ProposalStatus::accept);
    const chain::ExecutedBlock& block = executed_->block;
    return {.block_hash = block.hash,
            .app_hash = block.block.header.state_root,
            .txn_count = block.block.transactions.size()};
}

/// Their sidecars are on disk since their admission; from now on they are those of this height.
void ChainApplication::keep_blobs(const types::Block& block) {
    if (block.blobs.empty()) return;
    std::vector<store::StoredBlob> published;
    for (const types::BlobRecord& record : block.blobs) {
        auto stored = blobs_.get(record.versioned_hash);
        if (!stored) store::stop_on(stored.error());
        ENSHRINE_ASSERT(stored->has_value());
        published.push_back(**std::move(stored));
    }
    if (const auto kept = blobs_.put(block.header.number, published); !kept) store::stop_on(kept.error());
    counters_.blobs += published.size();
}

void ChainApplication::commit() {
    ENSHRINE_ASSERT(executed_.has_value());
    const Executed executed = *std::exchange(executed_, std::nullopt);
    const chain::ExecutedBlock& block = executed.block;
    {
        const Stopwatch stopwatch{counters_.commit_microseconds};
        keep_blobs(block.block);
        const auto stored = chain_->commit(
            {.block = block.block, .receipts = block.receipts, .changes = block.changes, .tree = block.tree});
        if (!stored) store::stop_on(stored.error());
    }
    auto head = std::make_shared<const Head>(
        Head{.view = chain_->view_latest(), .header = block.block.header, .hash = block.hash});
    {
        const std::scoped_lock lock{head_mutex_};
        head_ = head;
    }
    head_changed_.notify_all();
    std::vector<Hash32> included;
    for (const Bytes& encoding : block.block.transactions) included.push_back(types::transaction_hash(encoding));
    pending_->set_head(head, included, clock_());
    counters_.blocks += 1;
    counters_.transactions += included.size();
    const std::uint64_t height = head->header.number;
    const std::uint64_t retention = config_.blob_retention_blocks;
    if (retention != 0 && height > retention && height % blob_pruning_interval_blocks == 0) {
        if (const auto pruned = blobs_.prune_below(height - retention); !pruned)
            spdlog::warn("{}", pruned.error().text());
    }
}

bool ChainApplication::has_pending() const {
    return !pending_->select().empty();
}

void ChainApplication::offer_proof(const Hash32& hash) {
    const auto pending = pending_->find(hash);
    if (!pending || !ProofAdmission::takes(pending->txn)) return;
    const chain::ValidTransaction& txn = pending->txn;
    auto head = this->head();
    // What waits for an earlier nonce or a lower price may never run, and costs its sender nothing until it does.
    if (txn.transaction().max_fee_per_gas < base_fee_after(head->header)) return;
    const std::uint64_t nonce = system::load_account(*head->view, txn.sender()).nonce;
    if (txn.transaction().nonce >= pending_->pending_nonce(txn.sender(), nonce)) return;
    proof_admission_.offer(txn, std::move(head));
}

rpc::RpcResult<Hash32> ChainApplication::submit(BytesView raw) {
    auto hash = pending_->submit(raw, clock_());
    auto& counter = hash ? counters_.submissions_accepted : counters_.submissions_refused;
    counter += 1;
    if (!hash) return hash;
    offer_proof(*hash);
    if (accepted_) accepted_();
    return hash;
}

}  // namespace enshrine::node
