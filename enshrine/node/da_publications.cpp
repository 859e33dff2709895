// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/blob_records.hpp>
#include <enshrine/data_availability/block_root.hpp>
#include <enshrine/data_availability/byte_price.hpp>
#include <enshrine/data_availability/committee_state.hpp>
#include <enshrine/data_availability/params.hpp>
#include <enshrine/data_availability/publications.hpp>
#include <enshrine/data_availability/root_proof.hpp>
#include <enshrine/node/chain_reader.hpp>
#include <enshrine/node/namespaces.hpp>
#include <enshrine/rpc/json_writer.hpp>

#include <algorithm>

namespace enshrine::node {
namespace {

namespace da = data_availability;

using rpc::JsonWriter;
using rpc::Params;
using rpc::RpcError;
using rpc::RpcResult;
using Answer = RpcResult<std::string>;

/// A block with everything that it has published, in the order of its root.
struct PublishedBlock {
    StoredBlock stored;
    std::vector<da::RootLeaf> leaves;
};
RpcResult<PublishedBlock> published_block(const ChainApplication& application, const Params& params) {
    ENSHRINE_TRY(const auto id, params.block_id(0, "block"));
    ENSHRINE_TRY(const auto height, find_height(application, id));
    if (!height) return std::unexpected{no_such_block(id, application.head()->header.number)};
    ENSHRINE_TRY(auto stored, load_block(application, *height));
    if (!stored) return std::unexpected{no_such_block(id, application.head()->header.number)};
    auto leaves = da::block_leaves(stored->block.blobs, stored->receipts);
    return PublishedBlock{.stored = *std::move(stored), .leaves = std::move(leaves)};
}

RpcResult<da::AbsentItem> item_of(const Params& params) {
    da::AbsentItem out;
    ENSHRINE_TRY(out.name_space, params.hash(1, "namespace"));
    ENSHRINE_TRY(out.commitment, params.optional_hash(2, "commitment"));
    return out;
}

void put_leaf(JsonWriter& json, const da::RootLeaf& leaf) {
    json.hex("namespace", leaf.name_space.view());
    json.string("scheme", leaf.scheme == da::Scheme::native ? "native" : "kzg");
    json.hex("commitment", leaf.commitment.view());
    json.quantity("size", leaf.size);
    json.quantity("index", std::uint64_t{leaf.index});
    json.hex("contentRoot", leaf.content_root.view());
}

void put_entry(JsonWriter& json, const da::LeafProof& entry) {
    json.begin_object();
    put_leaf(json, entry.leaf);
    json.quantity("position", entry.position);
    json.key("siblings").begin_array();
    for (const Hash32& sibling : entry.siblings) json.hex(sibling.view());
    json.end_array().end_object();
}

void put_optional_entry(JsonWriter& json, std::string_view name, const std::optional<da::LeafProof>& entry) {
    json.key(name);
    if (entry) {
        put_entry(json, *entry);
    } else {
        json.null();
    }
}

/// What a light client checks against: the header, whose Keccak-256 is the block's hash, holds the root.
void put_block(JsonWriter& json, const StoredBlock& stored) {
    json.quantity("height", stored.block.header.number);
    json.hex("blockHash", stored.hash.view());
    json.hex("header", types::encode_block_header(stored.block.header));
    json.hex("dataAvailabilityRoot", stored.block.header.data_availability_root.view());
}

/// The first leaf of the item, or its leaf with the wanted index; nothing when there is none.
std::optional<std::size_t> find_leaf(std::span<const da::RootLeaf> leaves, const da::AbsentItem& item,
                                     std::optional<std::uint64_t> index) {
    if (!index) return da::find_item(leaves, item);
    const auto wanted = [&](const da::RootLeaf& leaf) {
        return leaf.name_space == item.name_space && leaf.commitment == *item.commitment && leaf.index == *index;
    };
    const auto found = std::ranges::find_if(leaves, wanted);
    if (found == leaves.end()) return std::nullopt;
    return static_cast<std::size_t>(found - leaves.begin());
}

Answer get_proof(const ChainApplication& application, const Params& params) {
    ENSHRINE_TRY(const auto item, item_of(params));
    ENSHRINE_TRY(const auto index, params.optional_u64(3, "index"));
    if (index && !item.commitment) {
        return std::unexpected{params.at(3, "index").invalid("no index without a commitment")};
    }
    ENSHRINE_TRY(const auto block, published_block(application, params));
    const auto position = find_leaf(block.leaves, item, index);
    if (index && !position && da::find_item(block.leaves, item)) {
        return std::unexpected{params.at(3, "index").invalid("the index of a leaf with this commitment")};
    }
    JsonWriter json;
    json.begin_object();
    put_block(json, block.stored);
    json.quantity("leafCount", std::uint64_t{block.leaves.size()});
    if (position) {
        const da::InclusionProof proof = da::prove_inclusion(block.leaves, *position);
        json.string("kind", "inclusion").key("entry");
        put_entry(json, proof.entry);
        json.hex("proof", da::encode_root_proof(proof));
    } else {
        const auto proof = da::prove_absence(block.leaves, item);
        ENSHRINE_ASSERT(proof.has_value());
        json.string("kind", "absence");
        put_optional_entry(json, "below", proof->below);
        put_optional_entry(json, "above", proof->above);
        json.hex("proof", da::encode_root_proof(*proof));
    }
    return json.end_object().take();
}

Answer included(const ChainApplication& application, const Params& params) {
    ENSHRINE_TRY(const auto item, item_of(params));
    ENSHRINE_TRY(const auto block, published_block(application, params));
    return std::string{da::find_item(block.leaves, item) ? "true" : "false"};
}

Answer publications_at(const ChainApplication& application, const Params& params) {
    ENSHRINE_TRY(const auto name_space, params.optional_hash(1, "namespace"));
    ENSHRINE_TRY(const auto block, published_block(application, params));
    JsonWriter json;
    json.begin_array();
    for (const da::RootLeaf& leaf : block.leaves) {
        if (name_space && leaf.name_space != *name_space) continue;
        json.begin_object();
        put_leaf(json, leaf);
        json.end_object();
    }
    return json.end_array().take();
}

/// Expired data may still be somewhere, but nobody has to keep it [DA-RET.4].
Answer has(const ChainApplication& application, const Params& params) {
    ENSHRINE_TRY(const auto commitment, params.hash(0, "commitment"));
    const auto head = application.head();
    const auto publication = da::load_publication(*head->view, commitment);
    const bool kept = publication && publication->expires_at >= head->header.number;
    return std::string{kept || da::load_blob_info(*head->view, commitment) ? "true" : "false"};
}

Answer publication(const ChainApplication& application, const Params& params) {
    ENSHRINE_TRY(const auto commitment, params.hash(0, "commitment"));
    const auto head = application.head();
    const auto record = da::load_publication(*head->view, commitment);
    if (!record) return std::string{"null"};
    const auto layout = da::layout_of(da::sizes_of(record->blobs));
    ENSHRINE_ASSERT(layout.has_value());
    JsonWriter json;
    json.begin_object();
    json.hex("commitment", commitment.view());
    json.quantity("height", record->height);
    json.quantity("epoch", record->epoch);
    json.quantity("expiresAt", record->expires_at);
    json.boolean("expired", record->expires_at < head->header.number);
    json.quantity("dataRows", std::uint64_t{layout->shape.data_rows});
    json.quantity("parityRows", std::uint64_t{layout->shape.parity_rows});
    json.quantity("rowBytes", std::uint64_t{layout->shape.row_bytes});
    json.key("blobs").begin_array();
    for (std::size_t i = 0; i < record->blobs.size(); ++i) {
        json.begin_object();
        json.hex("namespace", record->blobs[i].name_space.view());
        json.quantity("size", record->blobs[i].size);
        json.quantity("firstRow", std::uint64_t{layout->first_rows[i]});
        json.end_object();
    }
    return json.end_array().end_object().take();
}

Answer committee(const ChainApplication& application, const Params& params) {
    ENSHRINE_TRY(const auto wanted, params.optional_u64(0, "epoch"));
    const auto head = application.head();
    const da::CommitteeStatus status = da::load_committee_status(*head->view);
    const std::uint64_t epoch = wanted.value_or(status.epoch);
    const auto members = da::load_committee(*head->view, epoch);
    if (!members) {
        return std::unexpected{RpcError{.code = rpc::resource_not_found,
                                        .message = "epoch: expected at most " + std::to_string(status.epoch) +
                                                   ", the current one, got " + std::to_string(epoch),
                                        .stable_code = "E-DA-UNKNOWN-EPOCH",
                                        .field = "epoch"}};
    }
    JsonWriter json;
    json.begin_object();
    json.quantity("epoch", epoch);
    json.quantity("currentEpoch", status.epoch);
    json.hex("administrator", status.administrator.view());
    json.key("members").begin_array();
    for (const da::CommitteeMember& member : *members) {
        json.begin_object();
        json.hex("address", member.address.view());
        json.quantity("stake", member.stake);
        json.string("endpoint", member.endpoint);
        json.hex("tlsKeyHash", member.tls_key_hash.view());
        json.end_object();
    }
    return json.end_array().end_object().take();
}

Answer price(const ChainApplication& application) {
    const auto head = application.head();
    JsonWriter json;
    json.begin_object();
    json.quantity("bytePrice", da::byte_price(*head->view));
    json.quantity("excessBytes", da::load_excess_bytes(*head->view));
    json.quantity("blockBytesTarget", da::block_data_bytes_target);
    json.quantity("blockBytesMax", da::block_data_bytes_max);
    return json.end_object().take();
}

}  // namespace

void add_da_publication_methods(rpc::Endpoint& endpoint, const ChainApplication& application) {
    endpoint.add("da_getProof",
                 {.handler = [&application](const Params& p) { return get_proof(application, p); },
                  .parameters = "block: number, hash or tag, namespace: 32 bytes, commitment: 32 bytes = any, "
                                "index: number = any",
                  .documentation = "Proof against the block's header that it has published something in the namespace "
                                   "(the commitment there, its leaf of that index), or that it has not."});
    endpoint.add("da_included", {.handler = [&application](const Params& p) { return included(application, p); },
                                 .parameters = "block: number, hash or tag, namespace: 32 bytes, commitment: 32 bytes = any",
                                 .documentation = "Whether da_getProof would prove inclusion."});
    endpoint.add(
        "da_publicationsAt",
        {.handler = [&application](const Params& p) { return publications_at(application, p); },
         .parameters = "block: number, hash or tag = latest, namespace: 32 bytes = all",
         .documentation = "Leaves of the block's data-availability root, in its order: blobs of both schemes."});
    endpoint.add("da_has", {.handler = [&application](const Params& p) { return has(application, p); },
                            .parameters = "commitment: 32 bytes",
                            .documentation = "Whether the commitment, or an EIP-4844 blob of that versioned hash, is "
                                             "published and has not expired."});
    endpoint.add("da_publication",
                 {.handler = [&application](const Params& p) { return publication(application, p); },
                  .parameters = "commitment: 32 bytes",
                  .documentation = "The last publication of a native commitment, with the shape of its "
                                   "matrix and its blobs; null when there is none."});
    endpoint.add("da_committee", {.handler = [&application](const Params& p) { return committee(application, p); },
                                  .parameters = "epoch: number = the current one",
                                  .documentation = "Members of the committee of an epoch; the current one when it is "
                                                   "left out."});
    endpoint.add("da_price",
                 {.handler = [&application](const Params&) { return price(application); },
                  .parameters = "",
                  .documentation = "Price in wei of a byte of data rows in the next block, and the bytes per "
                                   "block that move it."});
}

}  // namespace enshrine::node
