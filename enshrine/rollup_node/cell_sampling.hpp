// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/client/l1_client.hpp>

#include <expected>
#include <string>

namespace enshrine::rollup_node {

/// Asks the node for `count` distinct random cells of a blob and verifies their KZG proofs (EIP-7594) against the
/// commitment behind `versioned_hash`. Returns how many were verified; the error names the cell that is absent or wrong.
[[nodiscard]] std::expected<std::uint64_t, std::string> sample_cells(client::L1Client& l1, const Hash32& versioned_hash,
                                                                    std::uint64_t count);

}  // namespace enshrine::rollup_node
