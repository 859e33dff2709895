// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>
#include <enshrine/state/view.hpp>
#include <enshrine/types/receipt.hpp>

#include <array>
#include <optional>
#include <vector>

/// The records of the chain database (big-endian, codec/binary.hpp), besides those that `types` encodes.
namespace enshrine::store {

struct ChainHead {
    std::uint64_t height = 0;
    Hash32 block_hash;
    Hash32 state_root;
    [[nodiscard]] friend bool operator==(const ChainHead&, const ChainHead&) noexcept = default;
};
[[nodiscard]] Bytes encode_head(const ChainHead& head);
[[nodiscard]] Result<ChainHead> decode_head(BytesView bytes) noexcept;

/// Where a transaction stands.
struct TxnLocation {
    std::uint64_t height = 0;
    std::uint32_t index = 0;
    [[nodiscard]] friend bool operator==(const TxnLocation&, const TxnLocation&) noexcept = default;
};
[[nodiscard]] Bytes encode_location(const TxnLocation& location);
[[nodiscard]] Result<TxnLocation> decode_location(BytesView bytes) noexcept;

/// What one block changed: enough to go back to the state before it.
struct UndoRecord {
    state::WriteSet old_values;   ///< of every changed key; nullopt: it was absent
    std::vector<Hash32> created;  ///< tree nodes
};
[[nodiscard]] Bytes encode_undo(const UndoRecord& undo);
[[nodiscard]] Result<UndoRecord> decode_undo(BytesView bytes);

[[nodiscard]] Bytes encode_receipts(std::span<const types::Receipt> receipts);
[[nodiscard]] Result<std::vector<types::Receipt>> decode_receipts(BytesView bytes);

/// Hashes side by side.
[[nodiscard]] Bytes encode_hashes(std::span<const Hash32> hashes);
[[nodiscard]] Result<std::vector<Hash32>> decode_hashes(BytesView bytes);

/// Heights and sequence numbers as keys: big-endian, so that their order is that of the numbers.
[[nodiscard]] std::array<Byte, 8> number_key(std::uint64_t number) noexcept;

}  // namespace enshrine::store
