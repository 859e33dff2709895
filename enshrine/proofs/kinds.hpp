// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/verify.hpp>

/// The table of proof kinds: one row per kind and version. A new kind is a file *_kind.cpp and a row in kinds.cpp.
namespace enshrine::proofs {

struct KindRow {
    Kind kind;
    std::uint8_t version;
    std::string_view name;
    Result<std::unique_ptr<const KindKey>> (*decode)(BytesView bytes);
};
[[nodiscard]] std::span<const KindRow> kind_rows() noexcept;

[[nodiscard]] Result<std::unique_ptr<const KindKey>> decode_groth16_kind(BytesView bytes);
[[nodiscard]] Result<std::unique_ptr<const KindKey>> decode_plonk_kind(BytesView bytes);
[[nodiscard]] Result<std::unique_ptr<const KindKey>> decode_fflonk_kind(BytesView bytes);
[[nodiscard]] Result<std::unique_ptr<const KindKey>> decode_ultrahonk_kind(BytesView bytes);
[[nodiscard]] Result<std::unique_ptr<const KindKey>> decode_plonk_gnark_kind(BytesView bytes);
[[nodiscard]] Result<std::unique_ptr<const KindKey>> decode_sp1_kind(BytesView bytes);
[[nodiscard]] Result<std::unique_ptr<const KindKey>> decode_risc0_kind(BytesView bytes);

}  // namespace enshrine::proofs
