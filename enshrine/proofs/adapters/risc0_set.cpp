// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/hash/keccak.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/proofs/adapters/risc0_set.hpp>

#include <algorithm>

namespace enshrine::proofs::risc0 {
namespace {

constexpr std::size_t word_bytes = 32;
/// Offsets of the structure, the path and the seal, and the two lengths.
constexpr std::size_t fixed_words = 5;
constexpr std::size_t padded_seal_bytes = 288;
static_assert(padded_seal_bytes % word_bytes == 0 && padded_seal_bytes - groth16_seal_bytes < word_bytes);
constexpr std::size_t path_at = 4 * word_bytes;

void append_word(Bytes& out, std::uint64_t value) {
    append(out, U256{value}.to_be().view());
}

}  // namespace

Bytes encode_set_seal(const SetInclusion& inclusion) {
    Bytes out;
    append_word(out, word_bytes);
    append_word(out, 2 * word_bytes);
    append_word(out, (3 + inclusion.path.size()) * word_bytes);
    append_word(out, inclusion.path.size());
    for (const Hash32& sibling : inclusion.path) append(out, sibling.view());
    append_word(out, inclusion.root_seal.size());
    append(out, inclusion.root_seal);
    out.resize((out.size() + word_bytes - 1) / word_bytes * word_bytes);
    return out;
}

Result<SetInclusion> decode_set_seal(BytesView bytes) {
    constexpr std::size_t without_path = fixed_words * word_bytes + padded_seal_bytes;
    if (bytes.size() < without_path || bytes.size() % word_bytes != 0) return fail(AdapterError::malformed_set_seal);
    const std::size_t length = (bytes.size() - without_path) / word_bytes;
    if (length > path_max) return fail(AdapterError::path_too_long);
    SetInclusion out;
    for (std::size_t i = 0; i < length; ++i) {
        out.path.push_back(Hash32::from(bytes.subspan(path_at + i * word_bytes, word_bytes)));
    }
    out.root_seal = bytes.subspan((fixed_words + length) * word_bytes, groth16_seal_bytes);
    if (!equal(encode_set_seal(out), bytes)) return fail(AdapterError::malformed_set_seal);
    return out;
}

Hash32 set_root(const Hash32& claim, std::span<const Hash32> path) {
    Bytes leaf = to_bytes(as_bytes("LEAF_TAG"));  // shorter than a node: neither can be taken for the other
    append(leaf, claim.view());
    Hash32 out = hash::keccak256(leaf);
    for (const Hash32& sibling : path) {
        const auto& [first, second] = std::minmax(out, sibling);
        Bytes node = to_bytes(first.view());
        append(node, second.view());
        out = hash::keccak256(node);
    }
    return out;
}

Hash32 root_claim(const SetVersion& used, const Hash32& root) {
    const Hash32 builder = digest_of_hex(used.builder_image_id);
    Hash32 finished;  // the state of a set that takes no more claims: 2^255
    finished[0] = 0x80;
    Bytes journal = to_bytes(builder.view());
    append(journal, finished.view());
    append(journal, root.view());
    return claim_digest(builder, hash::sha256(journal));
}

}  // namespace enshrine::proofs::risc0
