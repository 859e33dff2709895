// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/verdict_cache.hpp>
#include <enshrine/proofs/verify.hpp>

#include <vector>

/// Verdicts of many proofs, in one batch. Rules: docs/spec/proofs/batch.md [PROOF-BATCH.6] [PROOF-BATCH.7].
namespace enshrine::proofs {

/// Borrows the key and the proof.
struct Question {
    const AnyKey* key = nullptr;
    std::vector<U256> inputs;
    BytesView proof;
};

/// Answers what the cache has no answer to, each question once, and keeps the answers: those of AnyKey::verify().
void verify_together(std::span<const Question> questions, VerdictCache& known);

}  // namespace enshrine::proofs
