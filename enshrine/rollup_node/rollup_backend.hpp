// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/rollup_node/rollup_state.hpp>
#include <enshrine/rollup_node/txn_queue.hpp>
#include <enshrine/rpc/eth_backend.hpp>

#include <functional>

namespace enshrine::rollup_node {

/// The rollup as an Ethereum chain: batch n is block n; `latest` is the last batch executed here, `safe` the last one
/// registered on the L1, `finalized` the last one settled.
class RollupBackend final : public rpc::EthBackend {
public:
    struct Finality {
        std::uint64_t registered = 0;
        std::uint64_t settled = 0;
    };
    struct Parts {
        std::uint64_t rollup = 0;
        RollupStore& store;
        RollupState& state;
        TxnQueue* queue = nullptr;  ///< null on a node that takes no transactions
        std::function<Finality()> finality;
    };
    explicit RollupBackend(Parts parts) : parts_{std::move(parts)} {}

    [[nodiscard]] std::uint64_t chain_id() const override { return parts_.rollup; }
    [[nodiscard]] std::uint64_t block_number() const override { return parts_.store.head().sequence; }
    [[nodiscard]] rpc::RpcResult<std::optional<rpc::BlockView>> block(const rpc::BlockId& id) const override;
    [[nodiscard]] rpc::RpcResult<Amount> balance(const Address& address, const rpc::BlockId& at) const override;
    [[nodiscard]] rpc::RpcResult<std::uint64_t> nonce(const Address& address, const rpc::BlockId& at) const override;
    [[nodiscard]] rpc::RpcResult<Bytes> code(const Address& address, const rpc::BlockId& at) const override;
    [[nodiscard]] rpc::RpcResult<Hash32> storage(const Address& address, const Hash32& slot,
                                                 const rpc::BlockId& at) const override;
    [[nodiscard]] rpc::RpcResult<rpc::CallAnswer> call(const rpc::CallRequest& request,
                                                       const rpc::BlockId& at) const override;
    [[nodiscard]] rpc::RpcResult<std::uint64_t> estimate_gas(const rpc::CallRequest& request) const override;
    [[nodiscard]] U256 base_fee() const override;
    [[nodiscard]] U256 suggested_tip() const override;
    [[nodiscard]] U256 blob_base_fee() const override { return U256{}; }
    [[nodiscard]] rpc::RpcResult<rpc::FeeHistory> fee_history(std::uint64_t count, const rpc::BlockId& newest,
                                                              std::span<const double> percentiles) const override;
    [[nodiscard]] rpc::RpcResult<Hash32> send_raw_transaction(BytesView raw) override;
    [[nodiscard]] rpc::RpcResult<std::optional<rpc::TxnView>> transaction(const Hash32& hash) const override;
    [[nodiscard]] rpc::RpcResult<std::optional<rpc::ReceiptView>> receipt(const Hash32& hash) const override;
    [[nodiscard]] rpc::RpcResult<std::vector<rpc::LogView>> logs(const rpc::LogFilter& filter) const override;

private:
    /// Nullopt: an unknown hash or a number above the head.
    [[nodiscard]] std::optional<std::uint64_t> sequence_of(const rpc::BlockId& id) const;
    [[nodiscard]] rpc::RpcResult<std::uint64_t> existing(const rpc::BlockId& id) const;

    Parts parts_;
};

}  // namespace enshrine::rollup_node
