// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/data_availability/content.hpp>
#include <enshrine/hash/sha256.hpp>

namespace enshrine::data_availability {

Bytes content_index(BytesView blob) noexcept {
    ENSHRINE_ASSERT(blob.size() == blob_bytes);
    Bytes out;
    out.reserve(content_pages * Hash32::size_bytes);
    for (std::size_t at = 0; at < blob_bytes; at += content_page_bytes) {
        append(out, hash::sha256(blob.subspan(at, content_page_bytes)).view());
    }
    return out;
}

Hash32 content_root(BytesView blob) noexcept { return hash::sha256(content_index(blob)); }

}  // namespace enshrine::data_availability
