// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/network/host_port.hpp>
#include <enshrine/network/tls_stream.hpp>

#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace enshrine::network {
namespace {

using Clock = TlsStream::Clock;
using std::chrono::milliseconds;

int poll_milliseconds(Clock::time_point until) noexcept {
    if (until == Clock::time_point::max()) return -1;
    const auto left = std::chrono::ceil<milliseconds>(until - Clock::now()).count();
    return static_cast<int>(std::clamp<std::int64_t>(left, 0, 3'600'000));
}

void prepare(int socket) noexcept {
    ::fcntl(socket, F_SETFL, ::fcntl(socket, F_GETFL) | O_NONBLOCK);
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

/// A connected socket, or -1 with the cause in errno.
int connect_to(const addrinfo& address, Clock::time_point deadline) {
    const int socket =
        ::socket(address.ai_family, address.ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, address.ai_protocol);
    if (socket < 0) return -1;
    int cause = 0;
    if (::connect(socket, address.ai_addr, address.ai_addrlen) != 0) {
        cause = errno;
        pollfd waiting{.fd = socket, .events = POLLOUT, .revents = 0};
        if (cause == EINPROGRESS) {
            const int ready = ::poll(&waiting, 1, poll_milliseconds(deadline));
            socklen_t size = sizeof cause;
            if (ready == 0) cause = ETIMEDOUT;
            if (ready > 0) ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &cause, &size);
        }
    }
    if (cause == 0) return socket;
    ::close(socket);
    errno = cause;
    return -1;
}

/// OpenSSL writes with plain send: a connection that is gone must not end the process.
void ignore_sigpipe() noexcept {
    static const bool done = [] {
        struct sigaction current{};
        if (::sigaction(SIGPIPE, nullptr, &current) == 0 && current.sa_handler == SIG_DFL)
            std::signal(SIGPIPE, SIG_IGN);
        return true;
    }();
    (void)done;
}

}  // namespace

std::unexpected<PeerFault> TlsStream::fault(PeerError code, std::string text) const {
    if (cancelled_) return std::unexpected{PeerFault{.code = PeerError::cancelled, .text = "given up"}};
    return std::unexpected{PeerFault{.code = code, .text = std::move(text)}};
}

