// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/contracts.hpp>
#include <enshrine/chain/verification_load.hpp>
#include <enshrine/chain/verify_ahead.hpp>
#include <enshrine/data_availability/blob_records.hpp>
#include <enshrine/data_availability/byte_price.hpp>
#include <enshrine/data_availability/interface.hpp>
#include <enshrine/messaging/hub_root.hpp>
#include <enshrine/messaging/interface.hpp>
#include <enshrine/messaging/services.hpp>
#include <enshrine/proofs/interface.hpp>
#include <enshrine/rollup_registry/interface.hpp>

#include <algorithm>
#include <array>

namespace enshrine::chain {
namespace {

void record_blobs(state::Overlay& state, const BlockSummary& block) {
    data_availability::record_blobs(state, block.context.height, block.blobs);
}

void settle_block_bytes(state::Overlay& state, const BlockSummary&) {
    data_availability::settle_block_bytes(state);
}

/// [CHAIN-BLOCK.7]
constexpr std::array<EndOfBlockHook, 2> end_of_block_hooks{&record_blobs, &settle_block_bytes};

}  // namespace

std::span<const system::Contract* const> system_contracts() noexcept {
    static const std::array<const system::Contract*, 5> contracts{
        &messaging::inbox_contract(), &rollup_registry::contract(), &data_availability::contract(),
        &messaging::hub_contract(), &proofs::contract()};
    return contracts;
}

std::vector<std::string_view> error_declarations() {
    std::vector<std::string_view> out;
    const auto add = [&](std::span<const system::ErrorDeclaration> errors) {
        for (const system::ErrorDeclaration& error : errors) {
            if (std::ranges::find(out, error.declaration) == out.end()) out.push_back(error.declaration);
        }
    };
    add(system::dispatch_errors);
    for (const system::Contract* contract : system_contracts()) add(contract->errors);
    return out;
}

Result<ExecutionCache> ExecutionCache::make() {
    ENSHRINE_TRY(auto runner, vm::Runner::make());
    return ExecutionCache{.runner = std::move(runner), .keys = {}, .verdicts = {}};
}

Protocol enshrined_protocol() noexcept {
    static const messaging::Inbox inbox;
    static const messaging::Hub hub;
    static const messaging::Messages messages;
    return Protocol{.contracts = system_contracts(),
                    .precompiles = precompiles(),
                    .services = {.inbox = &inbox, .settlement = &hub, .messages = &messages},
                    .end_of_block = end_of_block_hooks,
                    .message_hub_root = &messaging::hub_root,
                    .verification_load = &verification_load,
                    .verify_ahead = &verify_ahead};
}

Protocol enshrined_protocol(ExecutionCache& cache) noexcept {
    Protocol out = enshrined_protocol();
    out.services.runner = &cache.runner;
    out.services.keys = &cache.keys;
    out.services.verdicts = &cache.verdicts;
    return out;
}

}  // namespace enshrine::chain
