// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/sequencing/batch.hpp>
#include <enshrine/sequencing/certificate.hpp>
#include <enshrine/sequencing/signature_bytes.hpp>

#include <algorithm>
#include <optional>

namespace enshrine::sequencing {
namespace {

std::string_view message(std::uint16_t code) noexcept {
    switch (CertificateError{code}) {
        case CertificateError::wrong_size: return "the certificate is not 1 to n signatures of 65 bytes for a committee of n";
        case CertificateError::signer_not_in_committee: return "a signature is by none of the committee over this batch";
        case CertificateError::signers_not_ascending: return "signatures are not in ascending order of their signers";
        case CertificateError::too_few_signatures: return "fewer than two thirds of the committee signed";
    }
    return "unknown certificate error";
}

}  // namespace

const ErrorDomain& error_domain(CertificateError) noexcept {
    static constexpr ErrorDomain domain{"sequencing.certificate", message};
    return domain;
}

Result<void> verify_certificate(BytesView certificate, const Hash32& batch_hash,
                                std::span<const Address> committee) noexcept {
    ENSHRINE_ASSERT(!committee.empty() && committee.size() <= committee_size_max);
    const std::size_t count = certificate.size() / signature_bytes;
    if (certificate.size() % signature_bytes != 0) return fail(CertificateError::wrong_size);
    if (count == 0 || count > committee.size()) return fail(CertificateError::wrong_size);
    if (3 * count < 2 * committee.size()) return fail(CertificateError::too_few_signatures);
    const Hash32 digest = order_digest(batch_hash);
    std::optional<Address> previous;
    for (std::size_t i = 0; i < count; ++i) {
        ENSHRINE_TRY(const auto signature, decode_signature(certificate.subspan(i * signature_bytes, signature_bytes)));
        ENSHRINE_TRY(const auto signer, crypto::recover_address(digest, signature));
        if (std::ranges::find(committee, signer) == committee.end()) return fail(CertificateError::signer_not_in_committee);
        if (previous && signer <= *previous) return fail(CertificateError::signers_not_ascending);
        previous = signer;
    }
    return {};
}

}  // namespace enshrine::sequencing
