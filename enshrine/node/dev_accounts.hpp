// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/amount.hpp>
#include <enshrine/crypto/secp256k1.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

/// The ten accounts of a development chain: m/44'/60'/0'/0/0 … 9 of the mnemonic that every Ethereum tool knows. Their
/// keys are public, so anything sent to them on another chain is lost at once; only a development chain uses them.
namespace enshrine::node {

inline constexpr std::string_view dev_mnemonic = "test test test test test test test test test test test junk";
inline constexpr std::size_t dev_accounts_count = 10;
inline constexpr std::uint64_t dev_chain_id = 900;
inline constexpr std::uint64_t dev_balance_coins = 10'000;

struct DevAccount {
    std::string_view alias;  ///< "alice"
    crypto::SecretKey key;
    Address address;
};
[[nodiscard]] const std::array<DevAccount, dev_accounts_count>& dev_accounts();
/// By alias ("alice", "sequencer_901", "proposer") or number ("3").
[[nodiscard]] std::optional<DevAccount> find_dev_account(std::string_view name);
[[nodiscard]] Amount dev_balance() noexcept;

}  // namespace enshrine::node
