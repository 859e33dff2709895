// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/base/integer.hpp>
#include <enshrine/network/rate_limit.hpp>
#include <enshrine/network/shard_server.hpp>
#include <enshrine/network/shard_session.hpp>
#include <enshrine/network/tls_stream.hpp>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netdb.h>
#include <poll.h>
#include <spdlog/spdlog.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <list>
#include <map>
#include <thread>

namespace enshrine::network {
namespace {

using Clock = TlsStream::Clock;

constexpr std::size_t small_message_bytes = 64 * 1024;  // needs no lease of the buffer budget
constexpr int backlog = 128;

/// Bytes that messages on their way may take in memory, all connections together.
class BufferBudget {
public:
    explicit BufferBudget(std::size_t bytes) noexcept : free_{bytes} {}
    [[nodiscard]] bool take(std::size_t bytes, Clock::time_point deadline) {
        std::unique_lock lock{mutex_};
        if (!changed_.wait_until(lock, deadline, [&] { return free_ >= bytes; })) return false;
        free_ -= bytes;
        return true;
    }
    void give_back(std::size_t bytes) {
        {
            const std::scoped_lock lock{mutex_};
            free_ += bytes;
        }
        changed_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t free_;
};

/// Text of the peer's host, without its port.
std::string host_of(const sockaddr_storage& address) {
    char text[NI_MAXHOST] = "?";
    ::getnameinfo(reinterpret_cast<const sockaddr*>(&address), sizeof address, text, sizeof text, nullptr, 0,
                  NI_NUMERICHOST);
    return text;
}

}  // namespace

class ShardServer::Server {
public:
    Server(ShardService& service, TlsIdentity identity, const ShardServerOptions& options)
        : service_{service}, identity_{std::move(identity)}, options_{options}, budget_{options.buffer_bytes_max} {}
    ~Server();

    [[nodiscard]] std::expected<void, std::string> listen();
    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    [[nodiscard]] const Hash32& key_hash() const noexcept { return identity_.key_hash(); }
    [[nodiscard]] std::size_t connections() const {
        const std::scoped_lock lock{mutex_};
        return connections_.size();
    }

private:
    struct Connection {
        std::string host;
        std::unique_ptr<TlsStream> stream;  ///< set and cancelled under mutex_
        bool done = false;
        std::thread thread;
    };

    void accept_all();
    void admit(int socket, std::string host);
    void join_done();
    void run(Connection& connection, int socket);
    void serve(const Connection& connection);
    [[nodiscard]] bool exchange(TlsStream& stream, ShardSession& session, Bytes& body);
    [[nodiscard]] PeerResult<void> send(TlsStream& stream, const OutgoingMessage& message);
    void refuse(TlsStream& stream, const RefusalMessage& refusal);

