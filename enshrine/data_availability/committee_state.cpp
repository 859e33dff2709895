// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/codec/binary.hpp>
#include <enshrine/data_availability/committee_state.hpp>
#include <enshrine/data_availability/keys.hpp>
#include <enshrine/data_availability/params.hpp>

namespace enshrine::data_availability {
namespace {

Result<CommitteeStatus> decode_status(BytesView bytes) noexcept {
    codec::BinaryReader reader{bytes};
    CommitteeStatus out;
    ENSHRINE_TRY(out.epoch, reader.u64());
    ENSHRINE_TRY(out.since, reader.u64());
    ENSHRINE_TRY(out.administrator, reader.fixed<Address::size_bytes>());
    ENSHRINE_CHECK(reader.finish());
    return out;
}

Result<std::vector<CommitteeMember>> decode_committee(BytesView bytes) noexcept {
    codec::BinaryReader reader{bytes};
    ENSHRINE_TRY(const auto count, reader.u32());
    std::vector<CommitteeMember> out;
    for (std::uint32_t i = 0; i < count && i < committee_size_max; ++i) {
        CommitteeMember member;
        ENSHRINE_TRY(member.address, reader.fixed<Address::size_bytes>());
        ENSHRINE_TRY(member.stake, reader.u64());
        ENSHRINE_TRY(member.tls_key_hash, reader.fixed<Hash32::size_bytes>());
        ENSHRINE_TRY(const auto endpoint, reader.variable(endpoint_bytes_max));
        member.endpoint = std::string{as_text(endpoint)};
        out.push_back(std::move(member));
    }
    ENSHRINE_CHECK(reader.finish());
    return out;
}

}  // namespace

CommitteeStatus load_committee_status(const state::StateView& state) {
    const auto bytes = state.get(keys::committee_status());
    ENSHRINE_ASSERT(bytes.has_value());
    const auto status = decode_status(*bytes);
    ENSHRINE_ASSERT(status.has_value());
    return *status;
}

void store_committee_status(state::Overlay& state, const CommitteeStatus& status) {
    codec::BinaryWriter writer;
    writer.u64(status.epoch);
    writer.u64(status.since);
    writer.fixed(status.administrator.view());
    state.put(keys::committee_status(), writer.bytes());
}

std::optional<std::vector<CommitteeMember>> load_committee(const state::StateView& state, std::uint64_t epoch) {
    const auto bytes = state.get(keys::committee(epoch));
    if (!bytes) return std::nullopt;
    auto committee = decode_committee(*bytes);
    ENSHRINE_ASSERT(committee.has_value());
    return *std::move(committee);
}

void store_committee(state::Overlay& state, std::uint64_t epoch, std::span<const CommitteeMember> committee) {
    ENSHRINE_ASSERT(validate_committee(committee).has_value());
    codec::BinaryWriter writer;
    writer.u32(static_cast<std::uint32_t>(committee.size()));
    for (const CommitteeMember& member : committee) {
        writer.fixed(member.address.view());
        writer.u64(member.stake);
        writer.fixed(member.tls_key_hash.view());
        writer.variable(as_bytes(member.endpoint));
    }
    state.put(keys::committee(epoch), writer.bytes());
}

std::vector<std::uint64_t> certifying_epochs(const CommitteeStatus& status, std::uint64_t height) {
    std::vector<std::uint64_t> out{status.epoch};
    const bool grace = height - status.since <= committee_grace_blocks;
    if (status.epoch > 0 && grace) out.push_back(status.epoch - 1);
    return out;
}

}  // namespace enshrine::data_availability
