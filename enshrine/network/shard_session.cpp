// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/network/shard_session.hpp>

#include <fmt/format.h>

namespace enshrine::network {
namespace {

std::unexpected<RefusalMessage> refuse(Refusal code, std::string text) {
    return std::unexpected{RefusalMessage{.code = code, .text = std::move(text)}};
}
std::unexpected<RefusalMessage> malformed(std::string_view what, const Error& error) {
    return refuse(Refusal::malformed, fmt::format("{}: {}", what, error.message()));
}

}  // namespace

ServiceResult<std::size_t> ShardSession::body_bytes_max(std::uint8_t type) const {
    const auto size_max = message_bytes_max(type);
    if (!size_max || type >= std::to_underlying(MessageType::info_answer)) {
        return refuse(Refusal::malformed, fmt::format("message type: no request has type {}", type));
    }
    if (MessageType{type} == MessageType::upload_rows && !uploading_) {
        return refuse(Refusal::no_upload, "rows of an upload that was not begun");
    }
    return *size_max;
}

std::optional<OutgoingMessage> ShardSession::handle(MessageType type, BytesView body) {
    if (type == MessageType::upload_rows) {
        take_rows(body);
        return std::nullopt;
    }
    auto out = answer(type, body);
    if (out) return *std::move(out);
    return OutgoingMessage{.type = MessageType::refusal,
                           .body = encode_refusal(out.error()),
                           .last = out.error().code == Refusal::malformed};
}

ServiceResult<OutgoingMessage> ShardSession::answer(MessageType type, BytesView body) {
    switch (type) {
        case MessageType::info:
            return OutgoingMessage{.type = MessageType::info_answer, .body = encode_info(service_.info())};
        case MessageType::begin_upload:
            return begin_upload(body);
        case MessageType::finish_upload:
            return finish_upload();
        case MessageType::get_rows:
            return get_rows(body);
        case MessageType::get_header: {
            if (body.size() != 32) return refuse(Refusal::malformed, "commitment: expected 32 bytes");
            auto header = service_.header(Hash32::from(body));
            if (!header) return std::unexpected{header.error()};
            return OutgoingMessage{.type = MessageType::header_answer, .body = encode_header(*header)};
        }
        case MessageType::has: {
            if (body.size() != 32) return refuse(Refusal::malformed, "commitment: expected 32 bytes");
            const bool has = service_.has(Hash32::from(body));
            return OutgoingMessage{.type = MessageType::has_answer, .body = {static_cast<Byte>(has ? 1 : 0)}};
        }
        case MessageType::upload_rows:
        case MessageType::info_answer:
        case MessageType::upload_ready:
        case MessageType::signature:
        case MessageType::rows_answer:
        case MessageType::header_answer:
        case MessageType::has_answer:
        case MessageType::refusal:
            break;
    }
    return refuse(Refusal::malformed, "no request has this type");
}

ServiceResult<OutgoingMessage> ShardSession::begin_upload(BytesView body) {
    const auto begin = decode_begin(body);
    if (!begin) return malformed("upload", begin.error());
    upload_.reset();
    failure_.reset();
    uploading_ = false;
    auto begun = service_.begin_upload(*begin);
    if (!begun) return std::unexpected{begun.error()};
    if (const auto* signature = std::get_if<MemberSignature>(&*begun)) {
        return OutgoingMessage{.type = MessageType::signature, .body = to_bytes(signature->view())};
    }
    upload_.emplace(std::get<ShardService::Upload>(std::move(*begun)));
    uploading_ = true;
    return OutgoingMessage{.type = MessageType::upload_ready, .body = {}};
}

void ShardSession::take_rows(BytesView body) {
    if (!upload_) return;
    const auto rows = decode_rows(body);
    const auto added = rows ? upload_->add(*rows) : ServiceResult<void>{malformed("rows", rows.error())};
    if (added) return;
    failure_ = added.error();
    upload_.reset();
}

ServiceResult<OutgoingMessage> ShardSession::finish_upload() {
    if (!uploading_) return refuse(Refusal::no_upload, "the end of an upload that was not begun");
    uploading_ = false;
    if (failure_) return std::unexpected{*std::exchange(failure_, std::nullopt)};
    const auto signature = upload_->finish();
    upload_.reset();
    if (!signature) return std::unexpected{signature.error()};
    return OutgoingMessage{.type = MessageType::signature, .body = to_bytes(signature->view())};
}

ServiceResult<OutgoingMessage> ShardSession::get_rows(BytesView body) {
    const auto query = decode_query(body);
    if (!query) return malformed("rows query", query.error());
    const auto rows = service_.rows(*query);
    if (!rows) return std::unexpected{rows.error()};
    const std::size_t count = rows->indices.size();
    const auto row_bytes = count == 0 ? std::size_t{data_availability::row_bytes_unit} : rows->rows.size() / count;
    Bytes out = encode_rows_head(rows->indices, static_cast<std::uint32_t>(row_bytes));
    append(out, rows->rows);
    append(out, encode_siblings(rows->siblings));
    return OutgoingMessage{.type = MessageType::rows_answer, .body = std::move(out)};
}

}  // namespace enshrine::network
