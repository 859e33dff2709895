// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/rpc/endpoint.hpp>

namespace {

using namespace enshrine;
using namespace enshrine::rpc;

/// Every accessor gives a value or an error that names the field.
template <class T>
void check(const JsonValue& value, const RpcResult<T>& result) {
    if (result) return;
    ENSHRINE_ASSERT(result.error().code == invalid_params);
    ENSHRINE_ASSERT(result.error().field.starts_with(value.field().substr(0, value.field().find('.'))));
    ENSHRINE_ASSERT(!result.error().expected.empty() && !result.error().got.empty());
    ENSHRINE_ASSERT(result.error().message.size() < 2'000 + value.field().size());
}

void visit(const JsonValue& value, unsigned depth) {
    check(value, value.boolean());
    check(value, value.number());
    check(value, value.text());
    check(value, value.address());
    check(value, value.hash());
    check(value, value.bytes());
    check(value, value.word());
    check(value, value.u64());
    check(value, value.block_id());
    const auto wide = value.u256();
    check(value, wide);
    if (const auto narrow = value.u64()) ENSHRINE_ASSERT(wide && *wide == U256{*narrow});
    if (const auto member = value.member("data")) {
        if (depth > 0) visit(*member, depth - 1);
    }
    const auto elements = value.elements();
    check(value, elements);
    if (!elements || depth == 0) return;
    for (const JsonValue& element : *elements) visit(element, depth - 1);
}

RpcResult<std::string> probe(const Params& params) {
    for (std::size_t i = 0; i < 4; ++i) visit(params.at(i, "data"), 3);
    return "null";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Endpoint endpoint = [] {
        Endpoint out;
        out.add("probe", {.handler = probe, .parameters = {}, .documentation = {}});
        return out;
    }();
    std::string body = R"({"jsonrpc":"2.0","id":1,"method":"probe","params":)";
    body += as_text({data, size});
    ENSHRINE_ASSERT(!endpoint.handle(body + "}").empty() || size > 0);
    return 0;
}
