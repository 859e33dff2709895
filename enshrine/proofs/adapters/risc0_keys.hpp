// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <string_view>

namespace enshrine::proofs::risc0 {

/// The key of all versions since 1.0, canonical, of kind 1, in hex.
[[nodiscard]] std::string_view published_key() noexcept;

}  // namespace enshrine::proofs::risc0
