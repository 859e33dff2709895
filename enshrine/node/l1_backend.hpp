// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/node/chain_reader.hpp>
#include <enshrine/rpc/eth_backend.hpp>

namespace enshrine::node {

/// The `eth_*` view of the L1. Thread-safe. The application outlives it.
class L1Backend final : public rpc::EthBackend {
public:
    explicit L1Backend(ChainApplication& application) noexcept : application_{application} {}

    [[nodiscard]] std::uint64_t chain_id() const override { return application_.chain_id(); }
    [[nodiscard]] std::uint64_t block_number() const override { return application_.head()->header.number; }
    [[nodiscard]] rpc::RpcResult<std::optional<rpc::BlockView>> block(const rpc::BlockId& id) const override;
    [[nodiscard]] rpc::RpcResult<Amount> balance(const Address& address, const rpc::BlockId& at) const override;
    [[nodiscard]] rpc::RpcResult<std::uint64_t> nonce(const Address& address, const rpc::BlockId& at) const override;
    [[nodiscard]] rpc::RpcResult<Bytes> code(const Address& address, const rpc::BlockId& at) const override;
    /// The L1 has no contract storage: every slot is zero. States are proved by enshrine_getProof.
    [[nodiscard]] rpc::RpcResult<Hash32> storage(const Address& address, const Hash32& slot,
                                                 const rpc::BlockId& at) const override;
    [[nodiscard]] rpc::RpcResult<rpc::CallAnswer> call(const rpc::CallRequest& request,
                                                       const rpc::BlockId& at) const override;
    [[nodiscard]] rpc::RpcResult<std::uint64_t> estimate_gas(const rpc::CallRequest& request) const override;
    [[nodiscard]] U256 base_fee() const override { return base_fee_after(application_.head()->header); }
    [[nodiscard]] U256 suggested_tip() const override;
    [[nodiscard]] U256 blob_base_fee() const override { return blob_base_fee_after(application_.head()->header); }
    [[nodiscard]] rpc::RpcResult<rpc::FeeHistory> fee_history(std::uint64_t count, const rpc::BlockId& newest,
                                                              std::span<const double> percentiles) const override;
    [[nodiscard]] rpc::RpcResult<Hash32> send_raw_transaction(BytesView raw) override {
        return application_.submit(raw);
    }
    [[nodiscard]] rpc::RpcResult<std::optional<rpc::TxnView>> transaction(const Hash32& hash) const override;
    [[nodiscard]] rpc::RpcResult<std::optional<rpc::ReceiptView>> receipt(const Hash32& hash) const override;
    [[nodiscard]] rpc::RpcResult<std::vector<rpc::LogView>> logs(const rpc::LogFilter& filter) const override;

private:
    [[nodiscard]] rpc::RpcResult<rpc::CallAnswer> run(const rpc::CallRequest& request, const Head& at,
                                                      std::uint64_t gas_limit) const;
    [[nodiscard]] rpc::RpcResult<void> collect_logs(const rpc::LogFilter& filter, std::uint64_t height,
                                                    std::vector<rpc::LogView>& out) const;

    ChainApplication& application_;
};

}  // namespace enshrine::node
