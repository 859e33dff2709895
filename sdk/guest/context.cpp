// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/integer.hpp>
#include <enshrine/sequencing/runtime.hpp>

#include <sdk/guest/context.hpp>
#include <sdk/guest/params.hpp>

#include <algorithm>

namespace enshrine::guest {
namespace {

constexpr std::uint8_t l1_chain_entry = 0;
constexpr std::uint8_t stream_entry = 1;

/// A u64 entry of the runtime; 0 when absent.
std::uint64_t load_number(const State& state, const state::Key& key) {
    const Bytes* const value = state.find(key);
    return value == nullptr ? 0 : load_be<std::uint64_t>(value->data());
}

bool belongs_to_program(const state::Key& key) noexcept {
    return key.bytes()[0] == static_cast<Byte>(state::Module::rollup_program);
}

}  // namespace

state::Key l1_chain_key() noexcept {
    return state::Key{state::Module::rollup_system}.u8(l1_chain_entry);
}

state::Key stream_key(std::uint64_t destination) noexcept {
    return state::Key{state::Module::rollup_system}.u8(stream_entry).u64(destination);
}

std::uint64_t Context::l1_chain_id() const {
    return load_number(state_, l1_chain_key());
}

messaging::AssetId Context::own_asset() const noexcept {
    return messaging::make_asset(run_.rollup_id, program_address);
}

Amount Context::balance(const Address& owner, const messaging::AssetId& asset) const {
    return balance_of(state_, owner, asset);
}

Result<void> Context::transfer(const Address& from, const Address& to, const messaging::AssetId& asset,
                               const Amount& amount) {
    const State::Mark before = state_.mark();
    ENSHRINE_CHECK(debit(state_, from, asset, amount));
    const auto credited = credit(state_, to, asset, amount);
    if (!credited) state_.revert_to(before);
    return credited;
}

Result<void> Context::mint(const Address& to, const Amount& amount) {
    return credit(state_, to, own_asset(), amount);
}

Result<void> Context::burn(const Address& from, const Amount& amount) {
    return debit(state_, from, own_asset(), amount);
}

U256 Context::load(const state::Key& key) const {
    const Bytes* const entry = state_.find(key);
    return entry == nullptr ? U256{} : U256::from_be(*entry);
}

void Context::store(const state::Key& key, const U256& number) {
    ENSHRINE_ASSERT(belongs_to_program(key));
    if (number.is_zero()) {
        state_.erase(key);
    } else {
        state_.put(key, number.to_be().view());
    }
}

void Context::store_bytes(const state::Key& key, BytesView bytes) {
    ENSHRINE_ASSERT(belongs_to_program(key));
    state_.put(key, bytes);
}

// [MSG.13]
std::expected<void, system::Revert> Context::send(const Outgoing& outgoing) {
    const std::uint64_t destination = outgoing.destination;
    if (destination == run_.rollup_id) return refuse(own_destination_error, codec::abi::Encoder{1}.u64(destination));
    const bool is_rollup = destination != 0 && destination <= sequencing::rollup_id_max;
    if (!is_rollup && destination != l1_chain_id()) {
        return refuse(invalid_destination_error,
                      codec::abi::Encoder{2}.u64(destination).u64(sequencing::rollup_id_max));
    }
    const bool calls_program = outgoing.kind == messaging::MessageKind::call && outgoing.receiver == program_address;
    if (!calls_program && !can_own(outgoing.receiver)) return refuse_receiver(outgoing.receiver);
    if (!debit(state_, program_address, outgoing.asset, outgoing.value)) {
        return refuse_balance(*this, program_address, outgoing.asset, outgoing.value);
    }
    const state::Key key = stream_key(outgoing.destination);
    messaging::Message message;
    message.kind = outgoing.kind;
    message.source = run_.rollup_id;
    message.destination = outgoing.destination;
    message.sequence = load_number(state_, key);
    message.sender = call_.sender;
    message.receiver = outgoing.receiver;
    message.value = outgoing.value;
    message.asset = outgoing.asset;
    message.data = outgoing.data;
    std::array<Byte, 8> next{};
    store_be(next.data(), message.sequence + 1);
    state_.put(key, next);
    outbox_.push_back(messaging::encode_message(message));
    return {};
}

void Context::emit_event(const Hash32& topic, std::span<const Hash32> indexed, const codec::abi::Encoder& data) {
    ENSHRINE_ASSERT(indexed.size() < types::log_topics_max);
    types::Log& log = logs_.emplace_back();
    log.address = program_address;
    log.topics.reserve(1 + indexed.size());
    log.topics.push_back(topic);
    log.topics.insert(log.topics.end(), indexed.begin(), indexed.end());
    log.data = data.finish();
}

std::unexpected<system::Revert> refuse(const ErrorDeclaration& error, const codec::abi::Encoder& arguments) {
    return std::unexpected{system::Revert{arguments.finish_call(error.selector_value)}};
}

std::unexpected<system::Revert> refuse_balance(const Context& context, const Address& owner,
                                               const messaging::AssetId& asset, const Amount& requested) {
    codec::abi::Encoder arguments{4};
    arguments.address(owner);
    arguments.bytes32(Hash32::from(asset.view()));
    arguments.u256(context.balance(owner, asset).wei());
    arguments.u256(requested.wei());
    return refuse(insufficient_balance_error, arguments);
}

bool can_own(const Address& receiver) noexcept {
    return receiver != Address{} && receiver != program_address;
}

std::unexpected<system::Revert> refuse_receiver(const Address& receiver) {
    return refuse(invalid_receiver_error, codec::abi::Encoder{1}.address(receiver));
}

Hash32 topic_of(const Address& address) noexcept {
    Hash32 out;
    std::copy(address.begin(), address.end(), out.begin() + (Hash32::size_bytes - Address::size_bytes));
    return out;
}

}  // namespace enshrine::guest
