// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/batch.hpp>
#include <enshrine/proofs/verify_together.hpp>

#include <set>

namespace enshrine::proofs {

void verify_together(std::span<const Question> questions, VerdictCache& known) {
    std::set<Hash32> seen;
    std::vector<Hash32> hashes;  // of what the batch is asked
    std::vector<BatchQuestion> asked;
    for (const Question& question : questions) {
        const Hash32 hash = hash_question(question.key->id(), question.inputs, question.proof);
        if (known.find(hash) || !seen.insert(hash).second) continue;
        auto one = question.key->batch_question(question.inputs, question.proof);
        if (!one) {
            known.keep(hash, std::unexpected{one.error()});
            continue;
        }
        hashes.push_back(hash);
        asked.push_back(*std::move(one));
    }
    std::vector<BatchEntry> entries;
    for (const BatchQuestion& question : asked) entries.push_back(question.entry());
    const auto verdicts = verify_batch(entries, batch_seed(entries));
    for (std::size_t i = 0; i < verdicts.size(); ++i) known.keep(hashes[i], verdicts[i]);
}

}  // namespace enshrine::proofs
