// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/params.hpp>
#include <enshrine/chain/validate_against_state.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/data_availability/content.hpp>
#include <enshrine/data_availability/sidecar.hpp>
#include <enshrine/node/pending_transactions.hpp>
#include <enshrine/rpc/admission_error.hpp>
#include <enshrine/system/accounts.hpp>

#include <spdlog/spdlog.h>

#include <set>

namespace enshrine::node {
namespace {

using chain::ChainError;
using rpc::RpcError;
using rpc::RpcResult;

constexpr std::uint64_t journal_bytes_tolerated = 4U << 20U;  ///< a smaller file is not worth rewriting

RpcError storage_failed(const std::string& text) {
    spdlog::error("cannot keep a transaction: {}", text);
    return RpcError{.code = rpc::internal_error,
                    .message = "the node cannot keep the transaction: " + text,
                    .stable_code = "E-NODE-STORAGE"};
}

RpcError rejected(const mempool::Rejection& rejection) {
    if (rejection.error.is(mempool::MempoolError::already_known)) return rpc::from_error(rejection.error);
    return rpc::from_error(rejection.error, {}, codec::format_decimal(rejection.expected),
                           codec::format_decimal(rejection.got));
}

mempool::SenderState sender_state(const Head& head, const Address& sender) {
    const types::Account account = system::load_account(*head.view, sender);
    return {.nonce = account.nonce, .balance = account.balance};
}

std::vector<store::StoredBlob> stored_blobs(const types::Transaction& txn, const types::BlobSidecar& sidecar) {
    const std::size_t proofs_each = types::proofs_per_blob(sidecar.version);
    std::vector<store::StoredBlob> out;
    for (std::size_t i = 0; i < sidecar.blobs.size(); ++i) {
        const auto first = sidecar.proofs.begin() + static_cast<std::ptrdiff_t>(i * proofs_each);
        out.push_back({.versioned_hash = txn.blob_versioned_hashes[i],
                       .commitment = sidecar.commitments[i],
                       .proofs = {first, first + static_cast<std::ptrdiff_t>(proofs_each)},
                       .blob = sidecar.blobs[i]});
    }
    return out;
}

}  // namespace

std::expected<std::unique_ptr<PendingTransactions>, std::string> PendingTransactions::open(const Options& options,
                                                                                           store::BlobStore& blobs) {
    ENSHRINE_TRY(auto journal, mempool::Journal::open(options.journal));
    return std::unique_ptr<PendingTransactions>{new PendingTransactions{options, std::move(journal), blobs}};
}

std::shared_ptr<const Head> PendingTransactions::head() const {
    const std::scoped_lock lock{mutex_};
    return head_;
}

RpcResult<chain::ValidTransaction> PendingTransactions::validate(const types::Transaction& txn,
                                                                 BytesView encoding) const {
    auto valid = chain::validate_transaction(encoding, options_.chain_id);
    if (valid) return *std::move(valid);
    std::string expected;
    std::string got;
    if (valid.error().is(ChainError::wrong_chain_id)) {
        expected = std::to_string(options_.chain_id);
        got = std::to_string(txn.chain_id.value_or(0));
    } else if (valid.error().is(ChainError::intrinsic_gas_too_low)) {
        expected = "at least " + std::to_string(chain::intrinsic_gas_of(txn.data.size(), txn.access_list));
        got = std::to_string(txn.gas_limit);
    }
    return std::unexpected{rpc::from_error(valid.error(), {}, expected, got)};
}

RpcResult<void> PendingTransactions::check_state(const chain::ValidTransaction& txn) const {
    const auto at = head();
    const types::Transaction& fields = txn.transaction();
    const types::Account account = system::load_account(*at->view, txn.sender());
    const auto refuse = [](ChainError reason, const std::string& expected, const std::string& got) {
        return std::unexpected{rpc::from_error(reason, {}, expected, got)};
    };
    if (fields.nonce < account.nonce) {
        return refuse(ChainError::nonce_too_low, std::to_string(account.nonce), std::to_string(fields.nonce));
    }
    if (fields.gas_limit > at->header.gas_limit) {
        return refuse(ChainError::gas_limit_above_block, "at most " + std::to_string(at->header.gas_limit),
                      std::to_string(fields.gas_limit));
    }
    const U256 blob_fee = blob_base_fee_after(at->header);
    if (txn.blob_gas() > 0 && fields.max_fee_per_blob_gas < blob_fee) {
        return refuse(ChainError::max_blob_fee_below_blob_base_fee, "at least " + codec::format_decimal(blob_fee),
                      codec::format_decimal(fields.max_fee_per_blob_gas));
    }
    const auto cost = chain::max_cost(txn);
    if (!cost || account.balance < *cost) {
        return refuse(ChainError::insufficient_funds, cost ? "at least " + codec::format_decimal(cost->wei()) : "less",
                      codec::format_decimal(account.balance.wei()));
    }
    return {};
}

RpcResult<std::vector<types::BlobRecord>> PendingTransactions::accept_sidecar(
    const chain::ValidTransaction& txn, const std::optional<types::BlobSidecar>& sidecar) {
    if (txn.transaction().type != types::TxnType::blob) return std::vector<types::BlobRecord>{};
    if (!sidecar) {
        return std::unexpected{
            RpcError{.code = rpc::transaction_rejected,
                     .message = "missing sidecar: a blob transaction comes with its blobs, commitments and proofs",
                     .stable_code = "E-TXN-SIDECAR-MISSING",
                     .field = "sidecar",
                     .expected = "[transaction, (version,) blobs, commitments, proofs]",
                     .got = "a transaction without sidecar"}};
    }
    auto records = data_availability::verify_sidecar(txn.transaction(), *sidecar);
    if (!records) return std::unexpected{rpc::from_error(records.error())};
    const auto stored = blobs_.put(head()->header.number + 1, stored_blobs(txn.transaction(), *sidecar));
    if (!stored) return std::unexpected{storage_failed(stored.error().text())};
    return *std::move(records);
}

RpcResult<Hash32> PendingTransactions::submit(BytesView raw, std::uint64_t now_seconds) {
    const auto network = types::decode_network_transaction(raw);
    if (!network) return std::unexpected{rpc::from_error(network.error())};
    const Bytes encoding = types::encode_transaction(network->transaction);
    ENSHRINE_TRY(auto valid, validate(network->transaction, encoding));
    if (find(valid.hash())) return std::unexpected{rpc::from_error(mempool::MempoolError::already_known)};
    // Before the proofs, which cost the node milliseconds each: only who could pay may ask for that.
    ENSHRINE_CHECK(check_state(valid));
    ENSHRINE_TRY(auto blobs, accept_sidecar(valid, network->sidecar));
    const Hash32 hash = valid.hash();
    ENSHRINE_CHECK(admit(std::make_shared<const PendingTransaction>(std::move(valid), std::move(blobs)), now_seconds,
                         Journaling::append));
    return hash;
}

RpcResult<void> PendingTransactions::admit(std::shared_ptr<const PendingTransaction> pending, std::uint64_t now_seconds,
                                           Journaling journaling) {
    const chain::ValidTransaction& txn = pending->txn;
    const std::scoped_lock lock{mutex_};
    mempool::PooledTxn pooled{
        .txn = txn.transaction(), .hash = txn.hash(), .sender = txn.sender(), .encoded = txn.encoding()};
    const auto added =
        pool_.add(std::move(pooled), sender_state(*head_, txn.sender()), base_fee_after(head_->header), now_seconds);
    if (!added) return std::unexpected{rejected(added.error())};
    if (journaling == Journaling::append) {
        if (const auto kept = journal_.append(txn.encoding()); !kept) {
            pool_.remove(txn.hash());
            return std::unexpected{storage_failed(kept.error())};
        }
    }
    live_bytes_ += txn.encoded_size();
    known_.emplace(txn.hash(), std::move(pending));
    return {};
}

bool PendingTransactions::readmit(const Bytes& encoding, std::uint64_t now_seconds) {
    auto valid = chain::validate_transaction(encoding, options_.chain_id);
    if (!valid) return false;
    std::vector<types::BlobRecord> records;
    for (const Hash32& hash : valid->transaction().blob_versioned_hashes) {
        const auto stored = blobs_.get(hash);
        if (!stored || !*stored) return false;
        records.push_back({.versioned_hash = hash, .content_root = data_availability::content_root((*stored)->blob)});
    }
    return admit(std::make_shared<const PendingTransaction>(*std::move(valid), std::move(records)), now_seconds,
                 Journaling::already_there)
        .has_value();
}

std::size_t PendingTransactions::reload(std::uint64_t now_seconds) {
    std::size_t count = 0;
    for (const Bytes& encoding : journal_.take_loaded()) count += readmit(encoding, now_seconds) ? 1U : 0U;
    const std::scoped_lock lock{mutex_};
    compact_journal();
    return count;
}

std::vector<std::shared_ptr<const PendingTransaction>> PendingTransactions::select() const {
    const std::scoped_lock lock{mutex_};
    const U256 blob_fee = blob_base_fee_after(head_->header);
    const auto chosen = pool_.select({.gas_max = head_->header.gas_limit,
                                      .bytes_max = chain::block_bytes_max - 4 * chain::block_transactions_max,
                                      .txns_max = chain::block_transactions_max,
                                      .blobs_max = chain::block_blobs_max},
                                     base_fee_after(head_->header),
                                     [this](const Address& sender) { return sender_state(*head_, sender); });
    std::vector<std::shared_ptr<const PendingTransaction>> out;
    std::set<Address> shut_out;  // their later nonces have to wait as well
    for (const mempool::PooledTxn& pooled : chosen) {
        const bool too_cheap = !pooled.txn.blob_versioned_hashes.empty() && pooled.txn.max_fee_per_blob_gas < blob_fee;
        if (too_cheap) shut_out.insert(pooled.sender);
        if (shut_out.contains(pooled.sender)) continue;
        out.push_back(known_.at(pooled.hash));
    }
    return out;
}

void PendingTransactions::drop(const Hash32& hash) {
    const std::scoped_lock lock{mutex_};
    pool_.remove(hash);
    const auto found = known_.find(hash);
    if (found == known_.end()) return;
    live_bytes_ -= found->second->txn.encoded_size();
    known_.erase(found);
    if (const auto kept = journal_.drop(std::span{&hash, 1}); !kept) spdlog::warn("{}", kept.error());
}

void PendingTransactions::set_head(std::shared_ptr<const Head> new_head, const std::vector<Hash32>& included,
                                   std::uint64_t now_seconds) {
    const std::scoped_lock lock{mutex_};
    head_ = std::move(new_head);
    pool_.on_block(included, [this](const Address& sender) { return sender_state(*head_, sender); }, now_seconds);
    std::vector<Hash32> gone;
    for (const auto& [hash, pending] : known_) {
        if (!pool_.contains(hash)) gone.push_back(hash);
    }
    for (const Hash32& hash : gone) {
        const auto found = known_.find(hash);
        live_bytes_ -= found->second->txn.encoded_size();
        known_.erase(found);
    }
    if (gone.empty()) return;
    // A record that could not be dropped costs a vain look at the next start: its nonce is used up.
    if (const auto kept = journal_.drop(gone); !kept) spdlog::warn("{}", kept.error());
    if (journal_.size_bytes() > journal_bytes_tolerated + 2 * live_bytes_) compact_journal();
}

void PendingTransactions::compact_journal() {
    std::vector<std::shared_ptr<const PendingTransaction>> ordered;
    for (const auto& [hash, pending] : known_) ordered.push_back(pending);
    // Nonces of one sender in order, as admission wants them.
    std::ranges::sort(ordered, {}, [](const auto& pending) {
        return std::pair{pending->txn.sender(), pending->txn.transaction().nonce};
    });
    std::vector<BytesView> encodings;
    for (const auto& pending : ordered) encodings.emplace_back(pending->txn.encoding());
    if (const auto kept = journal_.rewrite(encodings); !kept) spdlog::warn("{}", kept.error());
}

std::shared_ptr<const PendingTransaction> PendingTransactions::find(const Hash32& hash) const {
    const std::scoped_lock lock{mutex_};
    const auto found = known_.find(hash);
    return found == known_.end() ? nullptr : found->second;
}

}  // namespace enshrine::node
