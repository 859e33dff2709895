// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/hash/sha256.hpp>
#include <enshrine/proofs/batch.hpp>
#include <enshrine/proofs/kinds.hpp>
#include <enshrine/proofs/verdict_cache.hpp>

#include <algorithm>
#include <utility>

namespace enshrine::proofs {
namespace {

std::string_view message(std::uint16_t code) noexcept {
    switch (KeyError{code}) {
        case KeyError::empty:
            return "the key has no kind and version";
        case KeyError::unknown_kind:
            return "no proof kind has the number of the key's first byte";
        case KeyError::unknown_version:
            return "the proof kind has no version of the key's second byte";
    }
    return "unknown key error";
}

Result<const KindRow*> find_row(BytesView bytes) {
    if (bytes.size() < 2) return fail(KeyError::empty);
    const auto rows = kind_rows();
    const auto of_kind = [&](const KindRow& row) noexcept { return std::to_underlying(row.kind) == bytes[0]; };
    const auto matches = [&](const KindRow& row) noexcept { return of_kind(row) && row.version == bytes[1]; };
    if (const auto row = std::ranges::find_if(rows, matches); row != rows.end()) return &*row;
    if (std::ranges::any_of(rows, of_kind)) return fail(KeyError::unknown_version);
    return fail(KeyError::unknown_kind);
}

}  // namespace

const ErrorDomain& error_domain(KeyError) noexcept {
    static constexpr ErrorDomain domain{"proofs.key", message};
    return domain;
}

Hash32 hash_inputs(std::span<const U256> inputs) {
    Bytes words;
    words.reserve(inputs.size() * Hash32::size_bytes);
    for (const U256& input : inputs) append(words, input.to_be().view());
    return hash::sha256(words);
}

// [PKIND.1]
Result<AnyKey> AnyKey::decode(BytesView bytes) {
    ENSHRINE_TRY(const KindRow* const row, find_row(bytes));
    ENSHRINE_TRY(auto key, row->decode(bytes));
    return AnyKey{row->kind, row->version, row->name, std::move(key)};
}

Result<VerifiedProof> AnyKey::verify(std::span<const U256> inputs, BytesView proof) const {
    ENSHRINE_CHECK(key_->verify(inputs, proof));
    return VerifiedProof{id(), hash_inputs(inputs)};
}

Result<VerifiedProof> AnyKey::verify(std::span<const U256> inputs, BytesView proof, VerdictCache& known) const {
    const Hash32 question = hash_question(id(), inputs, proof);
    auto verdict = known.find(question);
    if (!verdict) {
        verdict = key_->verify(inputs, proof);
        known.keep(question, *verdict);
    }
    ENSHRINE_CHECK(*verdict);
    return VerifiedProof{id(), hash_inputs(inputs)};
}

Result<BatchQuestion> AnyKey::batch_question(std::span<const U256> inputs, BytesView proof) const {
    return key_->batch_question(inputs, proof);
}

}  // namespace enshrine::proofs
