// SPDX-License-Identifier: Apache-2.0
#include <enshrine/rollup_node/rollup_endpoint.hpp>

#include <enshrine/crypto/merkle.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/messaging/message.hpp>
#include <enshrine/rollup_node/rollup_backend.hpp>
#include <enshrine/rpc/discover.hpp>
#include <enshrine/rpc/eth.hpp>
#include <enshrine/rpc/json_writer.hpp>
#include <enshrine/sequencing/runtime_errors.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace enshrine::rollup_node {
namespace {

using rpc::JsonWriter;
using rpc::Params;
using rpc::RpcError;
using rpc::RpcResult;
using sequencing::RecordOutcome;

constexpr std::string_view rollup_api_version = "1.0.0";

std::unexpected<RpcError> unknown_batch(std::uint64_t sequence, std::uint64_t head) {
    return std::unexpected{RpcError{.code = rpc::resource_not_found,
                                    .message = fmt::format("batch {} is not known here", sequence),
                                    .stable_code = "E-ROLLUP-BATCH-UNKNOWN",
                                    .field = "sequence",
                                    .expected = fmt::format("1 to {}", head),
                                    .got = std::to_string(sequence)}};
}

/// The endpoint's methods of our own. Holds the backend that serves `eth_*` as well.
class RollupMethods {
public:
    explicit RollupMethods(const EndpointParts& parts)
        : parts_{parts},
          backend_{{.rollup = parts.rollup,
                    .store = parts.store,
                    .state = parts.state,
                    .queue = parts.queue,
                    .finality = [registered = parts.registered, settled = parts.settled] {
                        return RollupBackend::Finality{registered(), settled()};
                    }}} {}

    RollupBackend& backend() noexcept { return backend_; }

    RpcResult<std::string> finality(const Params& params) const {
        ENSHRINE_TRY(const auto hash, params.hash(0, "hash"));
        if (const auto location = parts_.store.find(hash)) {
            if (const auto record = parts_.store.record(location->sequence)) return included(hash, *location, *record);
        }
        return waiting(hash);
    }

    RpcResult<std::string> batch(const Params& params) const {
        ENSHRINE_TRY(const auto record, batch_record(params));
        const BatchProgress progress = parts_.store.progress(record->header.sequence);
        JsonWriter json;
        json.begin_object().quantity("sequence", record->header.sequence).hex("hash", record->hash.view());
        json.hex("header", sequencing::encode_batch_header(record->header));
        json.quantity("anchorHeight", record->header.anchor_height).hex("anchorHash", record->header.anchor_hash.view());
        json.quantity("inboxFirst", record->inbox_first).quantity("inboxEnd", record->header.inbox_end);
        json.quantity("payloadBytes", record->header.payload_bytes).string("da", sequencing::to_text(record->header.scheme));
        json.key("references").begin_array();
        for (const Hash32& reference : record->header.references) json.hex(reference.view());
        json.end_array();
        json.hex("previousStateRoot", record->previous_state_root.view()).hex("stateRoot", record->state_root.view());
        json.hex("outboxRoot", record->outbox_root.view()).hex("receiptsRoot", record->receipts_root.view());
        json.quantity("outboxCount", record->outbox.size()).quantity("records", record->receipts.size());
        json.quantity("steps", record->steps).quantity("weight", record->weight);
        json.string("level", batch_level(record->header.sequence, progress));
        write_times(json, 0, progress.times);
        write_txn(json, "submitTransaction", progress.submit_txn);
        write_txn(json, "claimTransaction", progress.claim_txn);
        return json.end_object().take();
    }

    RpcResult<std::string> claim_inputs(const Params& params) const {
        ENSHRINE_TRY(const auto record, batch_record(params));
        const auto witness = parts_.store.witness(record->header.sequence);
        if (!witness) {
            return std::unexpected{RpcError{.code = rpc::resource_not_found,
                                            .message = "the witness of this batch is no longer stored",
                                            .stable_code = "E-ROLLUP-WITNESS-PRUNED",
                                            .field = "sequence",
                                            .expected = fmt::format("one of the last {} batches", witnesses_kept),
                                            .got = std::to_string(record->header.sequence)}};
        }
        JsonWriter json;
        json.begin_object().quantity("rollup", parts_.rollup).quantity("sequence", record->header.sequence);
        json.hex("stateRoot", record->state_root.view()).hex("outboxRoot", record->outbox_root.view());
        json.hex("receiptsRoot", record->receipts_root.view()).quantity("steps", record->steps);
        json.hex("machineRoot", record->machine_root.view()).hex("witness", *witness);
        return json.end_object().take();
    }

