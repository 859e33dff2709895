// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/binary.hpp>
#include <enshrine/rollup_node/promise_record.hpp>

namespace enshrine::rollup_node {
namespace {

constexpr Byte promise_mark = 0;

Result<PromiseRecord> read_record(BytesView entry, std::uint64_t rollup) noexcept {
    codec::BinaryReader in{entry};
    PromiseRecord out;
    out.promise.rollup = rollup;
    ENSHRINE_TRY([[maybe_unused]] const auto mark, in.u8());
    ENSHRINE_TRY(out.promise.transaction_hash, in.fixed<32>());
    ENSHRINE_TRY(out.promise.sequence, in.u64());
    ENSHRINE_TRY(out.promise.position, in.u64());
    ENSHRINE_TRY(out.promise.deadline, in.u64());
    ENSHRINE_TRY(out.accepted_ms, in.u64());
    ENSHRINE_CHECK(in.finish());
    return out;
}

}  // namespace

Bytes encode_promise_record(const PromiseRecord& record) {
    codec::BinaryWriter out;
    out.u8(promise_mark).fixed(record.promise.transaction_hash.view()).u64(record.promise.sequence);
    out.u64(record.promise.position).u64(record.promise.deadline).u64(record.accepted_ms);
    return out.take();
}

std::optional<PromiseRecord> decode_promise_record(BytesView entry, std::uint64_t rollup) noexcept {
    if (entry.empty() || entry[0] != promise_mark) return std::nullopt;
    const auto record = read_record(entry, rollup);
    return record ? std::optional{*record} : std::nullopt;
}

}  // namespace enshrine::rollup_node
