// SPDX-License-Identifier: Apache-2.0
#include <enshrine/state/tree.hpp>

#include <benchmark/benchmark.h>

#include <cstring>
#include <unordered_map>

namespace enshrine::state {
namespace {

struct PathHasher {
    std::size_t operator()(const Hash32& hash) const noexcept { return load_le<std::size_t>(hash.data()); }
};

class HashedNodes final : public NodeReader {
public:
    [[nodiscard]] std::optional<NodePreimage> node(const Hash32& hash) override {
        const auto found = nodes.find(hash);
        if (found == nodes.end()) return std::nullopt;
        return found->second;
    }
    void apply(const TreeUpdate& change) {
        for (const NewNode& created : change.created) nodes.emplace(created.hash, created.preimage);
        for (const Hash32& stale : change.stale) nodes.erase(stale);
        root = change.root;
    }
    std::unordered_map<Hash32, NodePreimage, PathHasher> nodes;
    Hash32 root;
};

std::vector<PathChange> changes_of(std::uint64_t first, std::uint64_t step, std::uint64_t count, Byte value) {
    WriteSet changes;
    for (std::uint64_t i = 0; i < count; ++i) changes[Key{Module::account}.u64(first + i * step)] = Bytes{value};
    return path_changes(changes);
}

/// Overwrites `range(1)` of `range(0)` accounts: a batch of 1,000 payments touches about 2,000.
void overwrite(benchmark::State& run) {
    const auto accounts = static_cast<std::uint64_t>(run.range(0));
    const auto count = static_cast<std::uint64_t>(run.range(1));
    HashedNodes nodes;
    nodes.apply(update(nodes, nodes.root, changes_of(0, 1, accounts, 1)).value());
    const auto changes = changes_of(0, accounts / count, count, 2);
    std::size_t created = 0;
    for (auto _ : run) {
        const auto change = update(nodes, nodes.root, changes);
        created = change->created.size();
        benchmark::DoNotOptimize(change);
    }
    run.counters["nodes"] = static_cast<double>(created);
    run.SetItemsProcessed(run.iterations() * run.range(1));
}
BENCHMARK(overwrite)
    ->Args({1 << 10, 100})
    ->Args({100'000, 2'000})
    ->Args({100'000, 20'000})
    ->Unit(benchmark::kMicrosecond);

void build(benchmark::State& run) {
    const auto changes = changes_of(0, 1, static_cast<std::uint64_t>(run.range(0)), 1);
    HashedNodes nodes;
    for (auto _ : run) benchmark::DoNotOptimize(update(nodes, empty_root, changes));
    run.SetItemsProcessed(run.iterations() * run.range(0));
}
BENCHMARK(build)->Arg(1'000)->Arg(100'000)->Unit(benchmark::kMicrosecond);

void verify(benchmark::State& run) {
    HashedNodes nodes;
    nodes.apply(update(nodes, nodes.root, changes_of(0, 1, 100'000, 1)).value());
    const Hash32 path = path_of(Key{Module::account}.u64(77));
    const Proof proof = prove(nodes, nodes.root, path).value();
    for (auto _ : run) benchmark::DoNotOptimize(verify_proof(nodes.root, path, proof));
}
BENCHMARK(verify);

}  // namespace
}  // namespace enshrine::state

BENCHMARK_MAIN();
