// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/hash/sha256.hpp>
#include <enshrine/proofs/verdict_cache.hpp>

namespace enshrine::proofs {

Hash32 hash_question(const Hash32& key_id, std::span<const U256> inputs, BytesView proof) {
    hash::Sha256 hash;
    hash.update(as_bytes("enshrine proof question"));
    hash.update(key_id.view());
    FixedBytes<8> count;
    store_be(count.data(), static_cast<std::uint64_t>(inputs.size()));
    hash.update(count.view());
    for (const U256& input : inputs) hash.update(input.to_be().view());
    hash.update(proof);
    return hash.finish();
}

std::optional<Result<void>> VerdictCache::find(const Hash32& question) const {
    const auto found = verdicts_.find(question);
    if (found == verdicts_.end()) return std::nullopt;
    return found->second;
}

void VerdictCache::keep(const Hash32& question, const Result<void>& verdict) {
    if (!verdicts_.try_emplace(question, verdict).second) return;
    by_age_.emplace(kept_++, question);
    if (verdicts_.size() <= verdicts_max) return;
    verdicts_.erase(by_age_.begin()->second);
    by_age_.erase(by_age_.begin());
}

}  // namespace enshrine::proofs
