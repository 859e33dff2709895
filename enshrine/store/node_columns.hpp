// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/store/database.hpp>

/// Columns of a rollup's database. The order is part of the schema version.
namespace enshrine::store::node_column {

inline constexpr Column nodes{1};     ///< node hash → be64 sequence of last creation ‖ 65 bytes
inline constexpr Column values{2};    ///< value hash → be64 count of stored leaves that name it ‖ bytes
inline constexpr Column stale{3};     ///< be64 sequence → hashes of the nodes that this version removed
inline constexpr Column versions{4};  ///< be64 sequence → root
inline constexpr Column extra{5};     ///< the owner's records

inline constexpr std::string_view head_key = "head";  ///< in the meta column: be64 sequence ‖ root
inline constexpr std::size_t number_bytes = 8;        ///< in front of nodes and values

}  // namespace enshrine::store::node_column
