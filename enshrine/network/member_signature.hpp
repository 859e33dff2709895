// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/crypto/signature_bytes.hpp>
#include <enshrine/network/peer.hpp>

namespace enshrine::network {

/// Whether this is the member's signature over the digest.
[[nodiscard]] inline bool signed_by(const Address& member, const Hash32& digest, const MemberSignature& bytes) {
    const auto signature = crypto::decode_signature(bytes.view());
    if (!signature) return false;
    const auto signer = crypto::recover_address(digest, *signature);
    return signer && *signer == member;
}

}  // namespace enshrine::network
