// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/rpc/error_json.hpp>
#include <enshrine/rpc/http_server.hpp>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <shared_mutex>
#include <thread>

namespace enshrine::rpc {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;
using boost::system::error_code;
using std::chrono::seconds;

using Request = http::request<http::string_body>;
using Response = http::response<http::string_body>;

constexpr std::uint32_t header_bytes_max = 16 * 1024;
constexpr std::size_t listed_paths_max = 20;
constexpr std::size_t refused_connections_max = 64;
/// A client that still sends its request when we already answered must be let finish, or it never sees the answer.
constexpr seconds linger{2};
constexpr std::size_t linger_bytes_max = 64 * 1024 * 1024;
/// What a stopping server grants answers that are being written.
constexpr seconds stop_grace{3};
constexpr seconds accept_pause{1};

constexpr std::string_view json_type = "application/json";
constexpr std::string_view text_type = "text/plain; charset=utf-8";

struct Answer {
    http::status status = http::status::ok;
    std::string body;
    std::string_view type = json_type;
    std::string_view allow;  ///< value of the Allow header
};

Answer refuse(http::status status, RpcError error) {
    return {.status = status, .body = error_answer(error) + "\n"};
}

Answer malformed(const error_code& cause) {
    return refuse(http::status::bad_request, {.code = invalid_request,
                                              .message = fmt::format("malformed HTTP request: {}", cause.message()),
                                              .stable_code = "E-HTTP-MALFORMED"});
}

/// `/x/?query` and `/x` are one path.
std::string path_of(std::string_view target) {
    std::string_view path = target.substr(0, target.find('?'));
    while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
    return std::string{path};
}

/// What each path answers. Entries are shared, so that removing one lets its running calls finish.
class Routes {
public:
    void mount(const std::string& path, std::shared_ptr<const Endpoint> endpoint) {
        const std::unique_lock lock{mutex_};
        endpoints_[path_of(path)] = std::move(endpoint);
    }
    void unmount(const std::string& path) {
        const std::unique_lock lock{mutex_};
        endpoints_.erase(path_of(path));
        pages_.erase(path_of(path));
    }
    void mount_page(const std::string& path, HttpServer::GetPage page) {
        const std::unique_lock lock{mutex_};
        pages_[path_of(path)] = std::make_shared<const HttpServer::GetPage>(std::move(page));
    }

    struct Found {
        std::shared_ptr<const Endpoint> endpoint;
        std::shared_ptr<const HttpServer::GetPage> page;
    };
    [[nodiscard]] Found find(const std::string& path) const {
        const std::shared_lock lock{mutex_};
        Found found;
        if (const auto it = endpoints_.find(path); it != endpoints_.end()) found.endpoint = it->second;
        if (const auto it = pages_.find(path); it != pages_.end()) found.page = it->second;
        return found;
    }
    [[nodiscard]] std::string known_paths() const {
        const std::shared_lock lock{mutex_};
        std::set<std::string_view> paths;
        for (const auto& [path, endpoint] : endpoints_) paths.insert(path);
        for (const auto& [path, page] : pages_) paths.insert(path);
        std::string out;
        std::size_t listed = 0;
        for (const auto path : paths) {
            if (listed++ == listed_paths_max) return out + fmt::format(", … ({} in all)", paths.size());
            out += out.empty() ? "" : ", ";
            out += path;
        }
        return out;
    }

private:
    mutable std::shared_mutex mutex_;
    std::map<std::string, std::shared_ptr<const Endpoint>> endpoints_;
    std::map<std::string, std::shared_ptr<const HttpServer::GetPage>> pages_;
};

Answer unknown_path(const Routes& routes, const std::string& path) {
    const std::string known = routes.known_paths();
    return refuse(http::status::not_found,
                  {.code = resource_not_found,
                   .message = fmt::format("no such path: {}; known paths: {}", path.substr(0, 200), known),
                   .stable_code = "E-HTTP-UNKNOWN-PATH",
                   .field = "path",
                   .expected = known,
                   .got = path.substr(0, 200)});
}

Answer wrong_verb(std::string_view verb, const std::string& path, std::string_view allow) {
    Answer answer = refuse(http::status::method_not_allowed,
                           {.code = invalid_request,
                            .message = fmt::format("{} {}: this path answers {}", verb.substr(0, 40), path, allow),
                            .stable_code = "E-HTTP-METHOD",
                            .field = "HTTP method",
                            .expected = std::string{allow},
                            .got = std::string{verb.substr(0, 40)}});
    answer.allow = allow;
    return answer;
}

Answer show_page(const HttpServer::GetPage& page) {
    try {
        auto [status, body] = page();
        return {.status = http::int_to_status(status), .body = std::move(body), .type = text_type};
    } catch (const std::exception& error) {
        spdlog::error("rpc: a page threw: {}", error.what());
        return {.status = http::status::internal_server_error, .body = "internal error\n", .type = text_type};
    }
}

/// Runs on a worker.
Answer answer_request(const Routes& routes, const Request& request, bool cross_origin) {
    const std::string path = path_of({request.target().data(), request.target().size()});
    const Routes::Found found = routes.find(path);
    if (!found.endpoint && !found.page) return unknown_path(routes, path);
    const http::verb verb = request.method();
    if (verb == http::verb::options && cross_origin) return {.status = http::status::no_content};
    if (found.endpoint && verb == http::verb::post) {
        std::string body = found.endpoint->handle(request.body());
        return {.status = body.empty() ? http::status::no_content : http::status::ok, .body = std::move(body)};
    }
    if (found.page && (verb == http::verb::get || verb == http::verb::head)) return show_page(*found.page);
    const std::string_view allow = !found.page ? "POST" : !found.endpoint ? "GET, HEAD" : "GET, HEAD, POST";
    return wrong_verb({request.method_string().data(), request.method_string().size()}, path, allow);
}

}  // namespace

