// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/codec/binary.hpp>
#include <enshrine/crypto/merkle.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/proofs/keys.hpp>
#include <enshrine/proofs/receipts.hpp>

#include <algorithm>

namespace enshrine::proofs {
namespace {

constexpr std::uint8_t leaf_prefix = 0;
constexpr std::uint8_t node_prefix = 1;
constexpr Byte account_source = 1;

std::string_view message(std::uint16_t code) noexcept {
    switch (ReceiptError{code}) {
        case ReceiptError::list_full:
            return "the source has as many receipts as a list holds";
    }
    return "unknown receipt error";
}

Hash32 node_of(const Hash32& left, const Hash32& right) noexcept {
    return hash::sha256_tagged_pair(node_prefix, left, right);
}

/// Count ‖ root ‖ peaks from the lowest: the root stands at a fixed place, for who reads the entry on another chain.
Result<crypto::MerkleFrontier> decode_list(BytesView bytes) noexcept {
    codec::BinaryReader reader{bytes};
    crypto::MerkleFrontier out;
    ENSHRINE_TRY(out.count, reader.u64());
    ENSHRINE_CHECK(reader.fixed<32>());
    for (std::size_t k = 0; k < crypto::merkle_depth_max; ++k) {
        if (((out.count >> k) & 1) == 0) continue;
        ENSHRINE_TRY(out.peaks[k], reader.fixed<32>());
    }
    ENSHRINE_CHECK(reader.finish());
    return out;
}

crypto::MerkleFrontier load_frontier(const state::StateView& state, const Hash32& source) {
    const auto bytes = state.get(keys::receipt_list(source));
    if (!bytes) return {};
    const auto frontier = decode_list(*bytes);
    ENSHRINE_ASSERT(frontier.has_value());
    return *frontier;
}

void store_frontier(state::Overlay& state, const Hash32& source, const crypto::MerkleFrontier& frontier) {
    codec::BinaryWriter writer;
    writer.u64(frontier.count);
    writer.fixed(frontier.root().view());
    for (std::size_t k = 0; k < crypto::merkle_depth_max; ++k) {
        if (((frontier.count >> k) & 1) != 0) writer.fixed(frontier.peaks[k].view());
    }
    state.put(keys::receipt_list(source), writer.bytes());
}

Result<Receipt> decode_receipt(BytesView bytes) noexcept {
    codec::BinaryReader reader{bytes};
    Receipt out;
    ENSHRINE_TRY(out.statement, reader.fixed<32>());
    ENSHRINE_TRY(out.key_id, reader.fixed<32>());
    ENSHRINE_TRY(out.height, reader.u64());
    ENSHRINE_CHECK(reader.finish());
    return out;
}

void store_receipt(state::Overlay& state, const Hash32& source, std::uint64_t index, const Receipt& receipt) {
    codec::BinaryWriter writer;
    writer.fixed(receipt.statement.view());
    writer.fixed(receipt.key_id.view());
    writer.u64(receipt.height);
    state.put(keys::receipt(source, index), writer.bytes());
    codec::BinaryWriter place;
    place.u64(index);
    state.put(keys::receipt_index(source, receipt.statement), place.bytes());
}

/// The subtrees that leaf `index` completes, from the leaf up.
void store_completed(state::Overlay& state, const Hash32& source, const crypto::MerkleFrontier& before,
                     const Hash32& leaf) {
    Hash32 carried = leaf;
    for (std::uint8_t level = 0;; ++level) {
        state.put(keys::receipt_node(source, level, before.count >> level), carried.view());
        if (((before.count >> level) & 1) == 0) return;
        carried = node_of(before.peaks[level], carried);
    }
}

/// Root of the leaves behind the last complete subtree of 2^level: they are the peaks below that level.
Hash32 ragged_node(const crypto::MerkleFrontier& frontier, std::uint8_t level) noexcept {
    Hash32 out;
    bool found = false;
    for (std::size_t k = 0; k < level; ++k) {
        if (((frontier.count >> k) & 1) == 0) continue;
        out = found ? node_of(frontier.peaks[k], out) : frontier.peaks[k];
        found = true;
    }
    ENSHRINE_ASSERT(found);
    return out;
}

Hash32 node_at(const state::StateView& state, const Hash32& source, const crypto::MerkleFrontier& frontier,
               std::uint8_t level, std::uint64_t index) {
    if (index >= frontier.count >> level) return ragged_node(frontier, level);
    const auto bytes = state.get(keys::receipt_node(source, level, index));
    ENSHRINE_ASSERT(bytes.has_value() && bytes->size() == Hash32::size_bytes);
    return Hash32::from(*bytes);
}

}  // namespace

const ErrorDomain& error_domain(ReceiptError) noexcept {
    static constexpr ErrorDomain domain{"proofs.receipt", message};
    return domain;
}

Hash32 source_of_rollup(std::uint64_t rollup) noexcept {
    return U256{rollup}.to_be();
}

Hash32 source_of_account(const Address& address) noexcept {
    Hash32 out;
    out[0] = account_source;
    for (std::size_t i = 0; i < Address::size_bytes; ++i) out[12 + i] = address[i];
    return out;
}

Hash32 statement_of(std::uint64_t chain_id, const Hash32& key_id, const Hash32& inputs_hash) {
    codec::BinaryWriter writer;
    writer.fixed(as_bytes("enshrine.proof.v1"));
    writer.u64(chain_id);
    writer.fixed(key_id.view());
    writer.fixed(inputs_hash.view());
    return hash::sha256(writer.bytes());
}

Hash32 statement_of(std::uint64_t chain_id, const VerifiedProof& proof) {
    return statement_of(chain_id, proof.key_id(), proof.inputs_hash());
}

Hash32 receipt_leaf(const Receipt& receipt) {
    codec::BinaryWriter writer;
    writer.u8(leaf_prefix);
    writer.fixed(receipt.statement.view());
    writer.fixed(receipt.key_id.view());
    writer.u64(receipt.height);
    return hash::sha256(writer.bytes());
}

ReceiptList load_receipt_list(const state::StateView& state, const Hash32& source) {
    const crypto::MerkleFrontier frontier = load_frontier(state, source);
    return {.count = frontier.count, .root = frontier.root()};
}

std::optional<Receipt> load_receipt(const state::StateView& state, const Hash32& source, std::uint64_t index) {
    const auto bytes = state.get(keys::receipt(source, index));
    if (!bytes) return std::nullopt;
    const auto receipt = decode_receipt(*bytes);
    ENSHRINE_ASSERT(receipt.has_value());
    return *receipt;
}

std::optional<std::uint64_t> find_receipt(const state::StateView& state, const Hash32& source,
                                          const Hash32& statement) {
    const auto bytes = state.get(keys::receipt_index(source, statement));
    if (!bytes) return std::nullopt;
    ENSHRINE_ASSERT(bytes->size() == sizeof(std::uint64_t));
    return load_be<std::uint64_t>(bytes->data());
}

std::vector<Hash32> prove_receipt(const state::StateView& state, const Hash32& source, std::uint64_t index) {
    const crypto::MerkleFrontier frontier = load_frontier(state, source);
    ENSHRINE_ASSERT(index < frontier.count);
    std::vector<Hash32> siblings;
    std::uint64_t at = index;
    std::uint8_t level = 0;
    for (std::uint64_t width = frontier.count; width > 1; width = (width + 1) / 2, at /= 2, ++level) {
        if ((at ^ 1) < width) siblings.push_back(node_at(state, source, frontier, level, at ^ 1));
    }
    return siblings;
}

Result<std::uint64_t> append_receipt(state::Overlay& state, const Hash32& source, const Receipt& receipt) {
    ENSHRINE_ASSERT(!find_receipt(state, source, receipt.statement));
    const crypto::MerkleFrontier before = load_frontier(state, source);
    crypto::MerkleFrontier after = before;
    const Hash32 leaf = receipt_leaf(receipt);
    if (!after.append(leaf)) return fail(ReceiptError::list_full);
    store_receipt(state, source, before.count, receipt);
    store_completed(state, source, before, leaf);
    store_frontier(state, source, after);
    return before.count;
}

}  // namespace enshrine::proofs
