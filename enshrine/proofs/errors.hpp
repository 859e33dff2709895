// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/system/method_table.hpp>

/// Every refusal of this contract: one error per rule and field.
namespace enshrine::proofs::errors {

using system::ErrorDeclaration;

// registerKey
inline constexpr ErrorDeclaration key_too_large{"KeyTooLarge(uint64 max, uint64 got)", "the key has too many bytes"};
inline constexpr ErrorDeclaration key_refused{"KeyRefused(string reason)",
                                              "the key breaks a rule of its kind, or its kind is unknown"};
inline constexpr ErrorDeclaration wrong_deposit{"WrongDeposit(uint256 required, uint256 got)",
                                                "the value of the call has to be the deposit for the key's bytes"};
inline constexpr ErrorDeclaration key_held{"KeyHeld(bytes32 keyId, address holder)",
                                           "the caller has registered this key already"};
inline constexpr ErrorDeclaration key_retired{"KeyIsRetired(bytes32 keyId)", "governance has retired this key for good"};

// freezeKey, unfreezeKey, retireKey
inline constexpr ErrorDeclaration unknown_key{"UnknownKey(bytes32 keyId)", "no key with this id is registered"};
inline constexpr ErrorDeclaration not_holder{"NotHolder(bytes32 keyId, address got)",
                                             "the caller has not registered this key"};
inline constexpr ErrorDeclaration key_in_use{"KeyInUse(bytes32 keyId, uint64 rollups)",
                                             "rollups of the caller settle with this key"};
inline constexpr ErrorDeclaration status_unchanged{"StatusUnchanged(bytes32 keyId)",
                                                   "the key has that status for the caller already"};

// verify
inline constexpr ErrorDeclaration key_not_active{"KeyNotActive(bytes32 keyId, string status, uint64 activeFrom)",
                                                 "the key verifies nothing in this status"};
inline constexpr ErrorDeclaration wrong_input_count{"WrongInputCount(uint64 expected, uint64 got)",
                                                    "the key takes another number of public inputs"};
inline constexpr ErrorDeclaration already_verified{"AlreadyVerified(bytes32 statement, uint64 index)",
                                                   "the caller's receipts hold the statement already"};
inline constexpr ErrorDeclaration proof_refused{"ProofRefused(string reason)",
                                                "the proof does not show the inputs under the key"};
inline constexpr ErrorDeclaration receipts_full{"ReceiptsFull(bytes32 source)", "the list of receipts is full"};

// queries
inline constexpr ErrorDeclaration unknown_receipt{"UnknownReceipt(bytes32 source, uint64 count, uint64 got)",
                                                  "the list has no receipt with this index"};

}  // namespace enshrine::proofs::errors
