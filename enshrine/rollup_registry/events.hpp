// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/system/method_table.hpp>

namespace enshrine::rollup_registry::events {

inline constexpr system::EventDeclaration rollup_registered{
    "RollupRegistered(uint64 indexed rollup, address indexed owner, address sequencer, bytes32 programId, bytes32 "
    "genesisStateRoot, uint8 policy, string name)",
    "a rollup exists from this block on"};
inline constexpr system::EventDeclaration sequencer_changed{
    "SequencerChanged(uint64 indexed rollup, address indexed previous, address indexed sequencer)",
    "the rollup's owner has named another sequencer"};
inline constexpr system::EventDeclaration batch_submitted{
    "BatchSubmitted(uint64 indexed rollup, uint64 indexed sequence, bytes32 hash, bytes header, bytes certificate)",
    "a batch has reached level P2; an empty certificate means that the lane was open to everybody"};
inline constexpr system::EventDeclaration payload_voided{
    "PayloadVoided(uint64 indexed rollup, uint64 indexed sequence, bytes32 commitment)",
    "the matrix that the batch names is no codeword's: its payload counts as empty"};
inline constexpr system::EventDeclaration batch_settled{
    "BatchSettled(uint64 indexed rollup, uint64 indexed sequence, bytes32 stateRoot, bytes32 outboxRoot, uint64 "
    "outboxCount, bytes32 receiptsRoot)",
    "a batch has reached level P4"};
inline constexpr system::EventDeclaration claim_accepted{
    "ClaimAccepted(uint64 indexed rollup, uint64 indexed sequence, uint8 method, bytes32 stateRoot, bytes32 outboxRoot)",
    "a claim holds by one method, and the policy waits for another"};

}  // namespace enshrine::rollup_registry::events
