// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/snark/curves.hpp>
#include <enshrine/prover_files/json_field.hpp>

#include <initializer_list>

/// What the files of snarkjs have in common, whatever their proof system.
namespace enshrine::prover_files {

[[nodiscard]] FileResult<void> check_snarkjs_protocol(const JsonField& document, const char* expected);
[[nodiscard]] FileResult<proofs::Curve> snarkjs_curve(const JsonField& document);
/// The curve of a proof, which must be that of its key.
[[nodiscard]] FileResult<void> check_snarkjs_curve(const JsonField& document, proofs::Curve expected);

/// An element of the scalar field as 32 bytes, big-endian.
[[nodiscard]] FileResult<Bytes> snarkjs_scalar(const JsonField& object, const char* name, proofs::Curve curve);
/// Points of G1, then scalars, joined.
[[nodiscard]] FileResult<Bytes> snarkjs_points(const JsonField& object, std::initializer_list<const char*> names,
                                               proofs::Curve curve);
[[nodiscard]] FileResult<Bytes> snarkjs_scalars(const JsonField& object, std::initializer_list<const char*> names,
                                                proofs::Curve curve);

/// nPublic and power of a key of the PLONK family, and its w, which power determines and our keys leave out.
struct SnarkjsCircuitSize {
    std::uint8_t power = 0;
    std::uint16_t input_count = 0;
};
[[nodiscard]] FileResult<SnarkjsCircuitSize> snarkjs_circuit_size(const JsonField& document, proofs::Curve curve);

}  // namespace enshrine::prover_files
