// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/base/integer.hpp>
#include <enshrine/codec/binary.hpp>
#include <enshrine/data_availability/keys.hpp>
#include <enshrine/data_availability/namespaces.hpp>

#include <algorithm>

namespace enshrine::data_availability {
namespace {

constexpr std::size_t rollup_prefix_bytes = 24;

Result<NamespaceRecord> decode_namespace(BytesView bytes) noexcept {
    codec::BinaryReader reader{bytes};
    NamespaceRecord out;
    ENSHRINE_TRY(out.owner, reader.fixed<Address::size_bytes>());
    ENSHRINE_TRY(out.retention_blocks, reader.u64());
    ENSHRINE_TRY(out.challenge_window_blocks, reader.u64());
    ENSHRINE_CHECK(reader.finish());
    return out;
}

Result<RetentionBounds> decode_bounds(BytesView bytes) noexcept {
    codec::BinaryReader reader{bytes};
    RetentionBounds out;
    ENSHRINE_TRY(out.least, reader.u64());
    ENSHRINE_TRY(out.most, reader.u64());
    ENSHRINE_CHECK(reader.finish());
    return out;
}

}  // namespace

Hash32 namespace_of_rollup(std::uint64_t rollup) noexcept {
    Hash32 out;
    store_be(out.data() + rollup_prefix_bytes, rollup);
    return out;
}

std::optional<std::uint64_t> rollup_of_namespace(const Hash32& name_space) noexcept {
    const BytesView prefix = name_space.view().first(rollup_prefix_bytes);
    if (std::ranges::any_of(prefix, [](Byte b) { return b != 0; })) return std::nullopt;
    return load_be<std::uint64_t>(name_space.data() + rollup_prefix_bytes);
}

NamespaceRecord load_namespace(const state::StateView& state, const Hash32& name_space) {
    const auto bytes = state.get(keys::name_space(name_space));
    if (!bytes) return {};
    const auto record = decode_namespace(*bytes);
    ENSHRINE_ASSERT(record.has_value());
    return *record;
}

void store_namespace(state::Overlay& state, const Hash32& name_space, const NamespaceRecord& record) {
    codec::BinaryWriter writer;
    writer.fixed(record.owner.view());
    writer.u64(record.retention_blocks);
    writer.u64(record.challenge_window_blocks);
    state.put(keys::name_space(name_space), writer.bytes());
}

void register_rollup_namespace(state::Overlay& state, const RollupNamespace& registration) {
    const Hash32 name_space = namespace_of_rollup(registration.rollup);
    store_namespace(state, name_space,
                    {.owner = registration.owner,
                     .retention_blocks = 0,
                     .challenge_window_blocks = registration.challenge_window_blocks});
}

RetentionBounds load_retention_bounds(const state::StateView& state) {
    const auto bytes = state.get(keys::retention_bounds());
    ENSHRINE_ASSERT(bytes.has_value());
    const auto bounds = decode_bounds(*bytes);
    ENSHRINE_ASSERT(bounds.has_value());
    return *bounds;
}

void store_retention_bounds(state::Overlay& state, const RetentionBounds& bounds) {
    codec::BinaryWriter writer;
    writer.u64(bounds.least);
    writer.u64(bounds.most);
    state.put(keys::retention_bounds(), writer.bytes());
}

RetentionBounds retention_range(const state::StateView& state, const NamespaceRecord& record) {
    const RetentionBounds bounds = load_retention_bounds(state);
    const std::uint64_t lowest = std::max(bounds.least, record.challenge_window_blocks);
    return {.least = lowest, .most = std::max(bounds.most, lowest)};
}

std::uint64_t retention_of(const state::StateView& state, const Hash32& name_space) {
    const NamespaceRecord record = load_namespace(state, name_space);
    return std::max(retention_range(state, record).least, record.retention_blocks);
}

}  // namespace enshrine::data_availability
