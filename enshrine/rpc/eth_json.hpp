// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/rpc/eth_backend.hpp>
#include <enshrine/rpc/json_writer.hpp>

/// Chain data as the JSON of Ethereum's execution API, with the fields that viem, ethers, web3.js and alloy parse.
namespace enshrine::rpc {

enum class TxnDetail { hashes, full };

/// Ethereum's header fields (constant where this chain has no such thing) and dataAvailabilityRoot, messageHubRoot.
void write_block(JsonWriter& json, const BlockView& block, TxnDetail detail);
void write_transaction(JsonWriter& json, const TxnView& view);
/// With revertData when the transaction reverted with data.
/// `revert_reason` in words, of a transaction that reverted with data.
void write_receipt(JsonWriter& json, const ReceiptView& view, std::string_view revert_reason);
void write_log(JsonWriter& json, const LogView& view);
void write_fee_history(JsonWriter& json, const FeeHistory& history);

}  // namespace enshrine::rpc
