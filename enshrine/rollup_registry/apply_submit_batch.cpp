// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/data_availability/namespaces.hpp>
#include <enshrine/data_availability/publications.hpp>
#include <enshrine/rollup_registry/errors.hpp>
#include <enshrine/rollup_registry/events.hpp>
#include <enshrine/rollup_registry/handlers.hpp>
#include <enshrine/rollup_registry/params.hpp>
#include <enshrine/rollup_registry/records.hpp>
#include <enshrine/sequencing/batch.hpp>
#include <enshrine/sequencing/certificate.hpp>
#include <enshrine/system/block_history.hpp>
#include <enshrine/system/values.hpp>

#include <algorithm>

namespace enshrine::rollup_registry {
namespace {

using data_availability::PublishedBlob;
using sequencing::BatchHeader;
using sequencing::PayloadScheme;
using system::refuse;
using Check = std::expected<void, system::Revert>;

static_assert(anchor_age_blocks_max < system::block_history_blocks, "every allowed anchor is remembered");

std::expected<BatchHeader, system::Revert> decode_header(BytesView bytes) {
    if (bytes.size() > batch_header_bytes_max) {
        return refuse<errors::batch_header_too_large>(std::uint64_t{batch_header_bytes_max},
                                                      std::uint64_t{bytes.size()});
    }
    auto header = sequencing::decode_batch_header(bytes);
    if (!header) return refuse<errors::bad_batch_header>(header.error().message());
    return *std::move(header);
}

// [BATCH.4]
Check check_succession(const BatchHeader& header, const Progress& progress) {
    const std::uint64_t sequence = progress.last_sequence + 1;
    if (header.sequence != sequence) return refuse<errors::wrong_sequence>(sequence, header.sequence);
    if (header.previous_hash != progress.last_batch_hash) {
        return refuse<errors::wrong_previous_hash>(progress.last_batch_hash, header.previous_hash);
    }
    return {};
}

/// [BATCH.5] Timestamp of the anchor.
std::expected<std::uint64_t, system::Revert> check_anchor(const system::CallContext& context, const BatchHeader& header,
                                                          const Progress& progress) {
    const std::uint64_t height = context.block.height;
    ENSHRINE_ASSERT(height > 0);
    const std::uint64_t oldest = height > anchor_age_blocks_max ? height - anchor_age_blocks_max : 0;
    const std::uint64_t lowest = std::max(oldest, progress.last_anchor_height);
    const std::uint64_t highest = height - 1;
    if (header.anchor_height < lowest || header.anchor_height > highest) {
        return refuse<errors::anchor_out_of_range>(lowest, highest, header.anchor_height);
    }
    const auto known = system::load_block_history(context.state, header.anchor_height);
    const system::BlockHistoryEntry anchor = known.value_or(system::BlockHistoryEntry{});
    if (!known || header.anchor_hash != anchor.hash) {
        return refuse<errors::wrong_anchor_hash>(header.anchor_height, anchor.hash, header.anchor_hash);
    }
    return anchor.timestamp;
}

// [BATCH.6] [VALID.3]
Check check_inbox_end(const system::CallContext& context, const BatchHeader& header, const Progress& progress) {
    const std::uint64_t enqueued = context.services.inbox->count_at(context.state, header.rollup, header.anchor_height);
    const std::uint64_t expected =
        std::min(enqueued, progress.inbox_consumed + inbox_messages_max(context.state, header.rollup));
    if (header.inbox_end != expected) return refuse<errors::wrong_inbox_end>(expected, header.inbox_end);
    return {};
}

/// [DA-BATCH.5] Why the publication that the batch needs is not there.
std::unexpected<system::Revert> refuse_publication(const system::CallContext& context, const Hash32& commitment,
                                                   const PublishedBlob& needed) {
    const auto other = data_availability::load_publication(context.state, commitment);
    if (!other) return refuse<errors::not_published>(commitment);
    if (other->blobs.size() != 1) {
        return refuse<errors::matrix_of_several_blobs>(commitment, std::uint64_t{other->blobs.size()});
    }
    const PublishedBlob& published = other->blobs.front();
    if (published.name_space != needed.name_space) {
        return refuse<errors::wrong_namespace>(needed.name_space, published.name_space);
    }
    return refuse<errors::wrong_payload_size>(published.size, needed.size);
}

// [DA-BATCH.5]
Check check_publication(const system::CallContext& context, const BatchHeader& header) {
    const auto blobs = context.txn.blobs;
    if (!blobs.empty()) return refuse<errors::blobs_beside_matrix>(std::uint64_t{blobs.size()});
    if (header.references.empty()) return {};
    const Hash32& commitment = header.references.front();
    const PublishedBlob needed{.name_space = data_availability::namespace_of_rollup(header.rollup),
                               .size = header.payload_bytes};
    const auto publication = data_availability::load_publication(context.state, commitment, {&needed, 1});
    if (!publication) return refuse_publication(context, commitment, needed);
    const std::uint64_t height = context.block.height;
    const std::uint64_t oldest = height > publication_age_blocks_max ? height - publication_age_blocks_max : 0;
    if (publication->height < oldest) return refuse<errors::publication_too_old>(oldest, publication->height);
    if (publication->expires_at < height) return refuse<errors::publication_expired>(publication->expires_at, height);
    return {};
}

// [BATCH.7]
Check check_blobs(const system::CallContext& context, const BatchHeader& header) {
    const auto blobs = context.txn.blobs;
    if (header.references.size() != blobs.size()) {
        return refuse<errors::wrong_blob_count>(std::uint64_t{blobs.size()}, std::uint64_t{header.references.size()});
    }
    for (std::size_t i = 0; i < blobs.size(); ++i) {
        if (header.references[i] != blobs[i].content_root) {
            return refuse<errors::wrong_content_root>(std::uint64_t{i}, blobs[i].content_root, header.references[i]);
        }
    }
    return {};
}

Check check_payload(const system::CallContext& context, const BatchHeader& header) {
    switch (header.scheme) {
        case PayloadScheme::eip4844:
            return check_blobs(context, header);
        case PayloadScheme::native:
            return check_publication(context, header);
    }
    return refuse<errors::bad_batch_header>(std::string_view{"unknown scheme"});
}

/// [VALID.3] What a circuit has room for. [VALID.6] Data that only a stranger has would keep its prover from proving.
Check check_payload_bytes(const system::CallContext& context, const BatchHeader& header, const Address& sequencer) {
    const auto validity = load_validity(context.state, header.rollup);
    if (!validity) return {};
    const bool opens_data = validity->mapping == Mapping::words;
    const std::uint32_t most = opens_data && context.caller != sequencer ? 0 : validity->payload_max;
    if (header.payload_bytes <= most) return {};
    return refuse<errors::payload_over_limit>(most, header.payload_bytes);
}

bool lane_open(const system::CallContext& context, std::uint64_t rollup, const Progress& progress) {
    const auto enqueued = context.services.inbox->enqueued_at(context.state, rollup, progress.inbox_consumed);
    return enqueued.has_value() && context.block.height - *enqueued > force_window_blocks;
}

// [BATCH.9]
Check check_certificate(const Hash32& hash, const Address& sequencer, BytesView certificate) {
    const auto certified = sequencing::verify_certificate(certificate, hash, std::span{&sequencer, 1});
    if (!certified) return refuse<errors::bad_certificate>(certified.error().message());
    return {};
}

/// [BATCH.8] Another sender than the sequencer. Nobody could be asked for a certificate.
Check check_open_lane(const system::CallContext& context, const BatchHeader& header, const Progress& progress,
                      const Address& sequencer, BytesView certificate) {
    if (!lane_open(context, header.rollup, progress)) return refuse<errors::not_sequencer>(sequencer, context.caller);
    if (header.inbox_end == progress.inbox_consumed) return refuse<errors::nothing_forced>(header.inbox_end);
    if (!certificate.empty()) return refuse<errors::certificate_not_empty>(std::uint64_t{certificate.size()});
    return {};
}

}  // namespace

system::CallResult apply_submit_batch(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const BytesView header_bytes = arguments.bytes(0);
    const BytesView certificate = arguments.bytes(1);
    ENSHRINE_TRY(const auto header, decode_header(header_bytes));
    const auto rollup = load_rollup(context.state, header.rollup);
    if (!rollup) return refuse<errors::unknown_rollup>(header.rollup);
    auto progress = load_progress(context.state, header.rollup);
    ENSHRINE_ASSERT(progress.has_value());
    const Hash32 hash = sequencing::batch_hash(header_bytes);

    ENSHRINE_CHECK(check_succession(header, *progress));
    ENSHRINE_TRY(const auto anchor_timestamp, check_anchor(context, header, *progress));
    ENSHRINE_CHECK(check_inbox_end(context, header, *progress));
    ENSHRINE_CHECK(check_payload_bytes(context, header, rollup->sequencer));
    ENSHRINE_CHECK(check_payload(context, header));
    if (context.caller == rollup->sequencer) {
        ENSHRINE_CHECK(check_certificate(hash, rollup->sequencer, certificate));
    } else {
        ENSHRINE_CHECK(check_open_lane(context, header, *progress, rollup->sequencer, certificate));
    }

    BatchRecord batch{.header = to_bytes(header_bytes),
                      .hash = hash,
                      .l1_height = context.block.height,
                      .l1_txn = context.txn.hash,
                      .inbox_first = progress->inbox_consumed,
                      .anchor_timestamp = anchor_timestamp,
                      .certified = !certificate.empty(),
                      .versioned_hashes = {},
                      .payload_void = false};
    for (const types::BlobRecord& blob : context.txn.blobs) batch.versioned_hashes.push_back(blob.versioned_hash);
    store_batch(context.state, header.rollup, header.sequence, batch);
    progress->last_sequence = header.sequence;
    progress->last_batch_hash = hash;
    progress->last_anchor_height = header.anchor_height;
    progress->inbox_consumed = header.inbox_end;
    store_progress(context.state, header.rollup, *progress);
    system::emit<events::batch_submitted>(context, header.rollup, header.sequence, hash, header_bytes, certificate);
    return Bytes{};
}

}  // namespace enshrine::rollup_registry
