// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/data_availability/root_proof.hpp>

#include <expected>
#include <optional>
#include <string>

/// What a block has published, for whoever trusts nothing but the block's hash. Rules: docs/spec/data_availability.md
/// [DA-ROOT.4], [DA-ROOT.5].
namespace enshrine::client {

struct PublicationProof {
    Bytes header;  ///< of the block, encoded: its Keccak-256 is the block's hash
    Bytes proof;   ///< encode_root_proof()
};
struct ProvenPublication {
    std::uint64_t height = 0;
    std::optional<data_availability::RootLeaf> leaf;  ///< nothing: the item is proved to be absent
};
/// The error says what does not hold, with what was expected and what came.
[[nodiscard]] std::expected<ProvenPublication, std::string> verify_publication_proof(
    const Hash32& block_hash, const data_availability::AbsentItem& item, const PublicationProof& proof);

}  // namespace enshrine::client
