// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/verify_block.hpp>

namespace enshrine::chain {
namespace {

/// [CHAIN-BLOCK.1] What can be refused before anything runs.
Result<void> check_linkage(const types::BlockHeader& header, const types::BlockHeader& parent) {
    if (parent.number == ~std::uint64_t{0} || header.number != parent.number + 1)
        return fail(ChainError::number_mismatch);
    if (header.parent_hash != types::block_hash(parent)) return fail(ChainError::parent_hash_mismatch);
    return {};
}

/// Gives every transaction its share of the block's blob records.
Result<std::vector<BlockTransaction>> assign_blobs(const BlockClaim& claim) {
    if (claim.transactions.size() != claim.block.transactions.size()) return fail(ChainError::transaction_mismatch);
    std::span<const types::BlobRecord> rest{claim.block.blobs};
    std::vector<BlockTransaction> out;
    out.reserve(claim.transactions.size());
    for (std::size_t i = 0; i < claim.transactions.size(); ++i) {
        const ValidTransaction& txn = claim.transactions[i];
        if (txn.encoding() != claim.block.transactions[i]) return fail(ChainError::transaction_mismatch);
        const std::size_t count = txn.transaction().blob_versioned_hashes.size();
        if (count > rest.size()) return fail(ChainError::blob_records_mismatch);
        out.push_back(BlockTransaction{.txn = &txn, .blobs = rest.first(count)});
        rest = rest.subspan(count);
    }
    if (!rest.empty()) return fail(ChainError::blob_records_mismatch);
    return out;
}

/// Timestamp, proposer and extra data are the proposer's choice and went into the execution; the rest follows from it.
Result<void> compare_headers(const types::BlockHeader& claimed, const types::BlockHeader& executed) {
    if (claimed.base_fee_per_gas != executed.base_fee_per_gas) return fail(ChainError::base_fee_mismatch);
    if (claimed.excess_blob_gas != executed.excess_blob_gas) return fail(ChainError::excess_blob_gas_mismatch);
    if (claimed.gas_limit != executed.gas_limit) return fail(ChainError::gas_limit_mismatch);
    if (claimed.gas_used != executed.gas_used) return fail(ChainError::gas_used_mismatch);
    if (claimed.blob_gas_used != executed.blob_gas_used) return fail(ChainError::blob_gas_used_mismatch);
    if (claimed.transactions_root != executed.transactions_root) return fail(ChainError::transactions_root_mismatch);
    if (claimed.receipts_root != executed.receipts_root) return fail(ChainError::receipts_root_mismatch);
    if (claimed.logs_bloom != executed.logs_bloom) return fail(ChainError::logs_bloom_mismatch);
    if (claimed.data_availability_root != executed.data_availability_root) {
        return fail(ChainError::data_availability_root_mismatch);
    }
    if (claimed.message_hub_root != executed.message_hub_root) return fail(ChainError::message_hub_root_mismatch);
    if (claimed.state_root != executed.state_root) return fail(ChainError::state_root_mismatch);
    ENSHRINE_ASSERT(claimed == executed);
    return {};
}

}  // namespace

Result<ExecutedBlock> verify_block(const ParentState& parent, const BlockClaim& claim, const Protocol& protocol) {
    const types::BlockHeader& header = claim.block.header;
    ENSHRINE_CHECK(check_linkage(header, parent.header));
    ENSHRINE_TRY(const auto transactions, assign_blobs(claim));
    const BlockInput input{.timestamp = header.timestamp,
                           .proposer = header.proposer,
                           .extra = header.extra,
                           .transactions = transactions};
    ENSHRINE_TRY(auto executed, execute_block(parent, input, protocol));
    if (!executed.skipped.empty()) return std::unexpected{executed.skipped.front().reason};  // [CHAIN-BLOCK.6]
    ENSHRINE_CHECK(compare_headers(header, executed.block.header));
    return executed;
}

}  // namespace enshrine::chain
