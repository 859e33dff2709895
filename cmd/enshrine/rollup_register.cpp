// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine rollup register`: a rollup of any policy, as an ordinary L1 transaction. What the L1 would refuse about the
// key is said before anything is sent. Rules: docs/spec/settlement_by_proof.md [POLICY.*] [VALID.*].
#include <enshrine/client/settlement_contracts.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/rollup_registry/params.hpp>
#include <enshrine/sequencing/batch.hpp>
#include <enshrine/system/addresses.hpp>

#include <cmd/enshrine/judge_proof.hpp>
#include <cmd/enshrine/registration.hpp>
#include <cmd/enshrine/rollup_register.hpp>
#include <cmd/enshrine/rollup_status.hpp>
#include <cmd/enshrine/sender.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace enshrine::cli {
namespace {

using codec::format_address;
using codec::format_hex;
using rollup_registry::Mapping;
using rollup_registry::Method;
using rollup_registry::SettlementPolicy;
using rollup_registry::Validity;

struct PolicyName {
    std::string_view name;
    std::uint8_t code;
};
constexpr PolicyName policy_names[] = {
    {"native", 0}, {"validity", 1}, {"native-and-validity", 0xa3}, {"native-or-validity", 0x93}};

struct Options {
    SenderOptions sender;
    ProofOptions vk;  ///< --vk and what says how it is read
    std::string program;
    std::uint64_t id = 0;
    std::string name;
    std::string sequencer;
    std::string policy = "native";
    std::string vk_id;
    std::string mapping = "digest";
    std::optional<std::uint64_t> inbox_max;
    std::optional<std::uint64_t> outbox_max;
    std::optional<std::uint64_t> payload_max;
    std::string genesis_root;
    std::string genesis_data;
};

CliResult<SettlementPolicy> parse_policy(const std::string& text) {
    const auto found = std::ranges::find(policy_names, text, &PolicyName::name);
    if (found != std::ranges::end(policy_names)) return *SettlementPolicy::from_code(found->code);
    return bad_usage(fmt::format(
        "--policy: expected native, validity, native-and-validity or native-or-validity, got \"{}\"", text));
}

CliResult<Mapping> parse_mapping(const Options& options, SettlementPolicy policy) {
    if (options.mapping == to_text(Mapping::digest)) return Mapping::digest;
    if (options.mapping != to_text(Mapping::words)) {
        return bad_usage(fmt::format("--mapping: expected digest or words, got \"{}\"", options.mapping));
    }
    if (!policy.joint()) return Mapping::words;
    return bad_usage(fmt::format("--mapping: expected digest with --policy {}, got words", options.policy));
}

/// A limit of a batch; without a default it has to be given.
struct Limit {
    std::string_view option;
    std::optional<std::uint64_t> given;
    std::optional<std::uint64_t> otherwise;
    std::uint64_t lowest = 0;
    std::uint64_t highest = 0;
};
CliResult<std::uint64_t> checked_limit(const Limit& limit) {
    const auto value = limit.given ? limit.given : limit.otherwise;
    const std::string expected = limit.lowest == limit.highest
                                     ? fmt::format("{}: expected {}", limit.option, limit.lowest)
                                     : fmt::format("{}: expected {} to {}", limit.option, limit.lowest, limit.highest);
    if (!value) return bad_usage(fmt::format("{} with --mapping words, got nothing", expected));
    if (*value >= limit.lowest && *value <= limit.highest) return *value;
    return bad_usage(fmt::format("{}, got {}", expected, *value));
}

/// Under `words` the limits are those of the circuit, so nothing stands for them; under `digest` any batch will do.
CliResult<Validity> read_limits(const Options& options, Mapping mapping) {
    const bool digest = mapping == Mapping::digest;
    const auto unless_words = [digest](std::uint64_t value) {
        return digest ? std::optional{value} : std::optional<std::uint64_t>{};
    };
    constexpr std::uint64_t inbox_highest = sequencing::inbox_messages_per_batch_max;
    constexpr std::uint64_t payload_highest = sequencing::batch_payload_bytes_max;
    const std::uint64_t outbox_highest = digest ? 0 : rollup_registry::outbox_messages_max;
    ENSHRINE_TRY(const auto inbox_max,
                 checked_limit({"--inbox-max", options.inbox_max, unless_words(inbox_highest), 1, inbox_highest}));
    ENSHRINE_TRY(const auto outbox_max,
                 checked_limit({"--outbox-max", options.outbox_max, unless_words(0), 0, outbox_highest}));
    ENSHRINE_TRY(const auto payload_max, checked_limit({"--payload-max", options.payload_max,
                                                        unless_words(payload_highest), 0, payload_highest}));
    return Validity{.mapping = mapping,
                    .key_id = {},
                    .inbox_max = static_cast<std::uint16_t>(inbox_max),
                    .outbox_max = static_cast<std::uint16_t>(outbox_max),
                    .payload_max = static_cast<std::uint32_t>(payload_max)};
}

CliResult<Hash32> read_key_id(const Options& options) {
    if (!options.vk_id.empty() && !options.vk.key.empty()) {
        return bad_usage("--vk-id, --vk: expected one of them, got both");
    }
    if (!options.vk_id.empty()) {
        if (options.vk.kind.empty() && options.vk.srs_point.empty()) return parse_hash("--vk-id", options.vk_id);
        return bad_usage("--kind, --srs-g2: expected with --vk, which they are about; --vk-id names a key by itself");
    }
    if (options.vk.key.empty()) {
        return bad_usage(
            fmt::format("--policy {}: expected --vk-id, or --vk with --kind, got neither", options.policy));
    }
    ENSHRINE_TRY(const auto key, load_proof_key(options.vk));
    return key->id();
}

/// What `--policy` and its options say, without asking anybody.
CliResult<std::optional<Validity>> read_validity(const Options& options, SettlementPolicy policy) {
    const bool limits = options.inbox_max || options.outbox_max || options.payload_max;
    if (!policy.names(Method::validity)) {
        const bool digest = options.mapping == to_text(Mapping::digest);
        if (options.vk_id.empty() && options.vk.key.empty() && !limits && digest) return std::nullopt;
        return bad_usage(
            "--policy: expected one that names validity with --vk-id, --vk, --mapping and limits, got native");
    }
    ENSHRINE_TRY(const auto mapping, parse_mapping(options, policy));
    ENSHRINE_TRY(auto validity, read_limits(options, mapping));
    ENSHRINE_TRY(validity.key_id, read_key_id(options));
    return validity;
}

/// Program and first state: of a native rollup what `make` leaves; else a description, and a root with what helps to
/// rebuild the state [VALID.4].
CliResult<BuiltRollup> read_program(const Options& options, SettlementPolicy policy) {
    if (policy.names(Method::native)) {
        if (options.program.empty()) return bad_usage("program: expected an ELF that make has built, got nothing");
        if (!options.genesis_root.empty() || !options.genesis_data.empty()) {
            return bad_usage(fmt::format(
                "--genesis-root, --genesis-data: expected --policy validity, got {}; the first state lies beside the "
                "program",
                options.policy));
        }
        return read_built_rollup(options.program);
    }
    if (options.genesis_root.empty()) {
        return bad_usage("--genesis-root: expected the first state root with --policy validity, got nothing");
    }
    BuiltRollup out;
    ENSHRINE_TRY(const auto root, parse_hash("--genesis-root", options.genesis_root));
    append(out.genesis, root.view());
    if (!options.genesis_data.empty()) {
        ENSHRINE_TRY(const auto data, read_file(options.genesis_data, rollup_registry::genesis_bytes_max));
        append(out.genesis, data);
    }
    if (!options.program.empty()) {
        ENSHRINE_TRY(out.program, read_file(options.program, rollup_registry::program_bytes_max));
    }
    return out;
}

/// Whether the L1 would take the key [VALID.2].
CliResult<SettlementKey> check_key(Sender& sender, const Validity& validity) {
    const std::string id = format_hex(validity.key_id.view());
    ENSHRINE_TRY(const auto state, checked("status", client::key_state(sender.l1(), validity.key_id)));
    if (state.status == proofs::KeyStatus::unknown || state.status == proofs::KeyStatus::retired) {
        return refused(fmt::format("key {}: expected a registered key, got status {}", id, to_text(state.status)),
                       "enshrine proof register-key --kind KIND --vk FILE --key KEY");
    }
    ENSHRINE_TRY(const auto holder,
                 checked("holder", client::key_holder(sender.l1(), validity.key_id, sender.address())));
    if (!holder) {
        return refused(
            fmt::format("key {}: expected a registration by {}, who owns the rollup, got those of {} other accounts",
                        id, format_address(sender.address()), state.holders),
            "enshrine proof register-key with the same --key: every account may register the same key");
    }
    const std::size_t inputs = rollup_registry::input_count(validity);
    if (state.inputs == inputs) return SettlementKey{validity, state, holder->frozen};
    std::string limits;
    if (validity.mapping == Mapping::words) {
        limits = fmt::format(", {} inbox and {} outbox messages and {} payload bytes", validity.inbox_max,
                             validity.outbox_max, validity.payload_max);
    }
    return refused(fmt::format("key {}: public inputs: expected {} for the mapping {}{}, got {}", id, inputs,
                               to_text(validity.mapping), limits, state.inputs));
}

std::string to_text(const SettlementKey& key) {
    std::string out =
        fmt::format("key {}, mapping {}\n", format_hex(key.validity.key_id.view()), to_text(key.validity.mapping));
    if (key.state.status == proofs::KeyStatus::probation) {
        out += fmt::format("the key is on probation: it settles from L1 block {} on\n", key.state.active_from);
    }
    if (key.frozen_by_owner || key.state.status == proofs::KeyStatus::frozen) {
        out += "the key is frozen: nothing settles until it is unfrozen\n";
    }
    return out;
}

CliResult<std::string> read_name(const Options& options) {
    if (!options.name.empty()) return options.name;
    if (!options.program.empty()) return std::filesystem::path{options.program}.stem().string();
    return bad_usage("--name: expected a name for a rollup without a program file, got nothing");
}

CliResult<Report> run(const Options& options) {
    ENSHRINE_TRY(const auto policy, parse_policy(options.policy));
    ENSHRINE_TRY(const auto validity, read_validity(options, policy));
    ENSHRINE_TRY(const auto name, read_name(options));
    ENSHRINE_TRY(const auto sequencer, parse_account("--sequencer", options.sequencer));
    ENSHRINE_TRY(const auto built, read_program(options, policy));
    ENSHRINE_TRY(auto sender, Sender::open(options.sender));
    SettlementKey key;
    if (validity) {
        ENSHRINE_TRY(key, check_key(sender, *validity));
    }
    Bytes calldata = validity ? client::register_proven_calldata({.rollup = options.id,
                                                                  .program = built.program,
                                                                  .genesis = built.genesis,
                                                                  .sequencer = sequencer,
                                                                  .policy = policy,
                                                                  .validity = *validity,
                                                                  .name = name})
                              : encode_registration({options.id, name, sequencer}, built);
    ENSHRINE_TRY(const auto receipt,
                 sender.send("register", {.to = system::rollup_registry_address, .data = std::move(calldata)}));
    ENSHRINE_TRY(const auto status, checked("rollup_status", sender.l1().rollup_status(options.id)));
    const std::string hash = format_hex(receipt.hash.view());
    Json json{{"rollup", options.id},
              {"name", name},
              {"transaction", hash},
              {"block", receipt.block_number},
              {"gasUsed", receipt.gas_used},
              {"policy", to_text(policy)},
              {"programId", format_hex(status.program_id.view())},
              {"genesisStateRoot", format_hex(status.genesis_state_root.view())},
              {"sequencer", format_address(status.sequencer)}};
    std::string text =
        fmt::format("rollup {} ({}) is registered in block {}, transaction {}\npolicy {}\nprogram {}\nsequencer {}\n",
                    options.id, name, receipt.block_number, hash, to_text(policy), format_hex(status.program_id.view()),
                    format_address(status.sequencer));
    if (validity) {
        json["validity"] = to_json(key);
        text += to_text(key);
    }
    return Report{.json = std::move(json), .text = std::move(text)};
}

}  // namespace

