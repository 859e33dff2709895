// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/sequencing/batch.hpp>
#include <enshrine/sequencing/certificate.hpp>

namespace enshrine::sequencing {

Result<Bytes> make_certificate(const Hash32& batch_hash, std::span<const crypto::SecretKey> members) {
    return crypto::make_quorum_certificate(order_digest(batch_hash), members);
}

}  // namespace enshrine::sequencing
