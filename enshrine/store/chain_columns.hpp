// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/store/database.hpp>

/// Columns of the chain database. The order is part of the schema version.
namespace enshrine::store::chain_column {

inline constexpr Column flat{1};          ///< state key → value
inline constexpr Column tree{2};          ///< node hash → be64 height of creation ‖ 65 bytes
inline constexpr Column stale{3};         ///< be64 height [‖ 1] → hashes of removed nodes (chain_store.cpp)
inline constexpr Column undo{4};          ///< be64 height → UndoRecord
inline constexpr Column blocks{5};        ///< be64 height → block
inline constexpr Column receipts{6};      ///< be64 height → receipts
inline constexpr Column block_hashes{7};  ///< block hash → be64 height
inline constexpr Column txns{8};          ///< transaction hash → TxnLocation

}  // namespace enshrine::store::chain_column
