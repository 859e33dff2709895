// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/chain_id.hpp>
#include <enshrine/chain/execute_block.hpp>
#include <enshrine/chain/fees.hpp>
#include <enshrine/chain/params.hpp>
#include <enshrine/data_availability/block_root.hpp>
#include <enshrine/proofs/params.hpp>
#include <enshrine/system/block_history.hpp>

#include <algorithm>
#include <utility>

namespace enshrine::chain {
namespace {

constexpr std::size_t transaction_length_bytes = 4;  ///< in front of each transaction of an encoded block

static_assert(block_transactions_max <= types::transactions_per_block_max);
static_assert(block_blobs_max <= types::blobs_per_block_max);
static_assert(block_bytes_max < types::block_bytes_max, "header and blob records have room beside the transactions");

/// What the transactions of a block have used up.
struct BlockUse {
    std::uint64_t gas = 0;
    std::uint64_t blobs = 0;
    std::size_t transactions = 0;
    std::size_t bytes = 0;
    std::uint64_t verification_microseconds = 0;
};

/// [CHAIN-BLOCK.4] [CHAIN-BLOCK.5] Gas counts with its limit before the transaction, with what it used after.
Result<void> check_room(const BlockUse& use, const ValidTransaction& txn, std::uint64_t gas_limit) noexcept {
    if (use.transactions == block_transactions_max) return fail(ChainError::block_transactions_exhausted);
    const std::size_t bytes = transaction_length_bytes + txn.encoded_size();
    if (bytes > block_bytes_max - use.bytes) return fail(ChainError::block_bytes_exhausted);
    const std::uint64_t blobs = txn.transaction().blob_versioned_hashes.size();
    if (blobs > block_blobs_max - use.blobs) return fail(ChainError::block_blobs_exhausted);
    // A limit above that of any block is not a matter of room: validate_against_state() names it.
    const std::uint64_t wanted = txn.transaction().gas_limit;
    if (wanted <= gas_limit && wanted > gas_limit - use.gas) return fail(ChainError::block_gas_exhausted);
    return {};
}

/// [PGAS.2] The load of the transaction, which fits what is left of the block's budget [PGAS.3].
Result<std::uint64_t> check_verification(const BlockUse& use, const state::StateView& state,
                                         const ValidTransaction& txn, const Protocol& protocol) {
    if (protocol.verification_load == nullptr) return 0;
    const std::uint64_t load = protocol.verification_load(state, txn.transaction());
    if (load > proofs::block_verification_microseconds_max - use.verification_microseconds) {
        return fail(ChainError::block_verification_exhausted);
    }
    return load;
}

/// [PGAS.3] Verification is paid before it runs: who has paid less than the load has caused no more than that.
std::uint64_t verification_use(std::uint64_t load, const types::Receipt& receipt) noexcept {
    return std::min(load, receipt.gas_used / proofs::gas_per_microsecond);
}

void add_use(BlockUse& use, const ValidTransaction& txn, const types::Receipt& receipt) noexcept {
    use.gas += receipt.gas_used;
    use.blobs += txn.transaction().blob_versioned_hashes.size();
    use.transactions += 1;
    use.bytes += transaction_length_bytes + txn.encoded_size();
}

/// The fields of the header that are known before the first transaction.
types::BlockHeader open_header(const types::BlockHeader& parent, const BlockInput& input,
                               const system::BlockContext& context) {
    types::BlockHeader header;
    header.number = context.height;
    header.parent_hash = types::block_hash(parent);
    header.timestamp = input.timestamp;
    header.proposer = input.proposer;
    header.gas_limit = parent.gas_limit;
    header.excess_blob_gas = next_excess_blob_gas(parent.excess_blob_gas, parent.blob_gas_used);
    header.base_fee_per_gas = context.base_fee;
    header.extra = input.extra;
    return header;
}

void run_transactions(state::Overlay& state, const BlockInput& input, const ExecutionEnvironment& environment,
                      ExecutedBlock& out) {
    BlockUse use;
    const auto run = [&](const BlockTransaction& item) -> Result<types::Receipt> {
        ENSHRINE_CHECK(check_room(use, *item.txn, environment.block_gas_limit));
        ENSHRINE_TRY(const auto load, check_verification(use, state, *item.txn, environment.protocol));
        auto receipt = execute_transaction(state, *item.txn, item.blobs, environment);
        if (receipt) use.verification_microseconds += verification_use(load, *receipt);
        return receipt;
    };
    for (std::size_t i = 0; i < input.transactions.size(); ++i) {
        const BlockTransaction& item = input.transactions[i];
        auto receipt = run(item);
        if (!receipt) {
            out.skipped.push_back(SkippedTransaction{.index = i, .reason = receipt.error()});
            continue;
        }
        add_use(use, *item.txn, *receipt);
        receipt->cumulative_gas_used = use.gas;
        types::bloom_merge(out.block.header.logs_bloom, receipt->bloom);
        out.block.transactions.push_back(item.txn->encoding());
        out.block.blobs.insert(out.block.blobs.end(), item.blobs.begin(), item.blobs.end());
        out.receipts.push_back(*std::move(receipt));
    }
    out.block.header.gas_used = use.gas;
    out.block.header.blob_gas_used = use.blobs * gas_per_blob;
}

}  // namespace

system::BlockContext next_block_context(const state::StateView& state, const types::BlockHeader& parent,
                                        std::uint64_t timestamp, const Address& proposer) {
    system::BlockContext context;
    context.chain_id = load_chain_id(state);
    context.height = parent.number + 1;
    context.timestamp = timestamp;
    context.proposer = proposer;
    context.base_fee = next_base_fee(
        GasFigures{.gas_used = parent.gas_used, .gas_limit = parent.gas_limit, .base_fee = parent.base_fee_per_gas});
    context.blob_base_fee = blob_base_fee(next_excess_blob_gas(parent.excess_blob_gas, parent.blob_gas_used));
    return context;
}

Result<ExecutedBlock> execute_block(const ParentState& parent, const BlockInput& input, const Protocol& protocol) {
    if (input.timestamp < parent.header.timestamp) return fail(ChainError::timestamp_before_parent);  // [CHAIN-BLOCK.2]
    if (input.extra.size() > types::extra_bytes_max) return fail(ChainError::extra_too_large);        // [CHAIN-BLOCK.3]
    const ExecutionEnvironment environment{
        .protocol = protocol,
        .block = next_block_context(parent.view, parent.header, input.timestamp, input.proposer),
        .block_gas_limit = parent.header.gas_limit};
    ExecutedBlock out;
    types::BlockHeader& header = out.block.header;
    header = open_header(parent.header, input, environment.block);

    state::Overlay state{parent.view};
    system::store_block_history(state, {.height = parent.header.number,
                                        .hash = header.parent_hash,
                                        .timestamp = parent.header.timestamp});  // [CHAIN-BLOCK.8]
    if (protocol.verify_ahead != nullptr) {
        std::vector<const ValidTransaction*> txns;
        for (const BlockTransaction& item : input.transactions) txns.push_back(item.txn);
        protocol.verify_ahead(parent.view, txns, environment.block, protocol);
    }
    run_transactions(state, input, environment, out);
    const BlockSummary summary{.context = environment.block, .blobs = out.block.blobs};
    for (const EndOfBlockHook hook : protocol.end_of_block) hook(state, summary);  // [CHAIN-BLOCK.7]

    header.transactions_root = types::transactions_root(out.block.transactions);
    header.receipts_root = types::receipts_root(out.receipts);
    header.data_availability_root = data_availability::block_root(out.block.blobs, out.receipts);
    header.message_hub_root = protocol.message_hub_root(state);
    out.changes = std::move(state).take_changes();
    ENSHRINE_TRY(out.tree, state::update(parent.nodes, parent.header.state_root, state::path_changes(out.changes)));
    header.state_root = out.tree.root;
    out.hash = types::block_hash(header);
    return out;
}

}  // namespace enshrine::chain
