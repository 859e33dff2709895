// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/rpc/http_server.hpp>
#include <enshrine/rpc/raw_client_for_test.hpp>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <atomic>
#include <latch>
#include <thread>

namespace enshrine::rpc {
namespace {

using Json = nlohmann::json;
using testing::RawClient;
namespace http = boost::beast::http;

constexpr std::string_view echo_call = R"({"jsonrpc":"2.0","id":1,"method":"echo","params":["hi"]})";
constexpr std::string_view wait_call = R"({"jsonrpc":"2.0","id":1,"method":"wait"})";

class HttpServerTest : public ::testing::Test {
protected:
    void start(HttpServerConfig config = {}) {
        auto started = HttpServer::start(config);
        ASSERT_TRUE(started.has_value()) << started.error();
        server_ = std::move(*started);
        auto endpoint = std::make_shared<Endpoint>();
        endpoint->add(
            "echo",
            {.handler = [](const Params& params) { return RpcResult<std::string>{params.at(0, "value").json()}; },
             .parameters = {},
             .documentation = {}});
        endpoint->add("wait", {.handler =
                                   [this](const Params&) {
                                       entered_.count_down();
                                       release_.wait();
                                       return RpcResult<std::string>{"\"done\""};
                                   },
                               .parameters = {},
                               .documentation = {}});
        server_->mount("/", endpoint);
        server_->mount("/rollup/901", endpoint);
        server_->mount_page("/healthz", [] { return std::pair{200U, std::string{"ok\n"}}; });
        server_->mount_page("/readyz", [] { return std::pair{503U, std::string{"syncing\n"}}; });
        server_->mount_page("/broken", []() -> std::pair<unsigned, std::string> { throw std::runtime_error{"x"}; });
    }
    RawClient client() const { return RawClient{server_->port()}; }

