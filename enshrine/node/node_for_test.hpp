// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/assert.hpp>
#include <enshrine/crypto/kzg.hpp>
#include <enshrine/node/application.hpp>
#include <enshrine/node/dev_accounts.hpp>
#include <enshrine/store/temp_folder_for_test.hpp>
#include <enshrine/system/accounts.hpp>
#include <enshrine/types/blob_sidecar.hpp>

/// An application on a temporary folder, and transactions of the development accounts.
namespace enshrine::node::test {

inline constexpr std::uint64_t start_seconds = 1'800'000'000;

[[nodiscard]] inline ApplicationConfig application_config(const std::filesystem::path& folder) {
    ApplicationConfig config;
    config.data_dir = folder;
    config.genesis.chain_id = dev_chain_id;
    config.genesis.timestamp = start_seconds;
    for (const DevAccount& account : dev_accounts()) {
        config.genesis.accounts.push_back({.address = account.address, .balance = dev_balance()});
    }
    const Address proposer = find_dev_account("proposer")->address;
    config.genesis.data_availability.committee = {data_availability::sole_member(proposer)};
    config.genesis.data_availability.administrator = proposer;
    config.cache_bytes = std::size_t{1} << 20;
    return config;
}
[[nodiscard]] inline std::unique_ptr<ChainApplication> open(const std::filesystem::path& folder) {
    auto opened = ChainApplication::open(application_config(folder), [] { return start_seconds; });
    ENSHRINE_ASSERT(opened.has_value());
    return *std::move(opened);
}

[[nodiscard]] inline types::Transaction transfer(std::uint64_t nonce, std::uint64_t wei = 1) {
    types::Transaction txn;
    txn.type = types::TxnType::dynamic_fee;
    txn.chain_id = dev_chain_id;
    txn.nonce = nonce;
    txn.max_priority_fee_per_gas = U256{1'000'000'000};
    txn.max_fee_per_gas = U256{20'000'000'000};
    txn.gas_limit = 21'000;
    txn.to = dev_accounts()[1].address;
    txn.value = Amount{wei};
    return txn;
}
[[nodiscard]] inline Bytes sign(types::Transaction txn, std::size_t account = 0) {
    const auto signature = crypto::sign(types::signing_hash(txn), dev_accounts()[account].key);
    ENSHRINE_ASSERT(signature.has_value());
    txn.signature = *signature;
    return types::encode_transaction(txn);
}
/// A blob transaction with one blob whose first bytes are `seed`, as wallets send it.
[[nodiscard]] inline types::NetworkTransaction blob_transaction(std::uint64_t nonce, std::uint8_t seed) {
    types::NetworkTransaction out;
    types::BlobSidecar sidecar;
    crypto::kzg::Blob blob(crypto::kzg::blob_bytes);
    blob[31] = seed;
    const auto commitment = crypto::kzg::blob_to_commitment(blob);
    ENSHRINE_ASSERT(commitment.has_value());
    const auto proof = crypto::kzg::compute_blob_proof(blob, *commitment);
    ENSHRINE_ASSERT(proof.has_value());
    sidecar.blobs.push_back(std::move(blob));
    sidecar.commitments.push_back(*commitment);
    sidecar.proofs.push_back(*proof);
    types::Transaction txn = transfer(nonce);
    txn.type = types::TxnType::blob;
    txn.max_fee_per_blob_gas = U256{1'000'000'000};
    txn.blob_versioned_hashes.push_back(crypto::kzg::versioned_hash(*commitment));
    const auto signature = crypto::sign(types::signing_hash(txn), dev_accounts()[0].key);
    ENSHRINE_ASSERT(signature.has_value());
    txn.signature = *signature;
    out.transaction = std::move(txn);
    out.sidecar = std::move(sidecar);
    return out;
}

/// One block, as the engine makes it.
inline engine::Proposal mine(ChainApplication& application, std::uint64_t timestamp = start_seconds) {
    const std::uint64_t height = application.info().last_height + 1;
    auto proposal = application.prepare_proposal(height, timestamp, dev_accounts()[9].address);
    ENSHRINE_ASSERT(application.process_proposal(proposal) == engine::ProposalStatus::accept);
    application.finalize_block(proposal);
    application.commit();
    return proposal;
}
[[nodiscard]] inline types::Account account_of(const ChainApplication& application, std::size_t account) {
    return system::load_account(*application.head()->view, dev_accounts()[account].address);
}

}  // namespace enshrine::node::test
