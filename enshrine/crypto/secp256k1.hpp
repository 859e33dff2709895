// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>
#include <enshrine/base/u256.hpp>

/// Ethereum's account signatures. Recovery is consensus code (and the machine's accelerator in a rollup program);
/// signing exists on the host alone.
namespace enshrine::crypto {

enum class SignatureError : std::uint16_t {
    r_or_s_out_of_range = 1,  ///< zero, or not below the group order
    high_s,                   ///< s above half the group order (EIP-2)
    bad_recovery_id,          ///< not 0 or 1
    not_recoverable,          ///< no public key has this signature
    bad_secret_key,
};
const ErrorDomain& error_domain(SignatureError) noexcept;

struct Signature {
    U256 r;
    U256 s;
    std::uint8_t recovery_id = 0;  ///< parity of R.y: 0 or 1
};
using SecretKey = FixedBytes<32, struct SecretKeyTag>;

/// The acceptance rules of every signature: 0 < r < n, 0 < s <= n/2, recovery id 0 or 1.
[[nodiscard]] Result<void> validate_signature(const Signature& signature) noexcept;
/// Last 20 bytes of the Keccak-256 digest of x ‖ y (64 bytes).
[[nodiscard]] Address address_of_public_key(const Byte* key64) noexcept;

/// 160 bytes in: digest ‖ recovery id (32, big-endian) ‖ r ‖ s ‖ zeros(32); 64 bytes out: public key x ‖ y.
/// The raw operation behind accelerator 18; false, and 64 zero bytes, when the signature is not
/// acceptable under the rules above or one of the zeros is not.
[[nodiscard]] bool secp256k1_recover_raw(const Byte* input160, Byte* output64) noexcept;

/// The address whose key made `signature` over `digest`. Low-s is enforced.
[[nodiscard]] Result<Address> recover_address(const Hash32& digest, const Signature& signature) noexcept;

/// Host only. Deterministic (RFC 6979), low-s.
[[nodiscard]] Result<Signature> sign(const Hash32& digest, const SecretKey& key) noexcept;
[[nodiscard]] Result<Address> address_of(const SecretKey& key) noexcept;

}  // namespace enshrine::crypto
