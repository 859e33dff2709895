// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/rollup_registry/statement.hpp>
#include <enshrine/rollup_registry/validity.hpp>

#include <vector>

/// Public inputs of a proof of settlement. Rules: docs/spec/settlement_by_proof.md [MAP.*].
namespace enshrine::rollup_registry {

/// What a batch holds, as words show it.
struct BatchContents {
    std::vector<system::MessageFacts> inbox;   ///< at most validity.inbox_max (asserted)
    std::vector<system::MessageFacts> outbox;  ///< at most validity.outbox_max (asserted)
    Bytes payload;                             ///< at most validity.payload_max (asserted)
};
/// [MAP.1]
[[nodiscard]] std::vector<U256> digest_inputs(const Hash32& statement);
/// [MAP.2 … MAP.6]; exactly input_count(validity).
[[nodiscard]] std::vector<U256> word_inputs(const Validity& validity, const SettlementStatement& statement,
                                            const BatchContents& contents);

}  // namespace enshrine::rollup_registry
