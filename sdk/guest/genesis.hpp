// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/messaging/message.hpp>
#include <enshrine/state/view.hpp>

namespace enshrine::guest {

/// The state that a rollup starts from. Native coins exist on a rollup only through deposits, so there are none here.
class Genesis {
public:
    Genesis(std::uint64_t rollup_id, std::uint64_t l1_chain_id);

    [[nodiscard]] std::uint64_t rollup_id() const noexcept { return rollup_id_; }
    [[nodiscard]] messaging::AssetId own_asset() const noexcept;
    /// Gives `owner` all of `amount`; once per owner and asset. Only own_asset() may exist before any deposit.
    void mint(const Address& owner, const Amount& amount);
    /// The program's storage, as Context::store leaves it.
    void store(const state::Key& key, const U256& number);

    [[nodiscard]] const std::map<state::Key, Bytes>& entries() const noexcept { return entries_; }

private:
    std::uint64_t rollup_id_;
    std::map<state::Key, Bytes> entries_;
};

}  // namespace enshrine::guest