/// One thread reads and writes all connections, so that they need no locks; handlers run on the workers.
class HttpServer::Server {
public:
    Server(const HttpServerConfig& config) : config_{config}, workers_{std::max(1U, config.threads)} {}

    [[nodiscard]] std::expected<void, std::string> listen();
    void run();
    void stop();

    [[nodiscard]] Routes& routes() noexcept { return routes_; }
    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }

private:
    class Connection;

    void accept();
    void admit(tcp::socket socket);
    [[nodiscard]] bool make_room();
    void forget(const std::shared_ptr<Connection>& connection);
    void begin_stop();

    HttpServerConfig config_;
    Routes routes_;
    asio::io_context context_{1};
    asio::thread_pool workers_;
    tcp::acceptor acceptor_{context_};
    asio::steady_timer accept_retry_{context_};
    asio::steady_timer stop_deadline_{context_};
    std::set<std::shared_ptr<Connection>> connections_;
    std::set<std::shared_ptr<Connection>> refused_;
    std::uint64_t next_turn_ = 0;
    bool stopping_ = false;
    std::uint16_t port_ = 0;
    std::thread thread_;
};

/// Reads a request, has it answered, writes the answer, and so on until either side ends it. Everything but the handler
/// runs on the server's thread.
class HttpServer::Server::Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(Server& server, tcp::socket socket) : server_{server}, stream_{std::move(socket)} {}

    void read_request() {
        state_ = State::reading;
        turn_ = server_.next_turn_++;
        parser_.emplace();
        parser_->header_limit(header_bytes_max);
        parser_->body_limit(server_.config_.body_bytes_max);
        stream_.expires_after(idle_limit());
        http::async_read_header(
            stream_, buffer_, *parser_,
            [self = shared_from_this()](const error_code& error, std::size_t) { self->on_header(error); });
    }

    void refuse_for_limit() {
        const unsigned limit = server_.config_.connections_max;
        write(refuse(http::status::service_unavailable,
                     {.code = limit_exceeded,
                      .message = fmt::format("{} connections are open, which is the limit; try again later", limit),
                      .stable_code = "E-HTTP-CONNECTIONS",
                      .field = "connections",
                      .expected = fmt::format("at most {}", limit)}),
              false);
    }

    /// Nothing is owed to the client: no request of his has arrived whole, or the answer has been written.
    [[nodiscard]] bool is_waiting() const noexcept { return state_ == State::reading || state_ == State::lingering; }
    /// The lower, the longer it has been waiting.
    [[nodiscard]] std::uint64_t turn() const noexcept { return turn_; }

    /// Ends what waits for the client at once; a running handler first gets its answer written.
    void stop() {
        if (is_waiting()) close();
    }
    /// The same for an answer that the client is slow to take.
    void stop_writing() {
        if (state_ != State::handling) close();
    }
    void close() {
        error_code ignored;
        stream_.socket().close(ignored);
    }

