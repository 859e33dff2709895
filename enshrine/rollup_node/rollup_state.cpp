// SPDX-License-Identifier: Apache-2.0
#include <enshrine/rollup_node/rollup_state.hpp>

#include <enshrine/store/node_views.hpp>

#include <fmt/format.h>

namespace enshrine::rollup_node {
namespace {

constexpr std::size_t cached_accounts_max = 100'000;

}  // namespace

std::expected<Executor::ViewContext, std::string> RollupState::context_at(std::uint64_t sequence) const {
    const RollupHead head = store_.head();
    if (sequence == head.sequence) return Executor::ViewContext{head.state_root, sequence, head.l1_height, head.l1_timestamp};
    if (const auto record = store_.record(sequence)) {
        return Executor::ViewContext{record->state_root, sequence, record->header.anchor_height, record->l1_timestamp};
    }
    if (const auto next = store_.record(sequence + 1)) {  // genesis has no record of its own
        return Executor::ViewContext{next->previous_state_root, sequence, 0, 0};
    }
    return std::unexpected{fmt::format("block: expected 0 to {}, got {}", head.sequence, sequence)};
}

std::expected<sequencing::ViewAnswer, std::string> RollupState::view_at(std::uint64_t sequence,
                                                                        const sequencing::ViewRequest& request) {
    const auto context = context_at(sequence);
    if (!context) return std::unexpected{context.error()};
    store::NodePreimages preimages{store_.nodes()};
    return executor_.view(*context, request, preimages);
}

std::expected<mempool::SenderState, std::string> RollupState::account_at(std::uint64_t sequence,
                                                                         const Address& address) {
    const auto answer = view_at(sequence, {.kind = sequencing::ViewKind::account, .to = address});
    if (!answer) return std::unexpected{answer.error()};
    return mempool::SenderState{answer->nonce, answer->balance};
}

mempool::SenderState RollupState::account(const Address& address) {
    const std::uint64_t sequence = store_.head().sequence;
    {
        const std::scoped_lock lock{mutex_};
        if (cached_sequence_ != sequence || accounts_.size() >= cached_accounts_max) {
            accounts_.clear();
            cached_sequence_ = sequence;
        }
        if (const auto found = accounts_.find(address); found != accounts_.end()) return found->second;
    }
    const auto account = account_at(sequence, address);
    if (!account) return {};
    const std::scoped_lock lock{mutex_};
    if (cached_sequence_ == sequence) accounts_.insert_or_assign(address, *account);
    return *account;
}

}  // namespace enshrine::rollup_node
