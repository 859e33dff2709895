// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/result.hpp>
#include <enshrine/crypto/secp256k1.hpp>

#include <span>

/// Order certificates: level P1 of a batch. Rules: docs/spec/rollup.md [BATCH.9], [CERT.*].
namespace enshrine::sequencing {

inline constexpr std::size_t committee_size_max = 100;

enum class CertificateError : std::uint16_t {
    wrong_size = 1,           ///< not a positive multiple of 65 bytes, or more signatures than the committee has members
    signer_not_in_committee,  ///< also what a signature over another batch shows as
    signers_not_ascending,    ///< unsorted or repeated
    too_few_signatures,       ///< below two thirds of the committee
};
const ErrorDomain& error_domain(CertificateError) noexcept;

/// Whether at least two thirds of the committee signed order_digest(batch_hash). The committee has 1 to
/// committee_size_max distinct members. Errors: CertificateError, SignatureBytesError, crypto::SignatureError.
[[nodiscard]] Result<void> verify_certificate(BytesView certificate, const Hash32& batch_hash,
                                              std::span<const Address> committee) noexcept;

/// Host only: the certificate that these members make.
[[nodiscard]] Result<Bytes> make_certificate(const Hash32& batch_hash, std::span<const crypto::SecretKey> members);

}  // namespace enshrine::sequencing
