// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/chain/execute_call.hpp>
#include <enshrine/chain/validate_against_state.hpp>
#include <enshrine/types/receipt.hpp>

/// One transaction in a block: fees, call, refund. Rules: [CHAIN-TXN.7…12], [CHAIN-FEE.5…8].
namespace enshrine::chain {

/// Where a transaction runs.
struct ExecutionEnvironment {
    const Protocol& protocol;
    system::BlockContext block;
    std::uint64_t block_gas_limit = 0;
};

/// `blobs` have to be the records of the transaction's versioned hashes, in order. On an error `state` is as before:
/// the transaction does not belong into this block. A reverted call is no error. The receipt's cumulative gas is its
/// own gas. Errors: those of validate_against_state(), wrong_chain_id, blob_records_mismatch.
[[nodiscard]] Result<types::Receipt> execute_transaction(state::Overlay& state, const ValidTransaction& txn,
                                                         std::span<const types::BlobRecord> blobs,
                                                         const ExecutionEnvironment& environment);

}  // namespace enshrine::chain
