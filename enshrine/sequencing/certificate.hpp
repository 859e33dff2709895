// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/crypto/quorum_certificate.hpp>

/// Order certificates: level P1 of a batch. Rules: docs/spec/rollup.md [BATCH.9], [CERT.*].
namespace enshrine::sequencing {

inline constexpr std::size_t committee_size_max = crypto::quorum_members_max;

/// Whether at least two thirds of the committee signed order_digest(batch_hash). The committee has 1 to
/// committee_size_max distinct members. Errors: those of crypto::verify_quorum_certificate().
[[nodiscard]] Result<void> verify_certificate(BytesView certificate, const Hash32& batch_hash,
                                              std::span<const Address> committee) noexcept;

/// Host only: the certificate that these members make.
[[nodiscard]] Result<Bytes> make_certificate(const Hash32& batch_hash, std::span<const crypto::SecretKey> members);

}  // namespace enshrine::sequencing
