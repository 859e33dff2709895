// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/binary.hpp>
#include <enshrine/rollup_registry/params.hpp>
#include <enshrine/rollup_registry/validity.hpp>
#include <enshrine/sequencing/batch.hpp>

#include <utility>

namespace enshrine::rollup_registry {
namespace {

constexpr std::uint8_t description_version = 1;
constexpr std::size_t description_bytes = 42;
constexpr std::size_t statement_inputs = 2;
constexpr std::size_t transition_inputs = 3;  // two state roots and the context

std::string_view message(std::uint16_t code) noexcept {
    switch (ValidityError{code}) {
        case ValidityError::wrong_size:
            return "a validity description has 42 bytes";
        case ValidityError::unknown_version:
            return "the validity description has another version than 1";
        case ValidityError::unknown_mapping:
            return "the mapping is neither 0, digest, nor 1, words";
        case ValidityError::inbox_out_of_range:
            return "a batch consumes at most 1 to 256 inbox messages";
        case ValidityError::outbox_out_of_range:
            return "a batch sends at most 0 to 256 outbox messages, and under the mapping digest the field is 0";
        case ValidityError::payload_out_of_range:
            return "the payload bound is above that of any batch";
    }
    return "unknown error of a validity description";
}

Result<void> check_ranges(const Validity& validity) noexcept {
    if (validity.inbox_max < 1 || validity.inbox_max > sequencing::inbox_messages_per_batch_max) {
        return fail(ValidityError::inbox_out_of_range);
    }
    const std::size_t outbox_max = validity.mapping == Mapping::words ? outbox_messages_max : 0;
    if (validity.outbox_max > outbox_max) return fail(ValidityError::outbox_out_of_range);
    if (validity.payload_max > sequencing::batch_payload_bytes_max) return fail(ValidityError::payload_out_of_range);
    return {};
}

}  // namespace

const ErrorDomain& error_domain(ValidityError) noexcept {
    static constexpr ErrorDomain domain{"rollup_registry.validity", message};
    return domain;
}

std::string_view to_text(Mapping mapping) noexcept {
    switch (mapping) {
        case Mapping::digest:
            return "digest";
        case Mapping::words:
            return "words";
    }
    return {};
}

Bytes encode_validity(const Validity& validity) {
    return codec::BinaryWriter{}
        .u8(description_version)
        .u8(std::to_underlying(validity.mapping))
        .fixed(validity.key_id.view())
        .u16(validity.inbox_max)
        .u16(validity.outbox_max)
        .u32(validity.payload_max)
        .take();
}

Result<Validity> decode_validity(BytesView bytes) noexcept {
    if (bytes.size() != description_bytes) return fail(ValidityError::wrong_size);
    codec::BinaryReader reader{bytes};
    ENSHRINE_TRY(const auto version, reader.u8());
    if (version != description_version) return fail(ValidityError::unknown_version);
    ENSHRINE_TRY(const auto mapping, reader.u8());
    if (mapping > std::to_underlying(Mapping::words)) return fail(ValidityError::unknown_mapping);
    Validity out;
    out.mapping = Mapping{mapping};
    ENSHRINE_TRY(out.key_id, reader.fixed<32>());
    ENSHRINE_TRY(out.inbox_max, reader.u16());
    ENSHRINE_TRY(out.outbox_max, reader.u16());
    ENSHRINE_TRY(out.payload_max, reader.u32());
    ENSHRINE_CHECK(check_ranges(out));
    return out;
}

std::size_t input_count(const Validity& validity) noexcept {
    if (validity.mapping == Mapping::digest) return statement_inputs;
    const std::size_t messages = std::size_t{validity.inbox_max} + validity.outbox_max;
    const std::size_t payload_words = (validity.payload_max + word_bytes - 1) / word_bytes;
    return statement_inputs + transition_inputs + words_per_message * messages + payload_words;
}

}  // namespace enshrine::rollup_registry
