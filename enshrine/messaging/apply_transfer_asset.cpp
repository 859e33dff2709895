// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/messaging/assets.hpp>
#include <enshrine/messaging/errors.hpp>
#include <enshrine/messaging/events.hpp>
#include <enshrine/messaging/handlers.hpp>
#include <enshrine/system/values.hpp>

namespace enshrine::messaging {

using system::refuse;

system::CallResult apply_transfer_asset(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const AssetId asset = AssetId::from(arguments.bytes32(0).view());
    const Address to = arguments.address(1);
    const Amount amount{arguments.u256(2)};
    if (asset == native_asset || !well_formed(asset)) return refuse<errors::not_an_issued_asset>(asset);
    if (to.is_zero()) return refuse<errors::zero_receiver>();
    if (amount.is_zero()) return refuse<errors::zero_value>();
    ENSHRINE_CHECK(debit_account(context.state, context.caller, asset, amount));
    ENSHRINE_CHECK(credit_account(context.state, to, asset, amount));
    system::emit<events::asset_transferred>(context, asset, context.caller, to, amount);
    return Bytes{};
}

}  // namespace enshrine::messaging
