// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine proof register-key|submit|status|receipt`: keys, proofs and receipts of IProofVerifier.
#include <enshrine/client/settlement_contracts.hpp>
#include <enshrine/codec/abi.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/crypto/merkle.hpp>
#include <enshrine/node/dev_accounts.hpp>
#include <enshrine/proofs/params.hpp>
#include <enshrine/proofs/receipts.hpp>
#include <enshrine/system/addresses.hpp>

#include <cmd/enshrine/json_fields.hpp>
#include <cmd/enshrine/judge_proof.hpp>
#include <cmd/enshrine/proof.hpp>
#include <cmd/enshrine/proof_chain.hpp>
#include <cmd/enshrine/proof_keys.hpp>
#include <cmd/enshrine/sender.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace enshrine::cli {
namespace {

using codec::format_hex;

struct Options {
    ProofOptions proof;
    SenderOptions sender;
    std::string subject;
    std::string receipt;
    std::string holder;
};

/// Sends a call to IProofVerifier and waits for its receipt.
CliResult<client::TxnReceipt> send(Sender& sender, std::string_view what, Bytes calldata, const Amount& value) {
    return sender.send(what, {.to = system::proof_verifier_address, .value = value, .data = std::move(calldata)});
}

CliResult<Report> register_key(const Options& options) {
    ProofOptions files = options.proof;
    if (files.key.empty()) {
        ENSHRINE_TRY(files, with_defaults(std::move(files)));
    }
    ENSHRINE_TRY(const auto key, load_proof_key(files));
    codec::abi::Encoder arguments{1};
    arguments.bytes(key->bytes());
    const Amount deposit{U256{key->bytes().size()} * U256{proofs::key_deposit_per_byte}};
    ENSHRINE_TRY(auto sender, Sender::open(options.sender));
    ENSHRINE_TRY(
        const auto receipt,
        send(sender, "registerKey", arguments.finish_call(codec::abi::selector("registerKey(bytes key)")), deposit));
    const std::string id = format_hex(key->id().view());
    // Probation is that of the first holder [PKEY.6].
    ENSHRINE_TRY(const auto state, checked("status", client::key_state(sender.l1(), key->id())));
    const std::uint64_t active_from = state.active_from;
    return Report{
        .json = {{"keyId", id},
                 {"keyBytes", key->bytes().size()},
                 {"transaction", format_hex(receipt.hash.view())},
                 {"height", receipt.block_number},
                 {"activeFrom", active_from},
                 {"gasUsed", receipt.gas_used}},
        .text = fmt::format("key          {}\nbytes        {}\ntransaction  {}\nheight       {}\nactive from  {}\n", id,
                            key->bytes().size(), format_hex(receipt.hash.view()), receipt.block_number, active_from)};
}

CliResult<Report> submit(const Options& options) {
    ENSHRINE_TRY(const auto proof, with_defaults(options.proof));
    ENSHRINE_TRY(const auto key, load_proof_key(proof));
    ENSHRINE_TRY(const auto claim, key->load_chain_claim(proof));
    std::vector<Hash32> inputs;
    for (const U256& input : claim.inputs) inputs.push_back(input.to_be());
    codec::abi::Encoder arguments{3};
    arguments.bytes32(key->id()).words(inputs).bytes(claim.proof);
    const auto selector = codec::abi::selector("verify(bytes32 keyId, uint256[] inputs, bytes proof)");
    ENSHRINE_TRY(auto sender, Sender::open(options.sender));
    ENSHRINE_TRY(const auto receipt, send(sender, "verify", arguments.finish_call(selector), Amount{}));
    if (receipt.logs.size() != 1 || receipt.logs[0].topics.size() != 4 || receipt.logs[0].data.size() != 32) {
        return refused("the receipt has no ProofVerified event", "the node runs another version");
    }
    const types::Log& log = receipt.logs[0];
    const std::uint64_t index = U256::from_be(log.data).low_u64();
    const std::string statement = format_hex(log.topics[1].view());
    const std::string source = format_hex(log.topics[2].view());
    return Report{
        .json = {{"statement", statement},
                 {"source", source},
                 {"keyId", format_hex(key->id().view())},
                 {"index", index},
                 {"transaction", format_hex(receipt.hash.view())},
                 {"height", receipt.block_number},
                 {"gasUsed", receipt.gas_used}},
        .text = fmt::format("statement    {}\nsource       {}\nindex        {}\ntransaction  {}\nheight       {}\n",
                            statement, source, index, format_hex(receipt.hash.view()), receipt.block_number)};
}

/// The answer of a method of the node that this program only shows.
CliResult<Json> ask(const std::string& url, std::string_view method, const Json& parameters) {
    auto rpc = client::JsonRpcClient::make(url);
    if (!rpc) return bad_usage(rpc.error());
    const auto answer = (*rpc)->call(method, parameters.dump());
    if (!answer) {
        Failure failure = describe(method, answer.error());
        if (answer.error().code == rpc::invalid_params) failure.status = exit_usage;
        return std::unexpected{std::move(failure)};
    }
    Json out = Json::parse(*answer, nullptr, false);
    if (out.is_discarded()) return refused(fmt::format("{}: the answer is not JSON", method));
    return out;
}

/// For people: quantities in decimal, and of long bytes how many there are.
std::string value_in_text(const Json& value) {
    if (!value.is_string()) return value.dump();
    const auto& text = value.get_ref<const std::string&>();
    if (!text.starts_with("0x")) return text;
    constexpr std::size_t hash_digits = 64;
    if (text.size() > 2 + hash_digits) return fmt::format("{} bytes (--json shows them)", text.size() / 2 - 1);
    const auto number = codec::parse_quantity_u64(text);
    return number ? fmt::format("{}", *number) : text;
}

std::string in_text(const Json& object, const std::string& prefix = {}) {
    std::string out;
    for (const auto& [own_name, value] : object.items()) {
        const std::string name = prefix + own_name;
        if (value.is_object()) {
            out += in_text(value, name + ".");
            continue;
        }
        out += fmt::format("{:<16} {}\n", name, value_in_text(value));
    }
    return out;
}

CliResult<Report> status(const Options& options) {
    ENSHRINE_TRY(const auto id, parse_hash("key-id", options.subject));
    ENSHRINE_TRY(auto answer, ask(options.sender.l1, "proof_getKey", Json::array({format_hex(id.view())})));
    if (!options.holder.empty()) {
        ENSHRINE_TRY(const auto account, parse_account("--holder", options.holder));
        ENSHRINE_TRY(auto l1, connect_l1(options.sender.l1));
        ENSHRINE_TRY(const auto held, checked("holder", client::key_holder(l1, id, account)));
        answer["holder"] = held ? holder_to_json(account, *held) : Json{};
    }
    std::string text = in_text(answer);
    return Report{.json = std::move(answer), .text = std::move(text)};
}

/// A quantity in decimal is one for people; anything else goes to the node as it is.
Json parameter(const std::string& text) {
    const bool decimal =
        !text.empty() && text.size() < 20 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    return decimal ? Json(std::stoull(text)) : Json(text);
}
/// Rollups by their number; an account by its name too.
Json source_parameter(const std::string& text) {
    const auto account = text.size() > 1 ? node::find_dev_account(text) : std::nullopt;
    return account ? Json(codec::format_address(account->address)) : parameter(text);
}

/// That the receipt is in its list; the list itself is for who trusts a state root.
CliResult<void> check_receipt(const Json& answer) {
    const JsonFields fields{answer, "proof_getReceipt"};
    proofs::Receipt receipt;
    ENSHRINE_TRY(receipt.statement, fields.hash("statement"));
    ENSHRINE_TRY(receipt.key_id, fields.hash("keyId"));
    ENSHRINE_TRY(receipt.height, fields.u64("height"));
    ENSHRINE_TRY(const auto index, fields.u64("index"));
    ENSHRINE_TRY(const auto count, fields.u64("count"));
    ENSHRINE_TRY(const auto root, fields.hash("root"));
    ENSHRINE_TRY(const auto siblings, fields.hashes("siblings"));
    const auto holds = crypto::verify_merkle_proof(
        {.root = root, .leaf_count = count, .index = index, .leaf = proofs::receipt_leaf(receipt)}, siblings);
    if (!holds) return refused(fmt::format("the node's receipt does not hold: {}", holds.error().message()));
    return {};
}

CliResult<Report> receipt(const Options& options) {
    ENSHRINE_TRY(auto answer, ask(options.sender.l1, "proof_getReceipt",
                                  Json::array({source_parameter(options.subject), parameter(options.receipt)})));
    ENSHRINE_CHECK(check_receipt(answer));
    std::string text = in_text(answer);
    return Report{.json = std::move(answer), .text = std::move(text)};
}

void add_payer_options(CLI::App& command, Options& options) {
    add_proof_options(command, options.proof);
    command.add_option("--vk", options.proof.key, "verifying key, as its prover writes it");
    add_sender_options(command, options.sender, "who pays");
}

}  // namespace

