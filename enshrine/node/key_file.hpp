// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/crypto/secp256k1.hpp>

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

namespace enshrine::node {

/// The secret key in the first line of a file, 64 hex digits. `setting` is the key of the configuration that names the
/// file, for the error.
[[nodiscard]] std::expected<crypto::SecretKey, std::string> read_key_file(std::string_view setting,
                                                                          const std::filesystem::path& file);

}  // namespace enshrine::node
