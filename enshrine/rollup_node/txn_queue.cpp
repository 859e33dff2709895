// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/hex.hpp>
#include <enshrine/rollup_node/txn_queue.hpp>
#include <enshrine/rpc/admission_error.hpp>
#include <enshrine/sequencing/rollup_transaction.hpp>
#include <enshrine/sequencing/runtime.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace enshrine::rollup_node {
namespace {

using mempool::MempoolError;
using mempool::PooledTxn;
using rpc::RpcError;
using rpc::RpcResult;
using sequencing::DropReason;

/// Bytes that an encoded transaction takes in the payload: an RLP string header of at most five bytes.
constexpr std::size_t payload_overhead_bytes = 5;

std::string decimal(const U256& value) {
    return codec::format_decimal(value);
}

std::unexpected<RpcError> refuse(const Error& error, std::string_view expected = {}, std::string_view got = {}) {
    return std::unexpected{rpc::from_error(error, {}, expected, got)};
}
std::unexpected<RpcError> refuse(MempoolError error, std::uint64_t expected, std::uint64_t got) {
    return refuse(error, std::to_string(expected), std::to_string(got));
}

RpcError journal_failure(std::string message) {
    return {.code = rpc::internal_error, .message = std::move(message), .stable_code = "E-JOURNAL"};
}

/// What a transaction that breaks a rule of form should have had, and what it has.
std::unexpected<RpcError> refuse_form(const Error& error, const types::Transaction& txn,
                                      const TxnQueue::Options& options) {
    const std::string gas = std::to_string(txn.gas_limit);
    if (error.is(DropReason::no_chain_id)) return refuse(error, std::to_string(options.rollup), "none");
    if (error.is(DropReason::wrong_chain_id)) {
        return refuse(error, std::to_string(options.rollup), std::to_string(*txn.chain_id));
    }
    if (error.is(DropReason::blob_transaction)) return refuse(error, "0, 1 or 2", "3");
    if (error.is(DropReason::contract_creation)) return refuse(error, "an address", "none");
    if (error.is(DropReason::gas_below_intrinsic)) {
        return refuse(error, fmt::format("at least {}", sequencing::intrinsic_gas(txn)), gas);
    }
    if (error.is(DropReason::gas_above_transaction_max)) {
        return refuse(error, fmt::format("at most {}", sequencing::rollup_txn_gas_max), gas);
    }
    if (error.is(DropReason::gas_above_batch_rest)) {
        return refuse(error, fmt::format("at most {}", options.limits.gas_per_batch), gas);
    }
    if (error.is(DropReason::tip_above_fee_cap)) {
        return refuse(error, "at most " + decimal(txn.max_fee_per_gas), decimal(txn.max_priority_fee_per_gas));
    }
    return refuse(error, fmt::format("at least {}", sequencing::rollup_base_fee_wei), decimal(txn.max_fee_per_gas));
}

/// value + gas · fee cap; saturates, since more than 2^256 is unpayable anyway.
U256 cost_of(const types::Transaction& txn) noexcept {
    static constexpr U256 unpayable{~0ULL, ~0ULL, ~0ULL, ~0ULL};
    const auto fee = checked_mul(txn.max_fee_per_gas, U256{txn.gas_limit});
    if (!fee) return unpayable;
    const auto total = checked_add(*fee, txn.value.wei());
    return total ? *total : unpayable;
}

}  // namespace

TxnQueue::TxnQueue(Options options, mempool::Journal journal, std::uint64_t next_sequence)
    : options_{std::move(options)}, journal_{std::move(journal)}, next_sequence_{next_sequence}, slots_(1) {
    reload();
}

void TxnQueue::reload() {
    const Loaded loaded = read_journal();
    // A batch of somebody else took the number that was promised, or the head is another one: then the order is kept
    // and all promises are made anew. Otherwise every transaction keeps its place, whatever has become of its sender.
    const bool moved = std::ranges::any_of(loaded.promised, [&](const auto& item) {
        return item.second.record.promise.sequence < next_sequence_ && !options_.executed(item.second.txn.hash);
    });
    const std::uint64_t sequence_max = next_sequence_ + loaded.promised.size();
    for (const auto& [place, item] : loaded.promised) {
        const bool kept = !moved && place.first >= next_sequence_ && place.first <= sequence_max;
        if (kept && seat(item.txn, item.record)) continue;
        if (!options_.executed(item.txn.hash)) (void)admit(item.txn).has_value();
    }
    for (const PooledTxn& txn : loaded.others) {
        if (!options_.executed(txn.hash)) (void)admit(txn).has_value();
    }
    (void)rewrite_journal().has_value();  // a journal that keeps what was executed is only longer
}

