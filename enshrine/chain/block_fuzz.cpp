// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/chain_for_test.hpp>
#include <enshrine/chain/fees.hpp>
#include <enshrine/codec/binary.hpp>

#include <set>

namespace {

using namespace enshrine;
using namespace enshrine::chain;

constexpr std::size_t transactions_max = 32;

/// Transactions as they are in the input, and again bound to the test chain and aimed at its contract: any r and s
/// recover some sender, so that most of the latter run.
std::vector<ValidTransaction> transactions_of(BytesView input) {
    std::vector<ValidTransaction> out;
    codec::BinaryReader reader{input};
    while (out.size() < transactions_max) {
        const auto bytes = reader.variable(input.size());
        if (!bytes) break;
        if (auto as_is = validate_transaction(*bytes, test::chain_id)) out.push_back(*std::move(as_is));
        auto txn = types::decode_transaction(*bytes);
        if (!txn) continue;
        txn->chain_id = test::chain_id;
        txn->nonce = 0;
        if (txn->to && (*txn->to)[0] < 0x80) txn->to = test::contract_address;
        if (auto bound = validate_transaction(types::encode_transaction(*txn), test::chain_id)) {
            out.push_back(*std::move(bound));
        }
    }
    return out;
}

GenesisConfig config_for(std::span<const ValidTransaction> txns) {
    GenesisConfig config = test::genesis_config();
    std::set<Address> known;
    for (const GenesisAccount& account : config.accounts) known.insert(account.address);
    for (const ValidTransaction& txn : txns) {
        if (!known.insert(txn.sender()).second) continue;
        config.accounts.push_back({.address = txn.sender(), .balance = Amount{U256{1ULL << 32U, 0, 0, 0}}});
    }
    return config;
}

/// Modulo 2^256: equal sums stay equal.
U256 sum_of_balances(const state::MemoryView& view) {
    U256 sum;
    for (const auto& [key, value] : view.entries()) {
        if (key.bytes()[0] != static_cast<Byte>(state::Module::account)) continue;
        sum = sum + types::decode_account(value)->balance.wei();
    }
    return sum;
}

}  // namespace

/// Input: transactions, each behind a u32 length. A block built from them verifies, and moves or burns value only.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::vector<ValidTransaction> txns = transactions_of(BytesView{data, size});
    test::Chain chain{config_for(txns)};
    const auto block = chain.build(txns);
    ENSHRINE_ASSERT(block.has_value());
    ENSHRINE_ASSERT(block->receipts.size() + block->skipped.size() == txns.size());
    for (const types::Receipt& receipt : block->receipts) {
        ENSHRINE_ASSERT(types::decode_receipt(types::encode_receipt(receipt)) == receipt);
    }
    const auto verified = chain.verify(block->block);
    ENSHRINE_ASSERT(verified.has_value());
    ENSHRINE_ASSERT(verified->hash == block->hash);
    const types::BlockHeader& header = block->block.header;
    const U256 burned = header.base_fee_per_gas * U256{header.gas_used} +
                        blob_base_fee(header.excess_blob_gas) * U256{header.blob_gas_used};
    const U256 before = sum_of_balances(chain.view);
    chain.commit(*block);
    ENSHRINE_ASSERT(sum_of_balances(chain.view) + burned == before);
    return 0;
}
