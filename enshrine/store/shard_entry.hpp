// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/store/shard_store.hpp>

#include <bit>

/// What ShardStore remembers of a matrix, and the records that it is kept in.
namespace enshrine::store {

enum class ShardRecord : std::uint32_t {
    header = 1,  ///< meta: encode_shard_header
    rows,        ///< meta: row table; payload: the rows, then each row's siblings
    state        ///< meta: expiry u64, confirmed, pinned; the first one commits the session
};

/// Where a record lies.
struct ShardStore::Group {
    SegmentPointer segment;
    std::uint64_t offset = 0;
    std::uint64_t bytes = 0;
    std::uint32_t rows = 0;
    [[nodiscard]] std::uint64_t end() const noexcept { return offset + bytes; }
};

struct ShardStore::Entry {
    Session session = 0;
    data_availability::Publication publication;
    data_availability::Shape shape;
    Hash32 row_root;
    std::uint64_t expires_at = 0;
    bool confirmed = false;
    bool pinned = false;
    Group header;
    Group state;
    std::vector<Group> groups;  ///< of two with the same row the later one counts

    [[nodiscard]] std::uint32_t depth() const noexcept {
        return static_cast<std::uint32_t>(std::bit_width(shape.total_rows()) - 1);
    }
    [[nodiscard]] std::uint64_t row_bytes_total() const noexcept {
        std::uint64_t sum = 0;
        for (const Group& group : groups) sum += group.bytes;
        return sum;
    }
};

/// How much of each segment is needed.
struct ShardStore::Uses {
    std::map<std::uint64_t, std::uint64_t> bytes;  ///< by number of segment
    void add(const Entry& entry) {
        for (const Group* group : {&entry.header, &entry.state}) {
            if (group->segment) bytes[group->segment->number()] += group->bytes;
        }
        for (const Group& group : entry.groups) bytes[group.segment->number()] += group.bytes;
    }
};

struct RowTableEntry {
    std::uint32_t index = 0;
    std::uint32_t crc = 0;
};
/// count u32 ‖ (index u32 ‖ crc32c of row and siblings u32)*
[[nodiscard]] Bytes encode_row_table(std::span<const RowTableEntry> table);
[[nodiscard]] Result<std::vector<RowTableEntry>> decode_row_table(BytesView meta);
[[nodiscard]] Bytes encode_shard_header(const ShardHeader& header);
[[nodiscard]] Result<ShardHeader> decode_shard_header(BytesView meta);

}  // namespace enshrine::store
