// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/proofs/adapters/adapter_error.hpp>

#include <optional>
#include <span>
#include <string_view>

namespace enshrine::proofs::risc0 {

using Selector = FixedBytes<4>;

/// A version whose receipts are wrapped in Groth16 [RISC0.2].
struct Groth16Version {
    std::string_view name;
    std::string_view selector;      ///< hex, as all of these
    std::string_view control_root;  ///< of the recursion programs that may have made the inner proof
    std::string_view control_id;    ///< of the program that has changed its field
    std::optional<AdapterError> frozen;
};
/// A version of the program that joins many claims in one Merkle root [RISC0.3].
struct SetVersion {
    std::string_view name;
    std::string_view selector;
    std::string_view builder_image_id;
    std::optional<AdapterError> frozen;
};
[[nodiscard]] std::span<const Groth16Version> groth16_versions() noexcept;
[[nodiscard]] std::span<const SetVersion> set_versions() noexcept;

/// Of all versions: what RISC Zero calls the digest of the Groth16 key.
inline constexpr std::string_view verifying_key_digest =
    "21c5fdd9b4d576b17581f50b755482ba7a2134a3b5186e8e454acfa1f69511ab";

/// 32 bytes of a table in this folder.
[[nodiscard]] Hash32 digest_of_hex(std::string_view hex) noexcept;
/// First bytes of the digest of a version's parameters.
[[nodiscard]] Selector compute_selector(const Groth16Version& version);
[[nodiscard]] Selector compute_selector(const SetVersion& version);

}  // namespace enshrine::proofs::risc0
