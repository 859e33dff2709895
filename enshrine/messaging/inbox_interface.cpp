// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/messaging/errors.hpp>
#include <enshrine/messaging/events.hpp>
#include <enshrine/messaging/handlers.hpp>
#include <enshrine/messaging/interface.hpp>
#include <enshrine/messaging/params.hpp>
#include <enshrine/system/addresses.hpp>
#include <enshrine/system/well_formed.hpp>

namespace enshrine::messaging {
namespace {

using system::Mutability;

constexpr system::Method<system::CallContext> methods[] = {
    {"deposit(uint64 rollup, address receiver)", "uint64 index", Mutability::payable, deposit_gas, &apply_deposit,
     "Moves the sent coins to an account of the rollup, the caller's own if the receiver is nobody's address. Returns "
     "the place of the message in the rollup's inbox."},
    {"depositAndCall(uint64 rollup, address receiver, bytes data)", "uint64 index", Mutability::payable, deposit_gas,
     &apply_deposit_and_call,
     "The same, and then calls the receiver on the rollup with the data. The value may be zero; it goes to "
     "the caller's account if the call fails."},
    {"depositAsset(uint64 rollup, address receiver, bytes32 asset, uint256 amount)", "uint64 index",
     Mutability::nonpayable, deposit_gas, &apply_deposit_asset,
     "Moves an asset that a rollup issued, and that the caller holds on the L1, to an account of a rollup."},
    {"send(uint64 rollup, bytes transaction)", "uint64 index", Mutability::nonpayable, send_gas, &apply_send,
     "Forces a signed transaction of the rollup into its order; no sequencer can leave it out."},
    {"count(uint64 rollup)", "uint64 messages", Mutability::view, view_gas, &query_count,
     "Number of messages that the rollup's inbox has ever held."},
    {"message(uint64 rollup, uint64 index)", "bytes message, uint64 l1Height", Mutability::view, view_gas,
     &query_message, "A message in canonical form, and the L1 height at which it was enqueued."},
    {"rollingHash(uint64 rollup, uint64 index)", "bytes32 hash", Mutability::view, view_gas, &query_rolling_hash,
     "Rolling hash of the inbox before message `index`, which may be the count."},
};
constexpr system::EventDeclaration event_table[] = {events::message_enqueued};
constexpr system::ErrorDeclaration error_table[] = {
    errors::unknown_rollup,      errors::zero_receiver,      errors::zero_value,
    errors::empty_transaction,   errors::data_too_large,     errors::not_an_issued_asset,
    errors::insufficient_asset,  errors::no_such_message,    errors::amount_overflow,
    errors::asset_not_carried};
constexpr system::Contract table{"IInbox",
                                 "Messages, deposits and forced transactions to rollups.",
                                 system::inbox_address,
                                 methods,
                                 event_table,
                                 error_table};
static_assert(system::well_formed(table));

}  // namespace

const system::Contract& inbox_contract() noexcept { return table; }

}  // namespace enshrine::messaging
