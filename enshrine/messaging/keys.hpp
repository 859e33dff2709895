// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/messaging/message.hpp>
#include <enshrine/state/key.hpp>

/// State keys of this module. Numbers are part of the state root: never reuse one.
namespace enshrine::messaging::keys {

[[nodiscard]] inline state::Key module_key(std::uint8_t number) noexcept {
    return state::Key{state::Module::messaging}.u8(number);
}
/// u64: number of messages in the inbox of a rollup.
[[nodiscard]] inline state::Key inbox_count(std::uint64_t rollup) noexcept { return module_key(1).u64(rollup); }
/// When message `index` was enqueued, and the rolling hash behind it.
[[nodiscard]] inline state::Key inbox_entry(std::uint64_t rollup, std::uint64_t index) noexcept {
    return module_key(2).u64(rollup).u64(index);
}
/// Its canonical bytes.
[[nodiscard]] inline state::Key inbox_message(std::uint64_t rollup, std::uint64_t index) noexcept {
    return module_key(3).u64(rollup).u64(index);
}
/// u64: next sequence of the stream from the L1 to a rollup.
[[nodiscard]] inline state::Key stream(std::uint64_t rollup) noexcept { return module_key(4).u64(rollup); }
/// 256 bits: which sequences [256 × word, 256 × word + 256) of a stream are consumed [MSG.4].
[[nodiscard]] inline state::Key consumed(std::uint64_t source, std::uint64_t destination, std::uint64_t word) noexcept {
    return module_key(5).u64(source).u64(destination).u64(word);
}
/// u256 [MSG.5].
[[nodiscard]] inline state::Key escrow(std::uint64_t rollup, const AssetId& asset) noexcept {
    return module_key(6).u64(rollup).fixed(asset.view());
}
/// u256: an asset issued by a rollup, in the hands of an L1 account.
[[nodiscard]] inline state::Key balance(const AssetId& asset, const Address& owner) noexcept {
    return module_key(7).fixed(asset.view()).fixed(owner.view());
}
/// Outbox root and record count of a settled batch.
[[nodiscard]] inline state::Key outbox(std::uint64_t rollup, std::uint64_t batch) noexcept {
    return module_key(8).u64(rollup).u64(batch);
}
/// What the hub root says of a rollup.
[[nodiscard]] inline state::Key tip(std::uint64_t rollup) noexcept { return module_key(9).u64(rollup); }

}  // namespace enshrine::messaging::keys
