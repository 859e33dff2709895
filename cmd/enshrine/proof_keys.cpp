// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine proof freeze|unfreeze|retire-key`: what an account does with its own registration of a key [PKEY.9]
// [PKEY.10].
#include <enshrine/client/settlement_contracts.hpp>
#include <enshrine/codec/abi.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/system/addresses.hpp>

#include <cmd/enshrine/proof_keys.hpp>
#include <cmd/enshrine/sender.hpp>
#include <fmt/format.h>

namespace enshrine::cli {
namespace {

using codec::format_hex;

struct Options {
    SenderOptions sender;
    std::string key_id;
};
struct Change {
    const char* command;
    const char* description;
    std::string_view method;  ///< of IProofVerifier
};
constexpr Change changes[] = {
    {"freeze", "stop settlement with a key of one's own: of one's own rollups, and of nobody else's",
     "freezeKey(bytes32 keyId)"},
    {"unfreeze", "end one's own freeze of a key", "unfreezeKey(bytes32 keyId)"},
    {"retire-key", "give up one's own registration of a key and get its deposit back", "retireKey(bytes32 keyId)"},
};

std::string name_of(std::string_view method) {
    return std::string{method.substr(0, method.find('('))};
}

CliResult<Report> apply(const Options& options, const Change& change) {
    ENSHRINE_TRY(const auto id, parse_hash("key-id", options.key_id));
    ENSHRINE_TRY(auto sender, Sender::open(options.sender));
    ENSHRINE_TRY(const auto before, checked("holder", client::key_holder(sender.l1(), id, sender.address())));
    const std::string account = codec::format_address(sender.address());
    if (!before) {
        return refused(fmt::format("key-id: expected a key that {} has registered, got {}", account, options.key_id),
                       "--key names the account that registered it");
    }
    codec::abi::Encoder arguments{1};
    arguments.bytes32(id);
    ENSHRINE_TRY(const auto receipt, sender.send(name_of(change.method),
                                                 {.to = system::proof_verifier_address,
                                                  .data = arguments.finish_call(codec::abi::selector(change.method))}));
    ENSHRINE_TRY(const auto state, checked("status", client::key_state(sender.l1(), id)));
    ENSHRINE_TRY(const auto after, checked("holder", client::key_holder(sender.l1(), id, sender.address())));
    Json json{{"keyId", format_hex(id.view())},
              {"status", to_text(state.status)},
              {"holders", state.holders},
              {"holder", after ? holder_to_json(sender.address(), *after) : Json{}},
              {"transaction", format_hex(receipt.hash.view())},
              {"height", receipt.block_number},
              {"gasUsed", receipt.gas_used}};
    std::string text = fmt::format("key          {}\nstatus       {} ({} holders)\n", json["keyId"].get<std::string>(),
                                   to_text(state.status), state.holders);
    if (after) {
        text += fmt::format("{}  {}\n", account, after->frozen ? "has frozen it" : "has not frozen it");
    } else {
        const std::string deposit = codec::format_decimal(before->deposit.wei());
        json["depositReturned"] = deposit;
        text += fmt::format("{}  holds it no more, and has its deposit of {} wei back\n", account, deposit);
    }
    text += fmt::format("transaction  {}\nheight       {}\n", format_hex(receipt.hash.view()), receipt.block_number);
    return Report{.json = std::move(json), .text = std::move(text)};
}

}  // namespace

Json holder_to_json(const Address& account, const proofs::HolderRecord& holder) {
    return {{"account", codec::format_address(account)},
            {"deposit", codec::format_decimal(holder.deposit.wei())},
            {"since", holder.since},
            {"frozen", holder.frozen},
            {"rollups", holder.uses}};
}

void add_proof_keys(CLI::App& group, Session& session) {
    for (const Change& change : changes) {
        auto options = std::make_shared<Options>();
        CLI::App& command = add_command(group, session, change.command, change.description,
                                        [options, &change] { return apply(*options, change); });
        command.add_option("key-id", options->key_id, "id of the key, 32 bytes in hex")->required();
        add_sender_options(command, options->sender, "the holder, who pays");
    }
}

}  // namespace enshrine::cli
