// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/chain/contracts.hpp>
#include <enshrine/chain/execute_block.hpp>
#include <enshrine/chain/verification_call.hpp>
#include <enshrine/chain/verify_ahead.hpp>
#include <enshrine/node/proof_admission.hpp>
#include <enshrine/proofs/records.hpp>
#include <enshrine/proofs/verify_together.hpp>

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

bool ProofAdmission::takes(const chain::ValidTransaction& txn) noexcept {
    return chain::read_verification_call(txn.transaction()).asks_for_verification();
}

void ProofAdmission::offer(const chain::ValidTransaction& txn, std::shared_ptr<const Head> head) {
    ENSHRINE_ASSERT(takes(txn));
    {
        const std::scoped_lock lock{mutex_};
        // A node that makes no blocks hands nothing over, and forgets here.
        if (taken_.size() >= taken_max) taken_.clear();
        if (!taken_.emplace(txn.sender(), txn.transaction().nonce).second) return;
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
    taken_.clear();
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

bool ProofAdmission::prepare(const Head& head, const Hash32& key_id) {
    if (const proofs::AnyKey* const known = keys_.find(key_id)) return known->check_sound().has_value();
    const auto bytes = proofs::load_key_bytes(*head.view, key_id);
    ENSHRINE_ASSERT(bytes.has_value());  // it has been registered
    const auto key = keys_.load(*bytes);
    return key && (*key)->check_sound();
}

void ProofAdmission::verify(const std::vector<Waiting>& batch) {
    // The newest state knows what the others know, and the keys that have become active since.
    const Head& head = *batch.back().head;
    const auto block = chain::next_block_context(*head.view, head.header, head.header.timestamp, {});
    const chain::Protocol protocol = chain::enshrined_protocol();
    std::vector<proofs::PaidVerification> paid;
    for (const Waiting& waiting : batch) {
        auto one = chain::find_paid_verification(*head.view, waiting.txn, block, protocol);
        if (one && prepare(head, one->key_id)) paid.push_back(*std::move(one));
    }
    if (paid.empty()) return;
    std::vector<proofs::Question> questions;
    for (const proofs::PaidVerification& one : paid) {
        questions.push_back({.key = keys_.find(one.key_id), .inputs = one.inputs, .proof = one.proof});
    }
    proofs::VerdictCache verdicts;
    proofs::verify_together(questions, verdicts);
    std::vector<std::pair<Hash32, Result<void>>> found;
    for (const proofs::PaidVerification& one : paid) {
        const Hash32 question = proofs::hash_question(one.key_id, one.inputs, one.proof);
        found.emplace_back(question, *verdicts.find(question));
    }
    verified_ += found.size();
    batches_ += 1;
    const std::scoped_lock lock{mutex_};
    // A node that makes no blocks has nobody to take them.
    if (found_.size() + found.size() > proofs::VerdictCache::verdicts_max) found_.clear();
    found_.insert(found_.end(), found.begin(), found.end());
}

}  // namespace enshrine::node
