// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <sdk/guest/batch_input.hpp>
#include <sdk/guest/calls.hpp>
#include <sdk/guest/native_payload.hpp>

#include <algorithm>
#include <cstring>

namespace enshrine::guest {
namespace {

constexpr std::size_t page_bytes = 4096;
constexpr std::size_t element_bytes = 32;
constexpr std::size_t element_payload_bytes = 31;
constexpr std::size_t pages_per_blob = 32;

/// Takes the next payload bytes out of one page of field elements.
void append_page(Bytes& payload, BytesView page, std::size_t payload_bytes) {
    for (std::size_t at = 0; at < page.size() && payload.size() < payload_bytes; at += element_bytes) {
        const std::size_t size = std::min(element_payload_bytes, payload_bytes - payload.size());
        const std::size_t end = payload.size();
        payload.resize(end + size);
        std::memcpy(payload.data() + end, page.data() + at + 1, size);
    }
}

std::expected<void, ExitCode> append_blob(Bytes& payload, const Hash32& content_root, std::size_t payload_bytes) {
    const Bytes index = to_bytes(reveal(content_root));
    if (index.size() != pages_per_blob * Hash32::size_bytes) return std::unexpected{exit_bad_content};
    for (std::size_t i = 0; i < pages_per_blob && payload.size() < payload_bytes; ++i) {
        const BytesView hash = BytesView{index}.subspan(i * Hash32::size_bytes, Hash32::size_bytes);
        const BytesView page = reveal(Hash32::from(hash));
        if (page.size() != page_bytes) return std::unexpected{exit_bad_content};
        append_page(payload, page, payload_bytes);
    }
    return {};
}

std::expected<Bytes, ExitCode> read_blobs(const sequencing::BatchHeader& header) {
    Bytes payload;
    payload.reserve(header.payload_bytes);
    for (const Hash32& root : header.references) {
        if (const auto read = append_blob(payload, root, header.payload_bytes); !read) {
            return std::unexpected{read.error()};
        }
    }
    return payload;
}

}  // namespace

std::expected<sequencing::BatchHeader, ExitCode> read_batch_header(const vm::ProgramArguments& run) {
    const auto header = sequencing::decode_batch_header(reveal(run.batch_hash));
    if (!header) return std::unexpected{exit_bad_batch};
    const bool fits = header->rollup == run.rollup_id && header->sequence == run.batch_sequence &&
                      header->anchor_height == run.l1_height && run.inbox_count <= header->inbox_end &&
                      header->inbox_end - run.inbox_count == run.inbox_first;
    if (!fits) return std::unexpected{exit_bad_batch};
    return *header;
}

std::expected<std::vector<Hash32>, ExitCode> read_inbox(const vm::ProgramArguments& run) {
    if (run.inbox_count > sequencing::inbox_messages_per_batch_max) return std::unexpected{exit_bad_inbox};
    std::vector<Hash32> messages(static_cast<std::size_t>(run.inbox_count));
    Hash32 rolling = run.inbox_end;
    for (std::size_t i = messages.size(); i-- > 0;) {
        const BytesView link = reveal(rolling);
        if (link.size() != 2 * Hash32::size_bytes) return std::unexpected{exit_bad_inbox};
        rolling = Hash32::from(link.first(Hash32::size_bytes));
        messages[i] = Hash32::from(link.subspan(Hash32::size_bytes));
    }
    if (rolling != run.inbox_start) return std::unexpected{exit_bad_inbox};
    return messages;
}

std::expected<Bytes, ExitCode> read_payload(const vm::ProgramArguments& run, const sequencing::BatchHeader& header) {
    if (run.payload_void || header.references.empty()) return Bytes{};  // [DA-BATCH.3]
    switch (header.scheme) {
        case sequencing::PayloadScheme::eip4844:
            return read_blobs(header);
        case sequencing::PayloadScheme::native:
            return read_native_payload(header.references[0], header.payload_bytes);
    }
    return std::unexpected{exit_bad_batch};
}

}  // namespace enshrine::guest
