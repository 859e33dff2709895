// SPDX-License-Identifier: Apache-2.0
#include <enshrine/crypto/secp256k1.hpp>
#include <enshrine/hash/keccak.hpp>

#include <algorithm>

namespace enshrine::crypto {
namespace {

constexpr U256 group_order{0xffffffffffffffff, 0xfffffffffffffffe, 0xbaaedce6af48a03b, 0xbfd25e8cd0364141};
constexpr U256 half_group_order{0x7fffffffffffffff, 0xffffffffffffffff, 0x5d576e7357a4501d, 0xdfe92f46681b20a0};

}  // namespace

const ErrorDomain& error_domain(SignatureError) noexcept {
    static constexpr ErrorDomain domain{"signature", [](std::uint16_t code) noexcept -> std::string_view {
                                            switch (SignatureError{code}) {
                                                case SignatureError::r_or_s_out_of_range:
                                                    return "r or s is zero or not below the group order";
                                                case SignatureError::high_s:
                                                    return "s is above half the group order";
                                                case SignatureError::bad_recovery_id:
                                                    return "recovery id is neither 0 nor 1";
                                                case SignatureError::not_recoverable:
                                                    return "no public key has this signature";
                                                case SignatureError::bad_secret_key:
                                                    return "secret key is zero or not below the group order";
                                            }
                                            return "unknown signature error";
                                        }};
    return domain;
}

Result<void> validate_signature(const Signature& signature) noexcept {
    if (signature.r.is_zero() || signature.r >= group_order) return fail(SignatureError::r_or_s_out_of_range);
    if (signature.s.is_zero() || signature.s >= group_order) return fail(SignatureError::r_or_s_out_of_range);
    if (signature.s > half_group_order) return fail(SignatureError::high_s);
    if (signature.recovery_id > 1) return fail(SignatureError::bad_recovery_id);
    return {};
}

Address address_of_public_key(const Byte* key64) noexcept {
    const Hash32 digest = hash::keccak256({key64, 64});
    return Address::from(digest.view().last(Address::size_bytes));
}

Result<Address> recover_address(const Hash32& digest, const Signature& signature) noexcept {
    ENSHRINE_CHECK(validate_signature(signature));
    const Hash32 r = signature.r.to_be();
    const Hash32 s = signature.s.to_be();
    // The machine's accelerator wants 8-byte alignment.
    alignas(8) std::array<Byte, 160> input{};
    alignas(8) std::array<Byte, 64> key{};
    std::copy(digest.begin(), digest.end(), input.begin());
    input[63] = signature.recovery_id;
    std::copy(r.begin(), r.end(), input.begin() + 64);
    std::copy(s.begin(), s.end(), input.begin() + 96);
    if (!secp256k1_recover_raw(input.data(), key.data())) return fail(SignatureError::not_recoverable);
    return address_of_public_key(key.data());
}

}  // namespace enshrine::crypto
