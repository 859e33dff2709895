// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/messaging/inbox.hpp>
#include <enshrine/node/chain_reader.hpp>
#include <enshrine/node/namespaces.hpp>
#include <enshrine/rollup_registry/records.hpp>
#include <enshrine/rpc/json_writer.hpp>
#include <enshrine/sequencing/batch.hpp>

namespace enshrine::node {
namespace {

using rpc::JsonWriter;
using rpc::Params;
using rpc::RpcError;
using rpc::RpcResult;
using Answer = RpcResult<std::string>;

Answer list(const ChainApplication& application, const Params&) {
    JsonWriter json;
    json.begin_array();
    for (const std::uint64_t id : rollup_registry::load_rollup_ids(*application.head()->view)) json.quantity(id);
    json.end_array();
    return json.take();
}

/// How a rollup settles by proof [VALID.1]; null when it does not.
void write_validity(JsonWriter& json, const std::optional<rollup_registry::Validity>& validity) {
    if (!validity) {
        json.null("validity");
        return;
    }
    json.key("validity").begin_object();
    json.string("mapping", to_text(validity->mapping));
    json.hex("keyId", validity->key_id.view());
    json.quantity("inboxMax", validity->inbox_max);
    json.quantity("outboxMax", validity->outbox_max);
    json.quantity("payloadMax", validity->payload_max);
    json.end_object();
}

Answer status(const ChainApplication& application, const Params& params) {
    ENSHRINE_TRY(const auto id, params.u64(0, "rollup"));
    const auto head = application.head();
    ENSHRINE_CHECK(check_rollup(*head->view, id));
    const auto rollup = rollup_registry::load_rollup(*head->view, id);
    const auto progress = rollup_registry::load_progress(*head->view, id);
    ENSHRINE_ASSERT(rollup.has_value() && progress.has_value());
    JsonWriter json;
    json.begin_object();
    json.quantity("rollup", id);
    json.string("name", rollup->name);
    json.string("owner", codec::format_address(rollup->owner));
    json.string("sequencer", codec::format_address(rollup->sequencer));
    json.hex("programId", rollup->program_id.view());
    json.string("policy", to_text(rollup->policy));
    json.hex("genesisStateRoot", rollup->genesis_state_root.view());
    json.quantity("lastSequence", progress->last_sequence);
    json.hex("lastBatchHash", progress->last_batch_hash.view());
    json.quantity("inboxConsumed", progress->inbox_consumed);
    json.quantity("inboxCount", messaging::load_inbox_count(*head->view, id));
    json.quantity("settledSequence", progress->settled_sequence);
    json.hex("settledStateRoot", progress->settled_state_root.view());
    write_validity(json, rollup_registry::load_validity(*head->view, id));
    json.end_object();
    return json.take();
}

Answer program(const ChainApplication& application, const Params& params) {
    ENSHRINE_TRY(const auto id, params.u64(0, "rollup"));
    const auto head = application.head();
    ENSHRINE_CHECK(check_rollup(*head->view, id));
    const auto rollup = rollup_registry::load_rollup(*head->view, id);
    const auto elf = rollup_registry::load_program(*head->view, rollup->program_id);
    ENSHRINE_ASSERT(elf.has_value());
    JsonWriter json;
    json.hex(*elf);
    return json.take();
}

Answer genesis(const ChainApplication& application, const Params& params) {
    ENSHRINE_TRY(const auto id, params.u64(0, "rollup"));
    const auto head = application.head();
    ENSHRINE_CHECK(check_rollup(*head->view, id));
    const auto entries = rollup_registry::load_genesis(*head->view, id);
    ENSHRINE_ASSERT(entries.has_value());
    JsonWriter json;
    json.hex(*entries);
    return json.take();
}

Answer batch(const ChainApplication& application, const Params& params) {
    ENSHRINE_TRY(const auto id, params.u64(0, "rollup"));
    ENSHRINE_TRY(const auto sequence, params.u64(1, "sequence"));
    const auto head = application.head();
    ENSHRINE_CHECK(check_rollup(*head->view, id));
    const auto found = rollup_registry::load_batch(*head->view, id, sequence);
    if (!found) return std::string{"null"};
    const auto settlement = rollup_registry::load_settlement(*head->view, id, sequence);
    JsonWriter json;
    json.begin_object();
    json.quantity("sequence", sequence);
    json.hex("header", found->header);
    json.hex("hash", found->hash.view());
    json.quantity("l1Height", found->l1_height);
    json.hex("l1Transaction", found->l1_txn.view());
    const auto header = sequencing::decode_batch_header(found->header);
    ENSHRINE_ASSERT(header.has_value());  // registration decoded the same bytes
    json.string("da", sequencing::to_text(header->scheme));
    json.quantity("payloadBytes", header->payload_bytes);
    json.key("references").begin_array();
    for (const Hash32& reference : header->references) json.hex(reference.view());
    json.end_array();
    json.key("versionedHashes").begin_array();
    for (const Hash32& hash : found->versioned_hashes) json.hex(hash.view());
    json.end_array();
    json.boolean("payloadVoid", found->payload_void);
    json.quantity("inboxFirst", found->inbox_first);
    json.quantity("anchorTimestamp", found->anchor_timestamp);
    json.boolean("certified", found->certified);
    json.boolean("settled", settlement.has_value());
    if (settlement) {
        json.hex("stateRoot", settlement->state_root.view());
        json.hex("outboxRoot", settlement->outbox_root.view());
        json.quantity("outboxCount", settlement->outbox_count);
        json.quantity("claimHeight", settlement->l1_height);
        json.hex("claimTransaction", settlement->l1_txn.view());
    }
    json.end_object();
    return json.take();
}

/// A transaction of the L1 is ordered (P2) and final (P3) by the block that includes it: the embedded engine has one
/// validator, which never takes a block back.
Answer finality(const ChainApplication& application, const Params& params) {
    ENSHRINE_TRY(const auto hash, params.hash(0, "transaction"));
    const auto location = application.chain().txn_location(hash);
    if (!location) return std::unexpected{storage_error(location.error())};
    JsonWriter json;
    if (!*location) {
        if (!application.pending().find(hash)) return std::string{"null"};
        json.begin_object().hex("transaction", hash.view()).null("level").end_object();
        return json.take();
    }
    const auto block = application.chain().block((*location)->height);
    if (!block) return std::unexpected{storage_error(block.error())};
    ENSHRINE_ASSERT(block->has_value());
    const types::BlockHeader& header = (*block)->header;
    json.begin_object().hex("transaction", hash.view()).string("level", "P3").key("levels").begin_array();
    for (const std::string_view level : {"P2", "P3"}) {
        json.begin_object();
        json.string("level", level);
        json.quantity("l1Height", header.number);
        json.quantity("timestamp", header.timestamp);
        json.end_object();
    }
    json.end_array().end_object();
    return json.take();
}

}  // namespace

RpcResult<void> check_rollup(const state::StateView& state, std::uint64_t rollup) {
    if (rollup_registry::rollup_exists(state, rollup)) return {};
    return std::unexpected{RpcError{.code = rpc::resource_not_found,
                                    .message = "no rollup " + std::to_string(rollup) + " is registered",
                                    .stable_code = "E-ROLLUP-UNKNOWN",
                                    .field = "rollup",
                                    .expected = "an id of rollup_list",
                                    .got = std::to_string(rollup)}};
}

void add_rollup_methods(rpc::Endpoint& endpoint, const ChainApplication& application) {
    const auto add = [&](std::string name, Answer (*method)(const ChainApplication&, const Params&),
                         std::string parameters, std::string documentation) {
        endpoint.add(std::move(name),
                     {.handler = [&application, method](const Params& p) { return method(application, p); },
                      .parameters = std::move(parameters),
                      .documentation = std::move(documentation)});
    };
    add("rollup_list", list, "", "Ids of all registered rollups, ascending.");
    add("rollup_status", status, "rollup: id",
        "Where a rollup stands: owner, sequencer, program, last batch, inbox and settled state.");
    add("rollup_getProgram", program, "rollup: id", "The program image (ELF) of a rollup.");
    add("rollup_getGenesis", genesis, "rollup: id", "The entries of a rollup's first state, as they were registered.");
    add("rollup_getBatch", batch, "rollup: id, sequence: number of the batch, from 1",
        "A registered batch and, once it is settled, what it settled to; null when there is none.");
    add("rollup_getFinality", finality, "transaction: hash",
        "How final a transaction of the L1 is: level P3 with the times of P2 and P3; level null while it waits; null "
        "when it "
        "is unknown.");
}

}  // namespace enshrine::node