private:
    enum class State { reading, handling, writing, lingering };

    [[nodiscard]] seconds idle_limit() const { return seconds{server_.config_.idle_seconds_max}; }

    void on_header(const error_code& error) {
        if (error) return on_read_failure(error);
        const auto expect = parser_->get()[http::field::expect];
        if (!beast::iequals(expect, "100-continue")) return read_body();
        continue_.emplace(http::status::continue_, 11);
        http::async_write(stream_, *continue_, [self = shared_from_this()](const error_code& failed, std::size_t) {
            if (failed) return self->end();
            self->read_body();
        });
    }

    void read_body() {
        http::async_read(stream_, buffer_, *parser_, [self = shared_from_this()](const error_code& error, std::size_t) {
            if (error) return self->on_read_failure(error);
            self->hand_over();
        });
    }

    void on_read_failure(const error_code& error) {
        if (error == http::error::body_limit) {
            const std::size_t limit = server_.config_.body_bytes_max;
            return write(refuse(http::status::payload_too_large,
                                {.code = limit_exceeded,
                                 .message = fmt::format("the body is larger than {} bytes", limit),
                                 .stable_code = "E-HTTP-BODY-TOO-LARGE",
                                 .field = "body",
                                 .expected = fmt::format("at most {} bytes", limit)}),
                         false);
        }
        if (error == http::error::header_limit) {
            return write(refuse(http::status::request_header_fields_too_large,
                                {.code = limit_exceeded,
                                 .message = fmt::format("the header is larger than {} bytes", header_bytes_max),
                                 .stable_code = "E-HTTP-HEADER-TOO-LARGE",
                                 .field = "header",
                                 .expected = fmt::format("at most {} bytes", header_bytes_max)}),
                         false);
        }
        const bool bad_request = error.category() == make_error_code(http::error::bad_method).category() &&
                                 error != http::error::end_of_stream && error != http::error::partial_message;
        if (bad_request) return write(malformed(error), false);
        end();
    }

    void hand_over() {
        state_ = State::handling;
        stream_.expires_never();
        request_ = parser_->release();
        asio::post(server_.workers_,
                   [self = shared_from_this(), work = asio::make_work_guard(server_.context_)]() mutable {
                       Answer answer = self->make_answer();
                       asio::io_context& context = self->server_.context_;
                       asio::post(context, [self = std::move(self), answer = std::move(answer)]() mutable {
                           self->write(std::move(answer), self->request_.keep_alive());
                       });
                   });
    }

    [[nodiscard]] Answer make_answer() noexcept {
        try {
            return answer_request(server_.routes_, request_, !server_.config_.cors_origin.empty());
        } catch (const std::exception& error) {
            spdlog::error("rpc: {}", error.what());
            return {.status = http::status::internal_server_error};
        }
    }

    void write(Answer answer, bool keep_alive) {
        state_ = State::writing;
        const bool head = request_.method() == http::verb::head;
        request_ = {};
        response_ = Response{answer.status, 11};
        response_.set(http::field::server, "enshrine");
        if (answer.status != http::status::no_content) response_.set(http::field::content_type, answer.type);
        if (!answer.allow.empty()) response_.set(http::field::allow, answer.allow);
        set_cross_origin();
        response_.keep_alive(keep_alive && !server_.stopping_);
        response_.body() = std::move(answer.body);
        response_.prepare_payload();
        if (head) response_.body().clear();
        stream_.expires_after(server_.stopping_ ? stop_grace : idle_limit());
        http::async_write(stream_, response_, [self = shared_from_this()](const error_code& error, std::size_t) {
            self->on_written(error);
        });
    }

    void set_cross_origin() {
        const std::string& origin = server_.config_.cors_origin;
        if (origin.empty()) return;
        response_.set(http::field::access_control_allow_origin, origin);
        response_.set(http::field::access_control_allow_methods, "POST, GET, OPTIONS");
        response_.set(http::field::access_control_allow_headers, "content-type");
        response_.set(http::field::access_control_max_age, "600");
        if (origin != "*") response_.set(http::field::vary, "Origin");
    }

    void on_written(const error_code& error) {
        if (error) return end();
        const bool more = response_.keep_alive() && !server_.stopping_;
        response_ = {};
        if (more) return read_request();
        error_code failed;
        stream_.socket().shutdown(tcp::socket::shutdown_send, failed);
        if (failed || server_.stopping_) return end();
        state_ = State::lingering;
        stream_.expires_after(linger);
        discard();
    }

    void discard() {
        stream_.async_read_some(asio::buffer(discarded_),
                                [self = shared_from_this()](const error_code& error, std::size_t size) {
                                    self->discarded_bytes_ += size;
                                    if (error || self->discarded_bytes_ > linger_bytes_max) return self->end();
                                    self->discard();
                                });
    }

    void end() {
        close();
        server_.forget(shared_from_this());
    }

    Server& server_;
    beast::tcp_stream stream_;
    beast::flat_buffer buffer_;
    std::optional<http::request_parser<http::string_body>> parser_;
    std::optional<http::response<http::empty_body>> continue_;
    Request request_;
    Response response_;
    State state_ = State::reading;
    std::uint64_t turn_ = 0;
    std::array<char, 4096> discarded_{};
    std::size_t discarded_bytes_ = 0;
};

