// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>

#include <vector>

/// The SHA-256 content tree of a blob, through which rollup programs reach its bytes. Rules: docs/spec/rollup.md [BLOB.1].
/// The functions take exactly blob_bytes bytes (asserted).
namespace enshrine::data_availability {

inline constexpr std::size_t blob_bytes = 131072;
inline constexpr std::size_t content_page_bytes = 4096;
inline constexpr std::size_t content_pages = blob_bytes / content_page_bytes;

/// h_0 ‖ … ‖ h_31: the preimage of the content root (1,024 bytes).
[[nodiscard]] Bytes content_index(BytesView blob) noexcept;
[[nodiscard]] Hash32 content_root(BytesView blob) noexcept;

}  // namespace enshrine::data_availability