    std::latch entered_{1};
    std::latch release_{1};
    std::unique_ptr<HttpServer> server_;
};

TEST_F(HttpServerTest, AnswersByPath) {
    start();
    for (const auto* path : {"/", "/rollup/901", "/rollup/901/", "/rollup/901?x=1", "/?key=abc"}) {
        const auto answer = client().post(path, echo_call);
        ASSERT_TRUE(answer) << path;
        EXPECT_EQ(answer->result_int(), 200U);
        EXPECT_EQ((*answer)[http::field::content_type], "application/json");
        EXPECT_EQ(Json::parse(answer->body()).at("result"), "hi");
        EXPECT_EQ(answer->count(http::field::access_control_allow_origin), 0U);
    }
}

TEST_F(HttpServerTest, UnknownMethodIsHttp200) {
    start();
    const auto answer = client().post("/", R"({"jsonrpc":"2.0","id":1,"method":"none"})");
    EXPECT_EQ(answer->result_int(), 200U);
    EXPECT_EQ(Json::parse(answer->body()).at("error").at("code"), -32601);
    EXPECT_EQ(client().post("/", "{")->result_int(), 200U);
}

TEST_F(HttpServerTest, NotificationsAre204) {
    start();
    auto connection = client();
    const auto answer = connection.post("/", R"({"jsonrpc":"2.0","method":"echo"})");
    EXPECT_EQ(answer->result_int(), 204U);
    EXPECT_EQ(answer->body(), "");
    EXPECT_EQ(connection.post("/", echo_call)->result_int(), 200U);
}

TEST_F(HttpServerTest, UnknownPathsNameTheKnownOnes) {
    start();
    const auto answer = client().post("/rollup/902", echo_call);
    EXPECT_EQ(answer->result_int(), 404U);
    EXPECT_EQ((*answer)[http::field::content_type], "application/json");
    const Json error = Json::parse(answer->body()).at("error");
    EXPECT_EQ(error.at("message"),
              "no such path: /rollup/902; known paths: /, /broken, /healthz, /readyz, /rollup/901");
    EXPECT_EQ(error.at("data").at("code"), "E-HTTP-UNKNOWN-PATH");
    server_->unmount("/rollup/901");
    EXPECT_EQ(client().post("/rollup/901", echo_call)->result_int(), 404U);
}

TEST_F(HttpServerTest, PagesAndVerbs) {
    start();
    const auto health = client().request("GET", "/healthz");
    EXPECT_EQ(health->result_int(), 200U);
    EXPECT_EQ(health->body(), "ok\n");
    EXPECT_TRUE((*health)[http::field::content_type].starts_with("text/plain"));
    EXPECT_EQ(client().request("GET", "/readyz")->result_int(), 503U);
    EXPECT_EQ(client().request("GET", "/broken")->result_int(), 500U);
    const auto wrong = client().request("GET", "/");
    EXPECT_EQ(wrong->result_int(), 405U);
    EXPECT_EQ((*wrong)[http::field::allow], "POST");
    EXPECT_EQ(client().request("DELETE", "/healthz")->result_int(), 405U);
    EXPECT_EQ(client().post("/healthz", "x")->result_int(), 405U);
    EXPECT_EQ(client().request("OPTIONS", "/")->result_int(), 405U);
}

TEST_F(HttpServerTest, CrossOriginAccessIsAnOption) {
    start({.cors_origin = "https://example.org"});
    EXPECT_EQ((*client().post("/", echo_call))[http::field::access_control_allow_origin], "https://example.org");
    const auto preflight = client().request("OPTIONS", "/");
    EXPECT_EQ(preflight->result_int(), 204U);
    EXPECT_EQ((*preflight)[http::field::access_control_allow_headers], "content-type");
}

TEST_F(HttpServerTest, KeepsConnectionsAlive) {
    start();
    auto connection = client();
    for (int i = 0; i < 1'000; ++i) ASSERT_EQ(connection.post("/", echo_call)->result_int(), 200U) << i;
    connection.send(RawClient::post_text("/", echo_call) + RawClient::post_text("/", echo_call));
    EXPECT_TRUE(connection.receive());
    EXPECT_TRUE(connection.receive());
    connection.send("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    EXPECT_TRUE(connection.receive());
    EXPECT_TRUE(connection.closed());
}

TEST_F(HttpServerTest, LimitsBodies) {
    start({.body_bytes_max = 1'000});
    auto announced = client();
    announced.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n");
    const auto refused = announced.receive();
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->result_int(), 413U);
    EXPECT_EQ(Json::parse(refused->body()).at("error").at("message"), "the body is larger than 1000 bytes");
    const auto sent = client().post("/", std::string(4 << 20, 'x'));
    ASSERT_TRUE(sent);
    EXPECT_EQ(sent->result_int(), 413U);
    auto chunked = client();
    chunked.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n" + std::string(2'000, 'x') +
                 "\r\n0\r\n\r\n");
    EXPECT_EQ(chunked.receive()->result_int(), 413U);
    EXPECT_EQ(client().post("/", std::string(1'000, ' '))->result_int(), 200U);
}

TEST_F(HttpServerTest, RefusesMalformedHttp) {
    start();
    for (const std::string text :
         {"nonsense\r\n\r\n", "POST / HTTP/9.9\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n"}) {
        auto connection = client();
        connection.send(text);
        const auto answer = connection.receive();
        ASSERT_TRUE(answer) << text;
        EXPECT_EQ(answer->result_int(), 400U);
        EXPECT_TRUE(connection.closed());
    }
    auto connection = client();
    connection.send("POST / HTTP/1.1\r\nX: " + std::string(20'000, 'y') + "\r\n\r\n");
    EXPECT_EQ(connection.receive()->result_int(), 431U);
}

TEST_F(HttpServerTest, SupportsExpectContinue) {
    start();
    auto connection = client();
    connection.send(fmt::format("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: {}\r\n\r\n",
                                echo_call.size()));
    EXPECT_EQ(connection.receive()->result_int(), 100U);
    connection.send(echo_call);
    EXPECT_EQ(connection.receive()->result_int(), 200U);
}

TEST_F(HttpServerTest, ClosesSlowClients) {
    start({.idle_seconds_max = 1});
    auto silent = client();
    auto slow = client();
    slow.send("POST / HTTP/1.1\r\nContent-Le");
    EXPECT_EQ(client().post("/", echo_call)->result_int(), 200U);
    EXPECT_TRUE(slow.closed());
    EXPECT_TRUE(silent.closed());
}

TEST_F(HttpServerTest, LimitsConnections) {
    start({.threads = 1, .connections_max = 1});
    auto busy = client();
    busy.send(RawClient::post_text("/", wait_call));
    entered_.wait();
    const auto refused = client().receive();
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->result_int(), 503U);
    release_.count_down();
    EXPECT_EQ(busy.receive()->result_int(), 200U);
}

TEST_F(HttpServerTest, IdleConnectionsMakeRoom) {
    start({.connections_max = 8});
    std::vector<std::unique_ptr<RawClient>> idle;
    for (int i = 0; i < 8; ++i) {
        idle.push_back(std::make_unique<RawClient>(server_->port()));
        // Some have had an answer, some dribble a header, some a body, some say nothing.
        if (i % 4 == 0) {
            EXPECT_EQ(idle.back()->post("/", echo_call)->result_int(), 200U);
        }
        if (i % 4 == 1) idle.back()->send("POST / HTTP/1.1\r\nContent-Le");
        if (i % 4 == 2) idle.back()->send("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nab");
    }
    for (int i = 0; i < 20; ++i) EXPECT_EQ(client().post("/", echo_call)->result_int(), 200U) << i;
    EXPECT_TRUE(idle.front()->closed());
}

TEST_F(HttpServerTest, LongHandlersDoNotBlockOthers) {
    start({.threads = 2});
    auto busy = client();
    busy.send(RawClient::post_text("/", wait_call));
    entered_.wait();
    for (int i = 0; i < 10; ++i) EXPECT_EQ(client().post("/", echo_call)->result_int(), 200U);
    release_.count_down();
    EXPECT_EQ(Json::parse(busy.receive()->body()).at("result"), "done");
}

TEST_F(HttpServerTest, ServesManyClientsAtOnce) {
    start({.threads = 4});
    std::atomic<int> good = 0;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 8; ++t) {
            threads.emplace_back([&, t] {
                auto connection = client();
                for (int i = 0; i < 100; ++i) {
                    const auto answer = connection.post(
                        "/",
                        fmt::format(R"({{"jsonrpc":"2.0","id":{},"method":"echo","params":[{}]}})", i, t * 1'000 + i));
                    if (answer &&
                        Json::parse(answer->body()) == Json{{"jsonrpc", "2.0"}, {"id", i}, {"result", t * 1'000 + i}})
                        ++good;
                }
            });
        }
    }
    EXPECT_EQ(good, 800);
}

TEST_F(HttpServerTest, StopFinishesRunningRequests) {
    start();
    auto idle = client();
    EXPECT_EQ(idle.post("/", echo_call)->result_int(), 200U);
    auto busy = client();
    busy.send(RawClient::post_text("/", wait_call));
    entered_.wait();
    std::jthread stopper{[this] { server_.reset(); }};
    EXPECT_TRUE(idle.closed());  // stopping has begun
    release_.count_down();
    const auto answer = busy.receive();
    ASSERT_TRUE(answer);
    EXPECT_EQ(Json::parse(answer->body()).at("result"), "done");
    EXPECT_FALSE(answer->keep_alive());
    EXPECT_TRUE(busy.closed());
}

TEST_F(HttpServerTest, SaysWhyItCannotListen) {
    start();
    const auto second = HttpServer::start({.port = server_->port()});
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error(), fmt::format("cannot listen on 127.0.0.1:{}: address in use", server_->port()));
    EXPECT_FALSE(HttpServer::start({.host = "no.such.host"}).has_value());
}

TEST_F(HttpServerTest, ServesLargeAnswers) {
    start();
    const std::string value(8 << 20, 'x');
    const auto answer = client().post("/", R"({"jsonrpc":"2.0","id":1,"method":"echo","params":[")" + value + "\"]}");
    ASSERT_TRUE(answer);
    EXPECT_EQ(Json::parse(answer->body()).at("result"), value);
}

}  // namespace
}  // namespace enshrine::rpc
