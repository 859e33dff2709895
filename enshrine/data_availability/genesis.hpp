// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/data_availability/committee.hpp>
#include <enshrine/data_availability/params.hpp>
#include <enshrine/state/view.hpp>

/// What block 0 says about data availability. Rules: docs/spec/chain.md [CHAIN-GENESIS.4].
namespace enshrine::data_availability {

struct GenesisConfig {
    std::vector<CommitteeMember> committee;  ///< ascending by address
    Address administrator;                   ///< zero: the committee stays
    std::uint64_t retention_blocks_min = retention_blocks_min_default;
    std::uint64_t retention_blocks_max = retention_blocks_max_default;
};
enum class GenesisError : std::uint16_t {
    bad_retention_bounds = 1,  ///< not 1 ≤ least ≤ most ≤ retention_blocks_limit
};
const ErrorDomain& error_domain(GenesisError) noexcept;

/// The only member of a committee that nobody configured: it keeps everything, and its node serves it itself.
[[nodiscard]] CommitteeMember sole_member(const Address& address);

/// Errors: GenesisError, CommitteeError.
[[nodiscard]] Result<void> store_genesis(state::Overlay& state, const GenesisConfig& config);

}  // namespace enshrine::data_availability
