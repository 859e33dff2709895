// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/result.hpp>
#include <enshrine/data_availability/root_leaf.hpp>

#include <optional>
#include <variant>

/// Proofs that a block has published a blob, or nothing of that kind. Rules: docs/spec/data_availability.md
/// [DA-ROOT.4], [DA-ROOT.5]. Shared with rollup programs.
namespace enshrine::data_availability {

enum class RootProofError : std::uint16_t {
    root_mismatch = 1,  ///< leaf, siblings and leaf count lead to another root
    missing_neighbour,  ///< a neighbour is left out that is not beyond an end of the list
    neighbours_apart,   ///< below and above are not at consecutive positions
    not_below,          ///< the lower neighbour is not below what is to be absent
    not_above,          ///< the upper neighbour is not above it
    bad_version,        ///< of the encoding
    bad_kind,           ///< neither inclusion nor absence
    bad_places,         ///< entries that a proof of its kind does not have, or in another order
    bad_scheme,         ///< neither native nor KZG
    too_many_siblings,  ///< above crypto::merkle_depth_max
};
const ErrorDomain& error_domain(RootProofError) noexcept;

struct LeafProof {
    RootLeaf leaf;
    std::uint64_t position = 0;
    std::vector<Hash32> siblings;  ///< from the leaf up
    [[nodiscard]] friend bool operator==(const LeafProof&, const LeafProof&) noexcept = default;
};
struct InclusionProof {
    std::uint64_t leaf_count = 0;
    LeafProof entry;
    [[nodiscard]] friend bool operator==(const InclusionProof&, const InclusionProof&) noexcept = default;
};
/// What a block has not published: anything in a namespace, or a commitment there.
struct AbsentItem {
    Hash32 name_space;
    std::optional<Hash32> commitment;
};
struct AbsenceProof {
    std::uint64_t leaf_count = 0;
    std::optional<LeafProof> below;  ///< last leaf below; nothing when the item is below every leaf
    std::optional<LeafProof> above;  ///< first leaf above; nothing when it is above every leaf
    [[nodiscard]] friend bool operator==(const AbsenceProof&, const AbsenceProof&) noexcept = default;
};

/// Errors of both: RootProofError, crypto::MerkleError.
[[nodiscard]] Result<void> verify_inclusion(const Hash32& root, const InclusionProof& proof) noexcept;
[[nodiscard]] Result<void> verify_absence(const Hash32& root, const AbsentItem& item,
                                          const AbsenceProof& proof) noexcept;

/// Position of the first leaf of the item among leaves in order.
[[nodiscard]] std::optional<std::size_t> find_item(std::span<const RootLeaf> leaves, const AbsentItem& item) noexcept;
/// `position` below leaves.size() (asserted).
[[nodiscard]] InclusionProof prove_inclusion(std::span<const RootLeaf> leaves, std::size_t position);
/// nullopt when the item is there.
[[nodiscard]] std::optional<AbsenceProof> prove_absence(std::span<const RootLeaf> leaves, const AbsentItem& item);

using RootProof = std::variant<InclusionProof, AbsenceProof>;
[[nodiscard]] Bytes encode_root_proof(const RootProof& proof);
/// Errors: RootProofError, codec::BinaryError.
[[nodiscard]] Result<RootProof> decode_root_proof(BytesView bytes) noexcept;

}  // namespace enshrine::data_availability