    RpcResult<std::string> status(const Params&) const {
        const RollupHead head = parts_.store.head();
        JsonWriter json;
        json.begin_object().quantity("rollup", parts_.rollup).quantity("head", head.sequence);
        json.hex("stateRoot", head.state_root.view()).quantity("registered", parts_.registered());
        json.quantity("settled", parts_.settled()).quantity("inboxConsumed", head.inbox_end);
        json.quantity("waiting", parts_.queue == nullptr ? 0 : parts_.queue->size());
        return json.end_object().take();
    }

    RpcResult<std::string> outbox(const Params& params) const {
        ENSHRINE_TRY(const auto record, batch_record(params));
        JsonWriter json;
        json.begin_array();
        for (std::size_t i = 0; i < record->outbox.size(); ++i) {
            json.begin_object().quantity("index", i);
            write_message(json, record->outbox[i]);
            json.end_object();
        }
        return json.end_array().take();
    }

    RpcResult<std::string> proof(const Params& params) const {
        ENSHRINE_TRY(const auto hash, params.hash(0, "messageHash"));
        const auto location = parts_.store.find_message(hash);
        const auto record = location ? parts_.store.record(location->sequence) : nullptr;
        if (!record) {
            return std::unexpected{RpcError{.code = rpc::resource_not_found,
                                            .message = "no such message left this rollup",
                                            .stable_code = "E-MSG-UNKNOWN",
                                            .field = "messageHash"}};
        }
        std::vector<Hash32> leaves;
        for (const Bytes& message : record->outbox) leaves.push_back(messaging::message_hash(message));
        JsonWriter json;
        json.begin_object();
        write_message(json, record->outbox[location->index]);
        json.quantity("batch", location->sequence).quantity("index", location->index).quantity("count", leaves.size());
        json.key("siblings").begin_array();
        for (const Hash32& sibling : crypto::merkle_proof(leaves, location->index)) json.hex(sibling.view());
        json.end_array().hex("outboxRoot", record->outbox_root.view());
        json.boolean("settled", location->sequence <= parts_.settled());
        return json.end_object().take();
    }

private:
    RpcResult<std::shared_ptr<const BatchRecord>> batch_record(const Params& params) const {
        ENSHRINE_TRY(const auto sequence, params.u64(0, "sequence"));
        auto record = parts_.store.record(sequence);
        if (!record) return unknown_batch(sequence, parts_.store.head().sequence);
        return record;
    }

    std::string_view batch_level(std::uint64_t sequence, const BatchProgress& progress) const {
        if (sequence <= parts_.settled()) return "P4";
        if (sequence <= parts_.registered()) return progress.times.l1_final_ms != 0 ? "P3" : "P2";
        return "P1";
    }

    static void write_times(JsonWriter& json, std::uint64_t accepted_ms, const FinalityTimes& times) {
        json.key("times").begin_object();
        const auto write = [&json](std::string_view level, std::uint64_t time) {
            if (time != 0) json.integer(level, static_cast<std::int64_t>(time));
        };
        write("P0", accepted_ms);
        write("P1", times.certified_ms);
        write("P2", times.registered_ms);
        write("P3", times.l1_final_ms);
        write("P4", times.settled_ms);
        json.end_object();
    }

    static void write_txn(JsonWriter& json, std::string_view name, const Hash32& hash) {
        if (hash.is_zero()) {
            json.null(name);
        } else {
            json.hex(name, hash.view());
        }
    }

    static void write_receipt(JsonWriter& json, const sequencing::OrderReceipt& receipt) {
        json.key("receipt").begin_object().quantity("sequence", receipt.promise.sequence);
        json.quantity("position", receipt.promise.position).quantity("deadline", receipt.promise.deadline);
        json.hex("encoded", sequencing::encode_order_receipt(receipt)).end_object();
    }

