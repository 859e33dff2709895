// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/hex.hpp>
#include <enshrine/data_availability/byte_price.hpp>
#include <enshrine/data_availability/committee_state.hpp>
#include <enshrine/node/publication_account.hpp>
#include <enshrine/system/addresses.hpp>

namespace enshrine::node {

namespace da = data_availability;
using rpc::RpcError;
using rpc::RpcResult;

namespace {

/// A transaction that is in no block by then will not be soon: the pool is full of better paid ones.
constexpr std::chrono::seconds inclusion_patience{60};
constexpr std::chrono::milliseconds block_patience{1'000};

RpcError unpublished(std::string message, std::string stable_code) {
    return {.code = rpc::server_error, .message = std::move(message), .stable_code = std::move(stable_code)};
}

/// Twice the fee of the next block: the price may rise until the one that includes it, and the rest comes back.
RpcResult<Amount> value_for(const Head& head, const da::Publication& publication) {
    std::vector<std::uint64_t> sizes;
    for (const da::PublishedBlob& blob : publication.blobs) sizes.push_back(blob.size);
    const auto layout = da::layout_of(sizes);
    if (!layout) return std::unexpected{unpublished(std::string{layout.error().message()}, "E-DA-SIZE")};
    const auto fee = checked_mul(Amount{da::byte_price(*head.view)}, 2 * std::uint64_t{layout->shape.data_bytes()});
    if (!fee) return std::unexpected{unpublished("the price of a byte is beyond every balance", "E-DA-FEE")};
    return *fee;
}

}  // namespace

PublicationAccount::PublicationAccount(ChainApplication& application, const L1Backend& backend,
                                       const crypto::SecretKey& key)
    : application_{application}, backend_{backend}, key_{key} {
    const auto address = crypto::address_of(key);
    ENSHRINE_ASSERT(address.has_value());
    address_ = *address;
}

RpcResult<data_availability::Committee> PublicationAccount::committee() {
    const auto head = application_.head();
    const std::uint64_t epoch = da::load_committee_status(*head->view).epoch;
    auto members = da::load_committee(*head->view, epoch);
    ENSHRINE_ASSERT(members.has_value());
    return data_availability::Committee{.epoch = epoch, .members = *std::move(members)};
}

RpcResult<client::Inclusion> PublicationAccount::publish(const da::Publication& publication, BytesView certificate) {
    const std::uint64_t sent_at = application_.head()->header.number;
    ENSHRINE_TRY(const auto hash, send(publication, certificate));
    return wait(hash, sent_at);
}

RpcResult<Hash32> PublicationAccount::send(const da::Publication& publication, BytesView certificate) {
    const std::scoped_lock lock{mutex_};
    const auto head = application_.head();
    types::Transaction txn;
    txn.type = types::TxnType::dynamic_fee;
    txn.chain_id = application_.chain_id();
    txn.to = system::data_availability_address;
    txn.data = client::publish_calldata(publication, certificate);
    ENSHRINE_TRY(txn.value, value_for(*head, publication));
    txn.max_priority_fee_per_gas = backend_.suggested_tip();
    const U256 base_fee = backend_.base_fee();
    txn.max_fee_per_gas = base_fee + base_fee + txn.max_priority_fee_per_gas;
    ENSHRINE_TRY(txn.nonce, backend_.nonce(address_, rpc::BlockTag::pending));
    ENSHRINE_TRY(
        txn.gas_limit,
        backend_.estimate_gas({.from = address_, .to = txn.to, .gas_limit = {}, .value = txn.value, .data = txn.data}));
    const auto signature = crypto::sign(types::signing_hash(txn), key_);
    ENSHRINE_ASSERT(signature.has_value());
    txn.signature = *signature;
    return application_.submit(types::encode_transaction(txn));
}

RpcResult<client::Inclusion> PublicationAccount::wait(const Hash32& hash, std::uint64_t sent_at) {
    const auto deadline = std::chrono::steady_clock::now() + inclusion_patience;
    for (std::uint64_t height = sent_at; std::chrono::steady_clock::now() < deadline;) {
        ENSHRINE_TRY(const auto receipt, backend_.receipt(hash));
        if (receipt && !receipt->receipt.status) {
            RpcError error = unpublished("the transaction that publishes was reverted", "E-DA-REVERTED");
            error.revert_data = codec::format_hex(receipt->receipt.revert_data);
            return std::unexpected{std::move(error)};
        }
        if (receipt) return client::Inclusion{.txn = hash, .height = receipt->txn.block_number.value_or(0)};
        const std::uint64_t head = application_.head_above(height, block_patience)->header.number;
        if (head == height && application_.is_waiting_stopped()) break;
        height = head;
    }
    return std::unexpected{unpublished(
        "the transaction " + codec::format_hex(hash.view()) + " that publishes is in no block yet", "E-DA-TIMEOUT")};
}

}  // namespace enshrine::node
