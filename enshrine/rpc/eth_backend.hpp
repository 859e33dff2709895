// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/amount.hpp>
#include <enshrine/rpc/block_id.hpp>
#include <enshrine/rpc/rpc_error.hpp>
#include <enshrine/types/block.hpp>
#include <enshrine/types/receipt.hpp>
#include <enshrine/types/transaction.hpp>

#include <optional>
#include <span>
#include <vector>

/// What the `eth_*` methods need to know of a chain. The L1 and every rollup endpoint implement it, so that one
/// implementation of the methods serves both.
namespace enshrine::rpc {

struct TxnView {
    types::Transaction txn;
    Hash32 hash;
    Address from;
    std::optional<std::uint64_t> block_number;  ///< nullopt while pending
    Hash32 block_hash;
    std::uint64_t index = 0;
    U256 effective_gas_price;
};
struct BlockView {
    types::BlockHeader header;
    Hash32 hash;
    std::uint64_t size_bytes = 0;
    std::vector<TxnView> txns;
};
struct ReceiptView {
    types::Receipt receipt;
    TxnView txn;
    std::uint64_t first_log_index = 0;  ///< index in the block of the receipt's first log
    U256 blob_gas_price;
};
struct LogView {
    types::Log log;
    std::uint64_t block_number = 0;
    Hash32 block_hash;
    Hash32 txn_hash;
    std::uint64_t txn_index = 0;
    std::uint64_t log_index = 0;
};
struct LogFilter {
    std::optional<Hash32> block_hash;
    std::uint64_t from_block = 0;
    std::uint64_t to_block = 0;
    std::vector<Address> addresses;           ///< empty: any
    std::vector<std::vector<Hash32>> topics;  ///< per position; empty inner list: any
};
struct CallRequest {
    std::optional<Address> from;
    std::optional<Address> to;
    std::optional<std::uint64_t> gas_limit;
    Amount value;
    Bytes data;
};
struct CallAnswer {
    bool succeeded = false;
    std::uint64_t gas_used = 0;
    Bytes return_data;  ///< return value, or revert data
};
struct FeeHistory {
    std::uint64_t oldest_block = 0;
    std::vector<U256> base_fees;  ///< one more than blocks
    std::vector<double> gas_used_ratios;
    std::vector<U256> blob_base_fees;  ///< one more than blocks
    std::vector<double> blob_gas_used_ratios;
    std::vector<std::vector<U256>> rewards;  ///< per block, per percentile
};

class EthBackend {
public:
    virtual ~EthBackend() = default;
    [[nodiscard]] virtual std::uint64_t chain_id() const = 0;
    [[nodiscard]] virtual std::uint64_t block_number() const = 0;
    [[nodiscard]] virtual RpcResult<std::optional<BlockView>> block(const BlockId& id) const = 0;
    [[nodiscard]] virtual RpcResult<Amount> balance(const Address& address, const BlockId& at) const = 0;
    /// `pending` counts transactions waiting in the mempool.
    [[nodiscard]] virtual RpcResult<std::uint64_t> nonce(const Address& address, const BlockId& at) const = 0;
    [[nodiscard]] virtual RpcResult<Bytes> code(const Address& address, const BlockId& at) const = 0;
    [[nodiscard]] virtual RpcResult<Hash32> storage(const Address& address, const Hash32& slot,
                                                    const BlockId& at) const = 0;
    [[nodiscard]] virtual RpcResult<CallAnswer> call(const CallRequest& request, const BlockId& at) const = 0;
    [[nodiscard]] virtual RpcResult<std::uint64_t> estimate_gas(const CallRequest& request) const = 0;
    [[nodiscard]] virtual U256 base_fee() const = 0;  ///< of the next block
    [[nodiscard]] virtual U256 suggested_tip() const = 0;
    [[nodiscard]] virtual U256 blob_base_fee() const = 0;  ///< 0 where there are no blobs
    [[nodiscard]] virtual RpcResult<FeeHistory> fee_history(std::uint64_t count, const BlockId& newest,
                                                            std::span<const double> percentiles) const = 0;
    /// Network form (type 3 with its sidecar). Returns the transaction hash once the transaction is safely accepted.
    [[nodiscard]] virtual RpcResult<Hash32> send_raw_transaction(BytesView raw) = 0;
    [[nodiscard]] virtual RpcResult<std::optional<TxnView>> transaction(const Hash32& hash) const = 0;
    [[nodiscard]] virtual RpcResult<std::optional<ReceiptView>> receipt(const Hash32& hash) const = 0;
    [[nodiscard]] virtual RpcResult<std::vector<LogView>> logs(const LogFilter& filter) const = 0;
};

}  // namespace enshrine::rpc
