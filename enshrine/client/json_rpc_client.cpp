// SPDX-License-Identifier: Apache-2.0
#include <enshrine/client/json_rpc_client.hpp>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <fmt/format.h>
#include <simdjson.h>

#include <charconv>

namespace enshrine::client {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

constexpr std::uint64_t answer_bytes_max = 256ULL * 1024 * 1024;

struct Url {
    std::string host;
    std::string port;
    std::string target;
};

std::expected<Url, std::string> parse_url(std::string_view text) {
    constexpr std::string_view scheme = "http://";
    if (!text.starts_with(scheme)) {
        return std::unexpected{fmt::format("url: expected http://host:port/path, got \"{}\"", text)};
    }
    std::string_view rest = text.substr(scheme.size());
    const std::size_t slash = rest.find('/');
    Url url;
    url.target = slash == std::string_view::npos ? "/" : std::string{rest.substr(slash)};
    rest = rest.substr(0, slash);
    const std::size_t colon = rest.rfind(':');
    url.host = std::string{rest.substr(0, colon)};
    url.port = colon == std::string_view::npos ? "80" : std::string{rest.substr(colon + 1)};
    unsigned port = 0;
    const auto [end, error] = std::from_chars(url.port.data(), url.port.data() + url.port.size(), port);
    if (url.host.empty() || error != std::errc{} || end != url.port.data() + url.port.size() || port == 0 || port > 65535) {
        return std::unexpected{fmt::format("url: expected http://host:port/path, got \"{}\"", text)};
    }
    return url;
}

std::string string_field(const simdjson::dom::element& object, std::string_view name) {
    std::string_view text;
    return object[name].get(text) == simdjson::SUCCESS ? std::string{text} : std::string{};
}

rpc::RpcError parse_rpc_error(const simdjson::dom::element& element) {
    rpc::RpcError error;
    std::int64_t code = rpc::internal_error;
    if (element["code"].get(code) == simdjson::SUCCESS) error.code = static_cast<int>(code);
    error.message = string_field(element, "message");
    simdjson::dom::element data;
    if (element["data"].get(data) != simdjson::SUCCESS) return error;
    std::string_view text;
    if (data.get(text) == simdjson::SUCCESS) {
        error.revert_data = text;
        return error;
    }
    error.stable_code = string_field(data, "code");
    error.field = string_field(data, "field");
    error.expected = string_field(data, "expected");
    error.got = string_field(data, "got");
    return error;
}

}  // namespace

class JsonRpcClient::Connection {
public:
    Connection(Url url, unsigned timeout_seconds) : url_{std::move(url)}, timeout_{timeout_seconds} {}

    rpc::RpcResult<std::string> call(std::string_view method, std::string_view params) {
        const std::string body =
            fmt::format(R"({{"jsonrpc":"2.0","id":{},"method":"{}","params":{}}})", ++id_, method, params);
        const bool reused = stream_.has_value();
        auto answer = exchange(body);
        // A server may close an idle connection at any time; one fresh connection tells that from a server that is gone.
        if (!answer && reused) answer = exchange(body);
        if (!answer) return std::unexpected{unreachable(answer.error())};
        return parse_answer(*answer);
    }

private:
    rpc::RpcError unreachable(const std::string& cause) const {
        return {.code = unreachable_code,
                .message = fmt::format("cannot reach http://{}:{}{}: {}", url_.host, url_.port, url_.target, cause)};
    }

    rpc::RpcResult<std::string> parse_answer(const std::string& body) {
        simdjson::dom::element document;
        if (parser_.parse(body).get(document) != simdjson::SUCCESS) {
            return std::unexpected{unreachable("the answer is not JSON")};
        }
        simdjson::dom::element error;
        if (document["error"].get(error) == simdjson::SUCCESS) return std::unexpected{parse_rpc_error(error)};
        simdjson::dom::element result;
        if (document["result"].get(result) != simdjson::SUCCESS) {
            return std::unexpected{unreachable("the answer has neither result nor error")};
        }
        return simdjson::minify(result);
    }

    std::expected<void, std::string> connect() {
        boost::system::error_code error;
        asio::ip::tcp::resolver resolver{context_};
        const auto endpoints = resolver.resolve(url_.host, url_.port, error);
        if (error) return std::unexpected{error.message()};
        stream_.emplace(context_);
        stream_->expires_after(timeout_);
        stream_->connect(endpoints, error);
        if (error) {
            stream_.reset();
            return std::unexpected{error.message()};
        }
        stream_->socket().set_option(asio::ip::tcp::no_delay{true}, error);
        return {};
    }

    std::expected<std::string, std::string> exchange(const std::string& body) {
        if (!stream_) {
            if (auto connected = connect(); !connected) return std::unexpected{connected.error()};
        }
        http::request<http::string_body> request{http::verb::post, url_.target, 11};
        request.set(http::field::host, url_.host);
        request.set(http::field::content_type, "application/json");
        request.keep_alive(true);
        request.body() = body;
        request.prepare_payload();

        boost::system::error_code error;
        stream_->expires_after(timeout_);
        http::write(*stream_, request, error);
        http::response_parser<http::string_body> response;
        response.body_limit(answer_bytes_max);
        if (!error) {
            beast::flat_buffer buffer;
            http::read(*stream_, buffer, response, error);
        }
        if (error) {
            stream_.reset();
            return std::unexpected{error.message()};
        }
        const unsigned status = response.get().result_int();
        const bool keep = response.get().keep_alive();
        std::string answer = std::move(response.get().body());
        if (!keep) stream_.reset();
        // Errors of HTTP come with a JSON-RPC error, which says more.
        const bool explained = answer.starts_with('{') && answer.find("\"error\"") != std::string::npos;
        if (status != 200 && !explained) {
            return std::unexpected{fmt::format("HTTP status {}: {}", status, answer.substr(0, 200))};
        }
        return answer;
    }

    Url url_;
    std::chrono::seconds timeout_;
    asio::io_context context_;
    std::optional<beast::tcp_stream> stream_;
    simdjson::dom::parser parser_;
    std::uint64_t id_ = 0;
};

JsonRpcClient::JsonRpcClient(std::unique_ptr<Connection> connection) noexcept : connection_{std::move(connection)} {}
JsonRpcClient::~JsonRpcClient() = default;

std::expected<std::unique_ptr<JsonRpcClient>, std::string> JsonRpcClient::make(std::string_view url,
                                                                              unsigned timeout_seconds) {
    auto parsed = parse_url(url);
    if (!parsed) return std::unexpected{parsed.error()};
    return std::unique_ptr<JsonRpcClient>{
        new JsonRpcClient{std::make_unique<Connection>(*std::move(parsed), timeout_seconds)}};
}

rpc::RpcResult<std::string> JsonRpcClient::call(std::string_view method, std::string_view params) {
    return connection_->call(method, params);
}

}  // namespace enshrine::client
