// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/state/key.hpp>

/// State keys of this module. Numbers are part of the state root: never reuse one.
namespace enshrine::rollup_registry::keys {

[[nodiscard]] inline state::Key module_key(std::uint8_t number) noexcept {
    return state::Key{state::Module::rollup_registry}.u8(number);
}
/// Ascending u64 ids of all rollups.
[[nodiscard]] inline state::Key rollup_ids() noexcept { return module_key(1); }
[[nodiscard]] inline state::Key rollup(std::uint64_t id) noexcept { return module_key(2).u64(id); }
[[nodiscard]] inline state::Key progress(std::uint64_t id) noexcept { return module_key(3).u64(id); }
[[nodiscard]] inline state::Key batch(std::uint64_t id, std::uint64_t sequence) noexcept {
    return module_key(4).u64(id).u64(sequence);
}
[[nodiscard]] inline state::Key settlement(std::uint64_t id, std::uint64_t sequence) noexcept {
    return module_key(5).u64(id).u64(sequence);
}
/// ELF bytes by program identifier.
[[nodiscard]] inline state::Key program(const Hash32& id) noexcept { return module_key(6).fixed(id.view()); }

/// Canonical entries of the first state (state::encode_entries).
[[nodiscard]] inline state::Key genesis(std::uint64_t id) noexcept { return module_key(7).u64(id); }
/// What some of the methods of a joint policy have shown of the next batch [POLICY.4].
[[nodiscard]] inline state::Key agreement(std::uint64_t id) noexcept { return module_key(8).u64(id); }
/// The validity description [VALID.1].
[[nodiscard]] inline state::Key validity(std::uint64_t id) noexcept { return module_key(9).u64(id); }

}  // namespace enshrine::rollup_registry::keys
