// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/base/integer.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/network/messages.hpp>
#include <enshrine/network/shard_client.hpp>
#include <enshrine/network/tls_stream.hpp>

#include <fmt/format.h>

#include <array>

namespace enshrine::network {
namespace {

using Clock = TlsStream::Clock;

std::unexpected<PeerFault> fault(PeerError code, std::string text) {
    return std::unexpected{PeerFault{.code = code, .text = std::move(text)}};
}
std::unexpected<PeerFault> malformed(std::string_view what, const Error& error) {
    return fault(PeerError::malformed, fmt::format("{}: {}", what, error.message()));
}

class ShardClient final : public ShardPeer {
public:
    ShardClient(std::shared_ptr<ssl_ctx_st> context, std::unique_ptr<TlsStream> stream, ShardClientOptions options)
        : context_{std::move(context)}, stream_{std::move(stream)}, options_{options} {}

    PeerResult<PeerInfo> info() override {
        ENSHRINE_CHECK(send(MessageType::info, {}));
        ENSHRINE_TRY(const auto body, receive(MessageType::info_answer));
        const auto out = decode_info(body);
        if (!out) return malformed("info", out.error());
        return *out;
    }

    PeerResult<MemberSignature> upload(const ShardUpload& upload) override {
        const auto& matrix = upload.matrix;
        ENSHRINE_CHECK(
            send(MessageType::begin_upload, encode_begin({.chain_id = upload.chain_id,
                                                          .publication = upload.publication,
                                                          .row_root = matrix.row_root(),
                                                          .combinations = to_bytes(matrix.combinations())})));
        ENSHRINE_TRY(const auto begun, receive_any());
        if (begun.type == MessageType::signature) return signature_in(begun.body);
        if (begun.type != MessageType::upload_ready) return unexpected_answer(begun.type);
        const std::size_t rows_at_once = rows_per_request(matrix.shape().row_bytes);
        for (std::size_t i = 0; i < upload.rows.size(); i += rows_at_once) {
            const auto rows = upload.rows.subspan(i, std::min(rows_at_once, upload.rows.size() - i));
            ENSHRINE_CHECK(send_rows(matrix, rows));
        }
        ENSHRINE_CHECK(send(MessageType::finish_upload, {}));
        ENSHRINE_TRY(const auto body, receive(MessageType::signature));
        return signature_in(body);
    }

    PeerResult<std::optional<MatrixHeader>> header(const Hash32& commitment) override {
        ENSHRINE_CHECK(send(MessageType::get_header, commitment.view()));
        ENSHRINE_TRY(const auto body, receive(MessageType::header_answer));
        auto out = decode_header(body);
        if (!out) return malformed("header", out.error());
        return *std::move(out);
    }

    PeerResult<ProvenRows> rows(const Hash32& commitment, std::uint32_t row_bytes,
                                std::span<const std::uint32_t> indices) override {
        ENSHRINE_CHECK(send(MessageType::get_rows,
                            encode_query({.commitment = commitment, .indices = {indices.begin(), indices.end()}})));
        ENSHRINE_TRY(const auto body, receive(MessageType::rows_answer));
        const auto rows = decode_rows(body);
        if (!rows) return malformed("rows", rows.error());
        if (!rows->indices.empty() && rows->row_bytes != row_bytes) {
            return fault(PeerError::lied, fmt::format("rows of {} bytes, expected {}", rows->row_bytes, row_bytes));
        }
        return ProvenRows{
            .indices = std::move(rows->indices), .rows = to_bytes(rows->rows), .siblings = std::move(rows->siblings)};
    }

    PeerResult<bool> has(const Hash32& commitment) override {
        ENSHRINE_CHECK(send(MessageType::has, commitment.view()));
        ENSHRINE_TRY(const auto body, receive(MessageType::has_answer));
        if (body.size() != 1 || body[0] > 1) return fault(PeerError::malformed, "has: expected one byte, 0 or 1");
        return body[0] == 1;
    }

    void cancel() noexcept override { stream_->cancel(); }
    [[nodiscard]] std::uint64_t wire_bytes() const noexcept override { return stream_->wire_bytes(); }

private:
    struct Answer {
        MessageType type = MessageType::refusal;
        Bytes body;
    };

    [[nodiscard]] TlsStream::Patience patience() const { return {.stall = options_.stall_timeout}; }

    [[nodiscard]] PeerResult<void> send(MessageType type, BytesView body) {
        Bytes frame(frame_head_bytes);
        store_be(frame.data(), static_cast<std::uint32_t>(body.size()));
        frame[4] = std::to_underlying(type);
        append(frame, body);
        return stream_->write(frame, patience());
    }

