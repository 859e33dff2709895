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
    {"withdraw(bytes message, uint64 batch, uint64 index, bytes32[] siblings)", "", Mutability::nonpayable, withdraw_gas,
     &apply_withdraw,
     "Pays out a rollup's message to the L1. Anyone may call it; the receiver of the message gets the value."},
    {"relay(bytes message, uint64 batch, uint64 index, bytes32[] siblings)", "uint64 inboxIndex", Mutability::nonpayable,
     relay_gas, &apply_relay,
     "Moves a rollup's message to another rollup into that one's inbox. Anyone may call it."},
    {"transferAsset(bytes32 asset, address to, uint256 amount)", "", Mutability::nonpayable, transfer_asset_gas,
     &apply_transfer_asset, "Gives an asset that a rollup issued to another L1 account."},
    {"outboxRoot(uint64 rollup, uint64 batch)", "bytes32 root, uint64 count", Mutability::view, view_gas,
     &query_outbox_root, "Outbox of a settled batch."},
    {"consumed(uint64 source, uint64 destination, uint64 sequence)", "bool consumed", Mutability::view, view_gas,
     &query_consumed, "Whether a message was withdrawn or relayed."},
    {"escrow(uint64 rollup, bytes32 asset)", "uint256 amount", Mutability::view, view_gas, &query_escrow,
     "How much of an asset that it did not issue a rollup may still send out."},
    {"balanceOf(bytes32 asset, address owner)", "uint256 amount", Mutability::view, view_gas, &query_balance_of,
     "How much of an asset that a rollup issued an L1 account holds."},
};
constexpr system::EventDeclaration event_table[] = {events::withdrawn, events::relayed, events::asset_transferred};
constexpr system::ErrorDeclaration error_table[] = {
    errors::bad_message,        errors::wrong_destination, errors::destination_is_l1,   errors::destination_is_source,
    errors::wrong_kind,         errors::unknown_rollup,    errors::zero_receiver,       errors::not_settled,
    errors::index_out_of_range, errors::wrong_proof_length, errors::proof_mismatch,     errors::already_consumed,
    errors::escrow_exceeded,    errors::amount_overflow,   errors::not_an_issued_asset, errors::insufficient_asset,
    errors::zero_value,         errors::asset_not_carried};
constexpr system::Contract table{"IMessageHub",
                                 "Messages that rollups have sent, out of settled batches; escrow of their assets.",
                                 system::message_hub_address,
                                 methods,
                                 event_table,
                                 error_table};
static_assert(system::well_formed(table));

}  // namespace

const system::Contract& hub_contract() noexcept { return table; }

}  // namespace enshrine::messaging
