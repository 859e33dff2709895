// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/snark/curves.hpp>

#include <string_view>

/// Points as gnark's binaries have them, to the canonical bytes of their curve. Flags on top of the first byte say
/// which form a point has: two on BN254, three on BLS12-381. In G2 the coordinate of u comes first on both.
namespace enshrine::prover_files {

enum class PointForm : std::uint8_t {
    compressed,    ///< of WriteTo
    uncompressed,  ///< of WriteRawTo
    none           ///< flags that no point has
};
/// "compressed " or "uncompressed ", as words before "point"; nothing for none.
[[nodiscard]] std::string_view to_text(PointForm form) noexcept;
/// What a file of gnark whose points have this form is called: its own names are WriteTo and WriteRawTo.
[[nodiscard]] std::string_view file_form_name(PointForm form) noexcept;
/// Of the point that begins with this byte.
[[nodiscard]] PointForm point_form(proofs::Curve curve, Byte first) noexcept;

/// How all points of a file are written: gnark does not mix forms.
struct GnarkForm {
    proofs::Curve curve = proofs::Curve::bn254;
    PointForm form = PointForm::compressed;

    [[nodiscard]] std::size_t g1_bytes() const noexcept;
    [[nodiscard]] std::size_t g2_bytes() const noexcept;
    /// Members of the groups alone, each in its one encoding. `bytes` has the size above.
    [[nodiscard]] Result<Bytes> decode_g1(BytesView bytes) const noexcept;
    [[nodiscard]] Result<Bytes> decode_g2(BytesView bytes) const noexcept;
};

}  // namespace enshrine::prover_files