TxnQueue::Loaded TxnQueue::read_journal() {
    std::map<Hash32, PromiseRecord> promises;  // the last one to a transaction counts
    std::vector<Bytes> txns;
    for (Bytes& entry : journal_.take_loaded()) {
        if (const auto record = decode_promise_record(entry, options_.rollup)) {
            promises.insert_or_assign(record->promise.transaction_hash, *record);
        } else {
            txns.push_back(std::move(entry));
        }
    }
    Loaded out;
    for (Bytes& encoded : txns) {
        auto txn = types::decode_transaction(encoded);
        const auto sender = txn ? types::recover_sender(*txn) : Result<Address>{};
        if (!txn || !sender) continue;
        const Hash32 hash = types::transaction_hash(encoded);
        PooledTxn pooled{*std::move(txn), hash, *sender, std::move(encoded)};
        const auto promise = promises.find(hash);
        if (promise == promises.end()) {
            out.others.push_back(std::move(pooled));
        } else {
            const std::pair place{promise->second.promise.sequence, promise->second.promise.position};
            out.promised.emplace(place, PromisedTxn{std::move(pooled), promise->second});
        }
    }
    return out;
}

std::expected<void, std::string> TxnQueue::rewrite_journal() {
    std::vector<Bytes> entries;
    for (const Slot& slot : slots_) {
        for (const QueuedTxn& queued : slot.txns) {
            entries.push_back(encode_promise_record({queued.receipt.promise, queued.accepted_ms}));
            entries.push_back(queued.pooled.encoded);
        }
    }
    for (const auto& [address, sender] : senders_) {
        for (const auto& [nonce, txn] : sender.waiting) entries.push_back(txn.encoded);
    }
    const std::vector<BytesView> views(entries.begin(), entries.end());
    return journal_.rewrite(views);
}

RpcResult<Hash32> TxnQueue::submit(BytesView raw) {
    auto txn = types::decode_transaction(raw);
    if (!txn) return refuse(txn.error());
    if (const auto form = sequencing::validate_form(*txn, options_.rollup, options_.limits.gas_per_batch); !form) {
        return refuse_form(form.error(), *txn, options_);
    }
    const auto sender = types::recover_sender(*txn);
    if (!sender) return refuse(sender.error());
    const Hash32 hash = types::transaction_hash(raw);

    const std::scoped_lock lock{mutex_};
    if (promised_.contains(hash) || waiting_.contains(hash) || options_.executed(hash)) {
        return refuse(MempoolError::already_known);
    }
    ENSHRINE_CHECK(admit({*std::move(txn), hash, *sender, to_bytes(raw)}));
    if (auto written = journal_.append(raw); !written) {
        // Without a durable record there is nothing to acknowledge. The copy in the queue may still be executed, which
        // is what the sender asked for.
        return std::unexpected{journal_failure(std::move(written).error())};
    }
    return hash;
}

RpcResult<void> TxnQueue::admit(PooledTxn txn) {
    const mempool::SenderState account = options_.account(txn.sender);
    const Address address = txn.sender;
    Sender& sender = senders_[address];
    const std::uint64_t expected = sender.expected_nonce(account.nonce);
    const std::uint64_t nonce = txn.txn.nonce;
    const auto sum = checked_add(sender.reserved, cost_of(txn.txn));
    const U256 needed = sum ? *sum : U256{~0ULL, ~0ULL, ~0ULL, ~0ULL};
    RpcResult<void> result;
    if (nonce < account.nonce) {
        result = refuse(MempoolError::nonce_too_low, expected, nonce);
    } else if (nonce < expected) {
        result = refuse(MempoolError::nonce_ordered, expected, nonce);
    } else if (needed > account.balance.wei()) {
        result = refuse(MempoolError::insufficient_funds, decimal(needed), decimal(account.balance.wei()));
    } else if (nonce > expected) {
        result = keep_waiting(std::move(txn), sender);
    } else {
        result = promise(std::move(txn));
        if (result) promote(address);
    }
    if (sender.queued == 0 && sender.waiting.empty()) senders_.erase(address);
    return result;
}

