// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/hex.hpp>
#include <enshrine/crypto/secp256k1.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string_view>

namespace enshrine::crypto {
namespace {

Hash32 hash32(std::string_view text) {
    return codec::parse_hex_fixed<32>(text).value();
}
U256 u256(std::string_view text) {
    return U256::from_be(hash32(text).view());
}
Address address(std::string_view text) {
    return Address::from(codec::parse_hex(text).value());
}
SecretKey secret_key(std::string_view text) {
    return SecretKey::from(hash32(text).view());
}

const U256 order = u256("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
const U256 half_order = u256("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0");
const U256 generator_x = u256("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");

struct Known {
    Hash32 digest;
    Signature signature;
    Address signer;
};

/// The worked example of EIP-155.
const SecretKey eip155_key = secret_key("4646464646464646464646464646464646464646464646464646464646464646");
const Known eip155{hash32("daf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53"),
                   {u256("28ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276"),
                    u256("67cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83"), 0},
                   address("9d8a62f656a8d1615c1294fd71e9cfb3e4855a4f")};

std::array<Byte, 160> raw_input(const Hash32& digest, const Signature& signature) {
    std::array<Byte, 160> out{};
    std::ranges::copy(digest, out.begin());
    out[63] = signature.recovery_id;
    std::ranges::copy(signature.r.to_be(), out.begin() + 64);
    std::ranges::copy(signature.s.to_be(), out.begin() + 96);
    return out;
}

bool raw_accepts(const std::array<Byte, 160>& input) {
    std::array<Byte, 64> output;
    output.fill(0xaa);
    const bool accepted = secp256k1_recover_raw(input.data(), output.data());
    const bool zeros = std::ranges::all_of(output, [](Byte byte) { return byte == 0; });
    EXPECT_NE(accepted, zeros) << "a refusal leaves 64 zero bytes";
    return accepted;
}

/// Both entry points refuse `signature`, recover_address with `error`.
void expect_refused(const Hash32& digest, const Signature& signature, SignatureError error) {
    const auto recovered = recover_address(digest, signature);
    ASSERT_FALSE(recovered.has_value());
    EXPECT_TRUE(recovered.error().is(error)) << recovered.error().message();
    EXPECT_FALSE(raw_accepts(raw_input(digest, signature)));
}

TEST(Secp256k1KnownVectors, Eip155Example) {
    EXPECT_EQ(recover_address(eip155.digest, eip155.signature).value(), eip155.signer);
    EXPECT_EQ(address_of(eip155_key).value(), eip155.signer);
    const auto made = sign(eip155.digest, eip155_key).value();
    EXPECT_EQ(made.r, eip155.signature.r);
    EXPECT_EQ(made.s, eip155.signature.s);
    EXPECT_EQ(made.recovery_id, eip155.signature.recovery_id);
}

// Input of the ecrecover precompile as go-ethereum tests it.
TEST(Secp256k1KnownVectors, EcrecoverExample) {
    const Signature signature{u256("9242685bf161793cc25603c231bc2f568eb630ea16aa137d2664ac8038825608"),
                              u256("4f8ae3bd7535248d0bd448298cc2e2071e56992d0774dc340c368ae950852ada"), 1};
    EXPECT_EQ(
        recover_address(hash32("456e9aea5e197a1f1af7a3e85a3212fa4049a3ba34c2289b4c860fc0b0c64ef3"), signature).value(),
        address("7156526fbd7a3c72969b54f64e42c10fbb768c8a"));
}

// A signature that the precompile accepts and EIP-2 forbids in transactions.
TEST(Secp256k1KnownVectors, EcrecoverExampleWithHighS) {
    const Hash32 digest = hash32("18c547e4f7b0f325ad1e56f57e26c745b09a3e503d86e00e5255ff7f715d3d1c");
    const Signature high{u256("73b1693892219d736caba55bdb67216e485557ea6b6af75f37096c9aa6a5a75f"),
                         u256("eeb940b1d03b21e36b0e47e79769f095fe2ab855bd91e3a38756b7d75a9c4549"), 1};
    expect_refused(digest, high, SignatureError::high_s);
    const Signature low{high.r, order - high.s, 0};
    EXPECT_EQ(recover_address(digest, low).value(), address("a94f5374fce5edbc8e2a8697c15331677e6ebf0b"));
}

TEST(Secp256k1KnownVectors, WellKnownAddresses) {
    EXPECT_EQ(address_of(secret_key("0000000000000000000000000000000000000000000000000000000000000001")).value(),
              address("7e5f4552091a69125d5dfcb7b8c2659029395bdf"));
    EXPECT_EQ(address_of(secret_key("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80")).value(),
              address("f39fd6e51aad88f6f4ce6ab8827279cfffb92266"));
}

TEST(Secp256k1, RefusesValuesOutsideTheGroupOrder) {
    for (const U256& bad : {U256{}, order, order + U256{1}, U256{~0ULL, ~0ULL, ~0ULL, ~0ULL}}) {
        expect_refused(eip155.digest, {bad, eip155.signature.s, 0}, SignatureError::r_or_s_out_of_range);
        expect_refused(eip155.digest, {eip155.signature.r, bad, 0}, SignatureError::r_or_s_out_of_range);
    }
    const auto last_r = recover_address(eip155.digest, {order - U256{1}, U256{1}, 0});
    EXPECT_TRUE(last_r.has_value() || last_r.error().is(SignatureError::not_recoverable)) << "n - 1 is in range";
}

TEST(Secp256k1, RefusesHighS) {
    const Signature twin{eip155.signature.r, order - eip155.signature.s, 1};
    expect_refused(eip155.digest, twin, SignatureError::high_s);
    expect_refused(eip155.digest, {eip155.signature.r, half_order + U256{1}, 0}, SignatureError::high_s);
    EXPECT_TRUE(recover_address(eip155.digest, {eip155.signature.r, half_order, 0}).has_value());
}

TEST(Secp256k1, RefusesBadRecoveryIds) {
    for (unsigned id = 2; id < 256; ++id) {
        auto signature = eip155.signature;
        signature.recovery_id = static_cast<std::uint8_t>(id);
        expect_refused(eip155.digest, signature, SignatureError::bad_recovery_id);
    }
    auto other = eip155.signature;
    other.recovery_id = 1;
    EXPECT_NE(recover_address(eip155.digest, other).value(), eip155.signer);
}

TEST(Secp256k1, RefusesSignaturesThatNoKeyHas) {
    // 5 is not the x coordinate of a point.
    expect_refused(eip155.digest, {U256{5}, U256{1}, 0}, SignatureError::not_recoverable);
    // With R the generator and the digest equal to s, the key s·R - e·G would be the point at infinity.
    expect_refused(U256{1}.to_be(), {generator_x, U256{1}, 0}, SignatureError::not_recoverable);
    EXPECT_TRUE(recover_address(U256{2}.to_be(), {generator_x, U256{1}, 0}).has_value());
}

TEST(Secp256k1, RawInputHasOneForm) {
    const auto good = raw_input(eip155.digest, eip155.signature);
    EXPECT_TRUE(raw_accepts(good));
    for (std::size_t i = 0; i < good.size(); ++i) {
        const bool must_be_zero = (i >= 32 && i < 63) || i >= 128;
        if (!must_be_zero) continue;
        auto bad = good;
        bad[i] = 1;
        EXPECT_FALSE(raw_accepts(bad)) << i;
    }
}

TEST(Secp256k1, EveryFlippedByteLosesTheSigner) {
    const auto good = raw_input(eip155.digest, eip155.signature);
    for (std::size_t i = 0; i < 128; ++i) {
        auto bad = good;
        bad[i] ^= 0x01;
        std::array<Byte, 64> key{};
        if (!secp256k1_recover_raw(bad.data(), key.data())) continue;
        EXPECT_NE(address_of_public_key(key.data()), eip155.signer) << i;
    }
}

TEST(Secp256k1, RefusesBadSecretKeys) {
    for (const U256& bad : {U256{}, order, U256{~0ULL, ~0ULL, ~0ULL, ~0ULL}}) {
        const auto key = SecretKey::from(bad.to_be().view());
        EXPECT_TRUE(sign(eip155.digest, key).error().is(SignatureError::bad_secret_key));
        EXPECT_TRUE(address_of(key).error().is(SignatureError::bad_secret_key));
    }
    const auto last = SecretKey::from((order - U256{1}).to_be().view());
    EXPECT_TRUE(address_of(last).has_value());
}

RC_GTEST_PROP(Secp256k1, SignaturesRecoverTheirSigner, ()) {
    Hash32 digest;
    digest.data_ = *rc::gen::container<std::array<Byte, 32>>(rc::gen::arbitrary<Byte>());
    SecretKey key;
    key.data_ = *rc::gen::container<std::array<Byte, 32>>(rc::gen::arbitrary<Byte>());
    key[0] = 0;    // below the group order
    key[31] |= 1;  // not zero
    const auto signature = sign(digest, key).value();
    RC_ASSERT(signature.s <= half_order);
    RC_ASSERT(recover_address(digest, signature).value() == address_of(key).value());
}

}  // namespace
}  // namespace enshrine::crypto
