// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/node/chain_reader.hpp>
#include <enshrine/node/namespaces.hpp>
#include <enshrine/proofs/keys.hpp>
#include <enshrine/proofs/kinds.hpp>
#include <enshrine/proofs/params.hpp>
#include <enshrine/proofs/receipts.hpp>
#include <enshrine/proofs/records.hpp>
#include <enshrine/rpc/json_writer.hpp>

namespace enshrine::node {
namespace {

using rpc::JsonWriter;
using rpc::Params;
using rpc::RpcError;
using rpc::RpcResult;
using Answer = RpcResult<std::string>;

constexpr std::size_t address_json_bytes = 44;  ///< quotes, 0x, 40 digits
constexpr std::size_t word_json_bytes = 68;

Answer kinds(const ChainApplication&, const Params&) {
    JsonWriter json;
    json.begin_array();
    for (const proofs::KindRow& row : proofs::kind_rows()) {
        json.begin_object();
        json.string("name", row.name);
        json.quantity("kind", static_cast<std::uint64_t>(row.kind));
        json.quantity("version", row.version);
        json.end_object();
    }
    json.end_array();
    return json.take();
}

Answer key(const ChainApplication& application, const Params& params) {
    ENSHRINE_TRY(const auto id, params.hash(0, "keyId"));
    const auto head = application.head();
    const auto record = proofs::load_key_record(*head->view, id);
    if (!record) {
        return std::unexpected{RpcError{.code = rpc::resource_not_found,
                                        .message = "no verifying key with this id is registered",
                                        .stable_code = "E-PROOF-KEY-UNKNOWN",
                                        .field = "keyId",
                                        .expected = "an id that registerKey has answered",
                                        .got = params.at(0, "keyId").json()}};
    }
    JsonWriter json;
    json.begin_object();
    json.hex("keyId", id.view());
    json.string("status", to_text(proofs::status_of(record, head->header.number + 1)));
    json.quantity("inputs", record->input_count);
    json.quantity("verificationGas", proofs::verification_gas(record->cost));
    json.quantity("registeredAt", record->registered_at);
    json.quantity("activeFrom", record->registered_at + proofs::probation_blocks);
    json.quantity("holders", record->holders);
    if (const auto bytes = proofs::load_key_bytes(*head->view, id)) {
        json.hex("key", *bytes);
    } else {
        json.null("key");
    }
    json.end_object();
    return json.take();
}

/// A rollup's id, an account's address, or the 32 bytes of a source [PRCPT.2].
RpcResult<Hash32> source_of(const Params& params) {
    const auto value = params.at(0, "source");
    const std::size_t size = value.json().size();
    if (size == word_json_bytes) return value.hash();
    if (size == address_json_bytes) {
        ENSHRINE_TRY(const auto address, value.address());
        return proofs::source_of_account(address);
    }
    ENSHRINE_TRY(const auto rollup, value.u64());
    return proofs::source_of_rollup(rollup);
}

Answer receipts(const ChainApplication& application, const Params& params) {
    ENSHRINE_TRY(const auto source, source_of(params));
    const proofs::ReceiptList list = proofs::load_receipt_list(*application.head()->view, source);
    JsonWriter json;
    json.begin_object();
    json.hex("source", source.view());
    json.quantity("count", list.count);
    json.hex("root", list.root.view());
    json.end_object();
    return json.take();
}

void write_hashes(JsonWriter& json, std::string_view name, std::span<const Hash32> hashes) {
    json.key(name).begin_array();
    for (const Hash32& hash : hashes) json.hex(hash.view());
    json.end_array();
}

RpcResult<std::uint64_t> index_of(const Params& params, const state::StateView& state, const Hash32& source) {
    const auto value = params.at(1, "receipt");
    if (value.json().size() != word_json_bytes) return value.u64();
    ENSHRINE_TRY(const auto statement, value.hash());
    const auto index = proofs::find_receipt(state, source, statement);
    if (!index) return std::unexpected{value.invalid("a statement that the source's receipts hold")};
    return *index;
}

/// What ProofReceipt.sol takes [PRCPT.6].
Answer receipt(const ChainApplication& application, const Params& params) {
    ENSHRINE_TRY(const auto source, source_of(params));
    const auto head = application.head();
    const state::StateView& state = *head->view;
    ENSHRINE_TRY(const auto index, index_of(params, state, source));
    const auto found = proofs::load_receipt(state, source, index);
    const proofs::ReceiptList list = proofs::load_receipt_list(state, source);
    if (!found) {
        return std::unexpected{params.at(1, "receipt").invalid("below the count " + std::to_string(list.count))};
    }
    const state::Key key = proofs::keys::receipt_list(source);
    const auto entry = state.get(key);
    const auto proof = head->view->prove(key);
    ENSHRINE_ASSERT(entry.has_value());  // the list has the receipt
    if (!proof) {
        return std::unexpected{
            RpcError{.code = rpc::internal_error,
                     .message = "the state tree cannot be read: " + std::string{proof.error().message()},
                     .stable_code = "E-NODE-STORAGE"}};
    }
    JsonWriter json;
    json.begin_object();
    json.quantity("block", head->header.number);
    json.hex("blockHash", head->hash.view());
    json.hex("stateRoot", head->view->state_root().view());
    json.hex("source", source.view());
    json.hex("statement", found->statement.view());
    json.hex("keyId", found->key_id.view());
    json.quantity("height", found->height);
    json.quantity("index", index);
    json.quantity("count", list.count);
    json.hex("root", list.root.view());
    write_hashes(json, "siblings", proofs::prove_receipt(state, source, index));
    json.hex("list", *entry);
    write_hashes(json, "stateSiblings", proof->siblings);
    json.end_object();
    return json.take();
}

}  // namespace

void add_proof_methods(rpc::Endpoint& endpoint, const ChainApplication& application) {
    const auto add = [&](std::string name, Answer (*method)(const ChainApplication&, const Params&),
                         std::string parameters, std::string documentation) {
        endpoint.add(std::move(name),
                     {.handler = [&application, method](const Params& p) { return method(application, p); },
                      .parameters = std::move(parameters),
                      .documentation = std::move(documentation)});
    };
    add("proof_getKinds", kinds, "", "The proof kinds that this chain verifies.");
    add("proof_getKey", key, "keyId: 32 bytes", "A registered verifying key: its status, its price and its bytes.");
    add("proof_getReceipts", receipts, "source: rollup id, address, or 32 bytes",
        "How many statements were proven for a rollup or an account, and the root of their list.");
    add("proof_getReceipt", receipt,
        "source: rollup id, address, or 32 bytes, receipt: index in the list, or 32-byte statement",
        "A receipt with its proof against the state root of the head, as ProofReceipt.sol takes it.");
}

}  // namespace enshrine::node
