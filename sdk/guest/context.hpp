// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/sequencing/runtime_errors.hpp>
#include <enshrine/system/context.hpp>
#include <enshrine/vm/arguments.hpp>

#include <sdk/guest/ledger.hpp>

#include <span>
#include <vector>

/// What a method of a rollup program sees while one call runs.
namespace enshrine::guest {

/// Entries of the runtime itself, under Module::rollup_system.
[[nodiscard]] state::Key l1_chain_key() noexcept;
[[nodiscard]] state::Key stream_key(std::uint64_t destination) noexcept;

/// Who calls, with what.
struct Call {
    Address sender;
    Amount value;  ///< native; lies on the program's address already
    std::uint64_t gas_limit = 0;
    const messaging::Message* message = nullptr;  ///< the inbox message that makes the call; null: a transaction does
};

/// A message to another chain. Its value is taken from what the program's address owns.
struct Outgoing {
    std::uint64_t destination = 0;  ///< chain id
    Address receiver;
    messaging::AssetId asset;
    Amount value;
    messaging::MessageKind kind = messaging::MessageKind::token;
    Bytes data;  ///< at most message_data_bytes_max
};

class Context {
public:
    Context(const vm::ProgramArguments& run, State& state, const Call& call) noexcept
        : value{call.value}, run_{run}, state_{state}, call_{call}, gas_{call.gas_limit} {}

    const Amount value;            ///< native coins that came with the call
    const bool read_only = false;  ///< views run like transactions, and the runtime drops what they write

    [[nodiscard]] const Address& sender() const noexcept { return call_.sender; }
    [[nodiscard]] const messaging::Message* message() const noexcept { return call_.message; }
    [[nodiscard]] std::uint64_t rollup_id() const noexcept { return run_.rollup_id; }
    [[nodiscard]] std::uint64_t l1_chain_id() const;
    [[nodiscard]] std::uint64_t l1_height() const noexcept { return run_.l1_height; }        ///< of the batch's anchor
    [[nodiscard]] std::uint64_t l1_timestamp() const noexcept { return run_.l1_timestamp; }  ///< seconds

    [[nodiscard]] bool charge(std::uint64_t gas) noexcept { return gas_.charge(gas); }
    [[nodiscard]] std::uint64_t gas_limit() const noexcept { return gas_.limit(); }
    [[nodiscard]] std::uint64_t gas_used() const noexcept { return gas_.used(); }

    // Assets. The one that this program may make is own_asset().
    [[nodiscard]] messaging::AssetId own_asset() const noexcept;
    [[nodiscard]] Amount balance(const Address& owner, const messaging::AssetId& asset) const;
    [[nodiscard]] Result<void> transfer(const Address& from, const Address& to, const messaging::AssetId& asset,
                                        const Amount& amount);
    [[nodiscard]] Result<void> mint(const Address& to, const Amount& amount);
    [[nodiscard]] Result<void> burn(const Address& from, const Amount& amount);

    // The program's own storage: keys start with Module::rollup_program. A number that is zero has no entry.
    [[nodiscard]] U256 load(const state::Key& key) const;
    void store(const state::Key& key, const U256& number);
    [[nodiscard]] std::optional<Bytes> load_bytes(const state::Key& key) const { return state_.get(key); }
    void store_bytes(const state::Key& key, BytesView bytes);

    /// Leaves the rollup when the call succeeds. Refusals: own_destination_error, invalid_destination_error,
    /// invalid_receiver_error [MSG.13], insufficient_balance_error.
    [[nodiscard]] std::expected<void, system::Revert> send(const Outgoing& outgoing);
    /// Topic 0 is codec::abi::signature_hash of the event, computed with the program; at most three more.
    void emit_event(const Hash32& topic, std::span<const Hash32> indexed, const codec::abi::Encoder& data);

    [[nodiscard]] std::vector<types::Log> take_logs() noexcept { return std::move(logs_); }
    [[nodiscard]] std::vector<Bytes> take_outbox() noexcept { return std::move(outbox_); }

private:
    const vm::ProgramArguments& run_;
    State& state_;
    const Call& call_;
    system::GasMeter gas_;
    std::vector<types::Log> logs_;
    std::vector<Bytes> outbox_;  ///< encoded messages
};

using Interface = system::Interface<Context>;
using Method = system::Method<Context>;
using system::CallResult;
using system::ErrorDeclaration;
using system::EventDeclaration;
using system::Mutability;

// List those that a program uses in its interface's errors, so that wallets know them.
using sequencing::insufficient_balance_error;
using sequencing::invalid_destination_error;
using sequencing::invalid_receiver_error;
using sequencing::own_destination_error;
using sequencing::record_too_large_error;
using sequencing::value_without_call_error;

/// Like system::revert, with the selector that the compiler has put into the table.
[[nodiscard]] std::unexpected<system::Revert> refuse(const ErrorDeclaration& error,
                                                     const codec::abi::Encoder& arguments);
[[nodiscard]] std::unexpected<system::Revert> refuse_balance(const Context& context, const Address& owner,
                                                             const messaging::AssetId& asset, const Amount& requested);
/// Whether somebody can own what is paid to the address: it is neither zero nor the program's.
[[nodiscard]] bool can_own(const Address& receiver) noexcept;
[[nodiscard]] std::unexpected<system::Revert> refuse_receiver(const Address& receiver);
/// An address as the word of an indexed event argument.
[[nodiscard]] Hash32 topic_of(const Address& address) noexcept;

}  // namespace enshrine::guest
