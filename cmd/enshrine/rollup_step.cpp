// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine rollup step`: one batch of a program, without a chain.
#include <enshrine/codec/hex.hpp>
#include <enshrine/messaging/message.hpp>
#include <enshrine/rollup_node/executor.hpp>
#include <enshrine/rollup_node/published_payload.hpp>
#include <enshrine/rollup_registry/params.hpp>
#include <enshrine/state/entries.hpp>

#include <cmd/enshrine/rollup_step.hpp>
#include <cmd/enshrine/state_diff.hpp>
#include <fmt/format.h>
#include <sdk/guest/ledger.hpp>

#include <filesystem>
#include <set>

namespace enshrine::cli {
namespace {

using sequencing::ReceiptRecord;
using sequencing::RecordOutcome;

struct StepOptions {
    std::string elf;
    std::string inbox;
    std::string genesis;
    std::uint64_t l1_height = 1;
    std::uint64_t l1_timestamp = 1'700'000'000;
};

/// A batch as a file: {"chain_id", "messages": [{kind, source, sender, receiver, value, data}], "transactions":
/// ["0x…"]}.
struct InboxFile {
    std::uint64_t chain_id = 0;
    std::vector<Bytes> messages;
    std::vector<Bytes> transactions;
    std::set<Address> accounts;  ///< that the messages name
};

/// Reads fields of one JSON object; the failure names file, place and field.
class FieldReader {
public:
    FieldReader(std::string place, const Json& object) : place_{std::move(place)}, object_{object} {}

