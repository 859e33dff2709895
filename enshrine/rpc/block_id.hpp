// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>

#include <cstdint>
#include <variant>

namespace enshrine::rpc {

enum class BlockTag { earliest, latest, pending, safe, finalized };
/// How a call names a block: number, hash or tag.
using BlockId = std::variant<std::uint64_t, Hash32, BlockTag>;

}  // namespace enshrine::rpc
