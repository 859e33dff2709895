// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/system/method_table.hpp>

namespace enshrine::messaging::events {

// inbox
inline constexpr system::EventDeclaration message_enqueued{
    "MessageEnqueued(uint64 indexed rollup, uint64 indexed index, bytes32 indexed hash, bytes message)",
    "a message waits for the rollup; emitted by the inbox for relayed messages, too"};

// hub
inline constexpr system::EventDeclaration withdrawn{
    "Withdrawn(uint64 indexed source, uint64 indexed sequence, address indexed receiver, bytes32 asset, uint256 value, "
    "bytes message)",
    "a rollup's message to the L1 is paid out"};
inline constexpr system::EventDeclaration relayed{
    "Relayed(uint64 indexed source, uint64 indexed destination, uint64 indexed sequence, uint64 index)",
    "a rollup's message to another rollup stands in that one's inbox"};
inline constexpr system::EventDeclaration asset_transferred{
    "AssetTransferred(bytes32 indexed asset, address indexed from, address indexed to, uint256 amount)",
    "an asset that a rollup issued has changed hands on the L1"};

}  // namespace enshrine::messaging::events