    ShardService& service_;
    TlsIdentity identity_;
    ShardServerOptions options_;
    BufferBudget budget_;
    RateLimit complaints_{std::chrono::seconds{10}};
    int listener_ = -1;
    int stop_event_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<bool> stopping_ = false;
    std::thread acceptor_;
    mutable std::mutex mutex_;
    std::list<Connection> connections_;
    std::map<std::string, std::size_t> per_host_;
};

std::expected<void, std::string> ShardServer::Server::listen() {
    const std::string port = std::to_string(options_.port);
    const addrinfo hints{.ai_flags = AI_NUMERICSERV | AI_PASSIVE, .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    addrinfo* found = nullptr;
    const auto failed = [&](std::string_view cause) {
        return std::unexpected{fmt::format("cannot listen on {}:{}: {}", options_.host, port, cause)};
    };
    if (const int error = ::getaddrinfo(options_.host.c_str(), port.c_str(), &hints, &found); error != 0) {
        return failed(::gai_strerror(error));
    }
    listener_ = ::socket(found->ai_family, found->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, found->ai_protocol);
    const int on = 1;
    if (listener_ >= 0) ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    const bool bound = listener_ >= 0 && ::bind(listener_, found->ai_addr, found->ai_addrlen) == 0 &&
                       ::listen(listener_, backlog) == 0;
    const int cause = errno;
    ::freeaddrinfo(found);
    if (!bound) return failed(std::strerror(cause));
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6&>(address).sin6_port
                                                : reinterpret_cast<const sockaddr_in&>(address).sin_port);
    stop_event_ = ::eventfd(0, EFD_CLOEXEC);
    acceptor_ = std::thread{[this] { accept_all(); }};
    return {};
}

ShardServer::Server::~Server() {
    stopping_ = true;
    if (acceptor_.joinable()) {
        const std::uint64_t one = 1;
        (void)!::write(stop_event_, &one, sizeof one);
        acceptor_.join();
    }
    {
        const std::scoped_lock lock{mutex_};
        for (Connection& connection : connections_) {
            if (connection.stream) connection.stream->cancel();
        }
    }
    for (Connection& connection : connections_) connection.thread.join();
    if (listener_ >= 0) ::close(listener_);
    if (stop_event_ >= 0) ::close(stop_event_);
}

void ShardServer::Server::accept_all() {
    while (!stopping_) {
        pollfd waiting[] = {{.fd = listener_, .events = POLLIN, .revents = 0},
                            {.fd = stop_event_, .events = POLLIN, .revents = 0}};
        constexpr int join_interval_ms = 1'000;
        const int ready = ::poll(waiting, std::size(waiting), join_interval_ms);
        join_done();
        if (ready <= 0 || waiting[0].revents == 0) continue;
        sockaddr_storage address{};
        socklen_t size = sizeof address;
        const int socket = ::accept4(listener_, reinterpret_cast<sockaddr*>(&address), &size, SOCK_CLOEXEC);
        if (socket >= 0) {
            admit(socket, host_of(address));
        } else if (errno == EMFILE || errno == ENFILE || errno == ENOMEM) {
            if (complaints_.allows()) spdlog::warn("network: cannot accept: {}", std::strerror(errno));
            constexpr int pause_ms = 100;  // until some connection has ended
            ::poll(&waiting[1], 1, pause_ms);
        }
    }
}

void ShardServer::Server::admit(int socket, std::string host) {
    const std::scoped_lock lock{mutex_};
    const bool full =
        connections_.size() >= options_.connections_max || per_host_[host] >= options_.connections_per_address_max;
    if (full) {
        if (complaints_.allows()) {
            spdlog::warn("network: connection of {} refused: {} are open, {} of it", host, connections_.size(),
                         per_host_[host]);
        }
        if (per_host_[host] == 0) per_host_.erase(host);
        ::close(socket);  // a refusal in words would cost a handshake
        return;
    }
    ++per_host_[host];
    Connection& connection = connections_.emplace_back();
    connection.host = std::move(host);
    connection.thread = std::thread{[this, &connection, socket] { run(connection, socket); }};
}

void ShardServer::Server::join_done() {
    std::list<Connection> done;
    {
        const std::scoped_lock lock{mutex_};
        for (auto it = connections_.begin(); it != connections_.end();) {
            const auto next = std::next(it);
            if (it->done) done.splice(done.end(), connections_, it);
            it = next;
        }
    }
    for (Connection& connection : done) connection.thread.join();
}

void ShardServer::Server::run(Connection& connection, int socket) {
    auto stream = TlsStream::accept(identity_.context(), socket, Clock::now() + options_.handshake_timeout);
    if (stream) {
        {
            const std::scoped_lock lock{mutex_};
            connection.stream = *std::move(stream);
            if (stopping_) connection.stream->cancel();
        }
        serve(connection);
    }
    const std::scoped_lock lock{mutex_};
    connection.stream.reset();
    if (const auto it = per_host_.find(connection.host); it != per_host_.end() && --it->second == 0)
        per_host_.erase(it);
    connection.done = true;
}

void ShardServer::Server::serve(const Connection& connection) {
    ShardSession session{service_};
    Bytes body;
    while (!stopping_ && exchange(*connection.stream, session, body)) {
    }
    connection.stream->close_notify();
}

/// One message and its answer. False when the connection ends.
bool ShardServer::Server::exchange(TlsStream& stream, ShardSession& session, Bytes& body) {
    std::array<Byte, frame_head_bytes> head{};
    if (!stream.read(MutableBytesView{head}.first(1), {.stall = options_.idle_timeout})) return false;
    const auto deadline = Clock::now() + options_.message_timeout;
    const TlsStream::Patience patience{.deadline = deadline, .stall = options_.message_timeout};
    if (!stream.read(MutableBytesView{head}.subspan(1), patience)) return false;
    const auto size = load_be<std::uint32_t>(head.data());
    const auto size_max = session.body_bytes_max(head[4]);
    if (!size_max) {
        refuse(stream, size_max.error());
        return false;
    }
    if (size > *size_max) {
        refuse(stream,
               {.code = Refusal::malformed,
                .text = fmt::format("message of type {}: at most {} bytes, announced {}", head[4], *size_max, size)});
        return false;
    }
    const std::size_t lease = size > small_message_bytes ? size : 0;
    if (!budget_.take(lease, deadline)) {
        refuse(stream, {.code = Refusal::too_many_uploads, .text = "too many messages are arriving at once"});
        return false;
    }
    body.resize(size);
    const auto arrived = stream.read(body, patience);
    std::optional<OutgoingMessage> answer;
    if (arrived) answer = session.handle(MessageType{head[4]}, body);
    if (lease != 0 && session.idle()) body = {};
    budget_.give_back(lease);
    if (!arrived && arrived.error().code == PeerError::timed_out) {
        refuse(stream, {.code = Refusal::too_slow, .text = "the message took too long to arrive"});
    }
    if (!arrived) return false;
    if (!answer) return true;
    return send(stream, *answer) && !answer->last;
}

PeerResult<void> ShardServer::Server::send(TlsStream& stream, const OutgoingMessage& message) {
    Bytes head(frame_head_bytes);
    store_be(head.data(), static_cast<std::uint32_t>(message.body.size()));
    head[4] = std::to_underlying(message.type);
    const TlsStream::Patience patience{.deadline = Clock::now() + options_.message_timeout,
                                       .stall = options_.message_timeout};
    if (message.body.size() <= small_message_bytes) {
        append(head, message.body);
        return stream.write(head, patience);
    }
    ENSHRINE_CHECK(stream.write(head, patience));
    return stream.write(message.body, patience);
}

void ShardServer::Server::refuse(TlsStream& stream, const RefusalMessage& refusal) {
    if (complaints_.allows()) spdlog::info("network: refused: {}", refusal.text);
    (void)send(stream, {.type = MessageType::refusal, .body = encode_refusal(refusal)});
}

std::expected<std::unique_ptr<ShardServer>, std::string> ShardServer::start(ShardService& service, TlsIdentity identity,
                                                                            const ShardServerOptions& options) {
    auto server = std::make_unique<Server>(service, std::move(identity), options);
    if (auto listening = server->listen(); !listening) return std::unexpected{listening.error()};
    return std::unique_ptr<ShardServer>{new ShardServer{std::move(server)}};
}

ShardServer::ShardServer(std::unique_ptr<Server> server) noexcept : server_{std::move(server)} {}
ShardServer::~ShardServer() = default;

std::uint16_t ShardServer::port() const noexcept {
    return server_->port();
}
const Hash32& ShardServer::tls_key_hash() const noexcept {
    return server_->key_hash();
}
std::size_t ShardServer::connections() const {
    return server_->connections();
}

}  // namespace enshrine::network
