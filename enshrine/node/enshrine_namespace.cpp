// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/chain/contracts.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/node/chain_reader.hpp>
#include <enshrine/node/namespaces.hpp>
#include <enshrine/rpc/json_writer.hpp>

#include <algorithm>
#include <array>

namespace enshrine::node {
namespace {

using rpc::JsonWriter;
using rpc::Params;
using rpc::RpcError;
using rpc::RpcResult;
using Answer = RpcResult<std::string>;

struct ModuleName {
    std::string_view name;
    state::Module module;
};
constexpr std::array module_names{
    ModuleName{"chain", state::Module::chain},
    ModuleName{"account", state::Module::account},
    ModuleName{"data_availability", state::Module::data_availability},
    ModuleName{"rollup_registry", state::Module::rollup_registry},
    ModuleName{"sequencing", state::Module::sequencing},
    ModuleName{"messaging", state::Module::messaging},
    ModuleName{"governance", state::Module::governance},
    ModuleName{"proofs", state::Module::proofs},
};

/// The key of a state entry from the name of its module and the bytes behind the module's number.
RpcResult<state::Key> state_key(const Params& params) {
    const auto name_value = params.at(0, "module");
    ENSHRINE_TRY(const auto name, name_value.text());
    const auto found = std::ranges::find(module_names, name, &ModuleName::name);
    if (found == module_names.end()) {
        std::string expected = "one of";
        for (const ModuleName& known : module_names) expected += " " + std::string{known.name};
        return std::unexpected{name_value.invalid(expected)};
    }
    ENSHRINE_TRY(const auto bytes, params.bytes(1, "key"));
    if (bytes.size() >= state::key_bytes_max) return std::unexpected{params.at(1, "key").invalid("at most 95 bytes")};
    return state::Key{found->module}.fixed(bytes);
}

void write_proof(JsonWriter& json, const state::Proof& proof) {
    json.key("siblings").begin_array();
    for (const Hash32& sibling : proof.siblings) json.hex(sibling.view());
    json.end_array();
    if (proof.leaf) {
        json.key("leaf")
            .begin_object()
            .hex("path", proof.leaf->first.view())
            .hex("valueHash", proof.leaf->second.view());
        json.end_object();
    } else {
        json.null("leaf");
    }
    json.hex("proof", state::encode_proof(proof));
}

Answer get_proof(const ChainApplication& application, const Params& params) {
    ENSHRINE_TRY(const auto key, state_key(params));
    ENSHRINE_TRY(const auto id, params.block_id(2, "block"));
    ENSHRINE_TRY(const auto at, state_at(application, id));
    const auto proof = at.view->prove(key);
    if (!proof) {
        return std::unexpected{
            RpcError{.code = rpc::internal_error,
                     .message = "the state tree cannot be read: " + std::string{proof.error().message()},
                     .stable_code = "E-NODE-STORAGE"}};
    }
    const auto value = at.view->get(key);
    JsonWriter json;
    json.begin_object();
    json.quantity("block", at.header.number);
    json.hex("blockHash", at.hash.view());
    json.hex("stateRoot", at.view->state_root().view());
    json.hex("key", key.bytes());
    json.hex("path", state::path_of(key).view());
    if (value) {
        json.hex("value", *value);
    } else {
        json.null("value");
    }
    write_proof(json, *proof);
    json.end_object();
    return json.take();
}

Answer node_info(const ChainApplication& application, const NodeFacts& facts) {
    const auto genesis = application.chain().block(0);
    if (!genesis) return std::unexpected{storage_error(genesis.error())};
    ENSHRINE_ASSERT(genesis->has_value());
    const auto head = application.head();
    JsonWriter json;
    json.begin_object();
    json.string("version", facts.version);
    json.quantity("chainId", application.chain_id());
    json.boolean("dev", facts.dev);
    json.string("blockMode", facts.block_mode);
    json.hex("genesisHash", types::block_hash((*genesis)->header).view());
    json.quantity("head", head->header.number);
    json.hex("headHash", head->hash.view());
    json.hex("stateRoot", head->header.state_root.view());
    json.quantity("pendingTransactions", application.pending().size());
    json.quantity("historyBlocks", store::history_heights);
    json.key("contracts").begin_object();
    for (const system::Contract* contract : chain::system_contracts()) {
        json.string(contract->name, codec::format_address(contract->address));
    }
    json.end_object().end_object();
    return json.take();
}

}  // namespace

void add_enshrine_methods(rpc::Endpoint& endpoint, const ChainApplication& application, const NodeFacts& facts) {
    endpoint.add(
        "enshrine_getProof",
        {.handler = [&application](const Params& p) { return get_proof(application, p); },
         .parameters = "module: name of a module of the L1 state, key: 0x-hex bytes, block: number, hash or tag = "
                       "latest",
         .documentation = "A value of the L1 state, or null, with its inclusion or exclusion proof against the "
                          "state root of the block."});
    endpoint.add("enshrine_nodeInfo",
                 {.handler = [&application, facts](const Params&) { return node_info(application, facts); },
                  .parameters = "",
                  .documentation = "What this node is, where its chain stands and where the system "
                                   "contracts are."});
}

}  // namespace enshrine::node
