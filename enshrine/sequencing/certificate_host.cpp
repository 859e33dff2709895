// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/sequencing/batch.hpp>
#include <enshrine/sequencing/certificate.hpp>
#include <enshrine/sequencing/signature_bytes.hpp>

#include <map>

namespace enshrine::sequencing {

Result<Bytes> make_certificate(const Hash32& batch_hash, std::span<const crypto::SecretKey> members) {
    const Hash32 digest = order_digest(batch_hash);
    std::map<Address, SignatureBytes> by_signer;
    for (const crypto::SecretKey& member : members) {
        ENSHRINE_TRY(const auto signer, crypto::address_of(member));
        ENSHRINE_TRY(const auto signature, crypto::sign(digest, member));
        by_signer[signer] = encode_signature(signature);
    }
    Bytes out;
    for (const auto& [signer, signature] : by_signer) append(out, signature.view());
    return out;
}

}  // namespace enshrine::sequencing
