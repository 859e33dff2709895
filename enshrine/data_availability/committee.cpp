// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/binary.hpp>
#include <enshrine/data_availability/committee.hpp>
#include <enshrine/hash/sha256.hpp>

#include <algorithm>
#include <limits>

namespace enshrine::data_availability {
namespace {

constexpr std::string_view publication_domain = "enshrine.da.v1";

std::string_view message(std::uint16_t code) noexcept {
    switch (CommitteeError{code}) {
        case CommitteeError::empty:
            return "a committee has at least one member";
        case CommitteeError::too_many_members:
            return "a committee has at most 100 members";
        case CommitteeError::members_not_ascending:
            return "members are not in strictly ascending order of their addresses";
        case CommitteeError::zero_stake:
            return "a member has no stake";
        case CommitteeError::bad_endpoint:
            return "an endpoint is empty, longer than 256 bytes, or not printable ASCII without spaces";
        case CommitteeError::stake_overflow:
            return "the stakes do not fit 64 bits together";
    }
    return "unknown committee error";
}

bool valid_endpoint(std::string_view endpoint) noexcept {
    return !endpoint.empty() && endpoint.size() <= endpoint_bytes_max &&
           std::ranges::all_of(endpoint, [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace

const ErrorDomain& error_domain(CommitteeError) noexcept {
    static constexpr ErrorDomain domain{"data_availability.committee", message};
    return domain;
}

Hash32 publication_digest(std::uint64_t chain_id, const Publication& publication) noexcept {
    codec::BinaryWriter writer;
    writer.fixed(as_bytes(publication_domain));
    writer.u64(chain_id);
    writer.u64(publication.epoch);
    writer.fixed(publication.commitment.view());
    writer.u32(static_cast<std::uint32_t>(publication.blobs.size()));
    for (const PublishedBlob& blob : publication.blobs) {
        writer.fixed(blob.name_space.view());
        writer.u64(blob.size);
    }
    return hash::sha256(writer.bytes());
}

Result<void> validate_committee(std::span<const CommitteeMember> committee) noexcept {
    if (committee.empty()) return fail(CommitteeError::empty);
    if (committee.size() > committee_size_max) return fail(CommitteeError::too_many_members);
    std::uint64_t total = 0;
    const CommitteeMember* previous = nullptr;
    for (const CommitteeMember& member : committee) {
        if (previous != nullptr && member.address <= previous->address) {
            return fail(CommitteeError::members_not_ascending);
        }
        if (member.stake == 0) return fail(CommitteeError::zero_stake);
        if (!valid_endpoint(member.endpoint)) return fail(CommitteeError::bad_endpoint);
        if (member.stake > std::numeric_limits<std::uint64_t>::max() - total) {
            return fail(CommitteeError::stake_overflow);
        }
        total += member.stake;
        previous = &member;
    }
    return {};
}

Result<void> verify_publication_certificate(BytesView certificate, const Hash32& digest,
                                            std::span<const CommitteeMember> committee) noexcept {
    ENSHRINE_CHECK(validate_committee(committee));
    std::vector<crypto::QuorumMember> members;
    members.reserve(committee.size());
    for (const CommitteeMember& member : committee)
        members.push_back({.address = member.address, .stake = member.stake});
    return crypto::verify_quorum_certificate(certificate, digest, members);
}

}  // namespace enshrine::data_availability
