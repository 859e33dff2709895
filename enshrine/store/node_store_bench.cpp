// SPDX-License-Identifier: Apache-2.0
#include <enshrine/store/node_store.hpp>
#include <enshrine/store/node_views.hpp>
#include <enshrine/store/temp_folder_for_test.hpp>

#include <benchmark/benchmark.h>

namespace enshrine::store {
namespace {

/// A rollup of 100,000 accounts; batches of 1,000 payments touch 2,000 of them.
struct Rollup {
    TempFolder folder;
    std::unique_ptr<NodeStore> store;

    Rollup() : store{NodeStore::open({.path = folder.path(), .rollup_id = 901}).value()} { advance(0, 1, 100'000); }

    struct Offer {
        Hash32 new_root;
        std::vector<Bytes> preimages;
    };
    [[nodiscard]] Offer offer(std::uint64_t first, std::uint64_t step, std::uint64_t count) const {
        state::WriteSet changes;
        const Byte tag = static_cast<Byte>(store->head().has_value() ? store->head()->sequence : 0);
        Offer out;
        for (std::uint64_t i = 0; i < count; ++i) {
            Bytes value(48, tag);
            store_be(value.data(), first + i * step);
            out.preimages.push_back(value);
            changes[state::Key{state::Module::rollup_account}.u64((first + i * step) % 100'000)] = std::move(value);
        }
        VersionNodes nodes{*store};
        const Hash32 root = store->head().has_value() ? store->head()->root : state::empty_root;
        const auto change = state::update(nodes, root, state::path_changes(changes)).value();
        for (const auto& node : change.created) out.preimages.emplace_back(node.preimage.begin(), node.preimage.end());
        out.new_root = change.root;
        return out;
    }
    void apply(const Offer& offer) {
        const auto head = store->head();
        const auto done = store->apply_version({.sequence = head.has_value() ? head->sequence + 1 : 0,
                                                .old_root = head.has_value() ? head->root : state::empty_root,
                                                .new_root = offer.new_root,
                                                .offered = offer.preimages,
                                                .extra = {}});
        ENSHRINE_ASSERT(done.has_value());
    }
    void advance(std::uint64_t first, std::uint64_t step, std::uint64_t count) { apply(offer(first, step, count)); }
};

void preimage_hit(benchmark::State& run) {
    Rollup rollup;
    const auto batch = rollup.offer(7, 50, 2'000);
    rollup.apply(batch);
    VersionNodes nodes{*rollup.store};
    std::vector<Hash32> hashes;
    for (std::uint64_t i = 0; i < 2'000; ++i) {
        Hash32 at = batch.new_root;
        const Hash32 path = state::path_of(state::Key{state::Module::rollup_account}.u64(7 + i * 50));
        for (std::size_t depth = 0; at != state::empty_root; ++depth) {
            hashes.push_back(at);
            const auto node = nodes.node(at).value();
            if (node[0] == 0) break;
            const bool right = ((path[depth / 8] >> (7 - depth % 8)) & 1) != 0;
            at = Hash32::from(BytesView{node}.subspan(right ? 33 : 1, 32));
        }
    }
    PreimageBuffer buffer;
    std::size_t next = 0;
    for (auto _ : run) {
        benchmark::DoNotOptimize(rollup.store->preimage(hashes[next], buffer));
        next = next + 1 == hashes.size() ? 0 : next + 1;
    }
}
BENCHMARK(preimage_hit);

/// Long enough that every version prunes one.
void apply_version(benchmark::State& run) {
    Rollup rollup;
    std::uint64_t batch = 0;
    for (auto _ : run) {
        run.PauseTiming();
        const auto offer = rollup.offer(++batch * 13, 50, 2'000);
        run.ResumeTiming();
        rollup.apply(offer);
    }
}
BENCHMARK(apply_version)->Iterations(80)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace enshrine::store

BENCHMARK_MAIN();
