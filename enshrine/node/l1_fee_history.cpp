// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/params.hpp>
#include <enshrine/node/l1_backend.hpp>

#include <algorithm>

namespace enshrine::node {
namespace {

double ratio(std::uint64_t used, std::uint64_t limit) noexcept {
    return limit == 0 ? 0.0 : static_cast<double>(used) / static_cast<double>(limit);
}

/// Tips of the block's transactions, weighted by their gas, at the percentiles; zeros for an empty block.
std::vector<U256> rewards_of(const StoredBlock& stored, std::span<const double> percentiles) {
    struct Tip {
        U256 wei;
        std::uint64_t gas;
    };
    const types::BlockHeader& header = stored.block.header;
    std::vector<Tip> tips;
    for (const types::Receipt& receipt : stored.receipts) {
        tips.push_back({.wei = receipt.effective_gas_price - header.base_fee_per_gas, .gas = receipt.gas_used});
    }
    std::ranges::sort(tips, {}, &Tip::wei);
    std::vector<U256> out;
    for (const double percentile : percentiles) {
        const auto wanted = static_cast<std::uint64_t>(percentile / 100.0 * static_cast<double>(header.gas_used));
        std::uint64_t sum = 0;
        U256 tip;
        for (const Tip& candidate : tips) {
            tip = candidate.wei;
            sum += candidate.gas;
            if (sum >= wanted) break;
        }
        out.push_back(tip);
    }
    return out;
}

}  // namespace

rpc::RpcResult<rpc::FeeHistory> L1Backend::fee_history(std::uint64_t count, const rpc::BlockId& newest,
                                                       std::span<const double> percentiles) const {
    ENSHRINE_TRY(const auto last, find_height(application_, newest));
    if (!last) return std::unexpected{no_such_block(newest, block_number())};
    count = std::min(count, *last + 1);
    rpc::FeeHistory out;
    out.oldest_block = *last + 1 - count;
    types::BlockHeader header;
    for (std::uint64_t height = out.oldest_block; height <= *last; ++height) {
        ENSHRINE_TRY(const auto stored, load_block(application_, height));
        if (!stored) return std::unexpected{no_such_block(height, block_number())};
        header = stored->block.header;
        out.base_fees.push_back(header.base_fee_per_gas);
        out.gas_used_ratios.push_back(ratio(header.gas_used, header.gas_limit));
        out.blob_base_fees.push_back(chain::blob_base_fee(header.excess_blob_gas));
        out.blob_gas_used_ratios.push_back(ratio(header.blob_gas_used, chain::block_blobs_max * chain::gas_per_blob));
        if (!percentiles.empty()) out.rewards.push_back(rewards_of(*stored, percentiles));
    }
    if (count == 0) return out;
    out.base_fees.push_back(base_fee_after(header));
    out.blob_base_fees.push_back(blob_base_fee_after(header));
    return out;
}

}  // namespace enshrine::node
