// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>
#include <enshrine/crypto/quorum_certificate.hpp>
#include <enshrine/data_availability/shape.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

/// Who keeps the rows of a matrix, and what they sign. Rules: docs/spec/data_availability.md [DA-ROWS.*], [DA-CERT.*].
namespace enshrine::data_availability {

inline constexpr std::size_t committee_size_max = crypto::quorum_members_max;
inline constexpr std::uint32_t correctness_rows_min = 148;
inline constexpr std::size_t endpoint_bytes_max = 256;

struct CommitteeMember {
    Address address;
    std::uint64_t stake = 0;
    std::string endpoint;  ///< host:port of its storage node
    Hash32 tls_key_hash;   ///< SHA-256 of its TLS public key (SubjectPublicKeyInfo)
    [[nodiscard]] friend bool operator==(const CommitteeMember&, const CommitteeMember&) noexcept = default;
};

/// A committee by its number [DA-CERT.5].
struct Committee {
    std::uint64_t epoch = 0;
    std::vector<CommitteeMember> members;  ///< ascending by address
    [[nodiscard]] friend bool operator==(const Committee&, const Committee&) noexcept = default;
};

/// Rows that member `member` keeps, in the order of the shuffle [DA-ROWS.1, DA-ROWS.2].
[[nodiscard]] std::vector<std::uint32_t> assigned_rows(const Shape& shape, const Hash32& commitment,
                                                       std::span<const CommitteeMember> committee, std::size_t member);

struct PublishedBlob {
    Hash32 name_space;
    std::uint64_t size = 0;  ///< bytes
    [[nodiscard]] friend bool operator==(const PublishedBlob&, const PublishedBlob&) noexcept = default;
};
struct Publication {
    Hash32 commitment;
    std::vector<PublishedBlob> blobs;  ///< 1 to matrix_blobs_max, in the order of the matrix
    std::uint64_t epoch = 0;           ///< of the committee that keeps the rows [DA-CERT.5]
    [[nodiscard]] friend bool operator==(const Publication&, const Publication&) noexcept = default;
};
/// What members sign [DA-CERT.2].
[[nodiscard]] Hash32 publication_digest(std::uint64_t chain_id, const Publication& publication) noexcept;

enum class CommitteeError : std::uint16_t {
    empty = 1,
    too_many_members,
    members_not_ascending,  ///< unsorted or repeated addresses
    zero_stake,
    bad_endpoint,   ///< empty, above endpoint_bytes_max, or not printable ASCII
    stake_overflow  ///< the total does not fit 64 bits
};
const ErrorDomain& error_domain(CommitteeError) noexcept;
[[nodiscard]] Result<void> validate_committee(std::span<const CommitteeMember> committee) noexcept;  ///< [DA-CERT.1]
/// [DA-CERT.4] Errors: CommitteeError, those of crypto::verify_quorum_certificate().
[[nodiscard]] Result<void> verify_publication_certificate(BytesView certificate, const Hash32& digest,
                                                          std::span<const CommitteeMember> committee) noexcept;

}  // namespace enshrine::data_availability
