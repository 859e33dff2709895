// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/amount.hpp>
#include <enshrine/chain/chain_error.hpp>
#include <enshrine/chain/params.hpp>
#include <enshrine/chain/protocol.hpp>
#include <enshrine/data_availability/genesis.hpp>
#include <enshrine/state/tree.hpp>
#include <enshrine/types/block.hpp>

#include <vector>

/// Block 0. Rules: docs/spec/chain.md [CHAIN-GENESIS.*].
namespace enshrine::chain {

struct GenesisAccount {
    Address address;
    Amount balance;
};
/// Rollups are registered later, by ordinary transactions.
struct GenesisConfig {
    std::uint64_t chain_id = 0;
    std::uint64_t timestamp = 0;  ///< seconds
    std::uint64_t gas_limit = block_gas_limit_default;
    U256 base_fee{base_fee_initial_default};  ///< wei
    std::vector<GenesisAccount> accounts;     ///< each address once; the order does not matter
    data_availability::GenesisConfig data_availability;
};
struct Genesis {
    types::Block block;
    Hash32 hash;
    state::WriteSet changes;
    state::TreeUpdate tree;  ///< from the empty tree
};

/// Errors: genesis_chain_id, genesis_gas_limit, genesis_base_fee, genesis_duplicate_account, genesis_supply_overflow,
/// data_availability::GenesisError, data_availability::CommitteeError.
[[nodiscard]] Result<Genesis> make_genesis(const GenesisConfig& config, const Protocol& protocol);

}  // namespace enshrine::chain
