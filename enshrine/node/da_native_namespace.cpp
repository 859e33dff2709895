// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
//
// da_*: blobs of the native scheme, in the shape of other networks' `blob.*` interfaces.
#include <enshrine/data_availability/namespaces.hpp>
#include <enshrine/node/namespaces.hpp>
#include <enshrine/node/native_da.hpp>
#include <enshrine/rpc/json_writer.hpp>

#include <algorithm>

namespace enshrine::node {

namespace da = data_availability;
using client::DaEntry;
using rpc::JsonWriter;
using rpc::Params;
using rpc::RpcError;
using rpc::RpcResult;
using Answer = RpcResult<std::string>;

namespace {

constexpr std::size_t answer_data_bytes_max = std::size_t{48} << 20;  ///< of blobs in one answer
constexpr std::size_t name_spaces_max = 64;
constexpr std::uint64_t blocks_per_call_max = 1'000;
constexpr std::uint64_t wait_ms_max = 30'000;

RpcResult<StoredBlock> block_at(const ChainApplication& application, std::uint64_t height) {
    ENSHRINE_TRY(auto block, load_block(application, height));
    if (!block) return std::unexpected{no_such_block(height, application.head()->header.number)};
    return *std::move(block);
}

void write_entry(JsonWriter& json, const DaEntry& entry) {
    json.quantity("height", entry.height);
    json.string("scheme", entry.scheme == client::DaScheme::kzg ? "kzg" : "native");
    json.hex("namespace", entry.name_space.view());
    json.hex("commitment", entry.commitment.view());
    json.quantity("index", entry.index);
    json.quantity("size", entry.size);
}

std::string entries_json(std::span<const DaEntry> entries) {
    JsonWriter json;
    json.begin_array();
    for (const DaEntry& entry : entries) {
        json.begin_object();
        write_entry(json, entry);
        json.end_object();
    }
    return json.end_array().take();
}

/// One blob of a publication, and how much of the answer is left for the others.
struct Part {
    Hash32 commitment;
    const da::PublicationRecord& record;
    std::size_t blob = 0;
    std::uint64_t first_row = 0;
};
RpcResult<void> write_blob(const NativeDaParts& native, JsonWriter& json, const Part& part) {
    const da::PublishedBlob& blob = part.record.blobs[part.blob];
    if (json.size() / 2 + blob.size > answer_data_bytes_max) {
        return std::unexpected{RpcError{.code = rpc::limit_exceeded,
                                        .message = "the blobs are larger than an answer may be; fetch them from the "
                                                   "storage nodes (enshrine da get) or one by one",
                                        .stable_code = "E-DA-TOO-LARGE",
                                        .expected = "at most " + std::to_string(answer_data_bytes_max) + " bytes",
                                        .got = "a blob of " + std::to_string(blob.size) + " bytes"}};
    }
    ENSHRINE_TRY(const auto data, native.reader.read(part.commitment, part.record, part.blob));
    json.begin_object();
    write_entry(json, {.height = part.record.height,
                       .name_space = blob.name_space,
                       .commitment = part.commitment,
                       .index = part.first_row,
                       .size = blob.size});
    json.hex("data", data).end_object();
    return {};
}

/// Among the blobs of a namespace in a matrix, the one that is meant.
RpcResult<std::optional<std::size_t>> choose(const Params& params, const PublishedMatrix& matrix,
                                             const Hash32& name_space) {
    ENSHRINE_TRY(const auto index, params.optional_u64(3, "index"));
    std::vector<std::size_t> found;
    std::string rows;
    for (std::size_t i = 0; i < matrix.first_rows.size(); ++i) {
        if (matrix.record.blobs[i].name_space != name_space) continue;
        if (index && *index != matrix.first_rows[i]) continue;
        found.push_back(i);
        rows += (rows.empty() ? "" : ", ") + std::to_string(matrix.first_rows[i]);
    }
    if (found.empty()) return std::nullopt;
    if (found.size() == 1) return found.front();
    return std::unexpected{
        params.at(3, "index").invalid("one of " + rows + ": the matrix carries several blobs of the namespace")};
}

Answer get(const NativeDaParts& native, const Params& params) {
    ENSHRINE_TRY(const auto height, params.u64(0, "height"));
    ENSHRINE_TRY(const auto name_space, params.hash(1, "namespace"));
    ENSHRINE_TRY(const auto commitment, params.hash(2, "commitment"));
    ENSHRINE_TRY(const auto block, block_at(native.application, height));
    for (const PublishedMatrix& matrix : published_matrices(block)) {
        if (matrix.commitment != commitment) continue;
        ENSHRINE_TRY(const auto blob, choose(params, matrix, name_space));
        if (!blob) continue;
        ENSHRINE_TRY(const auto slot, native.waiting.enter());
        JsonWriter json;
        ENSHRINE_CHECK(write_blob(native, json, {commitment, matrix.record, *blob, matrix.first_rows[*blob]}));
        return json.take();
    }
    return std::string{"null"};
}

RpcResult<std::vector<Hash32>> name_spaces_of(const Params& params) {
    const auto value = params.at(1, "namespaces");
    ENSHRINE_TRY(const auto elements, value.elements());
    if (elements.empty() || elements.size() > name_spaces_max) {
        return std::unexpected{value.invalid("1 to " + std::to_string(name_spaces_max) + " namespaces")};
    }
    std::vector<Hash32> out;
    for (const rpc::JsonValue& element : elements) {
        ENSHRINE_TRY(const auto name_space, element.hash());
        out.push_back(name_space);
    }
    return out;
}

Answer get_all(const NativeDaParts& native, const Params& params) {
    ENSHRINE_TRY(const auto height, params.u64(0, "height"));
    ENSHRINE_TRY(const auto wanted, name_spaces_of(params));
    ENSHRINE_TRY(const auto slot, native.waiting.enter());
    ENSHRINE_TRY(const auto block, block_at(native.application, height));
    JsonWriter json;
    json.begin_array();
    for (const PublishedMatrix& matrix : published_matrices(block)) {
        for (std::size_t i = 0; i < matrix.first_rows.size(); ++i) {
            if (std::ranges::find(wanted, matrix.record.blobs[i].name_space) == wanted.end()) continue;
            ENSHRINE_CHECK(write_blob(native, json, {matrix.commitment, matrix.record, i, matrix.first_rows[i]}));
        }
    }
    return json.end_array().take();
}

Answer get_by_commitment(const NativeDaParts& native, const Params& params) {
    ENSHRINE_TRY(const auto commitment, params.hash(0, "commitment"));
    ENSHRINE_TRY(const auto slot, native.waiting.enter());
    JsonWriter json;
    json.begin_array();
    if (const auto record = da::load_publication(*native.application.head()->view, commitment)) {
        const auto layout = da::layout_of(da::sizes_of(record->blobs));
        ENSHRINE_ASSERT(layout.has_value());  // [DA-PUB.2]
        for (std::size_t i = 0; i < record->blobs.size(); ++i) {
            ENSHRINE_CHECK(write_blob(native, json, {commitment, *record, i, layout->first_rows[i]}));
        }
    }
    return json.end_array().take();
}

/// Matrices are shared, so that a blob which the L1 refuses must not come into one [DA-PUB.3].
RpcResult<void> check_name_space(const NativeDaParts& native, const rpc::JsonValue& value, const Hash32& name_space) {
    if (name_space.is_zero())
        return std::unexpected{value.invalid("another namespace than zero, that of EIP-4844 blobs")};
    const auto rollup = da::rollup_of_namespace(name_space);
    if (!rollup) return {};
    if (check_rollup(*native.application.head()->view, *rollup)) return {};
    return std::unexpected{
        value.invalid("the namespace of a registered rollup, or one that does not begin with 24 zero bytes")};
}

RpcResult<BlobPublisher::Blob> read_blob(const NativeDaParts& native, const rpc::JsonValue& name_space,
                                         const rpc::JsonValue& data) {
    BlobPublisher::Blob out;
    ENSHRINE_TRY(out.name_space, name_space.hash());
    ENSHRINE_CHECK(check_name_space(native, name_space, out.name_space));
    ENSHRINE_TRY(out.data, data.bytes());
    return out;
}

RpcResult<std::vector<BlobPublisher::Blob>> blobs_of(const NativeDaParts& native, const rpc::JsonValue& list) {
    ENSHRINE_TRY(const auto elements, list.elements());
    if (elements.empty() || elements.size() > da::matrix_blobs_max) {
        return std::unexpected{list.invalid("1 to " + std::to_string(da::matrix_blobs_max) + " blobs")};
    }
    std::vector<BlobPublisher::Blob> out;
    for (const rpc::JsonValue& element : elements) {
        ENSHRINE_TRY(const auto name_space, element.member("namespace"));
        ENSHRINE_TRY(const auto data, element.member("data"));
        ENSHRINE_TRY(auto blob, read_blob(native, name_space, data));
        out.push_back(std::move(blob));
    }
    return out;
}

void write_submission(JsonWriter& json, const client::DaSubmission& submission) {
    json.begin_object();
    json.quantity("height", submission.height);
    json.hex("commitment", submission.commitment.view());
    json.quantity("index", submission.index);
    json.hex("transaction", submission.txn.view());
    json.hex("certificate", submission.certificate);
    json.end_object();
}

Answer submit(const NativeDaParts& native, const Params& params) {
    if (native.publisher == nullptr) {
        return std::unexpected{RpcError{.code = rpc::server_error,
                                        .message = "this node publishes nothing: data_availability.publisher_key_file "
                                                   "names no account (enshrine da submit --key publishes with yours)",
                                        .stable_code = "E-DA-NO-PUBLISHER"}};
    }
    const bool several = params.at(0, "blobs").is_array();
    std::vector<BlobPublisher::Blob> blobs;
    if (several) {
        ENSHRINE_TRY(blobs, blobs_of(native, params.at(0, "blobs")));
    } else {
        ENSHRINE_TRY(auto blob, read_blob(native, params.at(0, "namespace"), params.at(1, "data")));
        blobs.push_back(std::move(blob));
    }
    ENSHRINE_TRY(const auto slot, native.waiting.enter());
    ENSHRINE_TRY(const auto submissions, native.publisher->submit(std::move(blobs)));
    JsonWriter json;
    if (!several) {
        write_submission(json, submissions.front());
        return json.take();
    }
    json.begin_array();
    for (const client::DaSubmission& submission : submissions) write_submission(json, submission);
    return json.end_array().take();
}

/// Entries of the namespace in blocks first … last.
RpcResult<std::vector<DaEntry>> entries_between(const NativeDaParts& native, const Hash32& name_space,
                                                std::uint64_t first, std::uint64_t last) {
    std::vector<DaEntry> out;
    for (std::uint64_t height = first; height <= last; ++height) {
        ENSHRINE_TRY(const auto block, block_at(native.application, height));
        std::ranges::copy_if(published_entries(block), std::back_inserter(out),
                             [&](const DaEntry& entry) { return entry.name_space == name_space; });
    }
    return out;
}

Answer publications_since(const NativeDaParts& native, const Params& params) {
    ENSHRINE_TRY(const auto height, params.u64(0, "height"));
    ENSHRINE_TRY(const auto name_space, params.hash(1, "namespace"));
    ENSHRINE_TRY(const auto wait_ms, params.optional_u64(2, "waitMs"));
    if (wait_ms.value_or(0) > wait_ms_max) {
        return std::unexpected{params.at(2, "waitMs").invalid("at most " + std::to_string(wait_ms_max))};
    }
    std::optional<WaitingCalls::Slot> slot;
    if (wait_ms.value_or(0) != 0) {
        ENSHRINE_TRY(auto entered, native.waiting.enter());
        slot.emplace(std::move(entered));
    }
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds{wait_ms.value_or(0)};
    std::uint64_t seen = height;
    std::vector<DaEntry> found;
    while (true) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        const std::uint64_t head = native.application.head_above(seen, std::max(left, left.zero()))->header.number;
        const std::uint64_t last = std::min(head, height + blocks_per_call_max);
        if (last > seen) {
            ENSHRINE_TRY(found, entries_between(native, name_space, seen + 1, last));
            seen = last;
        }
        const bool more_later = seen < height + blocks_per_call_max && left > left.zero();
        if (!found.empty() || !more_later || native.application.is_waiting_stopped()) break;
    }
    JsonWriter json;
    json.begin_object().quantity("height", seen).raw("publications", entries_json(found)).end_object();
    return json.take();
}

}  // namespace

