// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/rpc/discover.hpp>
#include <enshrine/rpc/endpoint.hpp>
#include <enshrine/rpc/json_writer.hpp>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck/gtest.h>

#include <stdexcept>

namespace enshrine::rpc {
namespace {

using Json = nlohmann::json;

Endpoint make_endpoint() {
    Endpoint endpoint;
    endpoint.add("echo",
                 {.handler = [](const Params& params) { return RpcResult<std::string>{params.at(0, "value").json()}; },
                  .parameters = "value: any value, at all, twice: boolean = false, list: array of a, b",
                  .documentation = "Gives the value back."});
    endpoint.add("throw",
                 {.handler = [](const Params&) -> RpcResult<std::string> { throw std::runtime_error{"oh \"no\""}; },
                  .parameters = {},
                  .documentation = {}});
    endpoint.add("revert",
                 {.handler = [](const Params&) -> RpcResult<std::string> {
                      return std::unexpected{
                          RpcError{.code = execution_reverted, .message = "execution reverted", .revert_data = "0x01"}};
                  },
                  .parameters = {},
                  .documentation = {}});
    endpoint.add("fail", {.handler = [](const Params&) -> RpcResult<std::string> {
                              return std::unexpected{RpcError{.code = server_error, .message = "m", .field = "f"}};
                          },
                          .parameters = {},
                          .documentation = {}});
    endpoint.add(
        "big", {.handler = [](const Params&) { return RpcResult<std::string>{'"' + std::string(8 << 20, 'x') + '"'}; },
                .parameters = {},
                .documentation = {}});
    endpoint.add(
        "nested",
        {.handler = [](const Params& params) -> RpcResult<std::string> {
             Endpoint inner;
             inner.add("x", {.handler = [](const Params& p) { return RpcResult<std::string>{p.at(0, "v").json()}; },
                             .parameters = {},
                             .documentation = {}});
             const std::string answer = inner.handle(R"({"jsonrpc":"2.0","id":1,"method":"x","params":["in"]})");
             return params.at(0, "value").json();
         },
         .parameters = {},
         .documentation = {}});
    return endpoint;
}

Json ask(const std::string& body) {
    return Json::parse(make_endpoint().handle(body));
}
int code_of(const std::string& body) {
    return ask(body).at("error").at("code").get<int>();
}

TEST(Endpoint, AnswersASingleCall) {
    const Json answer = ask(R"({"jsonrpc":"2.0","id":7,"method":"echo","params":[{"a":[1,"x"]}]})");
    EXPECT_EQ(answer, Json::parse(R"({"jsonrpc":"2.0","id":7,"result":{"a":[1,"x"]}})"));
}

TEST(Endpoint, EchoesEveryKindOfId) {
    for (const std::string id : {"1", "-5", "18446744073709551615", "1.5", "\"a\\\"b\\u00e9\"", "null", "\"\""}) {
        const Json answer = ask(R"({"jsonrpc":"2.0","id":)" + id + R"(,"method":"echo","params":[1]})");
        EXPECT_EQ(answer.at("id"), Json::parse(id)) << id;
        EXPECT_EQ(answer.at("result"), 1) << id;
    }
}

TEST(Endpoint, RejectsOtherIds) {
    for (const std::string id : {"[1]", "{}", "true"}) {
        const Json answer = ask(R"({"jsonrpc":"2.0","id":)" + id + R"(,"method":"echo"})");
        EXPECT_EQ(answer.at("error").at("code"), invalid_request);
        EXPECT_EQ(answer.at("error").at("data").at("field"), "id");
        EXPECT_TRUE(answer.at("id").is_null());
    }
}

TEST(Endpoint, RejectsMalformedJson) {
    for (const std::string body : {"", " ", "{", "nonsense", "[1,", "{\"a\":1}}", "\xff\xfe",
                                   "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\xc3\"}"}) {
        const Json answer = ask(body);
        EXPECT_EQ(answer.at("error").at("code"), parse_error) << body;
        EXPECT_TRUE(answer.at("id").is_null());
    }
}

TEST(Endpoint, RejectsDeepNesting) {
    const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
    const Json answer = ask(R"({"jsonrpc":"2.0","id":1,"method":"echo","params":[)" + deep + "]}");
    EXPECT_EQ(answer.at("error").at("code"), parse_error);
    EXPECT_NE(answer.at("error").at("message").get<std::string>().find("64 levels"), std::string::npos);
    const std::string good = std::string(50, '[') + std::string(50, ']');
    EXPECT_TRUE(ask(R"({"jsonrpc":"2.0","id":1,"method":"echo","params":[)" + good + "]}").contains("result"));
}

TEST(Endpoint, RejectsInvalidRequests) {
    EXPECT_EQ(code_of("1"), invalid_request);
    EXPECT_EQ(code_of("\"text\""), invalid_request);
    EXPECT_EQ(code_of(R"({"id":1,"method":"echo"})"), invalid_request);
    EXPECT_EQ(code_of(R"({"jsonrpc":"1.0","id":1,"method":"echo"})"), invalid_request);
    EXPECT_EQ(code_of(R"({"jsonrpc":"2.0","id":1})"), invalid_request);
    EXPECT_EQ(code_of(R"({"jsonrpc":"2.0","id":1,"method":5})"), invalid_request);
    EXPECT_EQ(code_of(R"({"jsonrpc":"2.0","id":1,"method":"echo","params":"x"})"), invalid_request);
}

TEST(Endpoint, UnknownMethodIs32601) {
    const Json answer = ask(R"({"jsonrpc":"2.0","id":"q","method":"eth_fillTransaction","params":[]})");
    EXPECT_EQ(answer.at("error").at("code"), -32601);
    EXPECT_EQ(answer.at("id"), "q");
    EXPECT_EQ(answer.at("error").at("data").at("got"), "eth_fillTransaction");
    EXPECT_EQ(code_of(R"({"jsonrpc":"2.0","id":1,"method":")" + std::string(100'000, 'x') + "\"}"), -32601);
}

TEST(Endpoint, NotificationsHaveNoAnswer) {
    const Endpoint endpoint = make_endpoint();
    EXPECT_EQ(endpoint.handle(R"({"jsonrpc":"2.0","method":"echo","params":[1]})"), "");
    EXPECT_EQ(endpoint.handle(R"({"jsonrpc":"2.0","method":"none"})"), "");
    EXPECT_EQ(endpoint.handle(R"([{"jsonrpc":"2.0","method":"echo"},{"jsonrpc":"2.0","method":"echo"}])"), "");
}

TEST(Endpoint, AnswersBatches) {
    const Json answer = ask(R"([{"jsonrpc":"2.0","id":1,"method":"echo","params":["a"]},5,
        {"jsonrpc":"2.0","method":"echo"},{"jsonrpc":"2.0","id":2,"method":"none"}])");
    ASSERT_EQ(answer.size(), 3U);
    EXPECT_EQ(answer[0].at("result"), "a");
    EXPECT_EQ(answer[1].at("error").at("code"), invalid_request);
    EXPECT_EQ(answer[2].at("error").at("code"), method_not_found);
    EXPECT_EQ(code_of("[]"), invalid_request);
}

