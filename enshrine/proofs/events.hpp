// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/system/method_table.hpp>

namespace enshrine::proofs::events {

inline constexpr system::EventDeclaration key_registered{
    "KeyRegistered(bytes32 indexed keyId, address indexed holder, uint8 kind, uint8 version, uint64 inputs, uint64 "
    "verificationGas, uint256 deposit)",
    "an account holds a verifying key from this block on"};
inline constexpr system::EventDeclaration key_frozen{
    "KeyFrozen(bytes32 indexed keyId, address indexed by)",
    "a holder has frozen the key for itself and its rollups, or governance for everybody"};
inline constexpr system::EventDeclaration key_unfrozen{"KeyUnfrozen(bytes32 indexed keyId, address indexed by)",
                                                       "the end of a freeze"};
inline constexpr system::EventDeclaration key_retired{
    "KeyRetired(bytes32 indexed keyId, address indexed by, uint256 deposit)",
    "a holder has given the key up and has its deposit back, or governance has ended the key for good"};
inline constexpr system::EventDeclaration proof_verified{
    "ProofVerified(bytes32 indexed statement, bytes32 indexed source, bytes32 indexed keyId, uint64 index)",
    "a proof holds; the statement stands at `index` of the receipts of `source`, a rollup or an account"};

}  // namespace enshrine::proofs::events
