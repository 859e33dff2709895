// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/crypto/merkle.hpp>
#include <enshrine/data_availability/content.hpp>
#include <enshrine/data_availability/matrix_opening.hpp>
#include <enshrine/data_availability/shape.hpp>
#include <enshrine/rollup_registry/batch_opening.hpp>
#include <enshrine/rollup_registry/errors.hpp>
#include <enshrine/rollup_registry/params.hpp>
#include <enshrine/sequencing/batch.hpp>
#include <enshrine/system/values.hpp>

namespace enshrine::rollup_registry {
namespace {

using data_availability::OpeningError;
using sequencing::BatchHeader;
using sequencing::PayloadScheme;
using system::refuse;
template <class T>
using Checked = std::expected<T, system::Revert>;

Checked<void> charge(system::CallContext& context, std::uint64_t gas) {
    if (!context.charge(gas)) return system::out_of_gas(context.gas_limit(), gas);
    return {};
}

/// Blobs, one behind the other, or the payload that packs to them.
Result<Bytes> open_blobs(const BatchHeader& header, BytesView data) {
    const std::size_t count = header.references.size();
    std::vector<Bytes> blobs;
    if (data.size() == header.payload_bytes) {
        blobs = sequencing::pack_blobs(data);
    } else if (data.size() == count * data_availability::blob_bytes) {
        for (std::size_t i = 0; i < count; ++i) {
            blobs.push_back(to_bytes(data.subspan(i * data_availability::blob_bytes, data_availability::blob_bytes)));
        }
    } else {
        return fail(OpeningError::wrong_size);
    }
    ENSHRINE_ASSERT(blobs.size() == count);
    for (std::size_t i = 0; i < count; ++i) {
        if (data_availability::content_root(blobs[i]) != header.references[i]) return fail(OpeningError::mismatch);
    }
    const std::vector<BytesView> views{blobs.begin(), blobs.end()};
    return sequencing::unpack_blobs(views, header.payload_bytes);
}

std::uint64_t opening_gas(const BatchHeader& header) {
    switch (header.scheme) {
        case PayloadScheme::eip4844:
            return header.references.size() * opened_blob_gas;
        case PayloadScheme::native: {
            const auto shape = data_availability::shape_of(header.payload_bytes);
            ENSHRINE_ASSERT(shape.has_value());  // the size is that of a publication
            return shape->data_bytes() * opened_row_byte_gas;
        }
    }
    return 0;
}

Result<Bytes> open_data(const BatchHeader& header, BytesView data) {
    switch (header.scheme) {
        case PayloadScheme::eip4844:
            return open_blobs(header, data);
        case PayloadScheme::native:
            return data_availability::open_matrix(
                {.commitment = header.references.front(), .size = header.payload_bytes}, data);
    }
    return fail(OpeningError::wrong_size);
}

// [MAP.7]
Checked<Bytes> open_payload(system::CallContext& context, const BatchHeader& header, const BatchRecord& batch,
                            BytesView data) {
    if (batch.payload_void || header.references.empty()) {
        if (data.empty()) return Bytes{};
        return refuse<errors::payload_refused>(Error{OpeningError::wrong_size}.message());
    }
    ENSHRINE_CHECK(charge(context, opening_gas(header)));
    auto payload = open_data(header, data);
    if (!payload) return refuse<errors::payload_refused>(payload.error().message());
    return *std::move(payload);
}

/// Why message `index` may not be sent [MAP.8]; empty: it may.
std::string_view refusal_of(const system::MessageFacts& message, std::uint64_t rollup,
                            std::uint64_t sequence) noexcept {
    if (!message.is_token) return "the kind is not token";
    if (message.source != rollup) return "the source is not the rollup";
    if (!message.native_coins) return "the asset is not the native coin";
    if (!(message.value >> (8 * word_bytes)).is_zero()) return "the value is 2^248 or more";
    if (message.has_data) return "the message has data";
    if (message.sequence != sequence) return "the sequence is not batch sequence * 65536 + index";
    return {};
}

struct Outbox {
    std::vector<system::MessageFacts> messages;
    std::vector<Hash32> leaves;
};
Checked<Outbox> read_outbox(system::CallContext& context, const ProvenClaim& claim, std::uint64_t messages_max) {
    const std::uint64_t count = claim.outbox.size() / system::plain_message_bytes;
    if (claim.outbox.size() % system::plain_message_bytes != 0) {
        return refuse<errors::outbox_refused>(count, std::string_view{"the last message is cut off"});
    }
    if (count > messages_max) return refuse<errors::too_many_outbox_messages>(messages_max, count);
    ENSHRINE_CHECK(charge(context, count * opened_message_gas));
    Outbox out;
    for (std::uint64_t i = 0; i < count; ++i) {
        const BytesView bytes = claim.outbox.subspan(i * system::plain_message_bytes, system::plain_message_bytes);
        const auto message = context.services.messages->read(bytes);
        if (!message) return refuse<errors::outbox_refused>(i, message.error().message());
        const std::uint64_t sequence = claim.last_sequence * outbox_sequences_per_batch + i;
        if (const auto reason = refusal_of(*message, claim.outcome.rollup, sequence); !reason.empty()) {
            return refuse<errors::outbox_refused>(i, reason);
        }
        out.messages.push_back(*message);
        out.leaves.push_back(context.services.messages->outbox_leaf(bytes));
    }
    return out;
}

// [MAP.8]
Checked<std::vector<system::MessageFacts>> open_outbox(system::CallContext& context, const ProvenClaim& claim,
                                                       const Validity& validity) {
    ENSHRINE_TRY(auto outbox, read_outbox(context, claim, validity.outbox_max));
    const std::uint64_t count = outbox.messages.size();
    if (claim.outcome.outbox_count != count) {
        return refuse<errors::wrong_outbox_count>(claim.outcome.outbox_count, count);
    }
    const Hash32 root = crypto::merkle_root(outbox.leaves);
    if (claim.outcome.outbox_root != root) return refuse<errors::wrong_outbox_root>(claim.outcome.outbox_root, root);
    return std::move(outbox.messages);
}

}  // namespace

Checked<BatchContents> open_batch(system::CallContext& context, const ProvenClaim& claim, const BatchRecord& batch,
                                  const Validity& validity) {
    const auto header = sequencing::decode_batch_header(batch.header);
    ENSHRINE_ASSERT(header.has_value());  // submitBatch stored what had decoded
    BatchContents out;
    for (std::uint64_t index = batch.inbox_first; index < header->inbox_end; ++index) {
        ENSHRINE_CHECK(charge(context, opened_message_gas));
        out.inbox.push_back(context.services.messages->inbox_message(context.state, claim.outcome.rollup, index));
    }
    ENSHRINE_TRY(out.outbox, open_outbox(context, claim, validity));
    ENSHRINE_TRY(out.payload, open_payload(context, *header, batch, claim.data));
    return out;
}

}  // namespace enshrine::rollup_registry
