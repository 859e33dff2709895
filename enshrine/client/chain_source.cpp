// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/client/chain_source.hpp>
#include <enshrine/client/data_availability_contract.hpp>
#include <enshrine/codec/abi.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/data_availability/events.hpp>
#include <enshrine/system/addresses.hpp>

#include <fmt/format.h>
#include <simdjson.h>

namespace enshrine::client {
namespace {

using network::KnownPublication;
using rpc::RpcError;
using rpc::RpcResult;

constexpr Hash32 matrix_topic = codec::abi::signature_hash(data_availability::events::matrix_published.declaration);
constexpr Hash32 blob_topic = codec::abi::signature_hash(data_availability::events::blob_published.declaration);

std::unexpected<RpcError> bad_logs(std::string_view what) {
    return std::unexpected{RpcError{.code = rpc::internal_error,
                                    .message = fmt::format("answer of the node: eth_getLogs: {}", what),
                                    .field = "logs"}};
}

/// Word `index` of a log's data, when it is a number of 64 bits.
std::optional<std::uint64_t> number_at(const types::Log& log, std::size_t index) {
    if (log.data.size() < 32 * (index + 1)) return std::nullopt;
    const U256 value = U256::from_be(BytesView{log.data}.subspan(32 * index, 32));
    if (value > U256{UINT64_MAX}) return std::nullopt;
    return value.low_u64();
}

RpcResult<std::vector<types::Log>> parse_logs(std::string_view json) {
    simdjson::dom::parser parser;
    simdjson::dom::array items;
    const simdjson::padded_string padded{json};
    if (parser.parse(padded).get(items) != simdjson::SUCCESS) return bad_logs("not an array");
    std::vector<types::Log> out;
    for (const simdjson::dom::element item : items) {
        types::Log log;
        std::string_view data;
        simdjson::dom::array topics;
        if (item["data"].get(data) != simdjson::SUCCESS || item["topics"].get(topics) != simdjson::SUCCESS) {
            return bad_logs("a log without data or topics");
        }
        for (const simdjson::dom::element topic : topics) {
            std::string_view text;
            if (topic.get(text) != simdjson::SUCCESS) return bad_logs("a topic that is no text");
            const auto hash = codec::parse_hex_fixed<32>(text);
            if (!hash) return bad_logs("a topic that is not 32 bytes");
            log.topics.push_back(*hash);
        }
        auto bytes = codec::parse_hex(data);
        if (!bytes) return bad_logs("data that is not hex");
        log.data = *std::move(bytes);
        out.push_back(std::move(log));
    }
    return out;
}

}  // namespace

RpcResult<std::vector<KnownPublication>> publications_in(std::span<const types::Log> logs) {
    std::vector<KnownPublication> out;
    std::uint64_t blobs_to_come = 0;
    for (const types::Log& log : logs) {
        if (log.topics.size() != 3) continue;
        if (log.topics[0] == matrix_topic) {
            const auto blobs = number_at(log, 0);
            const auto epoch = number_at(log, 3);
            const auto expires_at = number_at(log, 4);
            if (blobs_to_come != 0 || !blobs || !epoch || !expires_at) return bad_logs("a broken MatrixPublished");
            blobs_to_come = *blobs;
            out.push_back({.publication = {.commitment = log.topics[1], .blobs = {}, .epoch = *epoch},
                           .expires_at = *expires_at});
        } else if (log.topics[0] == blob_topic) {
            const auto size = number_at(log, 0);
            const bool fits = blobs_to_come > 0 && log.topics[2] == out.back().publication.commitment && size;
            if (!fits) return bad_logs("a BlobPublished without its matrix");
            --blobs_to_come;
            out.back().publication.blobs.push_back({.name_space = log.topics[1], .size = *size});
        }
    }
    if (blobs_to_come != 0) return bad_logs("a matrix without all of its blobs");
    return out;
}

RpcChainSource::Known<JsonRpcClient*> RpcChainSource::rpc() {
    if (!rpc_) {
        ENSHRINE_TRY(rpc_, JsonRpcClient::make(url_));
    }
    return rpc_.get();
}

RpcChainSource::Known<L1Client*> RpcChainSource::l1() {
    if (!l1_) {
        ENSHRINE_TRY(auto connection, JsonRpcClient::make(url_));
        l1_ = std::make_unique<L1Client>(std::move(connection));
    }
    return l1_.get();
}

RpcChainSource::Known<std::uint64_t> RpcChainSource::chain_id() {
    ENSHRINE_TRY(L1Client* const client, l1());
    const auto id = client->chain_id();
    if (!id) return std::unexpected{id.error().message};
    return *id;
}

RpcChainSource::Known<std::uint64_t> RpcChainSource::height() {
    ENSHRINE_TRY(L1Client* const client, l1());
    const auto height = client->block_number();
    if (!height) return std::unexpected{height.error().message};
    return *height;
}

RpcChainSource::Known<std::optional<data_availability::Committee>> RpcChainSource::committee(
    std::optional<std::uint64_t> epoch) {
    ENSHRINE_TRY(L1Client* const client, l1());
    if (epoch) {
        auto found = client::committee_at(*client, *epoch);
        if (!found) return std::unexpected{found.error().message};
        return *std::move(found);
    }
    auto current = client::committee(*client);
    if (!current) return std::unexpected{current.error().message};
    return *std::move(current);
}

RpcChainSource::Known<std::vector<KnownPublication>> RpcChainSource::published(std::uint64_t first,
                                                                               std::uint64_t last) {
    ENSHRINE_TRY(JsonRpcClient* const client, rpc());
    const std::string filter = fmt::format(
        R"([{{"fromBlock":"{}","toBlock":"{}","address":"{}","topics":[["{}","{}"]]}}])", codec::format_quantity(first),
        codec::format_quantity(last), codec::format_hex(system::data_availability_address.view()),
        codec::format_hex(matrix_topic.view()), codec::format_hex(blob_topic.view()));
    const auto json = client->call("eth_getLogs", filter);
    if (!json) return std::unexpected{json.error().message};
    const auto logs = parse_logs(*json);
    if (!logs) return std::unexpected{logs.error().message};
    auto out = publications_in(*logs);
    if (!out) return std::unexpected{out.error().message};
    return *std::move(out);
}

}  // namespace enshrine::client
