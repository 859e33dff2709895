// SPDX-License-Identifier: Apache-2.0
// The operations of libsecp256k1. A rollup program links another definition of secp256k1_recover_raw and never signs.
#include <enshrine/base/assert.hpp>
#include <enshrine/crypto/secp256k1.hpp>

#include <secp256k1.h>
#include <secp256k1_recovery.h>

#include <algorithm>

namespace enshrine::crypto {
namespace {

/// Made once, then only read, hence usable from every thread.
const secp256k1_context* signing_context() noexcept {
    static const secp256k1_context* const context = secp256k1_context_create(SECP256K1_CONTEXT_NONE);
    return context;
}

void store_public_key(const secp256k1_pubkey& key, Byte* output64) noexcept {
    std::array<Byte, 65> uncompressed{};  // 0x04 ‖ x ‖ y
    std::size_t size = uncompressed.size();
    const int ok = secp256k1_ec_pubkey_serialize(secp256k1_context_static, uncompressed.data(), &size, &key,
                                                 SECP256K1_EC_UNCOMPRESSED);
    ENSHRINE_ASSERT(ok == 1 && size == uncompressed.size());
    std::copy(uncompressed.begin() + 1, uncompressed.end(), output64);
}

}  // namespace

bool secp256k1_recover_raw(const Byte* input160, Byte* output64) noexcept {
    std::fill_n(output64, 64, Byte{0});
    const BytesView input{input160, 160};
    const auto is_zero = [](Byte byte) { return byte == 0; };
    if (!std::ranges::all_of(input.subspan(32, 31), is_zero)) return false;
    if (!std::ranges::all_of(input.subspan(128), is_zero)) return false;
    Signature signature;
    signature.recovery_id = input[63];
    signature.r = U256::from_be(input.subspan(64, 32));
    signature.s = U256::from_be(input.subspan(96, 32));
    if (!validate_signature(signature)) return false;

    secp256k1_ecdsa_recoverable_signature parsed;
    if (secp256k1_ecdsa_recoverable_signature_parse_compact(secp256k1_context_static, &parsed, input160 + 64,
                                                            signature.recovery_id) != 1) {
        return false;
    }
    secp256k1_pubkey key;
    if (secp256k1_ecdsa_recover(secp256k1_context_static, &key, &parsed, input160) != 1) return false;
    store_public_key(key, output64);
    return true;
}

Result<Signature> sign(const Hash32& digest, const SecretKey& key) noexcept {
    if (secp256k1_ec_seckey_verify(secp256k1_context_static, key.data()) != 1) {
        return fail(SignatureError::bad_secret_key);
    }
    secp256k1_ecdsa_recoverable_signature made;
    // The default nonce function is RFC 6979, and the library returns the lower of the two values of s.
    if (secp256k1_ecdsa_sign_recoverable(signing_context(), &made, digest.data(), key.data(), nullptr, nullptr) != 1) {
        return fail(SignatureError::bad_secret_key);
    }
    std::array<Byte, 64> compact{};
    int recovery_id = 0;
    secp256k1_ecdsa_recoverable_signature_serialize_compact(secp256k1_context_static, compact.data(), &recovery_id,
                                                            &made);
    // Ids 2 and 3 mean R.x >= n: a 2^-128 accident that Ethereum's format cannot express.
    if (recovery_id > 1) return fail(SignatureError::bad_recovery_id);
    Signature signature;
    signature.r = U256::from_be({compact.data(), 32});
    signature.s = U256::from_be({compact.data() + 32, 32});
    signature.recovery_id = static_cast<std::uint8_t>(recovery_id);
    return signature;
}

Result<Address> address_of(const SecretKey& key) noexcept {
    if (secp256k1_ec_seckey_verify(secp256k1_context_static, key.data()) != 1) {
        return fail(SignatureError::bad_secret_key);
    }
    secp256k1_pubkey public_key;
    if (secp256k1_ec_pubkey_create(signing_context(), &public_key, key.data()) != 1) {
        return fail(SignatureError::bad_secret_key);
    }
    std::array<Byte, 64> coordinates{};
    store_public_key(public_key, coordinates.data());
    return address_of_public_key(coordinates.data());
}

}  // namespace enshrine::crypto
