// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/crypto/signature_bytes.hpp>

#include <algorithm>

namespace enshrine::crypto {
namespace {

constexpr Byte v_base = 27;

std::string_view message(std::uint16_t code) noexcept {
    switch (SignatureBytesError{code}) {
        case SignatureBytesError::wrong_size:
            return "the signature is not 65 bytes long";
        case SignatureBytesError::bad_v:
            return "the last byte of the signature is neither 27 nor 28";
    }
    return "unknown signature error";
}

}  // namespace

const ErrorDomain& error_domain(SignatureBytesError) noexcept {
    static constexpr ErrorDomain domain{"crypto.signature_bytes", message};
    return domain;
}

SignatureBytes encode_signature(const Signature& signature) noexcept {
    SignatureBytes out;
    std::ranges::copy(signature.r.to_be(), out.data());
    std::ranges::copy(signature.s.to_be(), out.data() + 32);
    out[64] = static_cast<Byte>(v_base + signature.recovery_id);
    return out;
}

Result<Signature> decode_signature(BytesView bytes) noexcept {
    if (bytes.size() != signature_bytes) return fail(SignatureBytesError::wrong_size);
    const Byte v = bytes[64];
    if (v != v_base && v != v_base + 1) return fail(SignatureBytesError::bad_v);
    Signature out;
    out.r = U256::from_be(bytes.first(32));
    out.s = U256::from_be(bytes.subspan(32, 32));
    out.recovery_id = static_cast<std::uint8_t>(v - v_base);
    return out;
}

}  // namespace enshrine::crypto
