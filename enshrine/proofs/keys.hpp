// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/state/key.hpp>

/// State keys of this module. Numbers are part of the state root: never reuse one.
namespace enshrine::proofs::keys {

[[nodiscard]] inline state::Key module_key(std::uint8_t number) noexcept {
    return state::Key{state::Module::proofs}.u8(number);
}
/// The bytes of a verifying key.
[[nodiscard]] inline state::Key key_bytes(const Hash32& id) noexcept {
    return module_key(1).fixed(id.view());
}
[[nodiscard]] inline state::Key key_record(const Hash32& id) noexcept {
    return module_key(2).fixed(id.view());
}
[[nodiscard]] inline state::Key holder(const Hash32& id, const Address& address) noexcept {
    return module_key(3).fixed(id.view()).fixed(address.view());
}
/// Count, root and peaks of a list of receipts [PRCPT.3].
[[nodiscard]] inline state::Key receipt_list(const Hash32& source) noexcept {
    return module_key(4).fixed(source.view());
}
[[nodiscard]] inline state::Key receipt(const Hash32& source, std::uint64_t index) noexcept {
    return module_key(5).fixed(source.view()).u64(index);
}
/// u64: where a statement stands in a list.
[[nodiscard]] inline state::Key receipt_index(const Hash32& source, const Hash32& statement) noexcept {
    return module_key(6).fixed(source.view()).fixed(statement.view());
}
/// Root of the complete subtree number `index` with 2^level leaves.
[[nodiscard]] inline state::Key receipt_node(const Hash32& source, std::uint8_t level, std::uint64_t index) noexcept {
    return module_key(7).fixed(source.view()).u8(level).u64(index);
}

}  // namespace enshrine::proofs::keys
