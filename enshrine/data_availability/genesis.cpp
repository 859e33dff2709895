// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/committee_state.hpp>
#include <enshrine/data_availability/genesis.hpp>
#include <enshrine/data_availability/namespaces.hpp>

namespace enshrine::data_availability {
namespace {

std::string_view message(std::uint16_t code) noexcept {
    switch (GenesisError{code}) {
        case GenesisError::bad_retention_bounds:
            return "the bounds of retention are not 1 <= least <= most <= 2^32 blocks";
    }
    return "unknown genesis error";
}

}  // namespace

const ErrorDomain& error_domain(GenesisError) noexcept {
    static constexpr ErrorDomain domain{"data_availability.genesis", message};
    return domain;
}

CommitteeMember sole_member(const Address& address) {
    return {.address = address, .stake = 1, .endpoint = "localhost:0", .tls_key_hash = {}};
}

Result<void> store_genesis(state::Overlay& state, const GenesisConfig& config) {
    const RetentionBounds bounds{.least = config.retention_blocks_min, .most = config.retention_blocks_max};
    if (bounds.least < 1 || bounds.least > bounds.most || bounds.most > retention_blocks_limit) {
        return fail(GenesisError::bad_retention_bounds);
    }
    ENSHRINE_CHECK(validate_committee(config.committee));
    store_retention_bounds(state, bounds);
    store_committee(state, 0, config.committee);
    store_committee_status(state, {.epoch = 0, .since = 0, .administrator = config.administrator});
    return {};
}

}  // namespace enshrine::data_availability
