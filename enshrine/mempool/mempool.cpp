// SPDX-License-Identifier: Apache-2.0
#include <enshrine/mempool/mempool.hpp>

#include <queue>

namespace enshrine::mempool {
namespace {

using types::Transaction;
using types::TxnType;

/// The most a transaction can take from its sender: value + gas + blob gas (EIP-1559, EIP-4844). Saturates, since a sum
/// beyond 2^256 is unpayable anyway.
U256 max_cost(const Transaction& txn) noexcept {
    static constexpr U256 unpayable{~0ULL, ~0ULL, ~0ULL, ~0ULL};
    constexpr std::uint64_t gas_per_blob = 131'072;
    const auto gas = checked_mul(txn.max_fee_per_gas, U256{txn.gas_limit});
    const auto blob_gas =
        checked_mul(txn.max_fee_per_blob_gas, U256{gas_per_blob * txn.blob_versioned_hashes.size()});
    if (!gas || !blob_gas) return unpayable;
    const auto fees = checked_add(*gas, *blob_gas);
    if (!fees) return unpayable;
    const auto total = checked_add(*fees, txn.value.wei());
    return total ? *total : unpayable;
}

U256 tip_at(const Transaction& txn, const U256& base_fee) noexcept {
    if (txn.max_fee_per_gas < base_fee) return U256{};
    const U256 room = txn.max_fee_per_gas - base_fee;
    return room < txn.max_priority_fee_per_gas ? room : txn.max_priority_fee_per_gas;
}

/// `fee` raised by `percent`; saturating like max_cost().
U256 raised(const U256& fee, std::uint64_t percent) noexcept {
    const auto out = mul_div(fee, U256{100 + percent}, U256{100});
    return out ? *out : U256{~0ULL, ~0ULL, ~0ULL, ~0ULL};
}

std::unexpected<Rejection> reject(MempoolError error, const U256& expected, const U256& got) noexcept {
    return std::unexpected{Rejection{Error{error}, expected, got}};
}

std::expected<void, Rejection> check_replacement(const Transaction& old_txn, const Transaction& new_txn) noexcept {
    constexpr std::uint64_t bump_percent = 10;
    constexpr std::uint64_t blob_bump_percent = 100;
    const std::uint64_t percent = old_txn.type == TxnType::blob ? blob_bump_percent : bump_percent;
    const U256 fee_needed = raised(old_txn.max_fee_per_gas, percent);
    if (new_txn.max_fee_per_gas < fee_needed) {
        return reject(MempoolError::replacement_underpriced, fee_needed, new_txn.max_fee_per_gas);
    }
    const U256 tip_needed = raised(old_txn.max_priority_fee_per_gas, percent);
    if (new_txn.max_priority_fee_per_gas < tip_needed) {
        return reject(MempoolError::replacement_underpriced, tip_needed, new_txn.max_priority_fee_per_gas);
    }
    return {};
}

}  // namespace

const ErrorDomain& error_domain(MempoolError) noexcept {
    static constexpr ErrorDomain domain{
        "mempool", [](std::uint16_t code) noexcept -> std::string_view {
            switch (MempoolError{code}) {
                case MempoolError::already_known: return "already known";
                case MempoolError::nonce_too_low: return "nonce too low";
                case MempoolError::nonce_gap_too_large: return "nonce too high: the gap to the account nonce is too large";
                case MempoolError::replacement_underpriced: return "replacement transaction underpriced";
                case MempoolError::sender_limit: return "too many pending transactions of this sender";
                case MempoolError::pool_full: return "transaction pool is full";
                case MempoolError::insufficient_funds: return "insufficient funds for gas * price + value";
                case MempoolError::fee_below_minimum: return "max fee per gas less than block base fee";
                case MempoolError::nonce_ordered: return "a transaction with this nonce is already ordered";
                case MempoolError::batch_overfull: return "the transaction does not fit a batch";
            }
            return "unknown mempool error";
        }};
    return domain;
}

std::expected<void, Rejection> Mempool::admit(const PooledTxn& txn, const SenderState& sender, const Queue* queue,
                                              const U256& base_fee) const {
    const std::uint64_t nonce = txn.txn.nonce;
    if (nonce < sender.nonce) return reject(MempoolError::nonce_too_low, U256{sender.nonce}, U256{nonce});
    if (nonce - sender.nonce > config_.nonce_gap_max) {
        return reject(MempoolError::nonce_gap_too_large, U256{sender.nonce}, U256{nonce});
    }
    if (txn.txn.max_fee_per_gas < base_fee) {
        return reject(MempoolError::fee_below_minimum, base_fee, txn.txn.max_fee_per_gas);
    }
    U256 committed = max_cost(txn.txn);
    bool replaces = false;
    if (queue != nullptr) {
        for (const auto& [other_nonce, entry] : *queue) {
            if (other_nonce == nonce) {
                replaces = true;
                if (auto checked = check_replacement(entry.pooled.txn, txn.txn); !checked) return checked;
                continue;
            }
            if (other_nonce < sender.nonce) continue;
            const auto sum = checked_add(committed, max_cost(entry.pooled.txn));
            committed = sum ? *sum : U256{~0ULL, ~0ULL, ~0ULL, ~0ULL};
        }
        if (!replaces && queue->size() >= config_.txns_per_sender_max) {
            return reject(MempoolError::sender_limit, U256{config_.txns_per_sender_max}, U256{queue->size() + 1});
        }
    }
    if (committed > sender.balance.wei()) {
        return reject(MempoolError::insufficient_funds, committed, sender.balance.wei());
    }
    if (!replaces && (by_hash_.size() >= config_.txns_max || bytes_ + txn.encoded.size() > config_.bytes_max)) {
        return reject(MempoolError::pool_full, U256{config_.txns_max}, U256{by_hash_.size()});
    }
    return {};
}

std::expected<void, Rejection> Mempool::add(PooledTxn txn, const SenderState& sender, const U256& base_fee,
                                            std::uint64_t now_seconds) {
    const std::scoped_lock lock{mutex_};
    if (by_hash_.contains(txn.hash)) return reject(MempoolError::already_known, U256{}, U256{});
    const auto found = by_sender_.find(txn.sender);
    const Queue* queue = found == by_sender_.end() ? nullptr : &found->second;
    if (auto admitted = admit(txn, sender, queue, base_fee); !admitted) return admitted;

    const Address from = txn.sender;
    const std::uint64_t nonce = txn.txn.nonce;
    erase(from, nonce);
    bytes_ += txn.encoded.size();
    by_hash_.emplace(txn.hash, std::pair{from, nonce});
    by_sender_[from].emplace(nonce, Entry{std::move(txn), now_seconds});
    return {};
}

void Mempool::erase(const Address& sender, std::uint64_t nonce) {
    const auto queue = by_sender_.find(sender);
    if (queue == by_sender_.end()) return;
    const auto entry = queue->second.find(nonce);
    if (entry == queue->second.end()) return;
    bytes_ -= entry->second.pooled.encoded.size();
    by_hash_.erase(entry->second.pooled.hash);
    queue->second.erase(entry);
    if (queue->second.empty()) by_sender_.erase(queue);
}

std::vector<PooledTxn> Mempool::select(const SelectionLimits& limits, const U256& base_fee,
                                       const std::function<SenderState(const Address&)>& sender_state) const {
    struct Head {
        U256 tip;
        const Queue* queue;
        Queue::const_iterator position;
        /// Ties go to the smaller sender address: a total order, so that equal pools give equal blocks.
        bool operator<(const Head& other) const noexcept {
            if (tip != other.tip) return tip < other.tip;
            return position->second.pooled.sender > other.position->second.pooled.sender;
        }
    };
    const std::scoped_lock lock{mutex_};
    std::priority_queue<Head> heads;
    const auto push = [&](const Queue& queue, Queue::const_iterator position, std::uint64_t nonce) {
        if (position == queue.end() || position->first != nonce) return;
        const Transaction& txn = position->second.pooled.txn;
        if (txn.max_fee_per_gas < base_fee) return;
        heads.push(Head{tip_at(txn, base_fee), &queue, position});
    };
    for (const auto& [sender, queue] : by_sender_) {
        const std::uint64_t nonce = sender_state(sender).nonce;
        push(queue, queue.find(nonce), nonce);
    }
    std::vector<PooledTxn> out;
    std::uint64_t gas_left = limits.gas_max;
    std::size_t bytes_left = limits.bytes_max;
    std::size_t blobs_left = limits.blobs_max;
    while (!heads.empty() && out.size() < limits.txns_max) {
        const Head head = heads.top();
        heads.pop();
        const PooledTxn& pooled = head.position->second.pooled;
        const std::size_t blobs = pooled.txn.blob_versioned_hashes.size();
        // A transaction that does not fit ends its sender's turn only: smaller ones of other senders may still fit.
        if (pooled.txn.gas_limit > gas_left || pooled.encoded.size() > bytes_left || blobs > blobs_left) continue;
        gas_left -= pooled.txn.gas_limit;
        bytes_left -= pooled.encoded.size();
        blobs_left -= blobs;
        out.push_back(pooled);
        push(*head.queue, std::next(head.position), head.position->first + 1);
    }
    return out;
}

void Mempool::on_block(const std::vector<Hash32>& included,
                       const std::function<SenderState(const Address&)>& sender_state, std::uint64_t now_seconds) {
    const std::scoped_lock lock{mutex_};
    for (const Hash32& hash : included) {
        const auto found = by_hash_.find(hash);
        if (found == by_hash_.end()) continue;
        const auto [sender, nonce] = found->second;
        erase(sender, nonce);
    }
    std::vector<std::pair<Address, std::uint64_t>> stale;
    for (const auto& [sender, queue] : by_sender_) {
        const std::uint64_t account_nonce = sender_state(sender).nonce;
        for (const auto& [nonce, entry] : queue) {
            const bool expired = now_seconds > entry.added_seconds && now_seconds - entry.added_seconds > config_.ttl_seconds;
            if (nonce < account_nonce || expired) stale.emplace_back(sender, nonce);
        }
    }
    for (const auto& [sender, nonce] : stale) erase(sender, nonce);
}

void Mempool::remove(const Hash32& hash) {
    const std::scoped_lock lock{mutex_};
    const auto found = by_hash_.find(hash);
    if (found == by_hash_.end()) return;
    const auto [sender, nonce] = found->second;
    erase(sender, nonce);
}

std::optional<PooledTxn> Mempool::find(const Hash32& hash) const {
    const std::scoped_lock lock{mutex_};
    const auto found = by_hash_.find(hash);
    if (found == by_hash_.end()) return std::nullopt;
    return by_sender_.at(found->second.first).at(found->second.second).pooled;
}

bool Mempool::contains(const Hash32& hash) const {
    const std::scoped_lock lock{mutex_};
    return by_hash_.contains(hash);
}

std::uint64_t Mempool::pending_nonce(const Address& sender, std::uint64_t account_nonce) const {
    const std::scoped_lock lock{mutex_};
    const auto queue = by_sender_.find(sender);
    std::uint64_t next = account_nonce;
    if (queue == by_sender_.end()) return next;
    while (queue->second.contains(next)) ++next;
    return next;
}

std::size_t Mempool::size() const {
    const std::scoped_lock lock{mutex_};
    return by_hash_.size();
}

}  // namespace enshrine::mempool
