// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/client/answer.hpp>
#include <enshrine/client/da_client.hpp>

namespace enshrine::client {

using codec::format_hex;
using codec::format_quantity;
using rpc::RpcResult;
using simdjson::dom::element;

namespace {

DaEntry read_entry(ObjectReader& reader) {
    DaEntry out;
    out.scheme = reader.string("scheme") == "kzg" ? DaScheme::kzg : DaScheme::native;
    out.name_space = reader.hash("namespace");
    out.commitment = reader.hash("commitment");
    out.index = reader.u64("index");
    out.size = reader.u64("size");
    return out;
}

/// Leaves of a block's root leave its height out, which the caller has asked for.
RpcResult<std::vector<DaEntry>> read_entries(std::span<const element> items, std::optional<std::uint64_t> height) {
    std::vector<DaEntry> out;
    for (const element item : items) {
        ObjectReader reader{item};
        DaEntry entry = read_entry(reader);
        entry.height = height ? *height : reader.u64("height");
        ENSHRINE_TRY(const auto checked, reader.result(std::move(entry)));
        out.push_back(checked);
    }
    return out;
}

RpcResult<DaBlob> read_blob(const element& object) {
    ObjectReader reader{object};
    DaBlob out;
    out.entry = read_entry(reader);
    out.entry.height = reader.u64("height");
    out.data = reader.bytes("data");
    return reader.result(std::move(out));
}

RpcResult<std::vector<element>> array_of(const Document& document) {
    simdjson::dom::array out;
    if (document.root.get(out) != simdjson::SUCCESS) return bad_answer("result", "an array");
    return std::vector<element>{out.begin(), out.end()};
}

RpcResult<DaSubmission> read_submission(const element& object) {
    ObjectReader reader{object};
    DaSubmission out;
    out.height = reader.u64("height");
    out.commitment = reader.hash("commitment");
    out.index = reader.u64("index");
    out.txn = reader.hash("transaction");
    out.certificate = reader.bytes("certificate");
    return reader.result(std::move(out));
}

std::string quoted(std::uint64_t value) {
    return fmt::format("\"{}\"", format_quantity(value));
}
std::string quoted(const Hash32& hash) {
    return fmt::format("\"{}\"", format_hex(hash.view()));
}

}  // namespace

RpcResult<std::vector<DaEntry>> DaClient::publications_at(std::uint64_t height) {
    ENSHRINE_TRY(const auto json, rpc_->call("da_publicationsAt", fmt::format("[{}]", quoted(height))));
    ENSHRINE_TRY(const auto document, parse(json));
    ENSHRINE_TRY(const auto items, array_of(*document));
    return read_entries(items, height);
}

RpcResult<std::vector<DaSubmission>> DaClient::submit(std::span<const NamedBlob> blobs) {
    std::string list;
    for (const NamedBlob& blob : blobs) {
        list += fmt::format(R"({}{{"namespace":{},"data":"{}"}})", list.empty() ? "" : ",", quoted(blob.name_space),
                            format_hex(blob.data));
    }
    ENSHRINE_TRY(const auto json, rpc_->call("da_submit", fmt::format("[[{}]]", list)));
    ENSHRINE_TRY(const auto document, parse(json));
    ENSHRINE_TRY(const auto items, array_of(*document));
    std::vector<DaSubmission> out;
    for (const element item : items) {
        ENSHRINE_TRY(auto submission, read_submission(item));
        out.push_back(std::move(submission));
    }
    if (out.size() != blobs.size()) return bad_answer("result", "one submission per blob");
    return out;
}

RpcResult<std::optional<DaBlob>> DaClient::get(const BlobKey& key) {
    std::string params = fmt::format("[{},{},{}", quoted(key.height), quoted(key.name_space), quoted(key.commitment));
    if (key.index) params += "," + quoted(*key.index);
    ENSHRINE_TRY(const auto json, rpc_->call("da_get", params + "]"));
    if (json == "null") return std::nullopt;
    ENSHRINE_TRY(const auto document, parse(json));
    return read_blob(document->root);
}

RpcResult<std::vector<DaBlob>> DaClient::blobs_of(std::string_view method, const std::string& params) {
    ENSHRINE_TRY(const auto json, rpc_->call(method, params));
    ENSHRINE_TRY(const auto document, parse(json));
    ENSHRINE_TRY(const auto items, array_of(*document));
    std::vector<DaBlob> out;
    for (const element item : items) {
        ENSHRINE_TRY(auto blob, read_blob(item));
        out.push_back(std::move(blob));
    }
    return out;
}

RpcResult<std::vector<DaBlob>> DaClient::get_all(std::uint64_t height, std::span<const Hash32> name_spaces) {
    std::string list;
    for (const Hash32& name_space : name_spaces) list += (list.empty() ? "" : ",") + quoted(name_space);
    return blobs_of("da_getAll", fmt::format("[{},[{}]]", quoted(height), list));
}

RpcResult<std::vector<DaBlob>> DaClient::get_by_commitment(const Hash32& commitment) {
    return blobs_of("da_getByCommitment", fmt::format("[{}]", quoted(commitment)));
}

RpcResult<bool> DaClient::has(const Hash32& commitment) {
    ENSHRINE_TRY(const auto json, rpc_->call("da_has", fmt::format("[{}]", quoted(commitment))));
    if (json != "true" && json != "false") return bad_answer("result", "true or false");
    return json == "true";
}

RpcResult<DaClient::ProofAnswer> DaClient::get_proof(const ItemKey& key) {
    std::string params = fmt::format("[{},{}", quoted(key.height), quoted(key.item.name_space));
    if (key.item.commitment) params += "," + quoted(*key.item.commitment);
    if (key.item.commitment && key.index) params += "," + quoted(*key.index);
    ENSHRINE_TRY(const auto json, rpc_->call("da_getProof", params + "]"));
    ENSHRINE_TRY(const auto document, parse(json));
    ObjectReader reader{document->root};
    ProofAnswer out;
    out.block_hash = reader.hash("blockHash");
    out.proof.header = reader.bytes("header");
    out.proof.proof = reader.bytes("proof");
    return reader.result(std::move(out));
}

RpcResult<DaNews> DaClient::publications_since(std::uint64_t height, const Hash32& name_space, std::uint64_t wait_ms) {
    ENSHRINE_TRY(const auto json, rpc_->call("da_publicationsSince", fmt::format("[{},{},{}]", quoted(height),
                                                                                 quoted(name_space), quoted(wait_ms))));
    ENSHRINE_TRY(const auto document, parse(json));
    ObjectReader reader{document->root};
    DaNews out;
    out.height = reader.u64("height");
    ENSHRINE_TRY(out.entries, read_entries(reader.array("publications"), {}));
    return reader.result(std::move(out));
}

}  // namespace enshrine::client
