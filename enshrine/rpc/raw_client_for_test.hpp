// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>

/// A client that sends exactly the bytes it is told to.
namespace enshrine::rpc::testing {

class RawClient {
public:
    using Response = boost::beast::http::response<boost::beast::http::string_body>;

    explicit RawClient(std::uint16_t port) {
        socket_.connect({boost::asio::ip::make_address("127.0.0.1"), port});
        socket_.set_option(boost::asio::ip::tcp::no_delay{true});
    }
    /// False when the server has closed the connection.
    bool send(std::string_view text) {
        boost::system::error_code error;
        boost::asio::write(socket_, boost::asio::buffer(text), error);
        return !error;
    }
    std::optional<Response> receive() {
        boost::beast::http::response_parser<boost::beast::http::string_body> parser;
        parser.body_limit(std::uint64_t{1} << 30);
        boost::system::error_code error;
        boost::beast::http::read(socket_, buffer_, parser, error);
        if (error) return std::nullopt;
        return parser.release();
    }
    /// Waits for the end of the connection.
    bool closed() {
        char byte = 0;
        boost::system::error_code error;
        boost::asio::read(socket_, boost::asio::buffer(&byte, 1), error);
        return static_cast<bool>(error);
    }
    std::optional<Response> post(std::string_view path, std::string_view body) {
        send(post_text(path, body));
        return receive();
    }
    std::optional<Response> request(std::string_view verb, std::string_view path) {
        send(fmt::format("{} {} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", verb, path));
        return receive();
    }
    static std::string post_text(std::string_view path, std::string_view body) {
        return fmt::format("POST {} HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n{}",
                           path, body.size(), body);
    }

private:
    boost::asio::io_context context_;
    boost::asio::ip::tcp::socket socket_{context_};
    boost::beast::flat_buffer buffer_;
};

}  // namespace enshrine::rpc::testing
