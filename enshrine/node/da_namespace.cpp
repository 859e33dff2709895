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

}  // namespace

Answer sample_cells(const ChainApplication& application, CellCache& cache, const Hash32& versioned_hash,
                    std::span<const std::uint32_t> indices) {
    ENSHRINE_TRY(const auto found, find_blob(application, versioned_hash));
    if (!found) return std::string{"null"};
    const auto cells = cache.of(found->stored);
    if (!cells) {
        return std::unexpected{RpcError{.code = rpc::internal_error,
                                        .message = "cells of the blob: " + std::string{cells.error().message()},
                                        .stable_code = "E-BLOB-CELLS"}};
    }
    JsonWriter json;
    json.begin_object().hex("commitment", found->stored.commitment.view()).key("cells").begin_array();
    for (const std::uint32_t index : indices) {
        json.begin_object();
        json.quantity("index", std::uint64_t{index});
        json.hex("cell", (*cells)->cells[index].view());
        json.hex("proof", (*cells)->proofs[index].view());
        json.end_object();
    }
    json.end_array().end_object();
    return json.take();
}

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
}

}  // namespace enshrine::node
