// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/blob_records.hpp>
#include <enshrine/node/cell_cache.hpp>
#include <enshrine/node/chain_reader.hpp>
#include <enshrine/node/namespaces.hpp>
#include <enshrine/rpc/json_writer.hpp>

namespace enshrine::node {
namespace {

using data_availability::BlobInfo;
using rpc::JsonWriter;
using rpc::Params;
using rpc::RpcError;
using rpc::RpcResult;
using Answer = RpcResult<std::string>;

struct PublishedBlob {
    store::StoredBlob stored;
    BlobInfo info;
};
/// Nothing for what no block has published, also while a transaction with it waits.
RpcResult<std::optional<PublishedBlob>> find_blob(const ChainApplication& application, const Hash32& versioned_hash) {
    const auto info = data_availability::load_blob_info(*application.head()->view, versioned_hash);
    if (!info) return std::nullopt;
    auto stored = application.blobs().get(versioned_hash);
    if (!stored) return std::unexpected{storage_error(stored.error())};
    if (!*stored) {
        return std::unexpected{
            RpcError{.code = rpc::resource_not_found,
                     .message = "the blob was published in block " + std::to_string(info->height) +
                                " and is pruned; this node keeps blobs for store.blob_retention_blocks",
                     .stable_code = "E-BLOB-PRUNED",
                     .field = "versionedHash"}};
    }
    return PublishedBlob{.stored = **std::move(stored), .info = *info};
}

Answer get_blob(const ChainApplication& application, const Params& params) {
    ENSHRINE_TRY(const auto hash, params.hash(0, "versionedHash"));
    ENSHRINE_TRY(const auto found, find_blob(application, hash));
    if (!found) return std::string{"null"};
    JsonWriter json;
    json.begin_object();
    json.hex("blob", found->stored.blob);
    json.hex("commitment", found->stored.commitment.view());
    json.quantity("height", found->info.height);
    json.hex("contentRoot", found->info.content_root.view());
    json.end_object();
    return json.take();
}

Answer blobs_at(const ChainApplication& application, const Params& params) {
    ENSHRINE_TRY(const auto id, params.block_id(0, "block"));
    ENSHRINE_TRY(const auto height, find_height(application, id));
    if (!height) return std::unexpected{no_such_block(id, application.head()->header.number)};
    const auto block = application.chain().block(*height);
    if (!block) return std::unexpected{storage_error(block.error())};
    if (!*block) return std::unexpected{no_such_block(id, application.head()->header.number)};
    JsonWriter json;
    json.begin_array();
    for (const types::BlobRecord& record : (*block)->blobs) json.hex(record.versioned_hash.view());
    json.end_array();
    return json.take();
}

RpcResult<std::vector<std::uint64_t>> cell_indices(const Params& params) {
    const auto value = params.at(1, "cellIndices");
    ENSHRINE_TRY(const auto elements, value.elements());
    if (elements.empty() || elements.size() > crypto::kzg::cells_per_ext_blob) {
        return std::unexpected{value.invalid("1 to 128 cell indices")};
    }
    std::vector<std::uint64_t> out;
    for (const rpc::JsonValue& element : elements) {
        ENSHRINE_TRY(const auto index, element.u64());
        if (index >= crypto::kzg::cells_per_ext_blob) return std::unexpected{element.invalid("a cell index below 128")};
        out.push_back(index);
    }
    return out;
}

Answer sample(const ChainApplication& application, CellCache& cache, const Params& params) {
    ENSHRINE_TRY(const auto hash, params.hash(0, "versionedHash"));
    ENSHRINE_TRY(const auto indices, cell_indices(params));
    ENSHRINE_TRY(const auto found, find_blob(application, hash));
    if (!found) return std::string{"null"};
    const auto cells = cache.of(found->stored);
    if (!cells) {
        return std::unexpected{RpcError{.code = rpc::internal_error,
                                        .message = "cells of the blob: " + std::string{cells.error().message()},
                                        .stable_code = "E-BLOB-CELLS"}};
    }
    JsonWriter json;
    json.begin_object().hex("commitment", found->stored.commitment.view()).key("cells").begin_array();
    for (const std::uint64_t index : indices) {
        json.begin_object();
        json.quantity("index", index);
        json.hex("cell", (*cells)->cells[index].view());
        json.hex("proof", (*cells)->proofs[index].view());
        json.end_object();
    }
    json.end_array().end_object();
    return json.take();
}

}  // namespace

void add_da_methods(rpc::Endpoint& endpoint, const ChainApplication& application) {
    endpoint.add(
        "da_getBlob",
        {.handler = [&application](const Params& p) { return get_blob(application, p); },
         .parameters = "versionedHash: 32 bytes",
         .documentation = "A published blob with its commitment, the block that published it last and its content "
                          "root; null when no block has."});
    endpoint.add("da_blobsAt", {.handler = [&application](const Params& p) { return blobs_at(application, p); },
                                .parameters = "block: number, hash or tag = latest",
                                .documentation = "Versioned hashes of the blobs of a block, in its order."});
    const auto cache = std::make_shared<CellCache>();
    endpoint.add(
        "da_sample",
        {.handler = [&application, cache](const Params& p) { return sample(application, *cache, p); },
         .parameters = "versionedHash: 32 bytes, cellIndices: array of numbers below 128",
         .documentation = "Cells of the extended blob with their KZG proofs, which IDataAvailability.verifySample "
                          "checks; null when no block has published the blob."});
}

}  // namespace enshrine::node
