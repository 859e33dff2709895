// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/codec/binary.hpp>
#include <enshrine/rollup_registry/params.hpp>
#include <enshrine/rollup_registry/proof_inputs.hpp>

#include <algorithm>

namespace enshrine::rollup_registry {
namespace {

constexpr std::uint8_t form_native_coins = 1;
constexpr std::uint8_t form_other = 2;
constexpr unsigned value_bits = 8 * word_bytes;

bool carries_native_coins(const system::MessageFacts& message) noexcept {
    const bool credits = message.is_token || message.is_call;
    return credits && message.native_coins && (message.value >> value_bits).is_zero();
}

// [MAP.5]
void add_message(std::vector<U256>& out, const system::MessageFacts& message, std::uint64_t other_chain) {
    const bool native = carries_native_coins(message);
    codec::BinaryWriter writer;
    writer.u8(native ? form_native_coins : form_other);
    writer.u64(other_chain);
    writer.fixed(message.receiver.view());
    out.push_back(U256::from_be(writer.bytes()));
    out.push_back(U256::from_be(message.sender.view()));
    out.push_back(native ? message.value : U256{});
}

void pad(std::vector<U256>& out, std::size_t size) {
    ENSHRINE_ASSERT(out.size() <= size);
    out.resize(size);
}

// [MAP.4]
U256 context_word(const SettlementStatement& statement) {
    codec::BinaryWriter writer;
    writer.u64(statement.rollup);
    writer.u64(statement.last_sequence);
    writer.u64(statement.anchor_timestamp);
    return U256::from_be(writer.bytes());
}

// [MAP.6]
void add_payload(std::vector<U256>& out, BytesView payload) {
    for (BytesView rest = payload; !rest.empty(); rest = rest.subspan(std::min(word_bytes, rest.size()))) {
        Bytes word = to_bytes(rest.first(std::min(word_bytes, rest.size())));
        word.resize(word_bytes);
        out.push_back(U256::from_be(word));
    }
}

}  // namespace

std::vector<U256> digest_inputs(const Hash32& statement) {
    const auto halves = statement_halves(statement);
    return {halves.begin(), halves.end()};
}

std::vector<U256> word_inputs(const Validity& validity, const SettlementStatement& statement,
                              const BatchContents& contents) {
    std::vector<U256> out = digest_inputs(statement_digest(statement));
    out.push_back(U256::from_be(statement.state_root_before.view()));
    out.push_back(U256::from_be(statement.state_root_after.view()));
    out.push_back(context_word(statement));
    std::size_t size = out.size();
    for (const auto& message : contents.inbox) add_message(out, message, message.source);
    pad(out, size += words_per_message * validity.inbox_max);
    for (const auto& message : contents.outbox) add_message(out, message, message.destination);
    pad(out, size += words_per_message * validity.outbox_max);
    add_payload(out, contents.payload);
    pad(out, input_count(validity));
    return out;
}

}  // namespace enshrine::rollup_registry