RpcResult<void> TxnQueue::keep_waiting(PooledTxn txn, Sender& sender) {
    const std::uint64_t expected = sender.expected_nonce(options_.account(txn.sender).nonce);
    if (txn.txn.nonce - expected > options_.limits.nonce_gap_max) {
        return refuse(MempoolError::nonce_gap_too_large, expected, txn.txn.nonce);
    }
    const auto same_nonce = sender.waiting.find(txn.txn.nonce);
    if (same_nonce != sender.waiting.end()) {
        waiting_.erase(same_nonce->second.hash);
        sender.waiting.erase(same_nonce);
    } else if (waiting_.size() >= options_.limits.waiting_max) {
        return refuse(MempoolError::pool_full, fmt::format("at most {} behind gaps", options_.limits.waiting_max),
                      std::to_string(waiting_.size()));
    }
    waiting_.insert_or_assign(txn.hash, txn);
    const std::uint64_t nonce = txn.txn.nonce;
    sender.waiting.emplace(nonce, std::move(txn));
    return {};
}

TxnQueue::Slot& TxnQueue::slot_for(const PooledTxn& txn) {
    const auto fits = [&](const Slot& slot) {
        const bool bytes_fit =
            options_.limits.bytes_per_batch == 0 ||
            slot.bytes + txn.encoded.size() + payload_overhead_bytes <= options_.limits.bytes_per_batch;
        return bytes_fit && slot.txns.size() < options_.limits.txns_per_batch &&
               slot.gas + txn.txn.gas_limit <= options_.limits.gas_per_batch;
    };
    // Only the last slot takes more: earlier ones would let a later transaction overtake.
    if (!slots_.back().txns.empty() && !fits(slots_.back())) slots_.emplace_back();
    return slots_.back();
}

RpcResult<void> TxnQueue::promise(PooledTxn txn) {
    if (promised_.size() >= options_.limits.queued_max) {
        return refuse(MempoolError::pool_full, fmt::format("at most {} ordered", options_.limits.queued_max),
                      std::to_string(promised_.size()));
    }
    if (options_.limits.bytes_per_batch != 0 &&
        txn.encoded.size() + payload_overhead_bytes > options_.limits.bytes_per_batch) {
        return refuse(MempoolError::batch_overfull,
                      fmt::format("at most {} bytes", options_.limits.bytes_per_batch - payload_overhead_bytes),
                      fmt::format("{} bytes", txn.encoded.size()));
    }
    const Slot& slot = slot_for(txn);
    const PromiseRecord record{.promise = {.transaction_hash = txn.hash,
                                           .rollup = options_.rollup,
                                           .sequence = next_sequence_ + slots_.size() - 1,
                                           .position = slot.txns.size(),
                                           .deadline = options_.l1_height() + options_.limits.deadline_blocks},
                               .accepted_ms = options_.now_ms()};
    if (auto written = journal_.append(encode_promise_record(record)); !written) {
        return std::unexpected{journal_failure(std::move(written).error())};
    }
    if (!seat(std::move(txn), record)) {
        return std::unexpected{RpcError{.code = rpc::internal_error, .message = "the promise cannot be signed"}};
    }
    return {};
}

bool TxnQueue::seat(PooledTxn txn, const PromiseRecord& record) {
    const std::uint64_t slot_index = record.promise.sequence - next_sequence_;
    const std::size_t next_position = slot_index < slots_.size() ? slots_[slot_index].txns.size() : 0;
    auto receipt = sequencing::make_order_receipt(record.promise, options_.key);
    if (!receipt || record.promise.position != next_position) return false;
    while (slots_.size() <= slot_index) slots_.emplace_back();
    Slot& slot = slots_[slot_index];
    Sender& sender = senders_[txn.sender];
    sender.next_nonce = std::max(sender.queued == 0 ? 0 : sender.next_nonce, txn.txn.nonce + 1);
    sender.queued += 1;
    sender.reserved = sender.reserved + cost_of(txn.txn);  // the sum was within the balance when all this was promised
    slot.gas += txn.txn.gas_limit;
    slot.bytes += txn.encoded.size() + payload_overhead_bytes;
    QueuedTxn queued{std::move(txn), *std::move(receipt), record.accepted_ms};
    promised_.insert_or_assign(queued.pooled.hash, queued);
    slot.txns.push_back(std::move(queued));
    return true;
}

