// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/node/l1_backend.hpp>

#include <algorithm>

namespace enshrine::node {
namespace {

using rpc::LogFilter;
using rpc::RpcError;
using rpc::RpcResult;

constexpr std::size_t logs_answered_max = 10'000;

/// False: no log of the block can match. Blocks are skipped by their header alone.
bool may_match(const types::Bloom& bloom, const LogFilter& filter) {
    const auto any_of = [&](const auto& wanted) {
        return wanted.empty() || std::ranges::any_of(wanted, [&](const auto& item) {
                   return types::bloom_may_contain(bloom, item.view());
               });
    };
    return any_of(filter.addresses) && std::ranges::all_of(filter.topics, any_of);
}

bool matches(const types::Log& log, const LogFilter& filter) {
    if (!filter.addresses.empty() && std::ranges::find(filter.addresses, log.address) == filter.addresses.end())
        return false;
    for (std::size_t i = 0; i < filter.topics.size(); ++i) {
        const auto& wanted = filter.topics[i];
        if (wanted.empty()) continue;
        if (i >= log.topics.size() || std::ranges::find(wanted, log.topics[i]) == wanted.end()) return false;
    }
    return true;
}

}  // namespace

RpcResult<void> L1Backend::collect_logs(const LogFilter& filter, std::uint64_t height,
                                        std::vector<rpc::LogView>& out) const {
    const auto block = application_.chain().block(height);
    if (!block) return std::unexpected{storage_error(block.error())};
    if (!*block || !may_match((*block)->header.logs_bloom, filter)) return {};
    ENSHRINE_TRY(const auto stored, load_block(application_, height));
    if (!stored) return {};
    std::uint64_t log_index = 0;
    for (std::size_t i = 0; i < stored->receipts.size(); ++i) {
        const Hash32 txn_hash = types::transaction_hash(stored->block.transactions[i]);
        for (const types::Log& log : stored->receipts[i].logs) {
            const std::uint64_t index = log_index++;
            if (!matches(log, filter)) continue;
            if (out.size() == logs_answered_max) {
                return std::unexpected{RpcError{.code = rpc::limit_exceeded,
                                                .message = "the filter matches more than " +
                                                           std::to_string(logs_answered_max) +
                                                           " logs; ask for fewer blocks",
                                                .stable_code = "E-LOGS-TOO-MANY",
                                                .field = "filter"}};
            }
            out.push_back({.log = log,
                           .block_number = height,
                           .block_hash = stored->hash,
                           .txn_hash = txn_hash,
                           .txn_index = i,
                           .log_index = index});
        }
    }
    return {};
}

RpcResult<std::vector<rpc::LogView>> L1Backend::logs(const LogFilter& filter) const {
    std::uint64_t first = filter.from_block;
    std::uint64_t last = std::min(filter.to_block, block_number());
    if (filter.block_hash) {
        ENSHRINE_TRY(const auto height, find_height(application_, *filter.block_hash));
        if (!height) return std::unexpected{no_such_block(*filter.block_hash, block_number())};
        first = *height;
        last = *height;
    }
    std::vector<rpc::LogView> out;
    for (std::uint64_t height = first; height <= last; ++height) ENSHRINE_CHECK(collect_logs(filter, height, out));
    return out;
}

}  // namespace enshrine::node
