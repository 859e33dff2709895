// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/fields.hpp>
#include <enshrine/base/bytes.hpp>

#include <string_view>

namespace enshrine::proofs {

/// expand_message_xmd of RFC 9380 with SHA-256. At most 255 blocks of 32 bytes and 255 bytes of tag (asserted).
[[nodiscard]] Bytes expand_message_sha256(BytesView message, std::string_view tag, std::size_t size);

/// A big-endian number of any size modulo r.
[[nodiscard]] algebra::bn254::Fr reduce_to_fr(BytesView number) noexcept;

/// gnark's hash to the scalar field of BN254: 48 bytes of expand_message_sha256 modulo r.
[[nodiscard]] algebra::bn254::Fr hash_to_fr_sha256(BytesView message, std::string_view tag);

}  // namespace enshrine::proofs