void add_native_da_methods(rpc::Endpoint& endpoint, const NativeDaParts& native) {
    const auto add = [&](std::string_view name, Answer (*method)(const NativeDaParts&, const Params&),
                         std::string_view parameters, std::string_view documentation) {
        endpoint.add(std::string{name}, {.handler = [native, method](const Params& p) { return method(native, p); },
                                         .parameters = std::string{parameters},
                                         .documentation = std::string{documentation}});
    };
    add("da_submit", &submit, "namespace: 32 bytes, data: bytes; or blobs: array of {namespace, data}, up to 64",
        "Publishes blobs with the node's own account and answers when a block has them: height, commitment, index "
        "(first "
        "row in the matrix), transaction, certificate; an array of that for an array. Small blobs that arrive within a "
        "block interval share a matrix.");
    add("da_get", &get, "height: number, namespace: 32 bytes, commitment: 32 bytes, index: number = the only one",
        "A blob of the native scheme with its data, fetched from those who keep its rows and verified; null when the "
        "block has not published it.");
    add("da_getAll", &get_all, "height: number, namespaces: array of 32 bytes, up to 64",
        "The blobs of a block in these namespaces, with their data.");
    add("da_getByCommitment", &get_by_commitment, "commitment: 32 bytes",
        "The blobs of a matrix that was published at any height, with their data; empty when none was.");
    add("da_publicationsSince", &publications_since,
        "height: number, namespace: 32 bytes, waitMs: number = 0, up to 30000",
        "Blobs of the namespace in blocks behind `height`, at most a thousand blocks, and the height up to which the "
        "answer goes; waits for the first as long as asked. For subscriptions: go on from that height.");
    add_da_sampling(endpoint, native);
}

}  // namespace enshrine::node
