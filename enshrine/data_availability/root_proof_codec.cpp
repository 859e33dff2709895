// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/binary.hpp>
#include <enshrine/crypto/merkle.hpp>
#include <enshrine/data_availability/root_proof.hpp>

namespace enshrine::data_availability {
namespace {

constexpr std::uint8_t version = 1;
enum class Kind : std::uint8_t { inclusion = 0, absence = 1 };
enum class Place : std::uint8_t { leaf = 0, below = 1, above = 2 };

void write_entry(codec::BinaryWriter& writer, Place place, const LeafProof& entry) {
    writer.u8(static_cast<std::uint8_t>(place));
    writer.fixed(entry.leaf.name_space.view());
    writer.u8(static_cast<std::uint8_t>(entry.leaf.scheme));
    writer.fixed(entry.leaf.commitment.view());
    writer.u64(entry.leaf.size);
    writer.u32(entry.leaf.index);
    writer.fixed(entry.leaf.content_root.view());
    writer.u64(entry.position);
    writer.u8(static_cast<std::uint8_t>(entry.siblings.size()));
    for (const Hash32& sibling : entry.siblings) writer.fixed(sibling.view());
}

Result<RootLeaf> read_leaf(codec::BinaryReader& reader) noexcept {
    RootLeaf out;
    ENSHRINE_TRY(out.name_space, reader.fixed<Hash32::size_bytes>());
    ENSHRINE_TRY(const auto scheme, reader.u8());
    if (scheme > static_cast<std::uint8_t>(Scheme::kzg)) return fail(RootProofError::bad_scheme);
    out.scheme = Scheme{scheme};
    ENSHRINE_TRY(out.commitment, reader.fixed<Hash32::size_bytes>());
    ENSHRINE_TRY(out.size, reader.u64());
    ENSHRINE_TRY(out.index, reader.u32());
    ENSHRINE_TRY(out.content_root, reader.fixed<Hash32::size_bytes>());
    return out;
}

Result<LeafProof> read_entry(codec::BinaryReader& reader) noexcept {
    LeafProof out;
    ENSHRINE_TRY(out.leaf, read_leaf(reader));
    ENSHRINE_TRY(out.position, reader.u64());
    ENSHRINE_TRY(const auto siblings, reader.u8());
    if (siblings > crypto::merkle_depth_max) return fail(RootProofError::too_many_siblings);
    for (std::uint8_t i = 0; i < siblings; ++i) {
        ENSHRINE_TRY(const auto sibling, reader.fixed<Hash32::size_bytes>());
        out.siblings.push_back(sibling);
    }
    return out;
}

Result<RootProof> read_inclusion(codec::BinaryReader& reader, std::uint64_t leaf_count, std::uint8_t entries) noexcept {
    if (entries != 1) return fail(RootProofError::bad_places);
    ENSHRINE_TRY(const auto place, reader.u8());
    if (place != static_cast<std::uint8_t>(Place::leaf)) return fail(RootProofError::bad_places);
    InclusionProof out;
    out.leaf_count = leaf_count;
    ENSHRINE_TRY(out.entry, read_entry(reader));
    ENSHRINE_CHECK(reader.finish());
    return out;
}

Result<RootProof> read_absence(codec::BinaryReader& reader, std::uint64_t leaf_count, std::uint8_t entries) noexcept {
    if (entries > 2) return fail(RootProofError::bad_places);
    AbsenceProof out;
    out.leaf_count = leaf_count;
    std::uint8_t previous = static_cast<std::uint8_t>(Place::leaf);
    for (std::uint8_t i = 0; i < entries; ++i) {
        ENSHRINE_TRY(const auto place, reader.u8());
        if (place <= previous || place > static_cast<std::uint8_t>(Place::above)) {
            return fail(RootProofError::bad_places);
        }
        ENSHRINE_TRY(auto entry, read_entry(reader));
        (Place{place} == Place::below ? out.below : out.above) = std::move(entry);
        previous = place;
    }
    ENSHRINE_CHECK(reader.finish());
    return out;
}

}  // namespace

Bytes encode_root_proof(const RootProof& proof) {
    codec::BinaryWriter writer;
    writer.u8(version);
    if (const auto* inclusion = std::get_if<InclusionProof>(&proof)) {
        writer.u8(static_cast<std::uint8_t>(Kind::inclusion));
        writer.u64(inclusion->leaf_count);
        writer.u8(1);
        write_entry(writer, Place::leaf, inclusion->entry);
        return writer.take();
    }
    const auto& absence = *std::get_if<AbsenceProof>(&proof);
    writer.u8(static_cast<std::uint8_t>(Kind::absence));
    writer.u64(absence.leaf_count);
    writer.u8(static_cast<std::uint8_t>((absence.below ? 1 : 0) + (absence.above ? 1 : 0)));
    if (absence.below) write_entry(writer, Place::below, *absence.below);
    if (absence.above) write_entry(writer, Place::above, *absence.above);
    return writer.take();
}

Result<RootProof> decode_root_proof(BytesView bytes) noexcept {
    codec::BinaryReader reader{bytes};
    ENSHRINE_TRY(const auto read_version, reader.u8());
    if (read_version != version) return fail(RootProofError::bad_version);
    ENSHRINE_TRY(const auto kind, reader.u8());
    if (kind > static_cast<std::uint8_t>(Kind::absence)) return fail(RootProofError::bad_kind);
    ENSHRINE_TRY(const auto leaf_count, reader.u64());
    ENSHRINE_TRY(const auto entries, reader.u8());
    return Kind{kind} == Kind::inclusion ? read_inclusion(reader, leaf_count, entries)
                                         : read_absence(reader, leaf_count, entries);
}

}  // namespace enshrine::data_availability
