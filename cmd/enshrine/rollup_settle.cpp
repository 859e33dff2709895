// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine rollup settlement-inputs|claim-proven`: what a proof has to show for the next batches of a rollup, and the
// claim that settles them with it. Rules: docs/spec/settlement_by_proof.md [STMT.*] [MAP.*] [PROVEN.*].
#include <enshrine/client/settlement_statement.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/crypto/merkle.hpp>
#include <enshrine/messaging/message.hpp>
#include <enshrine/rollup_registry/params.hpp>
#include <enshrine/sequencing/batch.hpp>
#include <enshrine/system/addresses.hpp>

#include <cmd/enshrine/proof_for_key.hpp>
#include <cmd/enshrine/rollup_settle.hpp>
#include <cmd/enshrine/sender.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace enshrine::cli {
namespace {

using codec::format_decimal;
using codec::format_hex;
using rollup_registry::Mapping;

constexpr std::size_t opening_bytes_max = 16 * 1024 * 1024;

struct ClaimOptions {
    std::uint64_t rollup = 0;
    std::optional<std::uint64_t> first;
    std::optional<std::uint64_t> last;
    std::string state_root;
    std::string outbox_root;
    std::optional<std::uint64_t> outbox_count;
    std::string receipts_root;
    std::string data;
    std::string outbox;
};

/// A rollup that settles by proof, and the claim about it.
struct Case {
    client::RollupStatus status;
    client::Settlement settlement;
    rollup_registry::Validity validity;
    client::ProvenClaim claim;
};

/// Root and number of messages that stand one behind the other [MAP.8].
CliResult<void> count_outbox(client::ProvenClaim& claim) {
    constexpr std::size_t size = system::plain_message_bytes;
    if (claim.outbox.size() % size != 0) {
        return bad_usage(
            fmt::format("--outbox: expected messages of {} bytes, got {} bytes", size, claim.outbox.size()));
    }
    std::vector<Hash32> leaves;
    for (std::size_t at = 0; at < claim.outbox.size(); at += size) {
        leaves.push_back(messaging::message_hash(BytesView{claim.outbox}.subspan(at, size)));
    }
    claim.outbox_root = crypto::merkle_root(leaves);
    claim.outbox_count = leaves.size();
    return {};
}

CliResult<client::ProvenClaim> read_claim(const ClaimOptions& options, const client::RollupStatus& status) {
    client::ProvenClaim out{.rollup = options.rollup};
    out.first_sequence = options.first.value_or(status.settled_sequence + 1);
    out.last_sequence = options.last.value_or(out.first_sequence);
    ENSHRINE_TRY(out.state_root, parse_hash("--state-root", options.state_root));
    if (!options.data.empty()) {
        ENSHRINE_TRY(out.data, read_file(options.data, opening_bytes_max));
    }
    if (!options.outbox.empty()) {
        ENSHRINE_TRY(out.outbox, read_file(options.outbox, opening_bytes_max));
        ENSHRINE_CHECK(count_outbox(out));
    }
    if (!options.outbox_root.empty()) {
        ENSHRINE_TRY(out.outbox_root, parse_hash("--outbox-root", options.outbox_root));
    }
    out.outbox_count = options.outbox_count.value_or(out.outbox_count);
    if (!options.receipts_root.empty()) {
        ENSHRINE_TRY(out.receipts_root, parse_hash("--receipts-root", options.receipts_root));
    }
    return out;
}

CliResult<Case> read_case(client::L1Client& l1, const ClaimOptions& options) {
    ENSHRINE_TRY(const auto status, checked("rollup_status", l1.rollup_status(options.rollup)));
    ENSHRINE_TRY(const auto settlement, checked("status", client::settlement_of(l1, options.rollup)));
    if (!settlement.validity) {
        return refused(fmt::format("rollup {}: policy: expected one that names validity, got {}", options.rollup,
                                   to_text(settlement.policy)));
    }
    Case out{.status = status, .settlement = settlement, .validity = *settlement.validity, .claim = {}};
    ENSHRINE_TRY(out.claim, read_claim(options, status));
    return out;
}

Json to_json(const Case& known, const client::SettlementInputs& asked) {
    const client::ProvenClaim& claim = known.claim;
    const auto halves = rollup_registry::statement_halves(asked.statement);
    Json inputs = Json::array();
    for (const U256& input : asked.inputs) inputs.push_back(format_decimal(input));
    return {{"rollup", claim.rollup},
            {"firstSequence", claim.first_sequence},
            {"lastSequence", claim.last_sequence},
            {"stateRoot", format_hex(claim.state_root.view())},
            {"outboxRoot", format_hex(claim.outbox_root.view())},
            {"outboxCount", claim.outbox_count},
            {"receiptsRoot", format_hex(claim.receipts_root.view())},
            {"keyId", format_hex(known.validity.key_id.view())},
            {"mapping", to_text(known.validity.mapping)},
            {"statement", format_hex(asked.statement.view())},
            {"statementHigh", format_decimal(halves[0])},
            {"statementLow", format_decimal(halves[1])},
            {"inputs", std::move(inputs)}};
}

Json to_json(const rollup_registry::SettlementStatement& statement) {
    return {{"chainId", statement.chain_id},
            {"rollup", statement.rollup},
            {"programId", format_hex(statement.program_id.view())},
            {"firstSequence", statement.first_sequence},
            {"lastSequence", statement.last_sequence},
            {"previousBatchHash", format_hex(statement.previous_batch_hash.view())},
            {"lastBatchHash", format_hex(statement.last_batch_hash.view())},
            {"dataRoot", format_hex(statement.data_root.view())},
            {"stateRootBefore", format_hex(statement.state_root_before.view())},
            {"stateRootAfter", format_hex(statement.state_root_after.view())},
            {"inboxFirst", statement.inbox_first},
            {"inboxEnd", statement.inbox_end},
            {"inboxStartHash", format_hex(statement.inbox_start_hash.view())},
            {"inboxEndHash", format_hex(statement.inbox_end_hash.view())},
            {"outboxRoot", format_hex(statement.outbox_root.view())},
            {"outboxCount", statement.outbox_count},
            {"receiptsRoot", format_hex(statement.receipts_root.view())},
            {"anchorHeight", statement.anchor_height},
            {"anchorHash", format_hex(statement.anchor_hash.view())},
            {"anchorTimestamp", statement.anchor_timestamp}};
}

/// What a circuit hashes and a program of a zkVM commits to under the mapping `digest`, compared with the L1's hash.
CliResult<rollup_registry::SettlementStatement> open_statement(client::L1Client& l1, const Case& known,
                                                               const Hash32& expected) {
    ENSHRINE_TRY(const auto out, checked("the statement", client::settlement_statement(l1, known.status, known.claim)));
    const Hash32 got = rollup_registry::statement_digest(out);
    if (got == expected) return out;
    return refused(fmt::format("statement: expected {}, which the L1 has composed, got {} from its records",
                               format_hex(expected.view()), format_hex(got.view())),
                   "the L1 has gone on in between, or runs another version: ask again");
}

CliResult<Report> show_inputs(const std::string& url, const ClaimOptions& options) {
    ENSHRINE_TRY(auto l1, connect_l1(url));
    ENSHRINE_TRY(const auto known, read_case(l1, options));
    ENSHRINE_TRY(const auto asked, checked("settlementInputs", client::settlement_inputs(l1, known.claim)));
    ENSHRINE_TRY(const auto statement, open_statement(l1, known, asked.statement));
    Json json = to_json(known, asked);
    json["statementFields"] = to_json(statement);
    json["statementBytes"] = format_hex(rollup_registry::encode_statement(statement));
    std::string text =
        fmt::format("statement    {}\nkey          {}\nmapping      {}\n", format_hex(asked.statement.view()),
                    format_hex(known.validity.key_id.view()), to_text(known.validity.mapping));
    for (std::size_t i = 0; i < asked.inputs.size(); ++i) {
        text += fmt::format("input {:<6} {}\n", i, format_decimal(asked.inputs[i]));
    }
    return Report{.json = std::move(json), .text = std::move(text)};
}

struct ProvenOptions {
    ClaimOptions claim;
    SenderOptions sender;
    std::string proof;
    std::string inputs;
};

/// Whether the L1 settles with the key now [PROVEN.2].
CliResult<void> check_key(client::L1Client& l1, const Case& known) {
    const Hash32& id = known.validity.key_id;
    const std::string name = format_hex(id.view());
    ENSHRINE_TRY(const auto state, checked("status", client::key_state(l1, id)));
    if (state.status == proofs::KeyStatus::probation) {
        return refused(
            fmt::format("key {}: expected status active, got probation until L1 block {}", name, state.active_from));
    }
    if (state.status != proofs::KeyStatus::active) {
        return refused(fmt::format("key {}: expected status active, got {}", name, to_text(state.status)));
    }
    ENSHRINE_TRY(const auto holder, checked("holder", client::key_holder(l1, id, known.settlement.owner)));
    if (holder && !holder->frozen) return {};
    return refused(fmt::format("key {}: expected status active, got frozen by the rollup's owner {}", name,
                               codec::format_address(known.settlement.owner)),
                   "the owner ends that with enshrine proof unfreeze");
}

/// A proof for other inputs would be refused without saying which of them differ.
CliResult<void> compare_inputs(const std::vector<U256>& proven, const client::SettlementInputs& asked) {
    if (proven.size() != asked.inputs.size()) {
        return refused(fmt::format("public inputs: expected {}, got {}", asked.inputs.size(), proven.size()));
    }
    const auto [got, expected] = std::ranges::mismatch(proven, asked.inputs);
    if (got == proven.end()) return {};
    return refused(fmt::format("public input {}: expected {}, which the L1 verifies against, got {}",
                               got - proven.begin(), format_decimal(*expected), format_decimal(*got)),
                   "enshrine rollup settlement-inputs shows all of them");
}

CliResult<Report> claim_proven(const ProvenOptions& options) {
    ENSHRINE_TRY(auto sender, Sender::open(options.sender));
    ENSHRINE_TRY(const auto known, read_case(sender.l1(), options.claim));
    ENSHRINE_CHECK(check_key(sender.l1(), known));
    ENSHRINE_TRY(const auto asked, checked("settlementInputs", client::settlement_inputs(sender.l1(), known.claim)));
    ENSHRINE_TRY(const auto key, checked("key", client::key_bytes(sender.l1(), known.validity.key_id)));
    if (!options.inputs.empty()) {
        ENSHRINE_TRY(const auto proven, read_inputs_for(key, options.inputs));
        ENSHRINE_CHECK(compare_inputs(proven, asked));
    }
    ENSHRINE_TRY(const auto proof, read_proof_for(key, options.proof));
    ENSHRINE_TRY(const auto receipt,
                 sender.send("claimProven", {.to = system::rollup_registry_address,
                                             .data = client::claim_proven_calldata(known.claim, proof)}));
    ENSHRINE_TRY(const auto status, checked("rollup_status", sender.l1().rollup_status(options.claim.rollup)));
    const bool settled = status.settled_sequence >= known.claim.last_sequence;
    const std::string hash = format_hex(receipt.hash.view());
    const std::string root = format_hex(known.claim.state_root.view());
    const std::string batches =
        known.claim.first_sequence == known.claim.last_sequence
            ? fmt::format("batch {} is", known.claim.last_sequence)
            : fmt::format("batches {} to {} are", known.claim.first_sequence, known.claim.last_sequence);
    return Report{.json = {{"rollup", options.claim.rollup},
                           {"firstSequence", known.claim.first_sequence},
                           {"lastSequence", known.claim.last_sequence},
                           {"stateRoot", root},
                           {"statement", format_hex(asked.statement.view())},
                           {"settled", settled},
                           {"transaction", hash},
                           {"block", receipt.block_number},
                           {"gasUsed", receipt.gas_used}},
                  .text = fmt::format("{} {} in block {}, transaction {}\nstatement  {}\nstate root {}\n", batches,
                                      settled ? "settled" : "recorded as proven, and waits for another method",
                                      receipt.block_number, hash, format_hex(asked.statement.view()), root)};
}

void add_claim_options(CLI::App& command, ClaimOptions& options) {
    command.add_option("rollup", options.rollup, "chain id of the rollup")->required();
    command.add_option("--state-root", options.state_root, "state root behind the last batch")->required();
    command.add_option("--first", options.first, "first batch; default: the one behind the settled one");
    command.add_option("--last", options.last, "last batch; default: the first");
    command.add_option("--outbox-root", options.outbox_root, "default: that of --outbox, or of no messages");
    command.add_option("--outbox-count", options.outbox_count, "default: that of --outbox, or 0");
    command.add_option("--receipts-root", options.receipts_root, "default: zero");
    command.add_option("--data", options.data,
                       "with the mapping words: file with the payload, or with the raw data of its reference");
    command.add_option("--outbox", options.outbox,
                       "with the mapping words: file with the messages out, one behind the other");
}

}  // namespace

void add_rollup_settle(CLI::App& group, Session& session) {
    auto asked = std::make_shared<ClaimOptions>();
    auto url = std::make_shared<std::string>();
    CLI::App& asking = add_command(group, session, "settlement-inputs",
                                   "the statement and public inputs that a proof of the next batches has to show",
                                   [asked, url] { return show_inputs(*url, *asked); });
    add_claim_options(asking, *asked);
    add_l1_option(asking, *url);

    auto options = std::make_shared<ProvenOptions>();
    CLI::App& claiming = add_command(group, session, "claim-proven", "settle batches with a proof of their statement",
                                     [options] { return claim_proven(*options); });
    add_claim_options(claiming, options->claim);
    claiming
        .add_option("--proof", options->proof, "proof, as its prover writes it; the rollup's key says of which kind")
        ->required();
    claiming.add_option("--public", options->inputs,
                        "its public inputs; they are compared with the L1's, so that a refusal says which one differs");
    add_sender_options(claiming, options->sender, "who pays; anybody may claim");
}

}  // namespace enshrine::cli
