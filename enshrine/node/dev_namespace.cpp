// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/node/namespaces.hpp>
#include <enshrine/rpc/json_writer.hpp>

namespace enshrine::node {
namespace {

using rpc::JsonWriter;
using rpc::Params;
using rpc::RpcResult;
using Answer = RpcResult<std::string>;

constexpr std::uint64_t blocks_per_call_max = 10'000;
constexpr std::uint64_t seconds_per_call_max = 100ULL * 365 * 24 * 3600;

struct Dev {
    ChainApplication& application;
    engine::EmbeddedEngine& engine;
};

std::string quantity(std::uint64_t value) {
    JsonWriter json;
    json.quantity(value);
    return json.take();
}

Answer mine(Dev dev, const Params& params) {
    ENSHRINE_TRY(const auto count, params.optional_u64(0, "blocks"));
    if (count.value_or(1) > blocks_per_call_max) {
        return std::unexpected{params.at(0, "blocks").invalid("at most " + std::to_string(blocks_per_call_max))};
    }
    return quantity(dev.engine.mine(count.value_or(1)));
}

Answer set_next_timestamp(Dev dev, const Params& params) {
    ENSHRINE_TRY(const auto timestamp, params.u64(0, "timestamp"));
    const std::uint64_t lowest = dev.application.head()->header.timestamp;
    if (timestamp < lowest || timestamp > lowest + seconds_per_call_max) {
        return std::unexpected{
            params.at(0, "timestamp").invalid("seconds from " + std::to_string(lowest) + ", the time of the head, on")};
    }
    dev.engine.set_next_timestamp(timestamp);
    return quantity(timestamp);
}

Answer increase_time(Dev dev, const Params& params) {
    ENSHRINE_TRY(const auto seconds, params.u64(0, "seconds"));
    if (seconds > seconds_per_call_max)
        return std::unexpected{params.at(0, "seconds").invalid("at most a hundred years")};
    dev.engine.add_time(std::chrono::seconds{static_cast<std::int64_t>(seconds)});
    return quantity(seconds);
}

}  // namespace

void add_dev_methods(rpc::Endpoint& endpoint, ChainApplication& application, engine::EmbeddedEngine& engine) {
    const Dev dev{.application = application, .engine = engine};
    const auto add = [&](std::initializer_list<std::string_view> names, Answer (*method)(Dev, const Params&),
                         std::string_view parameters, std::string_view documentation) {
        for (const std::string_view name : names) {
            endpoint.add(std::string{name}, {.handler = [dev, method](const Params& p) { return method(dev, p); },
                                             .parameters = std::string{parameters},
                                             .documentation = std::string{documentation}});
        }
    };
    add({"dev_mine", "evm_mine", "anvil_mine"}, mine, "blocks: how many = 1", "Makes blocks now; the new height.");
    add({"dev_setNextTimestamp", "evm_setNextBlockTimestamp"}, set_next_timestamp, "timestamp: seconds since 1970",
        "Time of the next block; later ones continue from it.");
    add({"dev_increaseTime", "evm_increaseTime"}, increase_time, "seconds: how many",
        "Moves the clock of the blocks ahead.");
}

}  // namespace enshrine::node
