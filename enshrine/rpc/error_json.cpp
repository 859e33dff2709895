// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/rpc/error_json.hpp>
#include <enshrine/rpc/json_writer.hpp>

namespace enshrine::rpc {
namespace {

void write_data(JsonWriter& json, const RpcError& error) {
    if (!error.revert_data.empty()) {
        json.string("data", error.revert_data);
        return;
    }
    if (error.stable_code.empty() && error.field.empty() && error.expected.empty() && error.got.empty()) return;
    json.key("data").begin_object();
    if (!error.stable_code.empty()) json.string("code", error.stable_code);
    if (!error.field.empty()) json.string("field", error.field);
    if (!error.expected.empty()) json.string("expected", error.expected);
    if (!error.got.empty()) json.string("got", error.got);
    json.end_object();
}

}  // namespace

std::string error_answer(const RpcError& error, std::string_view id) {
    JsonWriter json;
    json.begin_object().string("jsonrpc", "2.0").raw("id", id).key("error").begin_object();
    json.integer("code", error.code).string("message", error.message);
    write_data(json, error);
    json.end_object().end_object();
    return json.take();
}

}  // namespace enshrine::rpc
