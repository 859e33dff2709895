// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/system/method_table.hpp>

/// Every refusal of inbox and hub: one error per rule and field.
namespace enshrine::messaging::errors {

using system::ErrorDeclaration;

inline constexpr ErrorDeclaration unknown_rollup{"UnknownRollup(uint64 rollup)", "no rollup has this id"};
inline constexpr ErrorDeclaration zero_receiver{"ZeroReceiver()", "the receiver is the zero address"};
inline constexpr ErrorDeclaration zero_value{"ZeroValue()", "a deposit or transfer of nothing"};
inline constexpr ErrorDeclaration empty_transaction{"EmptyTransaction()", "the forced transaction has no bytes"};
inline constexpr ErrorDeclaration data_too_large{"DataTooLarge(uint64 max, uint64 got)", "too many bytes of data"};
inline constexpr ErrorDeclaration not_an_issued_asset{
    "NotAnIssuedAsset(bytes32 got)", "the asset is the native coin, or no asset identifier at all"};
inline constexpr ErrorDeclaration insufficient_asset{
    "InsufficientAsset(bytes32 asset, uint256 available, uint256 requested)", "the caller does not own that much"};
inline constexpr ErrorDeclaration asset_not_carried{
    "AssetNotCarried(uint64 rollup, bytes32 expected, bytes32 got)", "the rollup's proofs send out native coins alone"};
inline constexpr ErrorDeclaration no_such_message{"NoSuchMessage(uint64 count, uint64 got)",
                                                  "the inbox has `count` messages, numbered from 0"};

inline constexpr ErrorDeclaration bad_message{"BadMessage(string reason)", "the message does not decode"};
inline constexpr ErrorDeclaration wrong_destination{"WrongDestination(uint64 expected, uint64 got)",
                                                    "only messages to the L1 are withdrawn"};
inline constexpr ErrorDeclaration destination_is_l1{"DestinationIsL1(uint64 l1)",
                                                    "a message to the L1 is withdrawn, not relayed"};
inline constexpr ErrorDeclaration destination_is_source{"DestinationIsSource(uint64 rollup)",
                                                        "a rollup does not send to itself through the hub"};
inline constexpr ErrorDeclaration wrong_kind{"WrongKind(uint8 got)", "only the inbox makes forced transactions"};
inline constexpr ErrorDeclaration not_settled{"NotSettled(uint64 rollup, uint64 batch)",
                                              "no claim for the batch has settled"};
inline constexpr ErrorDeclaration index_out_of_range{"IndexOutOfRange(uint64 count, uint64 got)",
                                                     "the outbox of the batch has `count` records, numbered from 0"};
inline constexpr ErrorDeclaration wrong_proof_length{"WrongProofLength(uint64 expected, uint64 got)",
                                                     "the position in the outbox needs another number of siblings"};
inline constexpr ErrorDeclaration proof_mismatch{"ProofMismatch(bytes32 outboxRoot, bytes32 messageHash)",
                                                 "the siblings do not lead from the message to the outbox root"};
inline constexpr ErrorDeclaration already_consumed{
    "AlreadyConsumed(uint64 source, uint64 destination, uint64 sequence)", "the message was withdrawn or relayed before"};
inline constexpr ErrorDeclaration escrow_exceeded{
    "EscrowExceeded(uint64 rollup, bytes32 asset, uint256 available, uint256 requested)",
    "the rollup sends more of an asset than ever came in"};
inline constexpr ErrorDeclaration amount_overflow{"AmountOverflow(bytes32 asset, uint256 held, uint256 added)",
                                                  "a sum does not fit 256 bits"};

}  // namespace enshrine::messaging::errors
