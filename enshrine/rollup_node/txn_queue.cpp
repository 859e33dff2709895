// SPDX-License-Identifier: Apache-2.0
#include <enshrine/rollup_node/txn_queue.hpp>

#include <enshrine/codec/hex.hpp>
#include <enshrine/sequencing/rollup_transaction.hpp>
#include <enshrine/sequencing/runtime.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace enshrine::rollup_node {
namespace {

using mempool::PooledTxn;
using rpc::RpcError;
using rpc::RpcResult;

/// Bytes that an encoded transaction takes in the payload: an RLP string header of at most five bytes.
constexpr std::size_t payload_overhead_bytes = 5;

/// Stands in the journal behind the transactions of a batch that was closed, so that those accepted later keep their
/// places in the next ones. No transaction starts with a zero byte.
constexpr Byte closed_mark = 0;
Bytes encode_closed(std::uint64_t sequence) {
    Bytes out(1 + sizeof sequence, closed_mark);
    store_be(out.data() + 1, sequence);
    return out;
}
std::optional<std::uint64_t> decode_closed(BytesView entry) {
    if (entry.size() != 1 + sizeof(std::uint64_t) || entry[0] != closed_mark) return std::nullopt;
    return load_be<std::uint64_t>(entry.data() + 1);
}

std::unexpected<RpcError> refuse(std::string message, std::string code, std::string field, std::string expected = {},
                                 std::string got = {}) {
    return std::unexpected{RpcError{.code = rpc::transaction_rejected,
                                    .message = std::move(message),
                                    .stable_code = std::move(code),
                                    .field = std::move(field),
                                    .expected = std::move(expected),
                                    .got = std::move(got)}};
}

std::string decimal(const U256& value) { return codec::format_decimal(value); }

/// Names the field that a drop reason is about, as a wallet's user knows it.
std::unexpected<RpcError> refuse_form(const Error& error, const types::Transaction& txn, std::uint64_t rollup) {
    using sequencing::DropReason;
    const std::string text{error.message()};
    if (error.is(DropReason::no_chain_id)) {
        return refuse(text, "E-TXN-CHAIN-ID", "chainId", std::to_string(rollup), "none");
    }
    if (error.is(DropReason::wrong_chain_id)) {
        return refuse(text, "E-TXN-CHAIN-ID", "chainId", std::to_string(rollup), std::to_string(*txn.chain_id));
    }
    if (error.is(DropReason::blob_transaction)) return refuse(text, "E-ROLLUP-BLOB-TXN", "type", "0, 1 or 2", "3");
    if (error.is(DropReason::contract_creation)) {
        return refuse(text, "E-ROLLUP-CONTRACT-CREATION", "to", "an address", "none");
    }
    if (error.is(DropReason::gas_below_intrinsic)) {
        return refuse(text, "E-TXN-INTRINSIC-GAS", "gas", fmt::format("at least {}", sequencing::intrinsic_gas(txn)),
                      std::to_string(txn.gas_limit));
    }
    if (error.is(DropReason::tip_above_fee_cap)) {
        return refuse(text, "E-TXN-TIP-ABOVE-FEE", "maxPriorityFeePerGas",
                      "at most " + decimal(txn.max_fee_per_gas), decimal(txn.max_priority_fee_per_gas));
    }
    if (error.is(DropReason::fee_cap_below_base_fee)) {
        return refuse("max fee per gas less than block base fee", "E-TXN-FEE-TOO-LOW", "maxFeePerGas",
                      fmt::format("at least {}", sequencing::rollup_base_fee_wei), decimal(txn.max_fee_per_gas));
    }
    return refuse(text, "E-TXN-GAS-LIMIT", "gas", fmt::format("at most {}", sequencing::rollup_txn_gas_max),
                  std::to_string(txn.gas_limit));
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
    std::vector<Hash32> gone;
    std::vector<Bytes> kept;
    for (Bytes& encoded : journal_.take_loaded()) {
        const Hash32 hash = types::transaction_hash(encoded);
        bool admitted = false;
        if (const auto closed = decode_closed(encoded)) {
            admitted = *closed == next_sequence_ + slots_.size() - 1;
            if (admitted) slots_.emplace_back();
        } else if (!options_.executed(hash)) {
            auto txn = types::decode_transaction(encoded);
            const auto sender = txn ? types::recover_sender(*txn) : Result<Address>{};
            admitted = txn && sender && admit({*std::move(txn), hash, *sender, encoded}).has_value();
        }
        if (admitted) {
            kept.push_back(std::move(encoded));
        } else {
            gone.push_back(hash);
        }
    }
    if (gone.empty()) return;
    const std::vector<BytesView> views(kept.begin(), kept.end());
    (void)journal_.rewrite(views).has_value();  // a journal that keeps executed transactions is only longer
}

RpcResult<Hash32> TxnQueue::submit(BytesView raw) {
    auto txn = types::decode_transaction(raw);
    if (!txn) {
        return refuse(fmt::format("transaction does not decode: {}", txn.error().message()), "E-TXN-MALFORMED",
                      "rawTransaction");
    }
    if (const auto form = sequencing::validate_form(*txn, options_.rollup, options_.limits.gas_per_batch); !form) {
        return refuse_form(form.error(), *txn, options_.rollup);
    }
    const auto sender = types::recover_sender(*txn);
    if (!sender) return refuse(std::string{sender.error().message()}, "E-TXN-SIGNATURE", "signature");
    const Hash32 hash = types::transaction_hash(raw);

    const std::scoped_lock lock{mutex_};
    if (promised_.contains(hash) || waiting_.contains(hash) || options_.executed(hash)) {
        return refuse("already known", "E-TXN-ALREADY-KNOWN", "rawTransaction");
    }
    ENSHRINE_CHECK(admit({*std::move(txn), hash, *sender, to_bytes(raw)}));
    if (auto written = journal_.append(raw); !written) {
        // Without a durable record there is nothing to acknowledge. The copy in the queue may still be executed, which
        // is what the sender asked for.
        return std::unexpected{RpcError{.code = rpc::internal_error, .message = written.error(), .stable_code = "E-JOURNAL"}};
    }
    return hash;
}

RpcResult<void> TxnQueue::admit(PooledTxn txn) {
    const mempool::SenderState account = options_.account(txn.sender);
    const Address address = txn.sender;
    Sender& sender = senders_[address];
    const std::uint64_t expected = account.nonce + sender.queued;
    const std::uint64_t nonce = txn.txn.nonce;
    const auto sum = checked_add(sender.reserved, cost_of(txn.txn));
    const U256 needed = sum ? *sum : U256{~0ULL, ~0ULL, ~0ULL, ~0ULL};
    RpcResult<void> result;
    if (nonce < account.nonce) {
        result = refuse(fmt::format("nonce too low: next nonce {}, tx nonce {}", expected, nonce), "E-TXN-NONCE-TOO-LOW",
                        "nonce", std::to_string(expected), std::to_string(nonce));
    } else if (nonce < expected) {
        result = refuse(fmt::format("a transaction with nonce {} is already ordered", nonce), "E-TXN-NONCE-ORDERED", "nonce",
                        std::to_string(expected), std::to_string(nonce));
    } else if (needed > account.balance.wei()) {
        result = refuse("insufficient funds for gas * price + value", "E-TXN-INSUFFICIENT-FUNDS", "value", decimal(needed),
                        decimal(account.balance.wei()));
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
    const std::uint64_t expected = options_.account(txn.sender).nonce + sender.queued;
    if (txn.txn.nonce - expected > options_.limits.nonce_gap_max) {
        return refuse(fmt::format("nonce too high: next nonce {}, tx nonce {}", expected, txn.txn.nonce),
                      "E-TXN-NONCE-GAP", "nonce", fmt::format("at most {}", expected + options_.limits.nonce_gap_max),
                      std::to_string(txn.txn.nonce));
    }
    const auto same_nonce = sender.waiting.find(txn.txn.nonce);
    if (same_nonce != sender.waiting.end()) {
        waiting_.erase(same_nonce->second.hash);
        sender.waiting.erase(same_nonce);
    } else if (waiting_.size() >= options_.limits.waiting_max) {
        return refuse("too many transactions wait for earlier nonces", "E-TXN-POOL-FULL", "nonce", std::to_string(expected),
                      std::to_string(txn.txn.nonce));
    }
    waiting_.insert_or_assign(txn.hash, txn);
    const std::uint64_t nonce = txn.txn.nonce;
    sender.waiting.emplace(nonce, std::move(txn));
    return {};
}

TxnQueue::Slot& TxnQueue::slot_for(const PooledTxn& txn) {
    const auto fits = [&](const Slot& slot) {
        const bool bytes_fit = options_.limits.bytes_per_batch == 0 ||
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
        return refuse("the sequencer's queue is full", "E-TXN-POOL-FULL", "rawTransaction",
                      fmt::format("at most {} queued", options_.limits.queued_max), std::to_string(promised_.size()));
    }
    if (options_.limits.bytes_per_batch != 0 && txn.encoded.size() + payload_overhead_bytes > options_.limits.bytes_per_batch) {
        return refuse("transaction does not fit a batch", "E-TXN-TOO-LARGE", "rawTransaction",
                      fmt::format("at most {} bytes", options_.limits.bytes_per_batch - payload_overhead_bytes),
                      std::to_string(txn.encoded.size()));
    }
    Slot& slot = slot_for(txn);
    const sequencing::OrderPromise order{.transaction_hash = txn.hash,
                                         .rollup = options_.rollup,
                                         .sequence = next_sequence_ + slots_.size() - 1,
                                         .position = slot.txns.size(),
                                         .deadline = options_.l1_height() + options_.limits.deadline_blocks};
    auto receipt = sequencing::make_order_receipt(order, options_.key);
    if (!receipt) {
        return std::unexpected{RpcError{.code = rpc::internal_error, .message = std::string{receipt.error().message()}}};
    }
    Sender& sender = senders_[txn.sender];
    sender.queued += 1;
    sender.reserved = sender.reserved + cost_of(txn.txn);  // admit() has checked the sum against the balance
    slot.gas += txn.txn.gas_limit;
    slot.bytes += txn.encoded.size() + payload_overhead_bytes;
    QueuedTxn queued{std::move(txn), *std::move(receipt), options_.now_ms()};
    promised_.insert_or_assign(queued.pooled.hash, queued);
    slot.txns.push_back(std::move(queued));
    return {};
}

void TxnQueue::promote(const Address& address) {
    while (true) {
        const auto sender = senders_.find(address);
        if (sender == senders_.end() || sender->second.waiting.empty()) return;
        const mempool::SenderState account = options_.account(address);
        const auto first = sender->second.waiting.begin();
        if (first->first > account.nonce + sender->second.queued) return;
        PooledTxn txn = std::move(first->second);
        sender->second.waiting.erase(first);
        waiting_.erase(txn.hash);
        // What has become unpayable or is overtaken leaves; later ones keep waiting for its nonce.
        if (txn.txn.nonce < account.nonce + sender->second.queued) continue;
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
    (void)journal_.append(encode_closed(sequence)).has_value();  // without it a crash moves promises forward
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
    std::vector<Hash32> hashes{types::transaction_hash(encode_closed(sequence))};
    for (const QueuedTxn& queued : in_flight_) {
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

void TxnQueue::restart(std::uint64_t next_sequence) {
    const std::scoped_lock lock{mutex_};
    std::vector<PooledTxn> all;
    for (QueuedTxn& queued : in_flight_) all.push_back(std::move(queued.pooled));
    for (Slot& slot : slots_) {
        for (QueuedTxn& queued : slot.txns) all.push_back(std::move(queued.pooled));
    }
    for (const auto& [address, sender] : senders_) {
        for (const auto& [nonce, txn] : sender.waiting) all.push_back(txn);
    }
    if (in_flight_sequence_ != 0) {
        const Hash32 mark = types::transaction_hash(encode_closed(in_flight_sequence_));
        (void)journal_.drop({&mark, 1}).has_value();
    }
    in_flight_.clear();
    in_flight_sequence_ = 0;
    slots_.assign(1, Slot{});
    senders_.clear();
    promised_.clear();
    waiting_.clear();
    next_sequence_ = next_sequence;
    for (PooledTxn& txn : all) {
        if (!options_.executed(txn.hash)) (void)admit(std::move(txn)).has_value();
    }
}

std::uint64_t TxnQueue::pending_nonce(const Address& address) const {
    const std::scoped_lock lock{mutex_};
    const auto sender = senders_.find(address);
    return options_.account(address).nonce + (sender == senders_.end() ? 0 : sender->second.queued);
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
    // The first slot can be empty before others: a batch of inbox messages alone that was closed before a crash.
    return in_flight_sequence_ != 0 || slots_.size() > 1 || !slots_.front().txns.empty();
}

}  // namespace enshrine::rollup_node