void add_rollup_register(CLI::App& group, Session& session) {
    auto options = std::make_shared<Options>();
    CLI::App& command =
        add_command(group, session, "register", "register a rollup on an L1, as an ordinary transaction",
                    [options] { return run(*options); });
    command.add_option(
        "program", options->program,
        "program that make has built, its first state beside it; with --policy validity any description of "
        "what the key proves, or nothing");
    command.add_option("--id", options->id, "chain id of the new rollup")->required();
    command.add_option("--name", options->name, "name of the new rollup; default: name of the file");
    command.add_option("--sequencer", options->sequencer, "its sequencer: address or name of a devnet account")
        ->required();
    add_sender_options(command, options->sender, "who registers, and owns it");
    command
        .add_option("--policy", options->policy,
                    "how batches settle: native (the L1 executes them), validity (by proofs), native-and-validity, "
                    "native-or-validity")
        ->capture_default_str();
    command.add_option("--vk-id", options->vk_id,
                       "id of the key that the owner has registered (enshrine proof register-key)");
    command.add_option("--vk", options->vk.key, "or the key itself, as its prover writes it, with --kind");
    add_proof_options(command, options->vk);
    command.get_option("--kind")->required(false);
    command
        .add_option("--mapping", options->mapping,
                    "how a proof shows the settlement statement: digest (its two halves), words (its contents)")
        ->capture_default_str();
    command.add_option("--inbox-max", options->inbox_max,
                       "inbox messages of a batch at most; with words: those of the circuit");
    command.add_option("--outbox-max", options->outbox_max, "outbox messages of a batch at most; 0 with digest");
    command.add_option("--payload-max", options->payload_max, "payload bytes of a batch at most");
    command.add_option("--genesis-root", options->genesis_root, "first state root, with --policy validity");
    command.add_option("--genesis-data", options->genesis_data, "file that helps others to rebuild the first state");
    command.footer(
        "Keys, mappings and limits: docs/spec/settlement_by_proof.md; a walk through it: docs/tutorials/proofs.md.");
}

}  // namespace enshrine::cli