PeerResult<std::unique_ptr<TlsStream>> TlsStream::connect(ssl_ctx_st* context, const std::string& endpoint,
                                                          Clock::time_point deadline) {
    ignore_sigpipe();
    const auto unreachable = [](std::string text) {
        return std::unexpected{PeerFault{.code = PeerError::unreachable, .text = std::move(text)}};
    };
    const auto host = parse_host_port(endpoint);
    if (!host) return unreachable(fmt::format("endpoint: expected host:port, got \"{}\"", endpoint));
    const std::string port = std::to_string(host->port);
    const addrinfo hints{.ai_flags = AI_NUMERICSERV, .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    addrinfo* found = nullptr;
    if (const int error = ::getaddrinfo(host->host.c_str(), port.c_str(), &hints, &found); error != 0) {
        return unreachable(::gai_strerror(error));
    }
    int socket = -1;
    for (const addrinfo* address = found; address != nullptr && socket < 0; address = address->ai_next) {
        socket = connect_to(*address, deadline);
    }
    const int cause = errno;
    ::freeaddrinfo(found);
    if (socket < 0) return unreachable(std::strerror(cause));
    prepare(socket);
    SSL* ssl = SSL_new(context);
    ENSHRINE_ASSERT(ssl != nullptr);
    SSL_set_fd(ssl, socket);
    std::unique_ptr<TlsStream> stream{new TlsStream{ssl, socket}};
    ENSHRINE_CHECK(stream->handshake(true, deadline));
    return stream;
}

PeerResult<std::unique_ptr<TlsStream>> TlsStream::accept(ssl_ctx_st* context, int socket, Clock::time_point deadline) {
    ignore_sigpipe();
    prepare(socket);
    SSL* ssl = SSL_new(context);
    ENSHRINE_ASSERT(ssl != nullptr);
    SSL_set_fd(ssl, socket);
    std::unique_ptr<TlsStream> stream{new TlsStream{ssl, socket}};
    ENSHRINE_CHECK(stream->handshake(false, deadline));
    return stream;
}

TlsStream::~TlsStream() {
    SSL_free(ssl_);
    ::close(socket_);
}

PeerResult<void> TlsStream::handshake(bool client, Clock::time_point deadline) {
    for (;;) {
        ERR_clear_error();
        const int result = client ? SSL_connect(ssl_) : SSL_accept(ssl_);
        if (result == 1) {
            count();
            return {};
        }
        ENSHRINE_CHECK(wait(result, deadline));
    }
}

PeerResult<void> TlsStream::wait(int result, Clock::time_point until) {
    const int error = SSL_get_error(ssl_, result);
    short events = 0;
    if (error == SSL_ERROR_WANT_READ) events = POLLIN;
    if (error == SSL_ERROR_WANT_WRITE) events = POLLOUT;
    if (events == 0) {
        if (error == SSL_ERROR_SSL) {
            char text[256] = "";
            ERR_error_string_n(ERR_peek_error(), text, sizeof text);
            const bool ended = ERR_GET_REASON(ERR_peek_error()) == SSL_R_UNEXPECTED_EOF_WHILE_READING;
            return fault(ended ? PeerError::closed : PeerError::malformed, fmt::format("TLS: {}", text));
        }
        return fault(PeerError::closed, "the connection was closed");
    }
    for (;;) {
        if (cancelled_) return fault(PeerError::cancelled, "given up");
        pollfd waiting{.fd = socket_, .events = events, .revents = 0};
        const int ready = ::poll(&waiting, 1, poll_milliseconds(until));
        if (ready > 0) return {};
        if (ready < 0 && errno != EINTR) return fault(PeerError::closed, std::strerror(errno));
        if (ready == 0 && Clock::now() >= until) return fault(PeerError::timed_out, "nothing came for too long");
    }
}

PeerResult<void> TlsStream::read(MutableBytesView to, const Patience& patience) {
    while (!to.empty()) {
        if (Clock::now() >= patience.deadline) return fault(PeerError::timed_out, "the message took too long");
        ERR_clear_error();
        std::size_t done = 0;
        const int result = SSL_read_ex(ssl_, to.data(), to.size(), &done);
        if (result == 1) {
            to = to.subspan(done);
            continue;
        }
        ENSHRINE_CHECK(wait(result, std::min(patience.deadline, Clock::now() + patience.stall)));
    }
    count();
    return {};
}

PeerResult<void> TlsStream::write(BytesView from, const Patience& patience) {
    while (!from.empty()) {
        if (Clock::now() >= patience.deadline) return fault(PeerError::timed_out, "the message took too long");
        ERR_clear_error();
        std::size_t done = 0;
        const int result = SSL_write_ex(ssl_, from.data(), from.size(), &done);
        if (result == 1) {
            from = from.subspan(done);
            continue;
        }
        ENSHRINE_CHECK(wait(result, std::min(patience.deadline, Clock::now() + patience.stall)));
    }
    count();
    return {};
}

void TlsStream::close_notify() noexcept {
    ERR_clear_error();
    (void)SSL_shutdown(ssl_);
}

void TlsStream::cancel() noexcept {
    cancelled_ = true;
    ::shutdown(socket_, SHUT_RDWR);  // the socket itself lives as long as the object
}

void TlsStream::count() noexcept {
    wire_bytes_ = BIO_number_read(SSL_get_rbio(ssl_)) + BIO_number_written(SSL_get_wbio(ssl_));
}

Hash32 TlsStream::key_hash() const {
    X509* certificate = SSL_get0_peer_certificate(ssl_);
    if (certificate == nullptr) return {};
    unsigned char* encoded = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &encoded);
    if (size <= 0) return {};
    const Hash32 out = hash::sha256({encoded, static_cast<std::size_t>(size)});
    OPENSSL_free(encoded);
    return out;
}

}  // namespace enshrine::network
