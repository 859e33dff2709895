// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
//
// da_sample: rows of matrices and cells of blobs, with their proofs.
#include <enshrine/crypto/kzg.hpp>
#include <enshrine/node/namespaces.hpp>
#include <enshrine/node/native_da.hpp>
#include <enshrine/node/row_sampling.hpp>
#include <enshrine/rpc/json_writer.hpp>

#include <algorithm>
#include <numeric>
#include <random>
#include <set>

namespace enshrine::node {

namespace da = data_availability;
using rpc::JsonWriter;
using rpc::Params;
using rpc::RpcResult;
using Answer = RpcResult<std::string>;

namespace {

constexpr std::size_t sample_indices_max = 128;

/// The second parameter: which, below `limit`, or how many at random of those that somebody keeps.
RpcResult<std::vector<std::uint32_t>> sample_indices(const Params& params, std::uint32_t limit,
                                                     std::vector<std::uint32_t> kept) {
    const auto value = params.at(1, "indices");
    const std::size_t most = std::min(sample_indices_max, kept.size());
    const std::string expected =
        "a number from 1 to " + std::to_string(most) + ", or as many indices below " + std::to_string(limit);
    if (!value.is_array()) {
        ENSHRINE_TRY(const auto count, value.u64());
        if (count == 0 || count > most) return std::unexpected{value.invalid(expected)};
        std::random_device random;
        std::ranges::shuffle(kept, random);
        kept.resize(count);
        std::ranges::sort(kept);
        return kept;
    }
    ENSHRINE_TRY(const auto elements, value.elements());
    if (elements.empty() || elements.size() > most) return std::unexpected{value.invalid(expected)};
    std::set<std::uint32_t> out;
    for (const rpc::JsonValue& element : elements) {
        ENSHRINE_TRY(const auto index, element.u64());
        if (index >= limit) return std::unexpected{element.invalid("an index below " + std::to_string(limit))};
        out.insert(static_cast<std::uint32_t>(index));
    }
    return std::vector<std::uint32_t>(out.begin(), out.end());
}

std::vector<std::uint32_t> all_cells() {
    std::vector<std::uint32_t> out(crypto::kzg::cells_per_ext_blob);
    std::iota(out.begin(), out.end(), 0U);
    return out;
}

std::string rows_json(const Hash32& commitment, const da::Shape& shape, const SampledRows& sampled) {
    JsonWriter json;
    json.begin_object().string("scheme", "native").hex("commitment", commitment.view()).key("shape").begin_object();
    json.quantity("dataRows", std::uint64_t{shape.data_rows}).quantity("parityRows", std::uint64_t{shape.parity_rows});
    json.quantity("rowBytes", std::uint64_t{shape.row_bytes}).end_object();
    json.hex("rowRoot", sampled.header.row_root.view()).hex("combinations", sampled.header.combinations);
    json.key("parts").begin_array();
    for (const network::ProvenRows& part : sampled.parts) {
        json.begin_object().key("rows").begin_array();
        for (std::size_t i = 0; i < part.indices.size(); ++i) {
            json.begin_object().quantity("index", std::uint64_t{part.indices[i]});
            json.hex("row", BytesView{part.rows}.subspan(i * shape.row_bytes, shape.row_bytes)).end_object();
        }
        json.end_array().key("siblings").begin_array();
        for (const Hash32& sibling : part.siblings) json.hex(sibling.view());
        json.end_array().end_object();
    }
    return json.end_array().end_object().take();
}

Answer sample(const NativeDaParts& native, const Params& params) {
    ENSHRINE_TRY(const auto commitment, params.hash(0, "commitment"));
    const auto record = da::load_publication(*native.application.head()->view, commitment);
    if (!record) {
        ENSHRINE_TRY(const auto indices, sample_indices(params, crypto::kzg::cells_per_ext_blob, all_cells()));
        return sample_cells(native.application, native.cells, commitment, indices);
    }
    const auto layout = da::layout_of(da::sizes_of(record->blobs));
    ENSHRINE_ASSERT(layout.has_value());  // [DA-PUB.2]
    ENSHRINE_TRY(const auto indices, sample_indices(params, layout->shape.total_rows(),
                                                    kept_rows(native.application, commitment, *record)));
    ENSHRINE_TRY(const auto slot, native.waiting.enter());
    ENSHRINE_TRY(const auto rows, sample_rows(native.application, native.connect, commitment, *record, indices));
    return rows_json(commitment, layout->shape, rows);
}

}  // namespace

void add_da_sampling(rpc::Endpoint& endpoint, const NativeDaParts& parts) {
    endpoint.add(
        "da_sample",
        {.handler = [parts](const Params& p) { return sample(parts, p); },
         .parameters =
             "commitment: 32 bytes, or a blob's versioned hash, indices: array of numbers, or how many at random",
         .documentation =
             "Of a matrix: rows from those who keep them, with their proofs; rows that could not be had are "
             "missing. Of an EIP-4844 blob: cells with their proofs, which IDataAvailability.verifySample "
             "checks. null when no block has published it. Whoever doubts the node draws the indices itself "
             "(enshrine da sample)."});
}

}  // namespace enshrine::node
