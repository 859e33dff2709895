// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/result.hpp>
#include <enshrine/crypto/secp256k1.hpp>
#include <enshrine/crypto/signature_bytes.hpp>

#include <map>
#include <span>

/// Certificates of a committee weighted by stake. Rules: docs/spec/rollup.md [CERT.*].
namespace enshrine::crypto {

inline constexpr std::size_t quorum_members_max = 100;

enum class QuorumError : std::uint16_t {
    wrong_size = 1,         ///< not a positive multiple of 65 bytes, or more signatures than the committee has members
    signer_not_member,      ///< also what a signature over another digest shows as
    signers_not_ascending,  ///< unsorted or repeated
    too_little_stake,       ///< the signers hold less than two thirds of the stake
};
const ErrorDomain& error_domain(QuorumError) noexcept;

struct QuorumMember {
    Address address;
    std::uint64_t stake = 0;
};

/// Whether members with at least two thirds of the stake signed the digest. The committee is ours: 1 to
/// quorum_members_max members of distinct addresses whose stakes together fit 64 bits (asserted). Errors: QuorumError,
/// SignatureBytesError, SignatureError.
[[nodiscard]] Result<void> verify_quorum_certificate(BytesView certificate, const Hash32& digest,
                                                     std::span<const QuorumMember> members) noexcept;

/// The certificate of signatures that were gathered one by one.
[[nodiscard]] Bytes quorum_certificate_of(const std::map<Address, SignatureBytes>& signatures);
/// Host only: the certificate that these members make.
[[nodiscard]] Result<Bytes> make_quorum_certificate(const Hash32& digest, std::span<const SecretKey> members);

}  // namespace enshrine::crypto
