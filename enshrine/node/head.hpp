// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/chain/fees.hpp>
#include <enshrine/store/chain_view.hpp>
#include <enshrine/types/block.hpp>

#include <memory>

namespace enshrine::node {

/// A block and the state after it. Immutable; shared by every thread that reads.
struct Head {
    std::shared_ptr<const store::ChainView> view;
    types::BlockHeader header;
    Hash32 hash;
};

/// Price of gas in the block behind this one, in wei.
[[nodiscard]] inline U256 base_fee_after(const types::BlockHeader& header) noexcept {
    return chain::next_base_fee(
        {.gas_used = header.gas_used, .gas_limit = header.gas_limit, .base_fee = header.base_fee_per_gas});
}
/// Price of blob gas in the block behind this one, in wei.
[[nodiscard]] inline U256 blob_base_fee_after(const types::BlockHeader& header) noexcept {
    return chain::blob_base_fee(chain::next_excess_blob_gas(header.excess_blob_gas, header.blob_gas_used));
}

}  // namespace enshrine::node