std::expected<void, std::string> HttpServer::Server::listen() {
    const auto failed = [&](const error_code& error) {
        std::string cause = error == asio::error::address_in_use ? "address in use" : error.message();
        return std::unexpected{fmt::format("cannot listen on {}:{}: {}", config_.host, config_.port, cause)};
    };
    error_code error;
    const std::string host = config_.host == "localhost" ? "127.0.0.1" : config_.host;
    const auto address = asio::ip::make_address(host, error);
    if (error) {
        return std::unexpected{
            fmt::format("cannot listen on {}:{}: the host is not an IP address", config_.host, config_.port)};
    }
    const tcp::endpoint endpoint{address, config_.port};
    if (acceptor_.open(endpoint.protocol(), error)) return failed(error);
    if (acceptor_.set_option(asio::socket_base::reuse_address{true}, error)) return failed(error);
    if (acceptor_.bind(endpoint, error)) return failed(error);
    if (acceptor_.listen(asio::socket_base::max_listen_connections, error)) return failed(error);
    port_ = acceptor_.local_endpoint(error).port();
    if (error) return failed(error);
    return {};
}

void HttpServer::Server::run() {
    accept();
    thread_ = std::thread{[this] {
        for (;;) {
            try {
                context_.run();
                return;
            } catch (const std::exception& error) {
                spdlog::error("rpc: {}", error.what());
            }
        }
    }};
}

void HttpServer::Server::accept() {
    acceptor_.async_accept([this](const error_code& error, tcp::socket socket) {
        if (stopping_) return;
        if (!error) {
            admit(std::move(socket));
            return accept();
        }
        // Out of file descriptors, most likely: trying at once would only burn the processor.
        accept_retry_.expires_after(accept_pause);
        accept_retry_.async_wait([this](const error_code& cancelled) {
            if (!cancelled && !stopping_) accept();
        });
    });
}

void HttpServer::Server::admit(tcp::socket socket) {
    error_code ignored;
    socket.set_option(tcp::no_delay{true}, ignored);
    const bool full = connections_.size() >= config_.connections_max && !make_room();
    if (full && refused_.size() >= refused_connections_max) return;
    const auto connection = std::make_shared<Connection>(*this, std::move(socket));
    (full ? refused_ : connections_).insert(connection);
    if (full) {
        connection->refuse_for_limit();
    } else {
        connection->read_request();
    }
}

/// Ends the connection that has been waiting longest for its client, so that those who open connections and send
/// nothing, or a byte now and then, keep nobody out.
bool HttpServer::Server::make_room() {
    auto longest = connections_.end();
    for (auto it = connections_.begin(); it != connections_.end(); ++it) {
        if (!(*it)->is_waiting()) continue;
        if (longest == connections_.end() || (*it)->turn() < (*longest)->turn()) longest = it;
    }
    if (longest == connections_.end()) return false;
    (*longest)->close();
    connections_.erase(longest);
    return true;
}

void HttpServer::Server::forget(const std::shared_ptr<Connection>& connection) {
    connections_.erase(connection);
    refused_.erase(connection);
    if (stopping_ && connections_.empty() && refused_.empty()) stop_deadline_.cancel();
}

void HttpServer::Server::begin_stop() {
    stopping_ = true;
    error_code ignored;
    acceptor_.close(ignored);
    accept_retry_.cancel();
    for (const auto& connection : connections_) connection->stop();
    for (const auto& connection : refused_) connection->stop();
    if (connections_.empty() && refused_.empty()) return;
    stop_deadline_.expires_after(stop_grace);
    stop_deadline_.async_wait([this](const error_code& cancelled) {
        if (cancelled) return;
        for (const auto& connection : connections_) connection->stop_writing();
        for (const auto& connection : refused_) connection->stop_writing();
    });
}

void HttpServer::Server::stop() {
    if (!thread_.joinable()) return;
    asio::post(context_, [this] { begin_stop(); });
    thread_.join();
    workers_.join();
}

HttpServer::HttpServer(std::unique_ptr<Server> server) noexcept : server_{std::move(server)} {}

HttpServer::~HttpServer() {
    server_->stop();
}

std::expected<std::unique_ptr<HttpServer>, std::string> HttpServer::start(const HttpServerConfig& config) {
    auto server = std::make_unique<Server>(config);
    ENSHRINE_CHECK(server->listen());
    server->run();
    return std::unique_ptr<HttpServer>{new HttpServer{std::move(server)}};
}

void HttpServer::mount(const std::string& path, std::shared_ptr<const Endpoint> endpoint) {
    server_->routes().mount(path, std::move(endpoint));
}
void HttpServer::unmount(const std::string& path) {
    server_->routes().unmount(path);
}
void HttpServer::mount_page(const std::string& path, GetPage page) {
    server_->routes().mount_page(path, std::move(page));
}
std::uint16_t HttpServer::port() const noexcept {
    return server_->port();
}

}  // namespace enshrine::rpc
