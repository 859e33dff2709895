// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/hex.hpp>
#include <enshrine/node/key_file.hpp>

#include <fstream>

namespace enshrine::node {

std::expected<crypto::SecretKey, std::string> read_key_file(std::string_view setting,
                                                            const std::filesystem::path& file) {
    const std::string prefix = std::string{setting} + ": ";
    std::ifstream in{file};
    std::string text;
    if (!std::getline(in, text)) return std::unexpected{prefix + "cannot read a key from " + file.string()};
    const auto secret = codec::parse_hex_fixed<32>(text);
    if (!secret || !crypto::address_of(crypto::SecretKey::from(secret->view()))) {
        return std::unexpected{prefix + "expected a secret key of 64 hex digits in the first line of " + file.string()};
    }
    return crypto::SecretKey::from(secret->view());
}

}  // namespace enshrine::node
