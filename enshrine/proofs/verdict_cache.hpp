// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>
#include <enshrine/base/u256.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <span>

/// What proofs were found to be. A node's own: no answer depends on what is in it. Used by one thread at a time.
/// Rules: docs/spec/proofs/batch.md [PROOF-BATCH.7].
namespace enshrine::proofs {

/// SHA-256 of all that a verdict depends on. The identifier of a key is the hash of its bytes, so that freezing,
/// retiring or registering a key changes no verdict.
[[nodiscard]] Hash32 hash_question(const Hash32& key_id, std::span<const U256> inputs, BytesView proof);

class VerdictCache {
public:
    static constexpr std::size_t verdicts_max = 4'096;

    [[nodiscard]] std::optional<Result<void>> find(const Hash32& question) const;
    /// The oldest makes room. A question keeps its first verdict.
    void keep(const Hash32& question, const Result<void>& verdict);
    [[nodiscard]] std::size_t size() const noexcept { return verdicts_.size(); }

private:
    std::map<Hash32, Result<void>> verdicts_;
    std::map<std::uint64_t, Hash32> by_age_;
    std::uint64_t kept_ = 0;
};

}  // namespace enshrine::proofs
