// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/system/context.hpp>

/// Handlers of the method tables in inbox_interface.cpp and hub_interface.cpp.
namespace enshrine::messaging {

using Handler = system::CallResult(system::CallContext& context, const codec::abi::Arguments& arguments);

// Inbox
Handler apply_deposit;
Handler apply_deposit_and_call;
Handler apply_deposit_asset;
Handler apply_send;
Handler query_count;
Handler query_message;
Handler query_rolling_hash;

// Hub
Handler apply_withdraw;
Handler apply_relay;
Handler apply_transfer_asset;
Handler query_outbox_root;
Handler query_consumed;
Handler query_escrow;
Handler query_balance_of;

}  // namespace enshrine::messaging
