// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/base/integer.hpp>
#include <enshrine/network/distribute.hpp>
#include <enshrine/network/network_for_test.hpp>
#include <enshrine/network/retrieve.hpp>
#include <enshrine/network/sampler.hpp>
#include <enshrine/network/shard_client.hpp>
#include <enshrine/network/shard_server.hpp>
#include <enshrine/network/tls_stream.hpp>

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

namespace enshrine::network {
namespace {

using std::chrono::milliseconds;
using Clock = TlsStream::Clock;

constexpr milliseconds patience{20'000};

/// A network whose nodes listen on loopback.
struct TlsNetwork : TestNetwork {
    explicit TlsNetwork(std::size_t count, const ShardServerOptions& options = {}) : TestNetwork{count} {
        for (std::size_t i = 0; i < count; ++i) {
            servers.push_back(ShardServer::start(service(i), TlsIdentity::make().value(), options).value());
            committee[i].endpoint = "127.0.0.1:" + std::to_string(servers[i]->port());
            committee[i].tls_key_hash = servers[i]->tls_key_hash();
        }
    }
    [[nodiscard]] Connect tls() const { return connect_over_tls({.chain_id = test_chain}); }
    std::vector<std::unique_ptr<ShardServer>> servers;
};

TEST(TlsIdentity, IsMadeOnceAndKept) {
    const store::TempFolder folder;
    const auto file = folder.path() / "tls_key.pem";
    const auto made = TlsIdentity::load_or_make(file);
    ASSERT_TRUE(made) << made.error();
    struct stat status{};
    ASSERT_EQ(::stat(file.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    EXPECT_EQ(TlsIdentity::load_or_make(file)->key_hash(), made->key_hash());
    EXPECT_NE(TlsIdentity::make()->key_hash(), made->key_hash());
    std::ofstream{file} << "not a key";
    const auto broken = TlsIdentity::load_or_make(file);
    ASSERT_FALSE(broken);
    EXPECT_NE(broken.error().find("not a private key in PEM"), std::string::npos) << broken.error();
    EXPECT_FALSE(TlsIdentity::load_or_make(folder.path() / "nowhere" / "key"));
}

TEST(ShardServer, PublishesRetrievesAndSamplesOverTls) {
    TlsNetwork network{4};
    for (const std::uint64_t size : {std::uint64_t{1'000}, std::uint64_t{5'000'000}}) {
        const TestBlob blob{size};
        auto distribution =
            distribute(blob.matrix, blob.publication, test_chain, network.committee, {.connect = network.tls()});
        ASSERT_TRUE(distribution) << distribution.error().text;
        const auto outcome = distribution->finish();
        EXPECT_TRUE(da::verify_publication_certificate(
            outcome.certificate, da::publication_digest(test_chain, blob.publication), network.committee));
        for (const PeerReport& report : outcome.members) {
            EXPECT_FALSE(report.fault);
            EXPECT_GT(report.wire_bytes, report.rows * blob.shape().row_bytes);
        }
        const auto got = retrieve(blob.commitment(), blob.sizes, network.committee, {.connect = network.tls()});
        ASSERT_TRUE(got) << got.error().text;
        EXPECT_EQ(got->data_rows, blob.data_rows);
        const auto sampled = sample(blob.commitment(), blob.sizes, network.committee, {.connect = network.tls()});
        ASSERT_TRUE(sampled) << sampled.error();
        EXPECT_EQ(sampled->verdict, SampleVerdict::available) << sampled->reason;
        auto again =
            distribute(blob.matrix, blob.publication, test_chain, network.committee, {.connect = network.tls()});
        ASSERT_TRUE(again);
        EXPECT_LT(again->finish().members[0].wire_bytes, blob.data_rows.size() + 16 * blob.shape().data_rows)
            << "rows that are kept are not sent again";
    }
}

// [DA-NET.1]
TEST(ShardServer, AnotherKeyThanTheCommitteesIsRefused) {
    TlsNetwork network{1};
    network.committee[0].tls_key_hash[5] ^= 1;
    const auto refused = network.tls()(network.committee[0]);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, PeerError::wrong_identity);
    EXPECT_NE(refused.error().text.find("expected TLS key 0x"), std::string::npos);
    network.committee[0].tls_key_hash = {};
    EXPECT_TRUE(network.tls()(network.committee[0])) << "tools may accept any";
    const auto foreign = connect_over_tls({.chain_id = 5})(network.committee[0]);
    ASSERT_FALSE(foreign);
    EXPECT_NE(foreign.error().text.find("serves chain 1337, expected 5"), std::string::npos);
}

TEST(ShardServer, RefusalsReachTheClientInWords) {
    TlsNetwork network{1};
    const TestBlob blob{1000};
    auto peer = network.tls()(network.committee[0]);
    ASSERT_TRUE(peer);
    const auto rows = network.assigned(blob.shape(), blob.commitment(), 0);
    const auto wrong_chain =
        (*peer)->upload({.chain_id = 2, .publication = blob.publication, .matrix = *blob.matrix, .rows = rows});
    ASSERT_FALSE(wrong_chain);
    EXPECT_EQ(wrong_chain.error().code, PeerError::refused);
    EXPECT_NE(wrong_chain.error().text.find("chain id: expected 1337, got 2"), std::string::npos);
    // The connection goes on, and an upload that fails in its middle is told why at its end.
    const std::vector<std::uint32_t> some(rows.begin(), rows.begin() + 10);
    const auto incomplete = (*peer)->upload(
        {.chain_id = test_chain, .publication = blob.publication, .matrix = *blob.matrix, .rows = some});
    ASSERT_FALSE(incomplete);
    EXPECT_NE(incomplete.error().text.find("10 of 64 rows came"), std::string::npos) << incomplete.error().text;
    EXPECT_TRUE((*peer)->upload(
        {.chain_id = test_chain, .publication = blob.publication, .matrix = *blob.matrix, .rows = rows}));
    EXPECT_TRUE(*(*peer)->has(blob.commitment()));
    EXPECT_FALSE(*(*peer)->has({}));
    EXPECT_FALSE(*(*peer)->header({}));
    EXPECT_TRUE((*peer)->rows({}, 64, rows)->indices.empty());
    EXPECT_EQ((*peer)->info()->matrices, 1U);
}

/// Speaks TLS, and says what it likes.
struct RawClient {
    TlsContext context = make_client_context();
    std::unique_ptr<TlsStream> stream;
    explicit RawClient(const TlsNetwork& network) {
        auto made = TlsStream::connect(context.get(), network.committee[0].endpoint, Clock::now() + patience);
        if (made) stream = *std::move(made);
    }
    void send(std::uint32_t length, Byte type, BytesView body) {
        Bytes frame(frame_head_bytes);
        store_be(frame.data(), length);
        frame[4] = type;
        append(frame, body);
        EXPECT_TRUE(stream->write(frame, {.stall = patience}));
    }
    /// The refusal that comes, or what else happened.
    std::string refusal() {
        Bytes head(frame_head_bytes);
        if (const auto read = stream->read(head, {.stall = patience}); !read) return "fault: " + read.error().text;
        if (head[4] != std::to_underlying(MessageType::refusal)) return "type " + std::to_string(head[4]);
        Bytes body(load_be<std::uint32_t>(head.data()));
        EXPECT_TRUE(stream->read(body, {.stall = patience}));
        const auto decoded = decode_refusal(body);
        return decoded ? decoded->text : "undecodable";
    }
    bool closed() {
        Bytes one(1);
        const auto read = stream->read(one, {.stall = patience});
        return !read && read.error().code == PeerError::closed;
    }
};

// [DA-NET.2]
TEST(ShardServer, MessagesThatAreTooLongOrUnknownEndTheConnection) {
    TlsNetwork network{1};
    {
        RawClient client{network};
        client.send(33, std::to_underlying(MessageType::has), {});
        EXPECT_EQ(client.refusal(), "message of type 7: at most 32 bytes, announced 33");
        EXPECT_TRUE(client.closed());
    }
    {
        RawClient client{network};
        client.send(0xFFFFFFFF, std::to_underlying(MessageType::begin_upload), {});
        EXPECT_NE(client.refusal().find("announced 4294967295"), std::string::npos);
        EXPECT_TRUE(client.closed());
    }
    for (const Byte type : {Byte{0}, Byte{8}, Byte{0x81}, Byte{0xFF}}) {
        RawClient client{network};
        client.send(0, type, {});
        EXPECT_NE(client.refusal().find("no request has type"), std::string::npos);
        EXPECT_TRUE(client.closed());
    }
    {
        RawClient client{network};
        client.send(1000, std::to_underlying(MessageType::upload_rows), {});
        EXPECT_NE(client.refusal().find("not begun"), std::string::npos) << "nobody makes the node wait for rows";
        EXPECT_TRUE(client.closed());
    }
    {
        RawClient client{network};
        client.send(0, std::to_underlying(MessageType::finish_upload), {});
        EXPECT_NE(client.refusal().find("not begun"), std::string::npos);
    }
    {
        RawClient client{network};
        client.send(4, std::to_underlying(MessageType::begin_upload), Bytes(4));
        EXPECT_NE(client.refusal().find("upload: "), std::string::npos);
        EXPECT_TRUE(client.closed());
    }
}

// [DA-NET.10]
TEST(ShardServer, SlowMessagesEnd) {
    {
        TlsNetwork network{1, {.message_timeout = milliseconds{50}}};
        RawClient client{network};
        client.send(32, std::to_underlying(MessageType::has), Bytes(31));  // the last byte never comes
        EXPECT_EQ(client.refusal(), "the message took too long to arrive");
        EXPECT_TRUE(client.closed());
    }
    TlsNetwork network{1, {.idle_timeout = milliseconds{50}}};
    RawClient silent{network};
    EXPECT_TRUE(silent.closed());
}

bool connects_at_last(const TlsNetwork& network) {
    for (const auto end = Clock::now() + patience; Clock::now() < end;) {
        if (network.tls()(network.committee[0])) return true;
    }
    return false;
}

TEST(ShardServer, ConnectionsAreBoundedAndComeBack) {
    TlsNetwork network{1, {.connections_max = 3, .connections_per_address_max = 2}};
    auto first = network.tls()(network.committee[0]);
    auto second = network.tls()(network.committee[0]);
    ASSERT_TRUE(first && second);
    const auto third = network.tls()(network.committee[0]);
    EXPECT_FALSE(third);
    EXPECT_TRUE((*first)->info()) << "those that are open go on";
    first->reset();
    EXPECT_TRUE(connects_at_last(network));
}

int connect_socket(std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    return socket;
}

TEST(ShardServer, GarbageInsteadOfTlsHurtsNobody) {
    TlsNetwork network{1, {.handshake_timeout = milliseconds{200}}};
    const int talker = connect_socket(network.servers[0]->port());
    EXPECT_GT(::send(talker, "GET / HTTP/1.1\r\n\r\n", 18, 0), 0);
    const int silent = connect_socket(network.servers[0]->port());
    char byte = 0;
    while (::recv(talker, &byte, 1, 0) > 0) {
    }
    EXPECT_LE(::recv(silent, &byte, 1, 0), 0) << "the handshake has its time";
    ::close(talker);
    ::close(silent);
    EXPECT_TRUE(connects_at_last(network));
}

TEST(ShardClient, AServerThatNeverSpeaksTimesOut) {
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ASSERT_EQ(::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    ASSERT_EQ(::listen(listener, 4), 0);
    socklen_t size = sizeof address;
    ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
    const Connect connect = connect_over_tls({.connect_timeout = milliseconds{30}});
    da::CommitteeMember member{.endpoint = "127.0.0.1:" + std::to_string(ntohs(address.sin_port))};
    const auto stalled = connect(member);
    ASSERT_FALSE(stalled);
    EXPECT_EQ(stalled.error().code, PeerError::timed_out);
    ::close(listener);
    const auto nobody = connect(member);
    ASSERT_FALSE(nobody);
    EXPECT_EQ(nobody.error().code, PeerError::unreachable);
    member.endpoint = "no-port";
    EXPECT_NE(connect(member).error().text.find("endpoint: expected host:port"), std::string::npos);
}

TEST(ShardServer, ATakenPortIsNamed) {
    TlsNetwork network{1};
    const auto second =
        ShardServer::start(network.service(0), TlsIdentity::make().value(), {.port = network.servers[0]->port()});
    ASSERT_FALSE(second);
    EXPECT_NE(second.error().find("cannot listen on 127.0.0.1:"), std::string::npos);
}

TEST(ShardServer, StoppingEndsUploads) {
    TlsNetwork network{1};
    RawClient client{network};
    network.servers.clear();
    EXPECT_TRUE(client.closed());
}

}  // namespace
}  // namespace enshrine::network
