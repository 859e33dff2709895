// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/client/publication_proof.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/hash/keccak.hpp>
#include <enshrine/types/block.hpp>

#include <fmt/format.h>

namespace enshrine::client {

namespace da = data_availability;

namespace {

std::unexpected<std::string> mismatch(std::string_view field, BytesView expected, BytesView got) {
    return std::unexpected{
        fmt::format("{}: expected {}, got {}", field, codec::format_hex(expected), codec::format_hex(got))};
}

template <class T>
std::expected<void, std::string> accepted(std::string_view field, const Result<T>& result) {
    if (result) return {};
    return std::unexpected{fmt::format("{}: {}", field, result.error().message())};
}

std::expected<void, std::string> check_item(const da::AbsentItem& item, const da::RootLeaf& leaf) {
    if (leaf.name_space != item.name_space)
        return mismatch("namespace", item.name_space.view(), leaf.name_space.view());
    if (!item.commitment || leaf.commitment == *item.commitment) return {};
    return mismatch("commitment", item.commitment->view(), leaf.commitment.view());
}

}  // namespace

std::expected<ProvenPublication, std::string> verify_publication_proof(const Hash32& block_hash,
                                                                       const da::AbsentItem& item,
                                                                       const PublicationProof& proof) {
    const Hash32 hash = hash::keccak256(proof.header);
    if (hash != block_hash) return mismatch("block hash", block_hash.view(), hash.view());
    const auto header = types::decode_block_header(proof.header);
    ENSHRINE_CHECK(accepted("header", header));
    const auto decoded = da::decode_root_proof(proof.proof);
    ENSHRINE_CHECK(accepted("proof", decoded));
    const Hash32& root = header->data_availability_root;
    if (const auto* absence = std::get_if<da::AbsenceProof>(&*decoded)) {
        ENSHRINE_CHECK(accepted("absence proof", da::verify_absence(root, item, *absence)));
        return ProvenPublication{.height = header->number, .leaf = {}};
    }
    const auto& inclusion = std::get<da::InclusionProof>(*decoded);
    ENSHRINE_CHECK(check_item(item, inclusion.entry.leaf));
    ENSHRINE_CHECK(accepted("inclusion proof", da::verify_inclusion(root, inclusion)));
    return ProvenPublication{.height = header->number, .leaf = inclusion.entry.leaf};
}

}  // namespace enshrine::client
