// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/crypto/secp256k1.hpp>

/// r ‖ s ‖ v with v = 27 or 28: the 65 bytes in which wallets write a signature.
namespace enshrine::crypto {

enum class SignatureBytesError : std::uint16_t { wrong_size = 1, bad_v };
const ErrorDomain& error_domain(SignatureBytesError) noexcept;

inline constexpr std::size_t signature_bytes = 65;
using SignatureBytes = FixedBytes<signature_bytes, struct SignatureBytesTag>;

[[nodiscard]] SignatureBytes encode_signature(const Signature& signature) noexcept;
/// Whether r and s are in range shows when the signer is recovered.
[[nodiscard]] Result<Signature> decode_signature(BytesView bytes) noexcept;

}  // namespace enshrine::crypto