    std::string text(const char* name, const char* otherwise = nullptr) {
        const auto found = object_.find(name);
        if (found == object_.end() && otherwise != nullptr) return otherwise;
        if (found == object_.end() || !found->is_string()) return note(name, "a string"), std::string{};
        return found->get<std::string>();
    }
    std::uint64_t number(const char* name) {
        const auto found = object_.find(name);
        if (found == object_.end() || !found->is_number_unsigned()) return note(name, "a number"), 0;
        return found->get<std::uint64_t>();
    }
    Address address(const char* name) {
        const auto value = codec::parse_address(text(name));
        return value ? *value : (note(name, "an address"), Address{});
    }
    Amount amount(const char* name) {
        const auto value = codec::parse_decimal(text(name, "0"));
        return value ? Amount{*value} : (note(name, "a decimal number of wei, as a string"), Amount{});
    }
    Bytes bytes(const char* name) {
        const auto value = codec::parse_hex(text(name, "0x"));
        return value ? *value : (note(name, "hex bytes"), Bytes{});
    }
    void note(const char* name, const char* expected) {
        if (problem_.empty()) problem_ = fmt::format("{}: {}: expected {}", place_, name, expected);
    }
    [[nodiscard]] const std::string& problem() const noexcept { return problem_; }

private:
    std::string place_;
    const Json& object_;
    std::string problem_;
};

CliResult<void> read_messages(const StepOptions& options, const Json& json, InboxFile& out) {
    std::map<std::uint64_t, std::uint64_t> sequences;  // per source: the streams start at 0
    for (const Json& item : json.value("messages", Json::array())) {
        FieldReader reader{fmt::format("{}: message {}", options.inbox, out.messages.size()), item};
        messaging::Message message;
        const std::string kind = reader.text("kind", "token");
        if (kind == "call")
            message.kind = messaging::MessageKind::call;
        else if (kind == "forced_transaction")
            message.kind = messaging::MessageKind::forced_transaction;
        else if (kind != "token")
            reader.note("kind", "token, call or forced_transaction");
        message.source = reader.number("source");
        message.destination = out.chain_id;
        message.sequence = sequences[message.source]++;
        message.sender = reader.address("sender");
        message.receiver = reader.address("receiver");
        message.value = reader.amount("value");
        message.data = reader.bytes("data");
        if (message.data.size() > messaging::message_data_bytes_max) reader.note("data", "at most 1,024 bytes");
        if (!reader.problem().empty()) return bad_usage(reader.problem());
        out.accounts.insert({message.sender, message.receiver});
        out.messages.push_back(messaging::encode_message(message));
    }
    return {};
}

CliResult<InboxFile> read_inbox(const StepOptions& options) {
    const auto content = read_file(options.inbox, 16 * 1024 * 1024);
    if (!content) return std::unexpected{content.error()};
    const Json json = Json::parse(as_text(*content), nullptr, false);
    if (!json.is_object()) return bad_usage(fmt::format("{}: expected a JSON object", options.inbox));
    InboxFile out;
    FieldReader reader{options.inbox, json};
    out.chain_id = reader.number("chain_id");
    if (!reader.problem().empty()) return bad_usage(reader.problem());
    if (auto read = read_messages(options, json, out); !read) return std::unexpected{read.error()};
    for (const Json& item : json.value("transactions", Json::array())) {
        const auto transaction = codec::parse_hex(item.is_string() ? item.get<std::string>() : std::string{"?"});
        if (!transaction) {
            return bad_usage(
                fmt::format("{}: transaction {}: expected hex bytes", options.inbox, out.transactions.size()));
        }
        out.transactions.push_back(*transaction);
    }
    if (out.messages.size() > sequencing::inbox_messages_per_batch_max) {
        return bad_usage(fmt::format("{}: expected at most {} messages, got {}", options.inbox,
                                     sequencing::inbox_messages_per_batch_max, out.messages.size()));
    }
    return out;
}

CliResult<std::map<state::Key, Bytes>> read_genesis(const StepOptions& options) {
    const std::string path = options.genesis.empty()
                                 ? std::filesystem::path{options.elf}.replace_extension(".genesis").string()
                                 : options.genesis;
    const auto content = read_file(path, 16 * 1024 * 1024);
    if (!content) return std::unexpected{content.error()};
    auto entries = state::decode_entries(*content);
    if (!entries) return bad_usage(fmt::format("{}: {}", path, entries.error().message()));
    return *std::move(entries);
}

CliResult<rollup_node::BatchInputs> make_inputs(const StepOptions& options, const InboxFile& inbox,
                                                const Hash32& root) {
    const Bytes payload = inbox.transactions.empty() ? Bytes{} : sequencing::encode_payload(inbox.transactions);
    if (payload.size() > sequencing::batch_payload_bytes_max) {
        return bad_usage(fmt::format("{}: the transactions have {} bytes, a batch holds {}", options.inbox,
                                     payload.size(), sequencing::batch_payload_bytes_max));
    }
    rollup_node::BatchInputs out;
    rollup_node::PublishedPayload published =
        rollup_node::publish_payload(sequencing::PayloadScheme::native, payload);
    out.payload_preimages = std::move(published.preimages);
    out.inbox_messages = inbox.messages;
    out.previous_state_root = root;
    out.l1_timestamp = options.l1_timestamp;
    out.header.rollup = inbox.chain_id;
    out.header.sequence = 1;
    out.header.anchor_height = options.l1_height;
    out.header.inbox_end = inbox.messages.size();
    out.header.payload_bytes = static_cast<std::uint32_t>(payload.size());
    out.header.scheme = sequencing::PayloadScheme::native;
    out.header.references = std::move(published.references);
    return out;
}

std::string_view to_text(RecordOutcome outcome) {
    switch (outcome) {
        case RecordOutcome::reverted:
            return "reverted";
        case RecordOutcome::succeeded:
            return "succeeded";
        case RecordOutcome::dropped:
            return "dropped";
    }
    return {};
}

Json to_json(const ReceiptRecord& receipt) {
    Json out{{"source", receipt.source == sequencing::RecordSource::inbox ? "inbox" : "payload"},
             {"index", receipt.index},
             {"hash", codec::format_hex(receipt.hash.view())},
             {"outcome", to_text(receipt.outcome)},
             {"gasUsed", receipt.gas_used},
             {"from", codec::format_address(receipt.from)}};
    if (receipt.to) out["to"] = codec::format_address(*receipt.to);
    if (receipt.outcome == RecordOutcome::dropped)
        out["reason"] = as_text(receipt.return_data);
    else
        out["returnData"] = codec::format_hex(receipt.return_data);
    Json logs = Json::array();
    for (const types::Log& log : receipt.logs) {
        Json topics = Json::array();
        for (const Hash32& topic : log.topics) topics.push_back(codec::format_hex(topic.view()));
        logs.push_back({{"address", codec::format_address(log.address)},
                        {"topics", std::move(topics)},
                        {"data", codec::format_hex(log.data)}});
    }
    out["logs"] = std::move(logs);
    return out;
}

Json to_json(const Bytes& encoded) {
    const auto message = messaging::decode_message(encoded);
    Json out{{"hash", codec::format_hex(messaging::message_hash(encoded).view())},
             {"message", codec::format_hex(encoded)}};
    if (!message) return out;
    out["destination"] = message->destination;
    out["sequence"] = message->sequence;
    out["sender"] = codec::format_address(message->sender);
    out["receiver"] = codec::format_address(message->receiver);
    out["value"] = codec::format_decimal(message->value.wei());
    out["asset"] = codec::format_hex(message->asset.view());
    return out;
}

std::string account_text(const std::optional<Bytes>& value) {
    if (!value) return "absent";
    const auto account = types::decode_account(*value);
    if (!account) return codec::format_hex(*value);
    return fmt::format("{} wei, nonce {}", codec::format_decimal(account->balance.wei()), account->nonce);
}

std::string value_text(const std::optional<Bytes>& value) {
    if (!value) return "absent";
    if (value->size() == 32) return codec::format_decimal(U256::from_be(*value));
    return codec::format_hex(*value);
}

bool is_account(const StateChange& change) {
    return change.key && change.key->bytes()[0] == static_cast<Byte>(state::Module::rollup_account) &&
           change.key->bytes().size() == 1 + Address::size_bytes;
}

std::string name_of(const StateChange& change) {
    if (is_account(change)) return codec::format_address(Address::from(change.key->bytes().subspan(1)));
    if (change.key) return fmt::format("key {}", codec::format_hex(change.key->bytes()));
    return fmt::format("path {}", codec::format_hex(change.path.view()));
}

Json to_json(const StateChange& change) {
    Json out{{"path", codec::format_hex(change.path.view())}};
    if (change.key) out["key"] = codec::format_hex(change.key->bytes());
    if (is_account(change)) out["account"] = name_of(change);
    out["before"] = change.before ? Json(codec::format_hex(*change.before)) : Json();
    out["after"] = change.after ? Json(codec::format_hex(*change.after)) : Json();
    return out;
}

Report describe(const rollup_node::BatchResult& result, const Hash32& before, const std::vector<StateChange>& changes) {
    Json receipts = Json::array();
    Json diff = Json::array();
    Json outbox = Json::array();
    std::string text =
        fmt::format("steps   {}\nweight  {} of {}\nbefore  {}\nafter   {}\nmachine {}\nwitness {} bytes\n",
                    result.steps, result.weight, rollup_registry::batch_weight_max, codec::format_hex(before.view()),
                    codec::format_hex(result.state_root.view()), codec::format_hex(result.machine_root.view()),
                    result.witness.size());
    text += "\nreceipts\n";
    for (const ReceiptRecord& receipt : result.receipts) {
        receipts.push_back(to_json(receipt));
        text += fmt::format(
            "  {:<7} {:>3}  {:<9}  gas {:>8}  {} → {}{}\n",
            receipt.source == sequencing::RecordSource::inbox ? "inbox" : "payload", receipt.index,
            to_text(receipt.outcome), receipt.gas_used, codec::format_address(receipt.from),
            receipt.to ? codec::format_address(*receipt.to) : "nobody",
            receipt.outcome == RecordOutcome::dropped ? fmt::format(": {}", as_text(receipt.return_data)) : "");
    }
    text += "\nstate diff\n";
    for (const StateChange& change : changes) {
        diff.push_back(to_json(change));
        const auto shown = is_account(change) ? account_text : value_text;
        text += fmt::format("  {}: {} → {}\n", name_of(change), shown(change.before), shown(change.after));
    }
    text += fmt::format("\noutbox, root {}\n", codec::format_hex(result.outbox_root.view()));
    for (const Bytes& message : result.outbox) {
        const Json entry = to_json(message);
        text += fmt::format("  {}  to chain {}: {} of asset {} for {}\n", entry.value("hash", ""),
                            entry.value("destination", 0ULL), entry.value("value", ""), entry.value("asset", ""),
                            entry.value("receiver", ""));
        outbox.push_back(entry);
    }
    return {.json = {{"steps", result.steps},
                     {"weight", result.weight},
                     {"stateRootBefore", codec::format_hex(before.view())},
                     {"stateRoot", codec::format_hex(result.state_root.view())},
                     {"outboxRoot", codec::format_hex(result.outbox_root.view())},
                     {"receiptsRoot", codec::format_hex(result.receipts_root.view())},
                     {"machineRoot", codec::format_hex(result.machine_root.view())},
                     {"witnessBytes", result.witness.size()},
                     {"receipts", std::move(receipts)},
                     {"stateDiff", std::move(diff)},
                     {"outbox", std::move(outbox)}},
            .text = std::move(text)};
}

/// Keys that a reader would recognise: those of genesis, and the accounts that messages and receipts name.
std::vector<state::Key> known_keys(const std::map<state::Key, Bytes>& genesis, std::set<Address> accounts,
                                   const rollup_node::BatchResult& result) {
    for (const ReceiptRecord& receipt : result.receipts) {
        accounts.insert(receipt.from);
        if (receipt.to) accounts.insert(*receipt.to);
        for (const types::Log& log : receipt.logs) {
            for (const Hash32& topic : log.topics)
                accounts.insert(Address::from(topic.view().last(Address::size_bytes)));
        }
    }
    accounts.insert(Address{});
    std::vector<state::Key> out;
    for (const auto& [key, value] : genesis) out.push_back(key);
    for (const Address& account : accounts) out.push_back(guest::account_key(account));
    return out;
}

CliResult<Report> step(const StepOptions& options) {
    const auto elf = read_file(options.elf, rollup_registry::program_bytes_max);
    if (!elf) return std::unexpected{elf.error()};
    const auto genesis = read_genesis(options);
    if (!genesis) return std::unexpected{genesis.error()};
    const auto inbox = read_inbox(options);
    if (!inbox) return std::unexpected{inbox.error()};

    MemoryPreimages preimages;
    const Hash32 before = add_state(preimages, *genesis);
    const auto inputs = make_inputs(options, *inbox, before);
    if (!inputs) return std::unexpected{inputs.error()};
    auto executor = rollup_node::Executor::make(inbox->chain_id, *elf);
    if (!executor) return refused(executor.error());
    const auto result = (*executor)->execute(*inputs, preimages);
    if (!result) return refused(result.error());
    for (const Bytes& bytes : result->offered) preimages.add(bytes);
    const auto changes =
        state_diff(preimages, before, result->state_root, known_keys(*genesis, inbox->accounts, *result));
    if (!changes)
        return refused("the program has not offered every node and value of its new state (guest ABI, call 5)");
    return describe(*result, before, *changes);
}

}  // namespace

void add_rollup_step(CLI::App& group, Session& session) {
    auto options = std::make_shared<StepOptions>();
    CLI::App& command = add_command(group, session, "step", "run one batch of a program without a chain",
                                    [options] { return step(*options); });
    command.add_option("elf", options->elf, "program that make has built")->required();
    command.add_option("--inbox", options->inbox, "JSON file with chain_id, messages and transactions")->required();
    command.add_option("--genesis", options->genesis, "first state; default: the .genesis file beside the program");
    command.add_option("--l1-height", options->l1_height, "height of the L1 block that the batch names")
        ->capture_default_str();
    command.add_option("--l1-timestamp", options->l1_timestamp, "its time, seconds since 1970")->capture_default_str();
    command.footer("rollups/payments/example_inbox.json is a batch to start from.");
}

}  // namespace enshrine::cli
