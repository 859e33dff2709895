// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/contracts.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/rollup_node/sent_transactions.hpp>
#include <enshrine/rpc/revert.hpp>

#include <fmt/format.h>

namespace enshrine::rollup_node {

std::string revert_text(BytesView data) {
    const std::string text = rpc::RevertDecoder{chain::error_declarations()}.text(data);
    return text.empty() ? "reverted without a reason" : text;
}

std::expected<bool, std::string> EarlierRun::is_over(client::L1Client& l1, const Address& account,
                                                     std::uint64_t l1_height) {
    if (over_) return true;
    const auto confirmed = l1.confirmed_nonce(account);
    if (!confirmed) return std::unexpected{"L1: " + confirmed.error().message};
    const auto pending = l1.pending_nonce(account);
    if (!pending) return std::unexpected{"L1: " + pending.error().message};
    if (!since_) since_ = l1_height;
    over_ = *confirmed == *pending || l1_height > *since_ + patience_blocks;
    return over_;
}

std::expected<bool, std::string> SentTransactions::is_under_way(std::uint64_t sequence, std::uint64_t l1_height) {
    const auto found = sent_.find(sequence);
    if (found == sent_.end()) return false;
    Sent& last = found->second;
    const bool patient = l1_height <= last.l1_height + patience_blocks;
    if (!last.refusal.empty() && patient) return std::unexpected{last.refusal};
    if (last.refusal.empty()) {
        const auto receipt = l1_.receipt(last.txn);
        if (!receipt) return std::unexpected{"L1: " + receipt.error().message};
        if (*receipt && (*receipt)->succeeded) return true;  // the next round's status tells
        if (*receipt) {
            last.refusal = fmt::format("{} of batch {} ({}) was refused: {}", kind_, sequence,
                                       codec::format_hex(last.txn.view()), revert_text((*receipt)->revert_data));
            last.l1_height = l1_height;
            refused_.insert(sequence);
            return std::unexpected{last.refusal};
        }
        if (patient) return true;
    }
    sent_.erase(found);
    return false;
}

std::unexpected<std::string> SentTransactions::note_refusal(std::uint64_t sequence, std::uint64_t l1_height,
                                                            std::string reason) {
    std::string refusal = fmt::format("{} of batch {} would be refused: {}", kind_, sequence, reason);
    sent_[sequence] = {.txn = {}, .l1_height = l1_height, .refusal = refusal};
    return std::unexpected{std::move(refusal)};
}

Hash32 SentTransactions::find(std::uint64_t sequence) const {
    const auto found = sent_.find(sequence);
    return found == sent_.end() ? Hash32{} : found->second.txn;
}

}  // namespace enshrine::rollup_node
