// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/encoding.hpp>
#include <enshrine/algebra/bn254/groups.hpp>
#include <enshrine/algebra/bn254/msm.hpp>
#include <enshrine/algebra/bn254/pairing.hpp>
#include <enshrine/crypto/bls12_381_pairing.hpp>
#include <enshrine/crypto/bls12_381_scalar.hpp>

#include <string_view>

/// The two pairing-friendly curves behind one vocabulary, for verifiers that are written once.
namespace enshrine::proofs {

enum class Curve : std::uint8_t { bn254 = 1, bls12_381 = 2 };
[[nodiscard]] constexpr std::string_view curve_name(Curve curve) noexcept {
    return curve == Curve::bn254 ? "bn254" : "bls12-381";
}

struct Bn254 {
    static constexpr Curve id = Curve::bn254;
    using G1 = algebra::bn254::G1Affine;
    using G2 = algebra::bn254::G2Affine;
    using Fr = algebra::bn254::Fr;
    using Fp12 = algebra::bn254::Fp12;
    using Pair = algebra::bn254::Pair;
    using PreparedG2 = algebra::bn254::PreparedG2;
    using PreparedPair = algebra::bn254::PreparedPair;
    static constexpr std::size_t g1_bytes = algebra::bn254::g1_bytes;
    static constexpr std::size_t g2_bytes = algebra::bn254::g2_bytes;
    static constexpr U256 group_order{algebra::bn254::Fr::modulus[3], algebra::bn254::Fr::modulus[2],
                                      algebra::bn254::Fr::modulus[1], algebra::bn254::Fr::modulus[0]};
    static constexpr unsigned two_adicity = 28;  ///< of group_order - 1

    /// Members of the groups alone.
    [[nodiscard]] static Result<G1> decode_g1(BytesView bytes) noexcept { return algebra::bn254::decode_g1(bytes); }
    [[nodiscard]] static Result<G2> decode_g2(BytesView bytes) noexcept { return algebra::bn254::decode_g2(bytes); }
    [[nodiscard]] static Result<Fr> decode_fr(BytesView bytes) noexcept { return algebra::bn254::decode_fr(bytes); }
    [[nodiscard]] static FixedBytes<g1_bytes> encode(const G1& p) noexcept { return algebra::bn254::encode(p); }
    [[nodiscard]] static FixedBytes<g2_bytes> encode(const G2& q) noexcept { return algebra::bn254::encode(q); }
    [[nodiscard]] static G1 g1_generator() noexcept { return algebra::bn254::g1_generator; }
    [[nodiscard]] static G2 g2_generator() noexcept { return algebra::bn254::g2_generator; }
    [[nodiscard]] static G1 negate(const G1& p) noexcept { return -p; }
    [[nodiscard]] static G2 negate(const G2& q) noexcept { return -q; }
    [[nodiscard]] static G1 multi_scalar_product(std::span<const G1> points, std::span<const Fr> scalars) {
        return algebra::bn254::multi_scalar_product(points, scalars).affine();
    }
    [[nodiscard]] static bool pairing_product_is_one(std::span<const Pair> pairs,
                                                     std::span<const PreparedPair> prepared = {}) {
        return algebra::bn254::pairing_product_is_one(pairs, prepared);
    }
};

struct Bls12381 {
    static constexpr Curve id = Curve::bls12_381;
    using G1 = crypto::bls12_381::G1;
    using G2 = crypto::bls12_381::G2;
    using Fr = crypto::bls12_381::Fr;
    using Fp12 = crypto::bls12_381::Fp12;
    using Pair = crypto::bls12_381::Pair;
    using PreparedG2 = crypto::bls12_381::PreparedG2;
    using PreparedPair = crypto::bls12_381::PreparedPair;
    static constexpr std::size_t g1_bytes = crypto::bls12_381::g1_bytes;
    static constexpr std::size_t g2_bytes = crypto::bls12_381::g2_bytes;
    static constexpr U256 group_order = crypto::bls12_381::group_order;
    static constexpr unsigned two_adicity = 32;

    [[nodiscard]] static Result<G1> decode_g1(BytesView bytes) noexcept {
        return crypto::bls12_381::decode_g1_member(bytes);
    }
    [[nodiscard]] static Result<G2> decode_g2(BytesView bytes) noexcept {
        return crypto::bls12_381::decode_g2_member(bytes);
    }
    [[nodiscard]] static Result<Fr> decode_fr(BytesView bytes) noexcept { return crypto::bls12_381::decode_fr(bytes); }
    [[nodiscard]] static FixedBytes<g1_bytes> encode(const G1& p) noexcept { return crypto::bls12_381::encode(p); }
    [[nodiscard]] static FixedBytes<g2_bytes> encode(const G2& q) noexcept { return crypto::bls12_381::encode(q); }
    [[nodiscard]] static G1 g1_generator() noexcept { return crypto::bls12_381::g1_generator(); }
    [[nodiscard]] static G2 g2_generator() noexcept { return crypto::bls12_381::g2_generator(); }
    [[nodiscard]] static G1 negate(const G1& p) noexcept { return crypto::bls12_381::negate(p); }
    [[nodiscard]] static G2 negate(const G2& q) noexcept { return crypto::bls12_381::negate(q); }
    [[nodiscard]] static G1 multi_scalar_product(std::span<const G1> points, std::span<const Fr> scalars) {
        return crypto::bls12_381::multi_scalar_product(points, scalars);
    }
    [[nodiscard]] static bool pairing_product_is_one(std::span<const Pair> pairs,
                                                     std::span<const PreparedPair> prepared = {}) {
        return crypto::bls12_381::pairing_product_is_one(pairs, prepared);
    }
};

}  // namespace enshrine::proofs
