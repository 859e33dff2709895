// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/chain/contracts.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/rpc/revert.hpp>

#include <cmd/enshrine/sender.hpp>
#include <cmd/service.hpp>
#include <fmt/format.h>

namespace enshrine::cli {

void add_sender_options(CLI::App& command, SenderOptions& options, const std::string& who) {
    add_l1_option(command, options.l1);
    command.add_option("--key", options.key, who + ": hex, @FILE or name of a devnet account")
        ->required()
        ->envname("ENSHRINE_KEY");
}

CliResult<Address> parse_account(std::string_view option, const std::string& text) {
    if (const auto account = node::find_dev_account(text)) return account->address;
    const auto address = codec::parse_address(text);
    if (address) return *address;
    return bad_usage(fmt::format("{}: expected an address or the name of a devnet account, got \"{}\" ({})", option,
                                 text, address.error().message()));
}

CliResult<Sender> Sender::open(const SenderOptions& options) {
    const auto key = service::parse_key(options.key);
    if (!key) return bad_usage(key.error());
    ENSHRINE_TRY(auto l1, connect_l1(options.l1));
    ENSHRINE_TRY(const auto chain_id, checked("eth_chainId", l1.chain_id()));
    return Sender{std::make_unique<client::L1Client>(std::move(l1)), chain_id, *key};
}

CliResult<client::TxnReceipt> Sender::send(std::string_view what, const client::Wallet::Call& call) {
    ENSHRINE_TRY(const auto receipt, checked(what, wallet_->send_and_wait(call)));
    if (receipt.succeeded) return receipt;
    const std::string reason = rpc::RevertDecoder{chain::error_declarations()}.text(receipt.revert_data);
    return refused(fmt::format("{}: the L1 refused it in {}: {}", what, codec::format_hex(receipt.hash.view()),
                               reason.empty() ? "reverted without a reason" : reason));
}

}  // namespace enshrine::cli
