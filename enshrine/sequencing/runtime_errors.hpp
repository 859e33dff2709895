// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/system/method_table.hpp>

/// What every rollup built on the SDK can refuse, whatever its program: the runtime raises these itself (sdk/guest),
/// and endpoints show them by name.
namespace enshrine::sequencing {

inline constexpr system::ErrorDeclaration insufficient_balance_error{
    "InsufficientBalance(address owner, bytes32 asset, uint256 available, uint256 requested)",
    "the account does not own that much of the asset (zero = the native coin)"};
inline constexpr system::ErrorDeclaration invalid_receiver_error{
    "InvalidReceiver(address receiver)",
    "nobody owns the zero address or the address of a program: what goes there is lost"};
inline constexpr system::ErrorDeclaration own_destination_error{"OwnDestination(uint64 destination)",
                                                                "a message leads to another chain"};
inline constexpr system::ErrorDeclaration invalid_destination_error{
    "InvalidDestination(uint64 destination, uint64 max)",
    "the destination is neither the L1 nor an id that a rollup can have: 1 to max"};
inline constexpr system::ErrorDeclaration value_without_call_error{
    "ValueWithoutCall(uint256 value)", "the program takes value through its methods alone, and the call has no data"};
inline constexpr system::ErrorDeclaration record_too_large_error{"RecordTooLarge(uint256 size, uint256 limit)",
                                                                 "logs and return value do not fit one receipt record"};

inline constexpr system::ErrorDeclaration runtime_errors[] = {
    insufficient_balance_error, invalid_receiver_error,   own_destination_error,
    invalid_destination_error,  value_without_call_error, record_too_large_error,
};

}  // namespace enshrine::sequencing
