// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/mempool/mempool.hpp>
#include <enshrine/rollup_node/executor.hpp>
#include <enshrine/rollup_node/rollup_store.hpp>

#include <map>
#include <mutex>
#include <string>

namespace enshrine::rollup_node {

/// Views of a rollup's stored states through its own program, so that nothing here knows how a program keeps accounts.
/// Accounts at the head are remembered until the next batch. Thread-safe.
class RollupState {
public:
    RollupState(RollupStore& store, Executor& executor) noexcept : store_{store}, executor_{executor} {}

    [[nodiscard]] std::expected<sequencing::ViewAnswer, std::string> view_at(std::uint64_t sequence,
                                                                             const sequencing::ViewRequest& request);
    [[nodiscard]] std::expected<mempool::SenderState, std::string> account_at(std::uint64_t sequence,
                                                                              const Address& address);
    /// At the head. A program that cannot answer counts as an account without funds.
    [[nodiscard]] mempool::SenderState account(const Address& address);

private:
    [[nodiscard]] std::expected<Executor::ViewContext, std::string> context_at(std::uint64_t sequence) const;

    RollupStore& store_;
    Executor& executor_;
    std::mutex mutex_;
    std::uint64_t cached_sequence_ = 0;
    std::map<Address, mempool::SenderState> accounts_;
};

}  // namespace enshrine::rollup_node
