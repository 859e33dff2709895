// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/client/wallet.hpp>

#include <cmd/enshrine/l1.hpp>

#include <memory>

namespace enshrine::cli {

struct SenderOptions {
    std::string l1;
    std::string key;
};
/// Adds `--l1 URL` and `--key KEY`.
void add_sender_options(CLI::App& command, SenderOptions& options, const std::string& who);

/// An address, or the name of a devnet account.
[[nodiscard]] CliResult<Address> parse_account(std::string_view option, const std::string& text);

/// An account of one's own on an L1: what commands that change a chain send with.
class Sender {
public:
    [[nodiscard]] static CliResult<Sender> open(const SenderOptions& options);

    [[nodiscard]] client::L1Client& l1() noexcept { return *l1_; }
    [[nodiscard]] const crypto::SecretKey& key() const noexcept { return key_; }
    [[nodiscard]] const Address& address() const noexcept { return wallet_->address(); }
    /// Sends a call and waits for its receipt. A call that would be refused is not sent; the failure has the L1's
    /// reason.
    [[nodiscard]] CliResult<client::TxnReceipt> send(std::string_view what, const client::Wallet::Call& call);

private:
    Sender(std::unique_ptr<client::L1Client> l1, std::uint64_t chain_id, const crypto::SecretKey& key)
        : l1_{std::move(l1)}, key_{key}, wallet_{std::make_unique<client::Wallet>(*l1_, chain_id, key)} {}

    std::unique_ptr<client::L1Client> l1_;  // the wallet refers to it, wherever the sender is moved to
    crypto::SecretKey key_;
    std::unique_ptr<client::Wallet> wallet_;
};

}  // namespace enshrine::cli
