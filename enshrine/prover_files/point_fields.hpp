// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/snark/curves.hpp>
#include <enshrine/prover_files/json_field.hpp>

/// Points as provers write them, to the canonical bytes of their curve. A point that is not in its group is refused
/// here, where its field can still be named.
namespace enshrine::prover_files {

/// How a file writes a point.
enum class PointStyle {
    snarkjs,  ///< [x, y, 1] and [[x0, x1], [y0, y1], [1, 0]]; infinity is [0, 1, 0] and [[0, 0], [1, 0], [0, 0]]
    upa,      ///< [x, y] and [[x0, x1], [y0, y1]]
    gnark     ///< {X, Y} and {X: {A0, A1}, Y: {A0, A1}}
};

struct PointReader {
    proofs::Curve curve = proofs::Curve::bn254;
    PointStyle style = PointStyle::snarkjs;

    [[nodiscard]] FileResult<Bytes> g1(const JsonField& field) const;
    [[nodiscard]] FileResult<Bytes> g2(const JsonField& field) const;
    [[nodiscard]] FileResult<Bytes> g1_member(const JsonField& object, const char* name) const;
    [[nodiscard]] FileResult<Bytes> g2_member(const JsonField& object, const char* name) const;
};

}  // namespace enshrine::prover_files
