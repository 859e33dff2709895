// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/state/tree.hpp>

namespace enshrine::store {

enum class DiffError : std::uint16_t { not_a_tree = 1 };
const ErrorDomain& error_domain(DiffError) noexcept;

/// What distinguishes two trees, found by walking both; subtrees with equal roots are not entered. [TREE.8]
struct VersionDiff {
    std::vector<state::NewNode> created;
    std::vector<Hash32> stale;
};
/// Errors: state::TreeError of the readers; not_a_tree when the new tree holds a node in two places, which no contents
/// give.
[[nodiscard]] Result<VersionDiff> diff_versions(state::NodeReader& reader, const Hash32& old_root,
                                                const Hash32& new_root);

}  // namespace enshrine::store
