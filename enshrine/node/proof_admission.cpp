// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/chain/verify_ahead.hpp>
#include <enshrine/node/proof_admission.hpp>
#include <enshrine/proofs/records.hpp>
#include <enshrine/system/addresses.hpp>

#include <algorithm>

namespace enshrine::node {

ProofAdmission::ProofAdmission() : thread_{[this] { run(); }} {}

ProofAdmission::~ProofAdmission() {
    {
        const std::scoped_lock lock{mutex_};
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void ProofAdmission::offer(const chain::ValidTransaction& txn, std::shared_ptr<const Head> head) {
    if (txn.transaction().to != system::proof_verifier_address) return;
    {
        const std::scoped_lock lock{mutex_};
        if (waiting_.size() >= waiting_max || txn.encoded_size() > waiting_bytes_max - waiting_bytes_) return;
        waiting_bytes_ += txn.encoded_size();
        waiting_.push_back({.txn = txn, .head = std::move(head)});
    }
    wake_.notify_one();
}

void ProofAdmission::move_verdicts(proofs::VerdictCache& into) {
    const std::scoped_lock lock{mutex_};
    for (const auto& [question, verdict] : found_) into.keep(question, verdict);
    found_.clear();
}

void ProofAdmission::run() {
    std::unique_lock lock{mutex_};
    for (;;) {
        wake_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
        if (stopping_) return;
        const auto count = static_cast<std::ptrdiff_t>(std::min(batch_max, waiting_.size()));
        std::vector<Waiting> batch{std::make_move_iterator(waiting_.begin()),
                                   std::make_move_iterator(waiting_.begin() + count)};
        waiting_.erase(waiting_.begin(), waiting_.begin() + count);
        for (const Waiting& taken : batch) waiting_bytes_ -= taken.txn.encoded_size();
        lock.unlock();
        verify(batch);
        lock.lock();
    }
}

void ProofAdmission::verify(const std::vector<Waiting>& batch) {
    // The newest state knows what the others know, and the keys that have become active since.
    const Head& head = *batch.back().head;
    const std::uint64_t height = head.header.number + 1;
    std::vector<const chain::ValidTransaction*> txns;
    std::vector<proofs::VerifyCall> calls;
    for (const Waiting& waiting : batch) {
        auto call = chain::find_paid_verification(*head.view, waiting.txn, height);
        if (!call) continue;
        if (keys_.find(call->key_id) == nullptr) {
            const auto bytes = proofs::load_key_bytes(*head.view, call->key_id);
            ENSHRINE_ASSERT(bytes.has_value());  // it has been registered
            if (!keys_.load(*bytes)) continue;
        }
        txns.push_back(&waiting.txn);
        calls.push_back(*std::move(call));
    }
    if (calls.empty()) return;
    chain::verify_ahead(*head.view, txns, height, {.keys = &keys_, .verdicts = &verdicts_});
    std::vector<std::pair<Hash32, Result<void>>> found;
    for (const proofs::VerifyCall& call : calls) {
        // What the batch left out, those of UltraHonk, is verified here.
        const proofs::AnyKey& key = *keys_.find(call.key_id);
        const auto verdict = key.verify(call.inputs, call.proof, verdicts_);
        found.emplace_back(proofs::hash_question(call.key_id, call.inputs, call.proof),
                           verdict ? Result<void>{} : std::unexpected{verdict.error()});
    }
    verified_ += found.size();
    batches_ += 1;
    const std::scoped_lock lock{mutex_};
    // A node that makes no blocks has nobody to take them.
    if (found_.size() + found.size() > proofs::VerdictCache::verdicts_max) found_.clear();
    found_.insert(found_.end(), found.begin(), found.end());
}

}  // namespace enshrine::node
