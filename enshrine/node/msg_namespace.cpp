// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/messaging/assets.hpp>
#include <enshrine/messaging/inbox.hpp>
#include <enshrine/messaging/outbox.hpp>
#include <enshrine/node/namespaces.hpp>
#include <enshrine/rpc/json_writer.hpp>

#include <algorithm>

namespace enshrine::node {
namespace {

using rpc::JsonWriter;
using rpc::Params;
using rpc::RpcResult;
using Answer = RpcResult<std::string>;

constexpr std::uint64_t inbox_messages_max = 256;

Answer inbox(const ChainApplication& application, const Params& params) {
    ENSHRINE_TRY(const auto rollup, params.u64(0, "rollup"));
    ENSHRINE_TRY(const auto first, params.u64(1, "first"));
    ENSHRINE_TRY(const auto count, params.u64(2, "count"));
    if (count > inbox_messages_max) {
        return std::unexpected{params.at(2, "count").invalid("at most " + std::to_string(inbox_messages_max))};
    }
    const auto head = application.head();
    const state::StateView& state = *head->view;
    ENSHRINE_CHECK(check_rollup(state, rollup));
    const std::uint64_t total = messaging::load_inbox_count(state, rollup);
    const std::uint64_t end = first >= total ? first : first + std::min(count, total - first);
    JsonWriter json;
    json.begin_array();
    for (std::uint64_t index = first; index < end; ++index) {
        const auto entry = messaging::load_inbox_entry(state, rollup, index);
        const auto message = messaging::load_inbox_message(state, rollup, index);
        ENSHRINE_ASSERT(entry.has_value() && message.has_value());
        json.begin_object();
        json.quantity("index", index);
        json.quantity("l1Height", entry->l1_height);
        json.hex("message", *message);
        json.hex("hash", messaging::message_hash(*message).view());
        json.hex("rollingHash", entry->rolling_hash.view());
        json.end_object();
    }
    json.end_array();
    return json.take();
}

Answer consumed(const ChainApplication& application, const Params& params) {
    ENSHRINE_TRY(const auto source, params.u64(0, "source"));
    ENSHRINE_TRY(const auto destination, params.u64(1, "destination"));
    ENSHRINE_TRY(const auto sequence, params.u64(2, "sequence"));
    JsonWriter json;
    json.boolean(messaging::is_consumed(*application.head()->view, source, destination, sequence));
    return json.take();
}

Answer escrow(const ChainApplication& application, const Params& params) {
    ENSHRINE_TRY(const auto rollup, params.u64(0, "rollup"));
    ENSHRINE_TRY(const auto asset, params.optional_hash(1, "asset"));
    const auto head = application.head();
    ENSHRINE_CHECK(check_rollup(*head->view, rollup));
    const auto id = messaging::AssetId::from(asset.value_or(Hash32{}).view());
    JsonWriter json;
    json.quantity(messaging::load_escrow(*head->view, rollup, id).wei());
    return json.take();
}

}  // namespace

void add_msg_methods(rpc::Endpoint& endpoint, const ChainApplication& application) {
    const auto add = [&](std::string name, Answer (*method)(const ChainApplication&, const Params&),
                         std::string parameters, std::string documentation) {
        endpoint.add(std::move(name),
                     {.handler = [&application, method](const Params& p) { return method(application, p); },
                      .parameters = std::move(parameters),
                      .documentation = std::move(documentation)});
    };
    add("msg_getInbox", inbox, "rollup: id, first: index of the first message, count: at most 256",
        "Messages of a rollup's inbox, as far as they exist, each with the rolling hash behind it.");
    add("msg_consumed", consumed, "source: chain id, destination: chain id, sequence: number in the stream",
        "Whether a message out of a settled batch has been consumed.");
    add("msg_escrow", escrow, "rollup: id, asset: 32-byte asset id = the native coin",
        "How much of an asset the hub holds for a rollup.");
}

}  // namespace enshrine::node
