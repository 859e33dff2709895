// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/crypto/kzg.hpp>

#include <cmd/enshrine/da.hpp>

/// Files as EIP-4844 blobs, on the command line.
namespace enshrine::cli {

inline constexpr std::size_t kzg_blobs_max = 6;
/// What `--help` says about the packing.
inline constexpr const char* kzg_packing =
    "kzg: the frame (0x00, size as 4 bytes, the file) is cut into pieces of 31 bytes, each the low bytes of one field\n"
    "element, 4,096 of them per blob (126,976 bytes), zeros behind the end; up to 6 blobs, one commitment each.";

/// Framed and packed [BLOB.2], or as they are when `raw`.
[[nodiscard]] CliResult<std::vector<Bytes>> pack_file(const std::string& path, bool raw);
/// The file that was packed. The blobs are all of them, in order.
[[nodiscard]] CliResult<Bytes> unpack_file(const std::vector<Bytes>& blobs);

[[nodiscard]] CliResult<crypto::kzg::Commitment> commit_blob(const Bytes& blob);

}  // namespace enshrine::cli
