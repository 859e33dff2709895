// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/network/messages.hpp>

// The first byte is the type of the message, the rest its body. What is decoded encodes to the same bytes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace enshrine;
    using namespace enshrine::network;
    if (size == 0) return 0;
    const BytesView body{data + 1, size - 1};
    const auto size_max = message_bytes_max(data[0]);
    if (!size_max || body.size() > *size_max) return 0;
    switch (MessageType{data[0]}) {
        case MessageType::begin_upload:
            if (const auto begin = decode_begin(body)) ENSHRINE_ASSERT(equal(encode_begin(*begin), body));
            break;
        case MessageType::upload_rows:
        case MessageType::rows_answer:
            if (const auto rows = decode_rows(body)) {
                Bytes again = encode_rows_head(rows->indices, rows->row_bytes);
                append(again, rows->rows);
                append(again, encode_siblings(rows->siblings));
                ENSHRINE_ASSERT(equal(again, body));
                ENSHRINE_ASSERT(rows->rows.size() == rows->indices.size() * rows->row_bytes);
            }
            break;
        case MessageType::get_rows:
            if (const auto query = decode_query(body)) ENSHRINE_ASSERT(equal(encode_query(*query), body));
            break;
        case MessageType::info_answer:
            if (const auto info = decode_info(body)) ENSHRINE_ASSERT(equal(encode_info(*info), body));
            break;
        case MessageType::header_answer:
            if (const auto header = decode_header(body)) ENSHRINE_ASSERT(equal(encode_header(*header), body));
            break;
        case MessageType::refusal:
            if (const auto refusal = decode_refusal(body)) {
                ENSHRINE_ASSERT(encode_refusal(*refusal).size() == body.size());
            }
            break;
        case MessageType::info:
        case MessageType::finish_upload:
        case MessageType::get_header:
        case MessageType::has:
        case MessageType::upload_ready:
        case MessageType::signature:
        case MessageType::has_answer:
            break;
    }
    return 0;
}
