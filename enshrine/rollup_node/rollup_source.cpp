// SPDX-License-Identifier: Apache-2.0
#include <enshrine/rollup_node/rollup_source.hpp>

#include <enshrine/codec/hex.hpp>
#include <enshrine/rollup_node/batch_assembly.hpp>
#include <enshrine/store/node_views.hpp>

#include <fmt/format.h>

namespace enshrine::rollup_node {

std::expected<std::unique_ptr<RollupSource>, std::string> RollupSource::open(client::L1Client& l1, std::uint64_t rollup,
                                                                            const std::filesystem::path& data_dir) {
    auto source = std::make_unique<RollupSource>();
    auto status = l1.rollup_status(rollup);
    if (!status) return std::unexpected{fmt::format("rollup {}: {}", rollup, status.error().message)};
    source->registered = *std::move(status);
    const auto elf = l1.rollup_program(rollup);
    if (!elf) return std::unexpected{fmt::format("program of rollup {}: {}", rollup, elf.error().message)};
    auto executor = Executor::make(rollup, *elf);
    if (!executor) return std::unexpected{executor.error()};
    source->executor = *std::move(executor);
    if (source->executor->program_id() != source->registered.program_id) {
        return std::unexpected{fmt::format("program of rollup {}: expected identifier {}, got {}", rollup,
                                           codec::format_hex(source->registered.program_id.view()),
                                           codec::format_hex(source->executor->program_id().view()))};
    }
    const auto genesis = l1.rollup_genesis(rollup);
    if (!genesis) return std::unexpected{fmt::format("genesis of rollup {}: {}", rollup, genesis.error().message)};
    std::error_code error;
    std::filesystem::create_directories(data_dir, error);
    if (error) return std::unexpected{fmt::format("{}: {}", data_dir.string(), error.message())};
    auto store = RollupStore::open({.path = data_dir / "state",
                                    .rollup = rollup,
                                    .genesis = *genesis,
                                    .genesis_state_root = source->registered.genesis_state_root});
    if (!store) return std::unexpected{store.error()};
    source->store = *std::move(store);
    return source;
}

std::expected<bool, std::string> follow_l1(client::L1Client& l1, PayloadNetwork& network, RollupSource& source,
                                           std::uint64_t registered_sequence) {
    const RollupHead head = source.store->head();
    if (head.sequence >= registered_sequence) return false;
    auto fetched = fetch_batch({.l1 = l1, .network = network, .rollup = source.registered.id}, head);
    if (!fetched) return std::unexpected{fetched.error()};
    store::NodePreimages preimages{source.store->nodes()};
    const auto result = source.executor->execute(fetched->inputs, preimages);
    if (!result) return std::unexpected{fmt::format("batch {}: {}", head.sequence + 1, result.error())};
    const BatchRecord record = make_batch_record(head, fetched->inputs, std::move(fetched->payload), *result);
    if (auto stored = source.store->append({record, result->offered, result->witness, {}}); !stored) {
        return std::unexpected{stored.error()};
    }
    return true;
}

}  // namespace enshrine::rollup_node
