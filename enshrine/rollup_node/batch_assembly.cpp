// SPDX-License-Identifier: Apache-2.0
#include <enshrine/rollup_node/batch_assembly.hpp>

#include <enshrine/codec/hex.hpp>
#include <enshrine/crypto/kzg.hpp>
#include <enshrine/data_availability/content.hpp>
#include <enshrine/messaging/message.hpp>
#include <enshrine/rollup_node/published_payload.hpp>
#include <enshrine/rollup_node/rollup_block.hpp>

#include <fmt/format.h>

namespace enshrine::rollup_node {
namespace {

std::string hex(const Hash32& hash) { return codec::format_hex(hash.view()); }

std::unexpected<std::string> l1_failure(const rpc::RpcError& error) { return std::unexpected{"L1: " + error.message}; }

/// Rolling hash behind `messages` [MSG.2].
Hash32 roll(Hash32 rolling, std::span<const Bytes> messages) {
    for (const Bytes& message : messages) rolling = messaging::next_rolling_hash(rolling, messaging::message_hash(message));
    return rolling;
}

std::expected<std::vector<Bytes>, std::string> fetch_messages(client::L1Client& l1, std::uint64_t rollup,
                                                              const RollupHead& head, std::uint64_t count,
                                                              std::uint64_t height_max) {
    std::vector<Bytes> out;
    if (count == 0) return out;
    const auto messages = l1.inbox(rollup, head.inbox_end, count);
    if (!messages) return l1_failure(messages.error());
    Hash32 rolling = head.inbox_rolling;
    for (const client::InboxMessage& message : *messages) {
        if (message.l1_height > height_max) break;
        const std::uint64_t expected_index = head.inbox_end + out.size();
        if (message.index != expected_index) {
            return std::unexpected{fmt::format("inbox of rollup {}: expected message {}, got {}", rollup, expected_index,
                                               message.index)};
        }
        rolling = messaging::next_rolling_hash(rolling, messaging::message_hash(message.message));
        if (rolling != message.rolling_hash) {
            return std::unexpected{fmt::format("inbox of rollup {}: message {} rolls to {}, the L1 has {}", rollup,
                                               message.index, hex(rolling), hex(message.rolling_hash))};
        }
        out.push_back(message.message);
    }
    return out;
}

std::expected<std::vector<Bytes>, std::string> fetch_blobs(client::L1Client& l1, const client::BatchRecord& batch,
                                                           const sequencing::BatchHeader& header) {
    std::vector<Bytes> blobs;
    if (batch.versioned_hashes.size() != header.references.size()) {
        return std::unexpected{fmt::format("batch {}: expected {} blobs, got {}", header.sequence,
                                           header.references.size(), batch.versioned_hashes.size())};
    }
    for (std::size_t i = 0; i < batch.versioned_hashes.size(); ++i) {
        const Hash32& versioned_hash = batch.versioned_hashes[i];
        auto blob = l1.blob(versioned_hash);
        if (!blob) return l1_failure(blob.error());
        if (!*blob) return std::unexpected{fmt::format("blob {} is not available", hex(versioned_hash))};
        const auto commitment = crypto::kzg::blob_to_commitment((*blob)->blob);
        if (!commitment || crypto::kzg::versioned_hash(*commitment) != versioned_hash) {
            return std::unexpected{fmt::format("blob {}: the bytes do not have this versioned hash", hex(versioned_hash))};
        }
        const Hash32 root = data_availability::content_root((*blob)->blob);
        if (root != header.references[i]) {
            return std::unexpected{fmt::format("blob {}: content root {}, the batch names {}", hex(versioned_hash), hex(root),
                                               hex(header.references[i]))};
        }
        blobs.push_back(std::move((*blob)->blob));
    }
    return blobs;
}

std::expected<PayloadNetwork::Payload, std::string> fetch_payload(const BatchOrigin& origin,
                                                                 const client::BatchRecord& batch,
                                                                 const sequencing::BatchHeader& header) {
    if (batch.payload_void) return PayloadNetwork::Payload{.malformed = true};  // [DA-BATCH.3]
    if (header.references.empty()) return PayloadNetwork::Payload{};
    switch (header.scheme) {
        case sequencing::PayloadScheme::native: return origin.network.retrieve(header.references.front(), header.payload_bytes);
        case sequencing::PayloadScheme::eip4844: break;
    }
    const auto blobs = fetch_blobs(origin.l1, batch, header);
    if (!blobs) return std::unexpected{blobs.error()};
    const std::vector<BytesView> views(blobs->begin(), blobs->end());
    auto payload = sequencing::unpack_blobs(views, header.payload_bytes);
    if (!payload) return std::unexpected{fmt::format("batch {}: {}", header.sequence, payload.error().message())};
    return PayloadNetwork::Payload{.bytes = *std::move(payload), .preimages = blob_preimages(*blobs)};
}

}  // namespace

std::expected<Anchor, std::string> latest_anchor(client::L1Client& l1) {
    const auto number = l1.block_number();
    if (!number) return l1_failure(number.error());
    const auto block = l1.block(*number);
    if (!block) return l1_failure(block.error());
    if (!*block) return std::unexpected{fmt::format("L1: block {} is missing", *number)};
    return Anchor{(*block)->number, (*block)->hash, (*block)->timestamp};
}

std::expected<std::vector<Bytes>, std::string> due_messages(client::L1Client& l1, const client::RollupStatus& rollup,
                                                           const RollupHead& head, std::uint64_t anchor_height) {
    constexpr std::uint64_t most = sequencing::inbox_messages_per_batch_max;
    return fetch_messages(l1, rollup.id, head, std::min(most, rollup.inbox_max.value_or(most)), anchor_height);
}

std::expected<FetchedBatch, std::string> fetch_batch(const BatchOrigin& origin, const RollupHead& head) {
    client::L1Client& l1 = origin.l1;
    const std::uint64_t rollup = origin.rollup;
    const std::uint64_t sequence = head.sequence + 1;
    auto registered = l1.batch(rollup, sequence);
    if (!registered) return l1_failure(registered.error());
    if (!*registered) return std::unexpected{fmt::format("batch {} is not registered", sequence)};
    FetchedBatch out;
    out.registered = *std::move(*registered);
    if (sequencing::batch_hash(out.registered.header) != out.registered.hash) {
        return std::unexpected{fmt::format("batch {}: the header does not have hash {}", sequence, hex(out.registered.hash))};
    }
    auto header = sequencing::decode_batch_header(out.registered.header);
    if (!header) return std::unexpected{fmt::format("batch {}: {}", sequence, header.error().message())};
    if (header->rollup != rollup || header->sequence != sequence || header->previous_hash != head.batch_hash ||
        header->inbox_end < head.inbox_end) {
        return std::unexpected{fmt::format("batch {}: does not follow batch {} with hash {}", sequence, head.sequence,
                                           hex(head.batch_hash))};
    }
    const auto anchor = l1.block(header->anchor_height);
    if (!anchor) return l1_failure(anchor.error());
    if (!*anchor || (*anchor)->hash != header->anchor_hash) {
        return std::unexpected{fmt::format("batch {}: L1 block {} is not the anchor {}", sequence, header->anchor_height,
                                           hex(header->anchor_hash))};
    }
    auto payload = fetch_payload(origin, out.registered, *header);
    if (!payload) return std::unexpected{payload.error()};
    const std::uint64_t count = header->inbox_end - head.inbox_end;
    auto messages = fetch_messages(l1, rollup, head, count, header->anchor_height);
    if (!messages) return std::unexpected{messages.error()};
    if (messages->size() != count) {
        return std::unexpected{fmt::format("batch {}: expected {} inbox messages, got {}", sequence, count, messages->size())};
    }
    out.payload = std::move(payload->bytes);
    out.inputs = BatchInputs{.header = *std::move(header),
                             .payload_preimages = std::move(payload->preimages),
                             .payload_void = payload->malformed,
                             .inbox_messages = *std::move(messages),
                             .inbox_first = head.inbox_end,
                             .inbox_start = head.inbox_rolling,
                             .previous_state_root = head.state_root,
                             .l1_timestamp = (*anchor)->timestamp};
    return out;
}

BatchRecord make_batch_record(const RollupHead& head, const BatchInputs& inputs, Bytes payload, const BatchResult& result) {
    BatchRecord record;
    record.header = inputs.header;
    record.hash = result.batch_hash;
    record.previous_state_root = inputs.previous_state_root;
    record.inbox_first = inputs.inbox_first;
    record.inbox_start = inputs.inbox_start;
    record.inbox_end = roll(inputs.inbox_start, inputs.inbox_messages);
    record.l1_timestamp = inputs.l1_timestamp;
    record.payload = std::move(payload);
    record.payload_void = inputs.payload_void;
    record.inbox_messages = inputs.inbox_messages;
    record.state_root = result.state_root;
    record.outbox_root = result.outbox_root;
    record.receipts_root = result.receipts_root;
    record.machine_root = result.machine_root;
    record.steps = result.steps;
    record.weight = result.weight;
    record.receipts = result.receipts;
    record.outbox = result.outbox;
    record.parent_block_hash = head.block_hash;
    record.block_hash = types::block_hash(block_header_of(record));
    return record;
}

}  // namespace enshrine::rollup_node