    /// The rows go out from where they lie in the matrix; short ones are gathered first, because every write is a
    /// record.
    [[nodiscard]] PeerResult<void> send_rows(const data_availability::Matrix& matrix,
                                             std::span<const std::uint32_t> indices) {
        constexpr std::size_t record_bytes = 16 * 1024;
        const std::uint32_t row_bytes = matrix.shape().row_bytes;
        const Bytes head = encode_rows_head(indices, row_bytes);
        const Bytes tail = encode_siblings(matrix.prove_rows(indices));
        const std::size_t body_bytes = head.size() + indices.size() * row_bytes + tail.size();
        Bytes gathered(frame_head_bytes);
        store_be(gathered.data(), static_cast<std::uint32_t>(body_bytes));
        gathered[4] = std::to_underlying(MessageType::upload_rows);
        append(gathered, head);
        for (const std::uint32_t index : indices) {
            const BytesView row = matrix.row(index);
            if (row.size() >= record_bytes) {
                ENSHRINE_CHECK(flush(gathered));
                ENSHRINE_CHECK(stream_->write(row, patience()));
                continue;
            }
            append(gathered, row);
            if (gathered.size() >= record_bytes) ENSHRINE_CHECK(flush(gathered));
        }
        append(gathered, tail);
        return flush(gathered);
    }
    [[nodiscard]] PeerResult<void> flush(Bytes& gathered) {
        ENSHRINE_CHECK(stream_->write(gathered, patience()));
        gathered.clear();
        return {};
    }

    [[nodiscard]] PeerResult<Answer> receive_any() {
        std::array<Byte, frame_head_bytes> head{};
        ENSHRINE_CHECK(stream_->read(head, patience()));
        const auto size = load_be<std::uint32_t>(head.data());
        const auto size_max = message_bytes_max(head[4]);
        if (!size_max) return malformed(fmt::format("message of type {}", head[4]), size_max.error());
        if (size > *size_max) {
            return fault(PeerError::malformed,
                         fmt::format("message of type {}: at most {} bytes, announced {}", head[4], *size_max, size));
        }
        Answer out{.type = MessageType{head[4]}, .body = Bytes(size)};
        ENSHRINE_CHECK(stream_->read(out.body, patience()));
        if (out.type != MessageType::refusal) return out;
        const auto refusal = decode_refusal(out.body);
        if (!refusal) return malformed("refusal", refusal.error());
        return fault(PeerError::refused, refusal->text.empty()
                                             ? std::string{Error{refusal->code}.message()}
                                             : fmt::format("{} ({})", refusal->text, Error{refusal->code}.message()));
    }
    [[nodiscard]] PeerResult<Bytes> receive(MessageType expected) {
        ENSHRINE_TRY(auto answer, receive_any());
        if (answer.type != expected) return unexpected_answer(answer.type);
        return std::move(answer.body);
    }
    [[nodiscard]] static std::unexpected<PeerFault> unexpected_answer(MessageType type) {
        return fault(PeerError::malformed, fmt::format("an answer of type {} to another question",
                                                       static_cast<unsigned>(std::to_underlying(type))));
    }
    [[nodiscard]] static PeerResult<MemberSignature> signature_in(BytesView body) {
        if (body.size() != MemberSignature::size()) {
            return fault(PeerError::malformed, fmt::format("signature: expected 65 bytes, got {}", body.size()));
        }
        return MemberSignature::from(body);
    }

    std::shared_ptr<ssl_ctx_st> context_;
    std::unique_ptr<TlsStream> stream_;
    ShardClientOptions options_;
};

}  // namespace

Connect connect_over_tls(const ShardClientOptions& options) {
    const std::shared_ptr<ssl_ctx_st> context{make_client_context()};
    return
        [context, options](const data_availability::CommitteeMember& member) -> PeerResult<std::unique_ptr<ShardPeer>> {
            const auto deadline = Clock::now() + options.connect_timeout;
            ENSHRINE_TRY(auto stream, TlsStream::connect(context.get(), member.endpoint, deadline));
            const Hash32 key_hash = stream->key_hash();
            if (!member.tls_key_hash.is_zero() && key_hash != member.tls_key_hash) {
                return fault(PeerError::wrong_identity,
                             fmt::format("expected TLS key {}, got {}", codec::format_hex(member.tls_key_hash.view()),
                                         codec::format_hex(key_hash.view())));
            }
            auto client = std::make_unique<ShardClient>(context, std::move(stream), options);
            if (options.chain_id != 0) {
                ENSHRINE_TRY(const auto info, client->info());
                if (info.chain_id != options.chain_id) {
                    return fault(PeerError::refused,
                                 fmt::format("serves chain {}, expected {}", info.chain_id, options.chain_id));
                }
            }
            return client;
        };
}

}  // namespace enshrine::network
