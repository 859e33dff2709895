// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/state/key.hpp>

/// State keys of this module. Numbers are part of the state root: never reuse one.
namespace enshrine::data_availability::keys {

[[nodiscard]] inline state::Key module_key(std::uint8_t number) noexcept {
    return state::Key{state::Module::data_availability}.u8(number);
}
[[nodiscard]] inline state::Key blob(const Hash32& versioned_hash) noexcept {
    return module_key(1).fixed(versioned_hash.view());
}
/// Height, epoch and expiry of the last publication of a commitment with a list of blobs [DA-PUB.4].
[[nodiscard]] inline state::Key publication(const Hash32& commitment, const Hash32& blobs_hash) noexcept {
    return module_key(2).fixed(commitment.view()).fixed(blobs_hash.view());
}
/// The list of blobs with which a commitment was published last.
[[nodiscard]] inline state::Key last_blobs(const Hash32& commitment) noexcept {
    return module_key(3).fixed(commitment.view());
}
[[nodiscard]] inline state::Key committee(std::uint64_t epoch) noexcept {
    return module_key(4).u64(epoch);
}
/// Current epoch, the height at which it began, the administrator.
[[nodiscard]] inline state::Key committee_status() noexcept {
    return module_key(5);
}
/// u64; absent: zero [DA-FEE.3].
[[nodiscard]] inline state::Key excess_bytes() noexcept {
    return module_key(6);
}
/// u64: bytes that the block being executed has published; absent between blocks.
[[nodiscard]] inline state::Key block_bytes() noexcept {
    return module_key(7);
}
/// Owner, retention that it has set, longest challenge window [DA-RET.*].
[[nodiscard]] inline state::Key name_space(const Hash32& name) noexcept {
    return module_key(8).fixed(name.view());
}
/// Least and most retention of genesis.
[[nodiscard]] inline state::Key retention_bounds() noexcept {
    return module_key(9);
}

}  // namespace enshrine::data_availability::keys