    static void write_message(JsonWriter& json, const Bytes& encoded) {
        json.hex("message", encoded).hex("hash", messaging::message_hash(encoded).view());
        const auto message = messaging::decode_message(encoded);
        if (!message) return;  // a program may emit anything; the hub refuses it
        json.quantity("kind", static_cast<std::uint64_t>(message->kind)).quantity("source", message->source);
        json.quantity("destination", message->destination).quantity("sequence", message->sequence);
        json.hex("sender", message->sender.view()).hex("receiver", message->receiver.view());
        json.quantity("value", message->value.wei()).hex("asset", message->asset.view()).hex("data", message->data);
    }

    RpcResult<std::string> included(const Hash32& hash, const RecordLocation& location, const BatchRecord& record) const {
        const sequencing::ReceiptRecord& receipt = record.receipts[location.index];
        const BatchProgress progress = parts_.store.progress(location.sequence);
        const auto acceptance = parts_.store.acceptance(hash);
        const bool dropped = receipt.outcome == RecordOutcome::dropped;
        JsonWriter json;
        json.begin_object().hex("hash", hash.view()).string("status", dropped ? "dropped" : "included");
        if (dropped) json.string("reason", as_text(receipt.return_data));
        json.string("level", batch_level(location.sequence, progress)).quantity("batch", location.sequence);
        write_times(json, acceptance ? acceptance->accepted_ms : 0, progress.times);
        write_txn(json, "submitTransaction", progress.submit_txn);
        write_txn(json, "claimTransaction", progress.claim_txn);
        if (acceptance) write_receipt(json, acceptance->receipt);
        return json.end_object().take();
    }

    RpcResult<std::string> waiting(const Hash32& hash) const {
        JsonWriter json;
        json.begin_object().hex("hash", hash.view());
        const auto queued = parts_.queue == nullptr ? std::nullopt : parts_.queue->find(hash);
        if (queued) {
            json.string("status", "pending").string("level", "P0");
            write_times(json, queued->accepted_ms, {});
            write_receipt(json, queued->receipt);
            return json.end_object().take();
        }
        if (parts_.queue != nullptr && parts_.queue->find_any(hash)) {
            json.string("status", "pending").null("level").string("reason", "waits for earlier nonces of its sender");
            return json.end_object().take();
        }
        return std::string{"null"};
    }

    EndpointParts parts_;
    RollupBackend backend_;
};

std::vector<std::string_view> error_declarations() {
    std::vector<std::string_view> out;
    for (const system::ErrorDeclaration& error : system::dispatch_errors) out.push_back(error.declaration);
    for (const system::ErrorDeclaration& error : sequencing::runtime_errors) out.push_back(error.declaration);
    return out;
}

}  // namespace

std::shared_ptr<const rpc::Endpoint> make_rollup_endpoint(const EndpointParts& parts) {
    // The endpoint's handlers share the methods object, which lives as long as the endpoint.
    auto methods = std::make_shared<RollupMethods>(parts);
    auto endpoint = std::make_shared<rpc::Endpoint>();
    const auto errors = error_declarations();
    rpc::add_eth_methods(*endpoint, methods->backend(), {.error_declarations = errors});
    const auto add = [&](std::string name, auto handler, std::string parameters, std::string documentation) {
        endpoint->add(std::move(name),
                      {[methods, handler](const Params& params) { return ((*methods).*handler)(params); },
                       std::move(parameters), std::move(documentation)});
    };
    add("rollup_getFinality", &RollupMethods::finality, "hash: hash of a transaction or inbox message",
        "Finality level P0 to P4, when each was reached (milliseconds since 1970), and the sequencer's signed receipt.");
    add("rollup_getBatch", &RollupMethods::batch, "sequence: quantity", "A batch as this node executed it.");
    add("rollup_getClaimInputs", &RollupMethods::claim_inputs, "sequence: quantity",
        "What a claim about the batch says, witness included.");
    add("rollup_status", &RollupMethods::status, "", "Where this node stands.");
    add("msg_getOutbox", &RollupMethods::outbox, "sequence: quantity", "Messages that left with a batch.");
    add("msg_getProof", &RollupMethods::proof, "messageHash: hash",
        "What IMessageHub.withdraw and relay take: the message, its batch and index, and the Merkle siblings.");
    rpc::add_discover(*endpoint, fmt::format("Enshrine rollup {}", parts.rollup), rollup_api_version);
    return endpoint;
}

}  // namespace enshrine::rollup_node
