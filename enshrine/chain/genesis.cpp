// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/chain_id.hpp>
#include <enshrine/chain/genesis.hpp>
#include <enshrine/data_availability/root_leaf.hpp>
#include <enshrine/system/accounts.hpp>

#include <set>
#include <utility>

namespace enshrine::chain {
namespace {

/// The tree below genesis has no nodes.
class EmptyReader final : public state::NodeReader {
public:
    [[nodiscard]] std::optional<state::NodePreimage> node(const Hash32&) override { return std::nullopt; }
};

/// 2^128 wei: far above any price that a balance can pay, and small enough that doubling it never overflows.
constexpr U256 base_fee_max{0, 1, 0, 0};

Result<void> check_config(const GenesisConfig& config) noexcept {
    if (config.chain_id == 0) return fail(ChainError::genesis_chain_id);
    if (config.gas_limit < block_gas_limit_min) return fail(ChainError::genesis_gas_limit);
    if (config.gas_limit > block_gas_limit_max) return fail(ChainError::genesis_gas_limit);
    if (config.base_fee < U256{base_fee_min}) return fail(ChainError::genesis_base_fee);
    if (config.base_fee > base_fee_max) return fail(ChainError::genesis_base_fee);
    return {};
}

/// Together the balances fit 256 bits, so that no movement of value can overflow a balance [CHAIN-GENESIS.3].
Result<void> store_accounts(state::Overlay& state, const std::vector<GenesisAccount>& accounts) {
    Amount supply;
    std::set<Address> seen;
    for (const GenesisAccount& account : accounts) {
        if (!seen.insert(account.address).second) return fail(ChainError::genesis_duplicate_account);
        const auto sum = checked_add(supply, account.balance);
        if (!sum) return fail(ChainError::genesis_supply_overflow);
        supply = *sum;
        system::store_account(state, account.address, {.nonce = 0, .balance = account.balance});
    }
    return {};
}

}  // namespace

Result<Genesis> make_genesis(const GenesisConfig& config, const Protocol& protocol) {
    ENSHRINE_CHECK(check_config(config));
    const state::MemoryView nothing;
    state::Overlay state{nothing};
    store_chain_id(state, config.chain_id);  // [CHAIN-GENESIS.2]
    ENSHRINE_CHECK(store_accounts(state, config.accounts));
    ENSHRINE_CHECK(data_availability::store_genesis(state, config.data_availability));  // [CHAIN-GENESIS.4]

    Genesis out;
    types::BlockHeader& header = out.block.header;
    header.timestamp = config.timestamp;
    header.gas_limit = config.gas_limit;
    header.base_fee_per_gas = config.base_fee;
    header.data_availability_root = data_availability::root_of_leaves({});
    header.message_hub_root = protocol.message_hub_root(state);
    out.changes = std::move(state).take_changes();
    EmptyReader reader;
    ENSHRINE_TRY(out.tree, state::update(reader, state::empty_root, state::path_changes(out.changes)));
    header.state_root = out.tree.root;
    out.hash = types::block_hash(header);
    return out;
}

}  // namespace enshrine::chain
