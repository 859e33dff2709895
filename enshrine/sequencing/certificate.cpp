// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/sequencing/batch.hpp>
#include <enshrine/sequencing/certificate.hpp>

#include <vector>

namespace enshrine::sequencing {

Result<void> verify_certificate(BytesView certificate, const Hash32& batch_hash,
                                std::span<const Address> committee) noexcept {
    std::vector<crypto::QuorumMember> members;
    members.reserve(committee.size());
    for (const Address& member : committee) members.push_back({.address = member, .stake = 1});  // [CERT.2]
    return crypto::verify_quorum_certificate(certificate, order_digest(batch_hash), members);
}

}  // namespace enshrine::sequencing
