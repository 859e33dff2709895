// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>

#include <cstdint>

/// How a rollup's proofs are read: key, mapping and limits. Rules: docs/spec/settlement_by_proof.md [VALID.*].
namespace enshrine::rollup_registry {

/// How the statement becomes public inputs. Numbers are part of descriptions.
enum class Mapping : std::uint8_t { digest = 0, words = 1 };
[[nodiscard]] std::string_view to_text(Mapping mapping) noexcept;

struct Validity {
    Mapping mapping = Mapping::digest;
    Hash32 key_id;
    std::uint16_t inbox_max = 1;    ///< messages that a batch consumes at most
    std::uint16_t outbox_max = 0;   ///< messages that a batch sends at most
    std::uint32_t payload_max = 0;  ///< bytes
    [[nodiscard]] friend bool operator==(const Validity&, const Validity&) noexcept = default;
};

enum class ValidityError : std::uint16_t {
    wrong_size = 1,
    unknown_version,
    unknown_mapping,
    inbox_out_of_range,
    outbox_out_of_range,
    payload_out_of_range,
};
const ErrorDomain& error_domain(ValidityError) noexcept;

[[nodiscard]] Bytes encode_validity(const Validity& validity);
[[nodiscard]] Result<Validity> decode_validity(BytesView bytes) noexcept;  ///< [VALID.1]

/// Number of public inputs under the mapping [MAP.1] [MAP.2].
[[nodiscard]] std::size_t input_count(const Validity& validity) noexcept;

}  // namespace enshrine::rollup_registry