void add_proof_on_chain(CLI::App& group, Session& session) {
    auto registration = std::make_shared<Options>();
    CLI::App& registering = add_command(group, session, "register-key", "register a verifying key on the L1",
                                        [registration] { return register_key(*registration); });
    add_payer_options(registering, *registration);
    registering.add_option("--proof", registration->proof.proof,
                           "of SP1 and RISC Zero: a proof, whose selector names the version of the prover");
    registering.footer(
        "For SP1 and RISC Zero --proof alone may name a file that holds the program too; one of its own names no "
        "version.");

    auto submission = std::make_shared<Options>();
    CLI::App& submitting = add_command(group, session, "submit", "have the L1 verify a proof and keep a receipt",
                                       [submission] { return submit(*submission); });
    add_payer_options(submitting, *submission);
    submitting.add_option("--proof", submission->proof.proof, "proof")->required();
    submitting.add_option("--public", submission->proof.inputs, "public inputs");
    submitting.footer("For SP1 and RISC Zero --proof alone may name a file that holds key and inputs too.");

    auto asked = std::make_shared<Options>();
    CLI::App& asking =
        add_command(group, session, "status", "where a registered key stands", [asked] { return status(*asked); });
    asking.add_option("key-id", asked->subject, "id of the key, 32 bytes in hex")->required();
    asking.add_option("--holder", asked->holder,
                      "also the registration of this account: address or name of a devnet account");
    add_l1_option(asking, asked->sender.l1);

    auto shown = std::make_shared<Options>();
    CLI::App& showing = add_command(group, session, "receipt", "a receipt with its proof, for other chains",
                                    [shown] { return receipt(*shown); });
    showing
        .add_option("source", shown->subject, "rollup id, submitter (address or name of a devnet account), or 32 bytes")
        ->required();
    showing.add_option("receipt", shown->receipt, "index, or statement")->required();
    add_l1_option(showing, shown->sender.l1);
}

}  // namespace enshrine::cli
