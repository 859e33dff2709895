// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>

/// The payload of a batch that lies in a matrix of the native scheme. Rules: docs/spec/data_availability.md
/// [DA-BATCH.*].
namespace enshrine::guest {

/// The blob of `payload_bytes` bytes (1 to batch_payload_bytes_max) behind the commitment; empty when the data rows are
/// not those of the codeword [DA-BATCH.2].
[[nodiscard]] Bytes read_native_payload(const Hash32& commitment, std::size_t payload_bytes);

}  // namespace enshrine::guest
