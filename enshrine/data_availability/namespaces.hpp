// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/state/view.hpp>

#include <cstdint>
#include <optional>

/// Namespaces: whose they are, and how long their data is kept. Rules: docs/spec/data_availability.md [DA-PUB.3],
/// [DA-RET.*].
namespace enshrine::data_availability {

/// 24 zero bytes ‖ id.
[[nodiscard]] Hash32 namespace_of_rollup(std::uint64_t rollup) noexcept;
/// The id whose namespace it is; nullopt for an open namespace. 0 is no rollup: the namespace of EIP-4844 blobs.
[[nodiscard]] std::optional<std::uint64_t> rollup_of_namespace(const Hash32& name_space) noexcept;

struct NamespaceRecord {
    Address owner;                              ///< zero: nobody
    std::uint64_t retention_blocks = 0;         ///< set by the owner; 0: never
    std::uint64_t challenge_window_blocks = 0;  ///< longest of the rollups that use it
    [[nodiscard]] friend bool operator==(const NamespaceRecord&, const NamespaceRecord&) noexcept = default;
};
[[nodiscard]] NamespaceRecord load_namespace(const state::StateView& state, const Hash32& name_space);
void store_namespace(state::Overlay& state, const Hash32& name_space, const NamespaceRecord& record);

/// Called by the registry when a rollup is registered [DA-RET.2, DA-RET.5].
struct RollupNamespace {
    std::uint64_t rollup = 0;
    Address owner;
    std::uint64_t challenge_window_blocks = 0;  ///< of its settlement policy; 0: it has none
};
void register_rollup_namespace(state::Overlay& state, const RollupNamespace& registration);

struct RetentionBounds {
    std::uint64_t least = 0;
    std::uint64_t most = 0;
};
/// Of genesis. The state is one that grew from it (asserted).
[[nodiscard]] RetentionBounds load_retention_bounds(const state::StateView& state);
void store_retention_bounds(state::Overlay& state, const RetentionBounds& bounds);
/// What the owner of a namespace may set [DA-RET.3].
[[nodiscard]] RetentionBounds retention_range(const state::StateView& state, const NamespaceRecord& record);
/// In blocks [DA-RET.1].
[[nodiscard]] std::uint64_t retention_of(const state::StateView& state, const Hash32& name_space);

}  // namespace enshrine::data_availability
