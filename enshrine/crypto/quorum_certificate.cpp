// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/crypto/quorum_certificate.hpp>

#include <algorithm>
#include <limits>
#include <optional>

namespace enshrine::crypto {
namespace {

std::string_view message(std::uint16_t code) noexcept {
    switch (QuorumError{code}) {
        case QuorumError::wrong_size:
            return "the certificate is not 1 to n signatures of 65 bytes for a committee of n";
        case QuorumError::signer_not_member:
            return "a signature is by none of the committee over this statement";
        case QuorumError::signers_not_ascending:
            return "signatures are not in ascending order of their signers";
        case QuorumError::too_little_stake:
            return "the signers hold less than two thirds of the committee's stake";
    }
    return "unknown certificate error";
}

std::uint64_t total_stake(std::span<const QuorumMember> members) noexcept {
    std::uint64_t total = 0;
    for (const QuorumMember& member : members) {
        ENSHRINE_ASSERT(member.stake <= std::numeric_limits<std::uint64_t>::max() - total);
        total += member.stake;
    }
    return total;
}

}  // namespace

const ErrorDomain& error_domain(QuorumError) noexcept {
    static constexpr ErrorDomain domain{"crypto.quorum", message};
    return domain;
}

Result<void> verify_quorum_certificate(BytesView certificate, const Hash32& digest,
                                       std::span<const QuorumMember> members) noexcept {
    ENSHRINE_ASSERT(!members.empty() && members.size() <= quorum_members_max);
    const std::uint64_t total = total_stake(members);
    const std::size_t count = certificate.size() / signature_bytes;
    if (certificate.size() % signature_bytes != 0) return fail(QuorumError::wrong_size);
    if (count == 0 || count > members.size()) return fail(QuorumError::wrong_size);
    std::uint64_t signed_stake = 0;  // of distinct members, so at most the total
    std::optional<Address> previous;
    for (std::size_t i = 0; i < count; ++i) {
        ENSHRINE_TRY(const auto signature, decode_signature(certificate.subspan(i * signature_bytes, signature_bytes)));
        ENSHRINE_TRY(const auto signer, recover_address(digest, signature));
        const auto member = std::ranges::find(members, signer, &QuorumMember::address);
        if (member == members.end()) return fail(QuorumError::signer_not_member);
        if (previous && signer <= *previous) return fail(QuorumError::signers_not_ascending);  // [CERT.1]
        previous = signer;
        signed_stake += member->stake;
    }
    const std::uint64_t needed = total - total / 3;                         // two thirds, rounded up
    if (signed_stake < needed) return fail(QuorumError::too_little_stake);  // [CERT.2]
    return {};
}

Bytes quorum_certificate_of(const std::map<Address, SignatureBytes>& signatures) {
    Bytes out;
    for (const auto& [signer, signature] : signatures) append(out, signature.view());
    return out;
}

}  // namespace enshrine::crypto
