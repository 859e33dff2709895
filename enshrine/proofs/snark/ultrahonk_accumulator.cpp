// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/bn254/encoding.hpp>
#include <enshrine/algebra/bn254/groups.hpp>
#include <enshrine/base/assert.hpp>
#include <enshrine/hash/keccak.hpp>
#include <enshrine/proofs/snark/ultrahonk_accumulator.hpp>

#include <algorithm>

namespace enshrine::proofs::ultrahonk {

namespace bn254 = algebra::bn254;

namespace {

constexpr unsigned coordinate_bits = 256;
constexpr std::size_t coordinates = 4;

/// Limbs of a coordinate, the lowest first; the last one has the bits that are left.
Result<U256> coordinate_of(std::span<const Fr> limbs, unsigned limb_bits) noexcept {
    U256 out;
    unsigned shift = 0;
    for (const Fr& limb : limbs) {
        const U256 value = limb.to_u256();
        if (value.bit_length() > std::min(limb_bits, coordinate_bits - shift)) return fail(HonkError::bad_accumulator);
        out = out + (value << shift);
        shift += limb_bits;
    }
    return out;
}

Result<bn254::G1Affine> point_of(const U256& x, const U256& y) noexcept {
    ENSHRINE_TRY(const auto point, bn254::checked_g1(x, y));
    if (point.is_infinity()) return fail(HonkError::bad_accumulator);
    return point;
}

}  // namespace

Result<std::optional<PairingPoints>> points_of_limbs(const Dialect& dialect, std::span<const Fr> limbs) {
    ENSHRINE_ASSERT(limbs.size() == dialect.accumulator_limbs);
    const bool none = std::ranges::all_of(limbs, [](const Fr& limb) { return limb.is_zero(); });
    if (none && dialect.optional_accumulator) return std::nullopt;
    const std::size_t each = limbs.size() / coordinates;
    std::array<U256, coordinates> values;
    for (std::size_t i = 0; i < coordinates; ++i) {
        ENSHRINE_TRY(values[i], coordinate_of(limbs.subspan(i * each, each), dialect.limb_bits));
    }
    ENSHRINE_TRY(const auto first, point_of(values[0], values[1]));
    ENSHRINE_TRY(const auto second, point_of(values[2], values[3]));
    return PairingPoints{first, second};
}

PairingPoints fold(const PairingPoints& of_proof, const PairingPoints& of_circuit) {
    Bytes preimage;
    for (const auto* point : {&of_circuit.first, &of_circuit.second, &of_proof.first, &of_proof.second}) {
        append(preimage, bn254::encode(*point).view());
    }
    const Fr weight = Fr::from(U256::from_be(hash::keccak256(preimage).view()));
    return {(bn254::multiply(of_proof.first, weight) + of_circuit.first).affine(),
            (bn254::multiply(of_proof.second, weight) + of_circuit.second).affine()};
}

}  // namespace enshrine::proofs::ultrahonk
