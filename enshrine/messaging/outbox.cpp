// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/codec/binary.hpp>
#include <enshrine/crypto/merkle.hpp>
#include <enshrine/messaging/counters.hpp>
#include <enshrine/messaging/errors.hpp>
#include <enshrine/messaging/keys.hpp>
#include <enshrine/messaging/outbox.hpp>
#include <enshrine/rollup_registry/records.hpp>
#include <enshrine/system/values.hpp>

namespace enshrine::messaging {
namespace {

using system::refuse;

constexpr std::uint64_t bits_per_word = 256;

Result<SettledOutbox> decode_outbox(BytesView bytes) noexcept {
    codec::BinaryReader reader{bytes};
    SettledOutbox out;
    ENSHRINE_TRY(out.root, reader.fixed<32>());
    ENSHRINE_TRY(out.count, reader.u64());
    ENSHRINE_CHECK(reader.finish());
    return out;
}

U256 bit_of(std::uint64_t sequence) noexcept { return U256{1} << static_cast<unsigned>(sequence % bits_per_word); }

/// Number of siblings of a leaf: the levels on which its node has a neighbour.
std::uint64_t proof_length(std::uint64_t count, std::uint64_t index) noexcept {
    std::uint64_t out = 0;
    std::uint64_t at = index;
    for (std::uint64_t width = count; width > 1; width = (width + 1) / 2, at /= 2) {
        if ((at ^ 1) < width) ++out;
    }
    return out;
}

std::expected<void, system::Revert> check_proof(const SettledOutbox& outbox, const Hash32& hash, std::uint64_t index,
                                                const codec::abi::Arguments& arguments) {
    constexpr std::size_t siblings = 3;
    if (index >= outbox.count) return refuse<errors::index_out_of_range>(outbox.count, index);
    const std::uint64_t length = proof_length(outbox.count, index);
    const std::uint64_t got = arguments.array_size(siblings);
    if (got != length) return refuse<errors::wrong_proof_length>(length, got);
    std::vector<Hash32> path;
    for (std::size_t k = 0; k < length; ++k) path.push_back(arguments.array_word(siblings, k));
    const crypto::MerkleStatement statement{
        .root = outbox.root, .leaf_count = outbox.count, .index = index, .leaf = hash};
    if (!crypto::verify_merkle_proof(statement, path)) return refuse<errors::proof_mismatch>(outbox.root, hash);
    return {};
}

}  // namespace

std::optional<SettledOutbox> load_outbox(const state::StateView& state, std::uint64_t rollup, std::uint64_t batch) {
    const auto bytes = state.get(keys::outbox(rollup, batch));
    if (!bytes) return std::nullopt;
    const auto outbox = decode_outbox(*bytes);
    ENSHRINE_ASSERT(outbox.has_value());
    return *outbox;
}

void store_outbox(state::Overlay& state, std::uint64_t rollup, std::uint64_t batch, const SettledOutbox& outbox) {
    codec::BinaryWriter writer;
    writer.fixed(outbox.root.view());
    writer.u64(outbox.count);
    state.put(keys::outbox(rollup, batch), writer.bytes());
}

bool is_consumed(const state::StateView& state, std::uint64_t source, std::uint64_t destination,
                 std::uint64_t sequence) {
    const U256 word = load_word(state, keys::consumed(source, destination, sequence / bits_per_word));
    return word.bit(static_cast<unsigned>(sequence % bits_per_word));
}

std::expected<ProvenMessage, system::Revert> prove_message(const state::StateView& state,
                                                           const codec::abi::Arguments& arguments) {
    const BytesView bytes = arguments.bytes(0);
    const std::uint64_t batch = arguments.u64(1);
    const std::uint64_t index = arguments.u64(2);
    auto message = decode_message(bytes);
    if (!message) return refuse<errors::bad_message>(message.error().message());
    if (message->kind == MessageKind::forced_transaction) {
        return refuse<errors::wrong_kind>(static_cast<std::uint8_t>(message->kind));  // [MSG.9]
    }
    if (!rollup_registry::rollup_exists(state, message->source)) {
        return refuse<errors::unknown_rollup>(message->source);
    }
    const auto outbox = load_outbox(state, message->source, batch);
    if (!outbox) return refuse<errors::not_settled>(message->source, batch);
    ENSHRINE_CHECK(check_proof(*outbox, message_hash(bytes), index, arguments));
    if (is_consumed(state, message->source, message->destination, message->sequence)) {
        return refuse<errors::already_consumed>(message->source, message->destination, message->sequence);
    }
    return ProvenMessage{*std::move(message), bytes};
}

void mark_consumed(state::Overlay& state, const ProvenMessage& proven) {
    const Message& message = proven.message();
    const state::Key key = keys::consumed(message.source, message.destination, message.sequence / bits_per_word);
    // The bit is clear in a proven message, so the sum sets it and nothing else.
    store_word(state, key, load_word(state, key) + bit_of(message.sequence));
}

}  // namespace enshrine::messaging
