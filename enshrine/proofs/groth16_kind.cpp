// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/bn254/fixed_points.hpp>
#include <enshrine/proofs/field_kind.hpp>
#include <enshrine/proofs/snark/groth16.hpp>

namespace enshrine::proofs {

template <>
struct FieldKind<groth16::VerifyingKey> {
    static Curve curve(const groth16::Header& header) noexcept { return header.curve; }
    static std::size_t proof_bytes(const groth16::Header& header) noexcept { return groth16::proof_bytes(header); }
    static Cost cost(const groth16::Header& header) noexcept {
        const std::uint32_t inputs = header.input_count;
        if (header.curve == Curve::bls12_381) {
            return {.verify_microseconds = 3'000 + 80 * inputs, .decode_microseconds = 1'000 + 100 * inputs};
        }
        const bool committed = header.commitment != groth16::CommitmentHash::none;
        const std::uint32_t commitment = committed ? 800 : 0;
        const std::uint32_t bound = committed ? inputs + 1 : inputs;  // points that bind the inputs
        const std::uint32_t tables = bound <= algebra::bn254::FixedPoints::with_tables_max ? bound : 0;
        return {.verify_microseconds = 970 + commitment + 35 * inputs,
                .decode_microseconds = 1'000 + commitment + 2 * inputs + 60 * tables};
    }
};

Result<std::unique_ptr<const KindKey>> decode_groth16_kind(BytesView bytes) {
    return decode_field_kind<groth16::VerifyingKey>(bytes);
}

}  // namespace enshrine::proofs
