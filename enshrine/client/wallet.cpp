// SPDX-License-Identifier: Apache-2.0
#include <enshrine/client/wallet.hpp>

#include <enshrine/base/assert.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/crypto/kzg.hpp>
#include <enshrine/types/blob_sidecar.hpp>

#include <fmt/format.h>

#include <chrono>
#include <thread>

namespace enshrine::client {
namespace {

using rpc::RpcError;
using rpc::RpcResult;

RpcError local_error(std::string message, std::string field) {
    return {.code = rpc::invalid_params, .message = std::move(message), .field = std::move(field)};
}

U256 doubled(const U256& fee) noexcept { return fee + fee; }

RpcResult<types::BlobSidecar> make_sidecar(const std::vector<Bytes>& blobs) {
    types::BlobSidecar sidecar;
    sidecar.version = types::SidecarVersion::eip4844;
    for (const Bytes& blob : blobs) {
        const auto commitment = crypto::kzg::blob_to_commitment(blob);
        if (!commitment) return std::unexpected{local_error(std::string{commitment.error().message()}, "blob")};
        const auto proof = crypto::kzg::compute_blob_proof(blob, *commitment);
        if (!proof) return std::unexpected{local_error(std::string{proof.error().message()}, "blob")};
        sidecar.blobs.push_back(blob);
        sidecar.commitments.push_back(*commitment);
        sidecar.proofs.push_back(*proof);
    }
    return sidecar;
}

}  // namespace

Wallet::Wallet(L1Client& client, std::uint64_t chain_id, const crypto::SecretKey& key)
    : client_{client}, chain_id_{chain_id}, key_{key} {
    const auto address = crypto::address_of(key);
    ENSHRINE_ASSERT(address.has_value());
    address_ = *address;
}

RpcResult<types::Transaction> Wallet::build(const Call& call) {
    ENSHRINE_TRY(const auto tip, client_.max_priority_fee());
    ENSHRINE_TRY(const auto base_fee, client_.base_fee());
    types::Transaction txn;
    txn.type = call.blobs.empty() ? types::TxnType::dynamic_fee : types::TxnType::blob;
    txn.chain_id = chain_id_;
    txn.max_priority_fee_per_gas = tip;
    txn.max_fee_per_gas = doubled(base_fee) + tip;  // payable through several full blocks
    txn.to = call.to;
    txn.value = call.value;
    txn.data = call.data;
    if (call.nonce) {
        txn.nonce = *call.nonce;
    } else {
        ENSHRINE_TRY(txn.nonce, client_.pending_nonce(address_));
    }
    if (call.gas_limit) {
        txn.gas_limit = *call.gas_limit;
    } else {
        ENSHRINE_TRY(txn.gas_limit, client_.estimate_gas({address_, call.to, call.value, call.data}));
    }
    if (!call.blobs.empty()) {
        ENSHRINE_TRY(const auto blob_fee, client_.blob_base_fee());
        txn.max_fee_per_blob_gas = doubled(blob_fee);
    }
    return txn;
}

RpcResult<Hash32> Wallet::send(const Call& call) {
    ENSHRINE_TRY(auto txn, build(call));
    types::NetworkTransaction network{std::move(txn), std::nullopt};
    if (!call.blobs.empty()) {
        ENSHRINE_TRY(network.sidecar, make_sidecar(call.blobs));
        for (const auto& commitment : network.sidecar->commitments) {
            network.transaction.blob_versioned_hashes.push_back(crypto::kzg::versioned_hash(commitment));
        }
    }
    const auto signature = crypto::sign(types::signing_hash(network.transaction), key_);
    ENSHRINE_ASSERT(signature.has_value());
    network.transaction.signature = *signature;
    return client_.send_raw(types::encode_network_transaction(network));
}

RpcResult<TxnReceipt> Wallet::wait(const Hash32& hash, unsigned timeout_seconds) {
    using Clock = std::chrono::steady_clock;
    constexpr std::chrono::milliseconds poll_interval{50};
    const auto deadline = Clock::now() + std::chrono::seconds{timeout_seconds};
    while (true) {
        ENSHRINE_TRY(auto receipt, client_.receipt(hash));
        if (receipt) return *std::move(receipt);
        if (Clock::now() >= deadline) {
            return std::unexpected{RpcError{
                .code = rpc::server_error,
                .message = fmt::format("transaction {} is not in a block after {} s", codec::format_hex(hash.view()),
                                       timeout_seconds)}};
        }
        std::this_thread::sleep_for(poll_interval);
    }
}

RpcResult<TxnReceipt> Wallet::send_and_wait(const Call& call, unsigned timeout_seconds) {
    ENSHRINE_TRY(const auto hash, send(call));
    return wait(hash, timeout_seconds);
}

}  // namespace enshrine::client
