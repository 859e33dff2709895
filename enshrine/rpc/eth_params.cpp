// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/rpc/eth.hpp>
#include <enshrine/rpc/eth_params.hpp>

#include <fmt/format.h>

namespace enshrine::rpc {
namespace {

RpcError over_limit(const JsonValue& value, std::string expected, std::string got) {
    RpcError error = value.invalid(std::move(expected));
    error.code = limit_exceeded;
    error.stable_code = "E-RPC-LIMIT";
    error.got = std::move(got);
    error.message = fmt::format("{}: expected {}, got {}", error.field, error.expected, error.got);
    return error;
}

RpcResult<Bytes> parse_call_data(const JsonValue& request) {
    ENSHRINE_TRY(const JsonValue input, request.member("input"));
    ENSHRINE_TRY(const JsonValue data, request.member("data"));
    if (input.absent() && data.absent()) return Bytes{};
    ENSHRINE_TRY(Bytes bytes, (input.absent() ? data : input).bytes());
    if (input.absent() || data.absent()) return bytes;
    ENSHRINE_TRY(const Bytes other, data.bytes());
    if (other != bytes) return std::unexpected{data.invalid("the same bytes as input")};
    return bytes;
}

RpcResult<void> check_chain_id(const JsonValue& request, std::uint64_t chain_id) {
    ENSHRINE_TRY(const JsonValue sent, request.member("chainId"));
    if (sent.absent()) return {};
    ENSHRINE_TRY(const std::uint64_t id, sent.u64());
    if (id != chain_id) return std::unexpected{sent.invalid(fmt::format("the chain id of this node, {}", chain_id))};
    return {};
}

template <class T>
RpcResult<std::vector<T>> parse_alternatives(const JsonValue& value, RpcResult<T> (JsonValue::*accessor)() const) {
    std::vector<T> out;
    if (value.absent()) return out;
    if (!value.is_array()) {
        ENSHRINE_TRY(const T one, (value.*accessor)());
        out.push_back(one);
        return out;
    }
    ENSHRINE_TRY(const auto elements, value.elements());
    if (elements.size() > log_alternatives_max) {
        return std::unexpected{over_limit(value, fmt::format("at most {} elements", log_alternatives_max),
                                          fmt::format("{}", elements.size()))};
    }
    for (const JsonValue& element : elements) {
        ENSHRINE_TRY(const T one, (element.*accessor)());
        out.push_back(one);
    }
    return out;
}

RpcResult<std::vector<std::vector<Hash32>>> parse_topics(const JsonValue& value) {
    std::vector<std::vector<Hash32>> out;
    if (value.absent()) return out;
    ENSHRINE_TRY(const auto positions, value.elements());
    if (positions.size() > types::log_topics_max) {
        return std::unexpected{value.invalid(fmt::format("at most {} topic positions", types::log_topics_max))};
    }
    for (const JsonValue& position : positions) {
        // [null, A] among the alternatives of one position means "anything", as null alone does.
        bool any = false;
        if (position.is_array()) {
            ENSHRINE_TRY(const auto elements, position.elements());
            any = std::ranges::any_of(elements, &JsonValue::absent);
        }
        if (any) {
            out.emplace_back();
            continue;
        }
        ENSHRINE_TRY(auto alternatives, parse_alternatives(position, &JsonValue::hash));
        out.push_back(std::move(alternatives));
    }
    return out;
}

RpcResult<std::uint64_t> resolve_number(const JsonValue& value, const EthBackend& backend) {
    if (value.absent()) return backend.block_number();
    ENSHRINE_TRY(const BlockId id, value.block_id());
    if (const auto* number = std::get_if<std::uint64_t>(&id)) return *number;
    if (const auto* tag = std::get_if<BlockTag>(&id)) {
        if (*tag == BlockTag::earliest) return std::uint64_t{0};
        if (*tag == BlockTag::latest || *tag == BlockTag::pending) return backend.block_number();
    }
    ENSHRINE_TRY(const auto block, backend.block(id));
    if (!block) return std::unexpected{value.invalid("a block that exists")};
    return block->header.number;
}

RpcResult<void> parse_range(const JsonValue& value, const EthBackend& backend, LogFilter& filter) {
    ENSHRINE_TRY(const JsonValue from, value.member("fromBlock"));
    ENSHRINE_TRY(const JsonValue to, value.member("toBlock"));
    ENSHRINE_TRY(const JsonValue hash, value.member("blockHash"));
    if (!hash.absent()) {
        if (!from.absent() || !to.absent()) {
            return std::unexpected{hash.invalid("blockHash alone, without fromBlock and toBlock")};
        }
        ENSHRINE_TRY(filter.block_hash, hash.hash());
        return {};
    }
    ENSHRINE_TRY(filter.from_block, resolve_number(from, backend));
    ENSHRINE_TRY(filter.to_block, resolve_number(to, backend));
    if (filter.from_block > filter.to_block) {
        return std::unexpected{from.invalid(fmt::format("a block not above toBlock, {}", filter.to_block))};
    }
    filter.to_block = std::min(filter.to_block, std::max(filter.from_block, backend.block_number()));
    const std::uint64_t distance = filter.to_block - filter.from_block;
    if (distance >= log_blocks_max) {
        return std::unexpected{over_limit(to, fmt::format("a range of at most {} blocks", log_blocks_max),
                                          fmt::format("blocks {} to {}", filter.from_block, filter.to_block))};
    }
    return {};
}

}  // namespace

RpcResult<CallRequest> parse_call_request(const JsonValue& value, std::uint64_t chain_id) {
    if (!value.is_object()) return std::unexpected{value.invalid("a transaction object")};
    ENSHRINE_CHECK(check_chain_id(value, chain_id));
    CallRequest request;
    ENSHRINE_TRY(const JsonValue from, value.member("from"));
    ENSHRINE_TRY(const JsonValue to, value.member("to"));
    ENSHRINE_TRY(const JsonValue gas, value.member("gas"));
    ENSHRINE_TRY(const JsonValue amount, value.member("value"));
    if (!from.absent()) {
        ENSHRINE_TRY(request.from, from.address());
    }
    if (!to.absent()) {
        ENSHRINE_TRY(request.to, to.address());
    }
    if (!gas.absent()) {
        ENSHRINE_TRY(request.gas_limit, gas.u64());
    }
    if (!amount.absent()) {
        ENSHRINE_TRY(const U256 wei, amount.u256());
        request.value = Amount{wei};
    }
    ENSHRINE_TRY(request.data, parse_call_data(value));
    return request;
}

RpcResult<LogFilter> parse_log_filter(const JsonValue& value, const EthBackend& backend) {
    if (!value.is_object()) return std::unexpected{value.invalid("a filter object")};
    LogFilter filter;
    ENSHRINE_CHECK(parse_range(value, backend, filter));
    ENSHRINE_TRY(const JsonValue addresses, value.member("address"));
    ENSHRINE_TRY(filter.addresses, parse_alternatives(addresses, &JsonValue::address));
    ENSHRINE_TRY(const JsonValue topics, value.member("topics"));
    ENSHRINE_TRY(filter.topics, parse_topics(topics));
    return filter;
}

RpcResult<std::vector<double>> parse_percentiles(const JsonValue& value) {
    std::vector<double> out;
    if (value.absent()) return out;
    ENSHRINE_TRY(const auto elements, value.elements());
    if (elements.size() > fee_percentiles_max) {
        return std::unexpected{over_limit(value, fmt::format("at most {} percentiles", fee_percentiles_max),
                                          fmt::format("{}", elements.size()))};
    }
    for (const JsonValue& element : elements) {
        ENSHRINE_TRY(const double percentile, element.number());
        const bool in_order = out.empty() || out.back() <= percentile;
        if (percentile < 0 || percentile > 100 || !in_order) {
            return std::unexpected{element.invalid("a number from 0 to 100, not below the one before")};
        }
        out.push_back(percentile);
    }
    return out;
}

}  // namespace enshrine::rpc
