// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine rollup status|list|agreement`: where rollups stand.
#include <enshrine/codec/hex.hpp>

#include <cmd/enshrine/l1.hpp>
#include <cmd/enshrine/rollup_status.hpp>
#include <fmt/format.h>

#include <bit>
#include <utility>

namespace enshrine::cli {
namespace {

using codec::format_address;
using codec::format_hex;
using rollup_registry::Method;
using rollup_registry::SettlementPolicy;

Json to_json(const client::RollupStatus& status) {
    return {{"rollup", status.id},
            {"name", status.name},
            {"sequencer", format_address(status.sequencer)},
            {"programId", format_hex(status.program_id.view())},
            {"genesisStateRoot", format_hex(status.genesis_state_root.view())},
            {"lastSequence", status.last_sequence},
            {"lastBatchHash", format_hex(status.last_batch_hash.view())},
            {"inboxConsumed", status.inbox_consumed},
            {"inboxCount", status.inbox_count},
            {"settledSequence", status.settled_sequence},
            {"settledStateRoot", format_hex(status.settled_state_root.view())}};
}

std::vector<std::string_view> names_of(std::uint8_t methods) {
    std::vector<std::string_view> out;
    for (const Method method : {Method::native, Method::validity}) {
        if ((methods & std::to_underlying(method)) != 0) out.push_back(to_text(method));
    }
    return out;
}

/// What is recorded of a batch that has not settled yet.
struct Waiting {
    std::uint64_t batch = 0;
    SettlementPolicy policy;
    client::Agreement agreement;
};

std::uint8_t missing_methods(const Waiting& waiting) noexcept {
    return static_cast<std::uint8_t>(waiting.policy.methods() & ~waiting.agreement.methods);
}

Json to_json(const Waiting& waiting) {
    Json out{{"batch", waiting.batch},
             {"policy", to_text(waiting.policy)},
             {"threshold", waiting.policy.threshold()},
             {"recorded", names_of(waiting.agreement.methods)},
             {"missing", names_of(missing_methods(waiting))}};
    if (waiting.agreement.methods == 0) return out;
    out["stateRoot"] = format_hex(waiting.agreement.state_root.view());
    out["outboxRoot"] = format_hex(waiting.agreement.outbox_root.view());
    return out;
}

std::string to_text(const Waiting& waiting) {
    if (waiting.agreement.methods == 0) return "nothing is recorded";
    return fmt::format(
        "recorded by {} with state root {}; waits for {}", fmt::join(names_of(waiting.agreement.methods), ", "),
        format_hex(waiting.agreement.state_root.view()), fmt::join(names_of(missing_methods(waiting)), ", "));
}

CliResult<Waiting> waiting_of(client::L1Client& l1, const client::RollupStatus& status, SettlementPolicy policy) {
    Waiting out{.batch = status.settled_sequence + 1, .policy = policy, .agreement = {}};
    ENSHRINE_TRY(out.agreement, checked("agreement", client::agreement(l1, status.id)));
    return out;
}

CliResult<SettlementKey> key_of(client::L1Client& l1, const client::Settlement& settlement) {
    SettlementKey out{.validity = *settlement.validity, .state = {}};
    const Hash32& id = out.validity.key_id;
    ENSHRINE_TRY(out.state, checked("status", client::key_state(l1, id)));
    ENSHRINE_TRY(const auto holder, checked("holder", client::key_holder(l1, id, settlement.owner)));
    out.frozen_by_owner = holder && holder->frozen;
    return out;
}

std::string to_text(const SettlementKey& key) {
    return fmt::format(
        "key         {}, {}{}, mapping {}\nlimits      {} inbox and {} outbox messages, {} payload bytes\n",
        format_hex(key.validity.key_id.view()), to_text(key.state.status),
        key.frozen_by_owner ? ", frozen by the owner" : "", to_text(key.validity.mapping), key.validity.inbox_max,
        key.validity.outbox_max, key.validity.payload_max);
}

CliResult<Report> show_status(const std::string& url, std::uint64_t id) {
    ENSHRINE_TRY(auto l1, connect_l1(url));
    ENSHRINE_TRY(const auto status, checked("rollup_status", l1.rollup_status(id)));
    ENSHRINE_TRY(const auto settlement, checked("status", client::settlement_of(l1, id)));
    Json json = to_json(status);
    json["owner"] = format_address(settlement.owner);
    json["policy"] = to_text(settlement.policy);
    std::string text =
        fmt::format("rollup      {} ({})\nowner       {}\nsequencer   {}\nprogram     {}\npolicy      {}\n", status.id,
                    status.name, format_address(settlement.owner), format_address(status.sequencer),
                    format_hex(status.program_id.view()), to_text(settlement.policy));
    if (settlement.validity) {
        ENSHRINE_TRY(const auto key, key_of(l1, settlement));
        json["validity"] = to_json(key);
        text += to_text(key);
    }
    text += fmt::format(
        "registered  batch {}\nsettled     batch {}, state root {}\ninbox       {} of {} messages consumed\n",
        status.last_sequence, status.settled_sequence, format_hex(status.settled_state_root.view()),
        status.inbox_consumed, status.inbox_count);
    if (settlement.policy.joint()) {
        ENSHRINE_TRY(const auto waiting, waiting_of(l1, status, settlement.policy));
        json["agreement"] = to_json(waiting);
        text += fmt::format("agreement   batch {}: {}\n", waiting.batch, to_text(waiting));
    }
    return Report{.json = std::move(json), .text = std::move(text)};
}

CliResult<Report> show_agreement(const std::string& url, std::uint64_t id) {
    ENSHRINE_TRY(auto l1, connect_l1(url));
    ENSHRINE_TRY(const auto status, checked("rollup_status", l1.rollup_status(id)));
    ENSHRINE_TRY(const auto settlement, checked("status", client::settlement_of(l1, id)));
    ENSHRINE_TRY(const auto waiting, waiting_of(l1, status, settlement.policy));
    Json json{{"rollup", id}};
    json.update(to_json(waiting));
    return Report{.json = std::move(json),
                  .text = fmt::format("rollup {}, {}\nbatch {}: {}\n", id, to_text(settlement.policy), waiting.batch,
                                      to_text(waiting))};
}

CliResult<Report> list(const std::string& url) {
    ENSHRINE_TRY(auto l1, connect_l1(url));
    ENSHRINE_TRY(const auto ids, checked("rollup_list", l1.rollups()));
    Json rollups = Json::array();
    std::string text =
        fmt::format("{:>10}  {:<20} {:>10} {:>10}  state root\n", "chain id", "name", "registered", "settled");
    for (const std::uint64_t id : ids) {
        ENSHRINE_TRY(const auto status, checked("rollup_status", l1.rollup_status(id)));
        rollups.push_back(to_json(status));
        text += fmt::format("{:>10}  {:<20} {:>10} {:>10}  {}\n", id, status.name, status.last_sequence,
                            status.settled_sequence, format_hex(status.settled_state_root.view()));
    }
    return Report{.json = {{"rollups", std::move(rollups)}}, .text = std::move(text)};
}

struct Options {
    std::string url;
    std::uint64_t id = 0;
};

void add_view(CLI::App& group, Session& session, const char* name, const char* description,
              CliResult<Report> (*show)(const std::string& url, std::uint64_t id)) {
    auto options = std::make_shared<Options>();
    CLI::App& command =
        add_command(group, session, name, description, [options, show] { return show(options->url, options->id); });
    add_l1_option(command, options->url);
    command.add_option("rollup", options->id, "chain id of the rollup")->required();
}

}  // namespace

Json to_json(const SettlementKey& key) {
    return {{"keyId", format_hex(key.validity.key_id.view())},
            {"keyStatus", to_text(key.state.status)},
            {"activeFrom", key.state.active_from},
            {"frozenByOwner", key.frozen_by_owner},
            {"mapping", to_text(key.validity.mapping)},
            {"inboxMax", key.validity.inbox_max},
            {"outboxMax", key.validity.outbox_max},
            {"payloadMax", key.validity.payload_max}};
}

void add_rollup_status(CLI::App& group, Session& session) {
    add_view(group, session, "status", "how far a rollup is, and how it settles", show_status);
    add_view(group, session, "agreement", "what some methods of a policy have shown of the next batch", show_agreement);

    auto url = std::make_shared<std::string>();
    CLI::App& listing = add_command(group, session, "list", "all rollups of an L1", [url] { return list(*url); });
    add_l1_option(listing, *url);
}

}  // namespace enshrine::cli