std::string batch_of(std::size_t count, const std::string& method) {
    std::string body = "[";
    for (std::size_t i = 0; i < count; ++i) {
        body +=
            fmt::format(R"({}{{"jsonrpc":"2.0","id":{},"method":"{}","params":[1]}})", i == 0 ? "" : ",", i, method);
    }
    return body + "]";
}

TEST(Endpoint, LimitsBatches) {
    EXPECT_EQ(ask(batch_of(batch_calls_max, "echo")).size(), batch_calls_max);
    const Json answer = ask(batch_of(batch_calls_max + 1, "echo"));
    EXPECT_EQ(answer.at("error").at("code"), limit_exceeded);
    EXPECT_EQ(answer.at("error").at("message"), "batch of 101 calls; at most 100 are allowed");
    EXPECT_EQ(code_of(batch_of(100'000, "echo")), limit_exceeded);
}

TEST(Endpoint, LimitsTheAnswersOfABatch) {
    const Json answer = ask(batch_of(12, "big"));
    ASSERT_EQ(answer.size(), 12U);
    EXPECT_TRUE(answer[0].contains("result"));
    EXPECT_EQ(answer[11].at("error").at("code"), limit_exceeded);
    EXPECT_EQ(answer[11].at("id"), 11);
}

TEST(Endpoint, HandlersMayThrow) {
    const Json answer = ask(R"({"jsonrpc":"2.0","id":1,"method":"throw"})");
    EXPECT_EQ(answer.at("error").at("code"), internal_error);
    EXPECT_EQ(answer.at("error").at("message"), "internal error: oh \"no\"");
}

TEST(Endpoint, HandlersMayAskOtherEndpoints) {
    EXPECT_EQ(ask(R"({"jsonrpc":"2.0","id":1,"method":"nested","params":["out"]})").at("result"), "out");
}

TEST(Endpoint, DataOfErrors) {
    EXPECT_EQ(ask(R"({"jsonrpc":"2.0","id":1,"method":"revert"})").at("error"),
              Json::parse(R"({"code":3,"message":"execution reverted","data":"0x01"})"));
    EXPECT_EQ(ask(R"({"jsonrpc":"2.0","id":1,"method":"fail"})").at("error"),
              Json::parse(R"({"code":-32000,"message":"m","data":{"field":"f"}})"));
}

TEST(Endpoint, DescribesItself) {
    Endpoint endpoint = make_endpoint();
    add_discover(endpoint, "Test", "1.0");
    const Json document =
        Json::parse(endpoint.handle(R"({"jsonrpc":"2.0","id":1,"method":"rpc.discover"})")).at("result");
    EXPECT_EQ(document.at("openrpc"), "1.2.6");
    EXPECT_EQ(document.at("info").at("title"), "Test");
    EXPECT_EQ(document.at("methods").size(), endpoint.methods().size());
    Json echo;
    for (const Json& method : document.at("methods")) {
        if (method.at("name") == "echo") echo = method;
    }
    ASSERT_EQ(echo.at("params").size(), 3U);
    EXPECT_EQ(echo.at("params")[0].at("description"), "any value, at all");
    EXPECT_EQ(echo.at("params")[0].at("required"), true);
    EXPECT_EQ(echo.at("params")[1].at("name"), "twice");
    EXPECT_EQ(echo.at("params")[1].at("required"), false);
    EXPECT_EQ(echo.at("params")[1].at("x-default"), "false");
    EXPECT_EQ(echo.at("params")[2].at("schema").at("type"), "array");
}

TEST(JsonWriter, SetsCommas) {
    JsonWriter json;
    json.begin_object()
        .key("list")
        .begin_array()
        .integer(-1)
        .begin_object()
        .end_object()
        .null()
        .number(0.5)
        .end_array();
    json.boolean("yes", true)
        .quantity("zero", 0)
        .quantity("n", U256{0x1234})
        .hex("h", Bytes{0, 0xab})
        .null("x")
        .end_object();
    EXPECT_EQ(json.take(), R"({"list":[-1,{},null,0.5],"yes":true,"zero":"0x0","n":"0x1234","h":"0x00ab","x":null})");
}

TEST(JsonWriter, EscapesText) {
    EXPECT_EQ(JsonWriter{}.string("a\"\\\n\x01é").take(), "\"a\\\"\\\\\\n\\u0001é\"");
    EXPECT_EQ(JsonWriter{}.string("\xff{").take(), "\"\\ufffd{\"");
    EXPECT_EQ(JsonWriter{}.begin_array().string("[").string("x:").end_array().take(), R"(["[","x:"])");
}

RC_GTEST_PROP(JsonWriter, StringsReadBack, (const std::string& text)) {
    const Json read = Json::parse(JsonWriter{}.string(text).take());
    RC_ASSERT(read.is_string());
    const bool ascii = std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (ascii) RC_ASSERT(read.get<std::string>() == text);
}

}  // namespace
}  // namespace enshrine::rpc
