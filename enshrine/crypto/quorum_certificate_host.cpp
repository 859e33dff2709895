// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/crypto/quorum_certificate.hpp>

namespace enshrine::crypto {

Result<Bytes> make_quorum_certificate(const Hash32& digest, std::span<const SecretKey> members) {
    std::map<Address, SignatureBytes> by_signer;
    for (const SecretKey& member : members) {
        ENSHRINE_TRY(const auto signer, address_of(member));
        ENSHRINE_TRY(const auto signature, sign(digest, member));
        by_signer[signer] = encode_signature(signature);
    }
    return quorum_certificate_of(by_signer);
}

}  // namespace enshrine::crypto
