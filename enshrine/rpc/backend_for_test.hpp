// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/codec/abi.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/rpc/eth_backend.hpp>

#include <map>

/// A chain in memory with one transaction of each type in block 1, for tests of the eth methods.
namespace enshrine::rpc::testing {

inline constexpr std::uint64_t test_chain_id = 900;
inline constexpr std::string_view test_error = "BondTooSmall(uint64 rollup, uint256 required, address owner)";

inline Address test_address(Byte fill) {
    Address out;
    out.data_.fill(fill);
    return out;
}
inline Hash32 test_hash(Byte fill) {
    Hash32 out;
    out.data_.fill(fill);
    return out;
}
/// The first account of the mnemonic "test test … junk".
inline crypto::SecretKey test_key() {
    return crypto::SecretKey::from(
        *codec::parse_hex("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"));
}

inline types::Transaction signed_transaction(types::TxnType type, std::uint64_t nonce) {
    types::Transaction txn;
    txn.type = type;
    txn.chain_id = test_chain_id;
    txn.nonce = nonce;
    txn.max_fee_per_gas = U256{2'000'000'000};
    const bool fee_market = type == types::TxnType::dynamic_fee || type == types::TxnType::blob;
    txn.max_priority_fee_per_gas = fee_market ? U256{1'000'000'000} : txn.max_fee_per_gas;
    txn.gas_limit = 50'000;
    txn.to = test_address(0x22);
    txn.value = Amount{7};
    txn.data = Bytes{0xde, 0xad};
    if (type != types::TxnType::legacy)
        txn.access_list = {{.address = test_address(0x33), .storage_keys = {test_hash(1)}}};
    if (type == types::TxnType::blob) {
        Hash32 hash = test_hash(0x44);
        hash[0] = types::blob_hash_version_kzg;
        txn.blob_versioned_hashes = {hash};
        txn.max_fee_per_blob_gas = U256{9};
    }
    txn.signature = *crypto::sign(types::signing_hash(txn), test_key());
    return txn;
}

class TestBackend final : public EthBackend {
public:
    TestBackend() {
        blocks_.push_back(make_block(0, {}));
        std::vector<TxnView> txns;
        for (std::uint64_t i = 0; i < 4; ++i) {
            TxnView view{.txn = signed_transaction(types::TxnType{static_cast<std::uint8_t>(i)}, i)};
            view.hash = types::transaction_hash(view.txn);
            view.from = *types::recover_sender(view.txn);
            view.block_number = 1;
            view.index = i;
            view.effective_gas_price = U256{1'500'000'000};
            txns.push_back(view);
        }
        blocks_.push_back(make_block(1, txns));
    }

    std::uint64_t chain_id() const override { return test_chain_id; }
    std::uint64_t block_number() const override { return head; }
    RpcResult<std::optional<BlockView>> block(const BlockId& id) const override {
        if (const auto* number = std::get_if<std::uint64_t>(&id)) {
            return *number < blocks_.size() ? std::optional{blocks_[*number]} : std::nullopt;
        }
        if (const auto* tag = std::get_if<BlockTag>(&id)) {
            return std::optional{*tag == BlockTag::earliest ? blocks_.front() : blocks_.back()};
        }
        for (const auto& block : blocks_) {
            if (block.hash == std::get<Hash32>(id)) return std::optional{block};
        }
        return std::optional<BlockView>{};
    }
    RpcResult<Amount> balance(const Address& address, const BlockId& at) const override {
        last_block = at;
        return Amount{address == *crypto::address_of(test_key()) ? 1'000'000'000'000'000'000U : 0U};
    }
    RpcResult<std::uint64_t> nonce(const Address&, const BlockId& at) const override {
        return at == BlockId{BlockTag::pending} ? 5U : 4U;
    }
    RpcResult<Bytes> code(const Address& address, const BlockId&) const override {
        return address == test_address(0x22) ? Bytes{0xfe} : Bytes{};
    }
    RpcResult<Hash32> storage(const Address&, const Hash32& slot, const BlockId&) const override { return slot; }
    RpcResult<CallAnswer> call(const CallRequest& request, const BlockId&) const override {
        last_call = request;
        if (request.to == test_address(0xee)) return CallAnswer{.succeeded = false, .return_data = revert_data()};
        if (request.to == test_address(0xdd)) return CallAnswer{.succeeded = false, .return_data = request.data};
        return CallAnswer{.succeeded = true, .gas_used = 21'000, .return_data = request.data};
    }
    RpcResult<std::uint64_t> estimate_gas(const CallRequest& request) const override {
        if (request.to == test_address(0xee)) {
            return std::unexpected{RpcError{
                .code = execution_reverted, .message = "reverted", .revert_data = codec::format_hex(revert_data())}};
        }
        return 23'456;
    }
    U256 base_fee() const override { return U256{1'000'000'000}; }
    U256 suggested_tip() const override { return U256{500'000'000}; }
    U256 blob_base_fee() const override { return U256{1}; }
    RpcResult<FeeHistory> fee_history(std::uint64_t count, const BlockId&,
                                      std::span<const double> percentiles) const override {
        FeeHistory out;
        const std::uint64_t blocks = std::min<std::uint64_t>(count, 2);
        out.oldest_block = 2 - blocks;
        out.base_fees.assign(blocks + 1, base_fee());
        out.blob_base_fees.assign(blocks + 1, U256{1});
        out.gas_used_ratios.assign(blocks, 0.25);
        out.blob_gas_used_ratios.assign(blocks, 0);
        if (!percentiles.empty()) out.rewards.assign(blocks, std::vector<U256>(percentiles.size(), suggested_tip()));
        return out;
    }
    RpcResult<Hash32> send_raw_transaction(BytesView raw) override { return types::transaction_hash(raw); }
    RpcResult<std::optional<TxnView>> transaction(const Hash32& hash) const override {
        if (hash == pending.hash) return std::optional{pending};
        for (const auto& txn : blocks_[1].txns) {
            if (txn.hash == hash) return std::optional{txn};
        }
        return std::optional<TxnView>{};
    }
    RpcResult<std::optional<ReceiptView>> receipt(const Hash32& hash) const override {
        for (const auto& txn : blocks_[1].txns) {
            if (txn.hash == hash) return std::optional{make_receipt(txn)};
        }
        return std::optional<ReceiptView>{};
    }
    RpcResult<std::vector<LogView>> logs(const LogFilter& filter) const override {
        last_filter = filter;
        const TxnView& txn = blocks_[1].txns[2];
        return std::vector{LogView{.log = make_log(),
                                   .block_number = 1,
                                   .block_hash = blocks_[1].hash,
                                   .txn_hash = txn.hash,
                                   .txn_index = 2,
                                   .log_index = 0}};
    }

    static Bytes revert_data() {
        return codec::abi::Encoder{3}
            .u64(901)
            .u256(U256{5})
            .address(test_address(0x11))
            .finish_call(codec::abi::selector(test_error));
    }
    const BlockView& block_1() const { return blocks_[1]; }

    std::uint64_t head = 1;
    TxnView pending = make_pending();
    mutable BlockId last_block;
    mutable CallRequest last_call;
    mutable LogFilter last_filter;

private:
    static TxnView make_pending() {
        TxnView view{.txn = signed_transaction(types::TxnType::dynamic_fee, 4)};
        view.hash = types::transaction_hash(view.txn);
        view.from = *types::recover_sender(view.txn);
        return view;
    }
    static BlockView make_block(std::uint64_t number, std::vector<TxnView> txns) {
        BlockView out;
        out.header.number = number;
        out.header.timestamp = 1'700'000'000 + number;
        out.header.proposer = test_address(0x77);
        out.header.gas_limit = 30'000'000;
        out.header.base_fee_per_gas = U256{1'000'000'000};
        out.header.data_availability_root = test_hash(0xda);
        out.header.message_hub_root = test_hash(0x3b);
        out.hash = types::block_hash(out.header);
        out.size_bytes = 1234;
        for (TxnView& txn : txns) txn.block_hash = out.hash;
        out.txns = std::move(txns);
        return out;
    }
    static types::Log make_log() {
        return {.address = test_address(0x22), .topics = {test_hash(0xaa), test_hash(0xbb)}, .data = Bytes{1, 2, 3}};
    }
    /// The dynamic-fee transaction has a log, the access-list one reverted, the blob one used blob gas.
    static ReceiptView make_receipt(const TxnView& txn) {
        ReceiptView out{.receipt = {}, .txn = txn};
        out.receipt.txn_type = txn.txn.type;
        out.receipt.status = txn.txn.type != types::TxnType::access_list;
        out.receipt.gas_used = 21'000;
        out.receipt.cumulative_gas_used = 21'000 * (txn.index + 1);
        out.receipt.effective_gas_price = txn.effective_gas_price;
        if (txn.txn.type == types::TxnType::dynamic_fee) out.receipt.logs = {make_log()};
        if (txn.txn.type == types::TxnType::blob) out.receipt.blob_gas_used = 131'072;
        if (!out.receipt.status) out.receipt.revert_data = revert_data();
        out.receipt.bloom = types::bloom_of(out.receipt.logs);
        out.blob_gas_price = U256{1};
        return out;
    }

    std::vector<BlockView> blocks_;
};

}  // namespace enshrine::rpc::testing
