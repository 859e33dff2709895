// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/u256.hpp>
#include <enshrine/proofs/snark/ultrahonk.hpp>
#include <enshrine/prover_files/file_error.hpp>

#include <string_view>
#include <vector>

/// Keys, proofs and public inputs of UltraHonk as Aztec's bb writes them (binary, hex, or JSON lists of words), and our
/// own encodings.
namespace enshrine::prover_files {

/// [x]_2 of Aztec's ceremony, which bb verifies with.
[[nodiscard]] BytesView aztec_srs_point() noexcept;
/// A point of G2: 128 bytes or their hex digits, with the coordinate of u before the other (EIP-197) or after it.
[[nodiscard]] FileResult<Bytes> read_srs_point(BytesView content);

/// What a key of bb does not say of itself.
struct UltraHonkKeyOptions {
    proofs::ultrahonk::Flavour flavour = proofs::ultrahonk::Flavour::zero_knowledge;
    BytesView srs_point = aztec_srs_point();
};

/// The key, and the form that its file had.
struct UltraHonkKeyFile {
    Bytes key;
    std::string_view form;
};
[[nodiscard]] FileResult<UltraHonkKeyFile> read_ultrahonk_key(BytesView content,
                                                              const UltraHonkKeyOptions& options = {});
/// A proof for a key of that header.
[[nodiscard]] FileResult<Bytes> read_ultrahonk_proof(BytesView content, const proofs::ultrahonk::Header& header);
/// The public inputs, as many as there are; the key refuses those that are not reduced.
[[nodiscard]] FileResult<std::vector<U256>> read_ultrahonk_inputs(BytesView content);

}  // namespace enshrine::prover_files
