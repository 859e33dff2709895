// SPDX-License-Identifier: Apache-2.0
// The raw operation and recover_address agree on every input; what sign makes is recovered.
#include <enshrine/base/assert.hpp>
#include <enshrine/crypto/secp256k1.hpp>

#include <algorithm>
#include <array>
#include <cstdint>

using namespace enshrine;
using namespace enshrine::crypto;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 160) return 0;
    const BytesView input{data, size};
    const auto is_zero = [](Byte byte) { return byte == 0; };
    std::array<Byte, 64> key{};
    const bool accepted = secp256k1_recover_raw(data, key.data());
    ENSHRINE_ASSERT(accepted != std::ranges::all_of(key, is_zero));

    const Hash32 digest = Hash32::from(input.first(32));
    Signature signature;
    signature.recovery_id = input[63];
    signature.r = U256::from_be(input.subspan(64, 32));
    signature.s = U256::from_be(input.subspan(96, 32));
    const auto address = recover_address(digest, signature);
    if (std::ranges::all_of(input.subspan(32, 31), is_zero) && std::ranges::all_of(input.subspan(128, 32), is_zero)) {
        ENSHRINE_ASSERT(accepted == address.has_value());
    } else {
        ENSHRINE_ASSERT(!accepted);
    }
    if (accepted) ENSHRINE_ASSERT(*address == address_of_public_key(key.data()));

    const auto secret = SecretKey::from(input.subspan(64, 32));
    const auto made = sign(digest, secret);
    ENSHRINE_ASSERT(made.has_value() == address_of(secret).has_value());
    if (made) ENSHRINE_ASSERT(recover_address(digest, *made).value() == address_of(secret).value());
    return 0;
}
