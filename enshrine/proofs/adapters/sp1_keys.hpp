// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace enshrine::proofs::sp1 {

/// The proof system that wraps SP1's own proofs.
enum class System : std::uint8_t { groth16 = 1, plonk = 2 };

/// A key that SP1 has published with a release.
struct PublishedKey {
    std::string_view version;
    System system;
    std::string_view file_sha256;  ///< of SP1's file; its first four bytes select the key
    std::string_view key;          ///< canonical, of kind 1 or 3, in hex
};
[[nodiscard]] std::span<const PublishedKey> published_keys() noexcept;

}  // namespace enshrine::proofs::sp1