void TxnQueue::promote(const Address& address) {
    while (true) {
        const auto sender = senders_.find(address);
        if (sender == senders_.end() || sender->second.waiting.empty()) return;
        const mempool::SenderState account = options_.account(address);
        const auto first = sender->second.waiting.begin();
        const std::uint64_t expected = sender->second.expected_nonce(account.nonce);
        if (first->first > expected) return;
        PooledTxn txn = std::move(first->second);
        sender->second.waiting.erase(first);
        waiting_.erase(txn.hash);
        // What has become unpayable or is overtaken leaves; later ones keep waiting for its nonce.
        if (txn.txn.nonce < expected) continue;
        const auto sum = checked_add(sender->second.reserved, cost_of(txn.txn));
        if (!sum || *sum > account.balance.wei()) continue;
        if (!promise(std::move(txn))) return;
    }
}

std::vector<QueuedTxn> TxnQueue::close(std::uint64_t sequence) {
    const std::scoped_lock lock{mutex_};
    if (in_flight_sequence_ == sequence) return in_flight_;  // building it failed before; same order again
    ENSHRINE_ASSERT(sequence == next_sequence_);
    in_flight_ = std::move(slots_.front().txns);
    in_flight_sequence_ = sequence;
    slots_.pop_front();
    if (slots_.empty()) slots_.emplace_back();
    next_sequence_ = sequence + 1;
    return in_flight_;
}

void TxnQueue::release(const QueuedTxn& queued) {
    promised_.erase(queued.pooled.hash);
    const auto sender = senders_.find(queued.pooled.sender);
    if (sender == senders_.end()) return;
    sender->second.queued -= 1;
    sender->second.reserved = sender->second.reserved - cost_of(queued.pooled.txn);
    if (sender->second.queued == 0 && sender->second.waiting.empty()) senders_.erase(sender);
}

std::expected<void, std::string> TxnQueue::executed(std::uint64_t sequence,
                                                    const std::function<std::expected<void, std::string>()>& persist) {
    const std::scoped_lock lock{mutex_};
    ENSHRINE_ASSERT(in_flight_sequence_ == sequence);
    if (auto persisted = persist(); !persisted) return persisted;
    std::vector<Hash32> hashes;
    for (const QueuedTxn& queued : in_flight_) {
        hashes.push_back(types::transaction_hash(encode_promise_record({queued.receipt.promise, queued.accepted_ms})));
        hashes.push_back(queued.pooled.hash);
        release(queued);
    }
    in_flight_.clear();
    in_flight_sequence_ = 0;
    (void)journal_.drop(hashes).has_value();  // reload() tells executed ones by the store
    constexpr std::uint64_t journal_bytes_idle_max = 64ULL * 1024 * 1024;
    if (promised_.empty() && waiting_.empty() && journal_.size_bytes() > journal_bytes_idle_max) {
        (void)journal_.rewrite({}).has_value();
    }
    // A dropped or forced transaction can have moved a nonce in a way the queue did not foresee.
    for (const auto& [address, sender] : std::map{senders_}) {
        if (!sender.waiting.empty()) promote(address);
    }
    return {};
}

std::uint64_t TxnQueue::pending_nonce(const Address& address) const {
    const std::scoped_lock lock{mutex_};
    const auto sender = senders_.find(address);
    const std::uint64_t at_head = options_.account(address).nonce;
    return sender == senders_.end() ? at_head : sender->second.expected_nonce(at_head);
}

std::optional<QueuedTxn> TxnQueue::find(const Hash32& hash) const {
    const std::scoped_lock lock{mutex_};
    const auto found = promised_.find(hash);
    return found == promised_.end() ? std::nullopt : std::optional{found->second};
}

std::optional<PooledTxn> TxnQueue::find_any(const Hash32& hash) const {
    const std::scoped_lock lock{mutex_};
    if (const auto found = promised_.find(hash); found != promised_.end()) return found->second.pooled;
    if (const auto found = waiting_.find(hash); found != waiting_.end()) return found->second;
    return std::nullopt;
}

std::size_t TxnQueue::size() const {
    const std::scoped_lock lock{mutex_};
    return promised_.size() + waiting_.size();
}

bool TxnQueue::has_open() const {
    const std::scoped_lock lock{mutex_};
    // The first slot can be empty before others: a batch of inbox messages alone was closed before a crash.
    return in_flight_sequence_ != 0 || slots_.size() > 1 || !slots_.front().txns.empty();
}

}  // namespace enshrine::rollup_node
