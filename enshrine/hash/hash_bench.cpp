// SPDX-License-Identifier: Apache-2.0
#include <enshrine/hash/keccak.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/hash/sha256_lane_code.hpp>

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

namespace enshrine::hash {
namespace {

constexpr std::size_t block_count = 64;

template <void (*Compress)(Sha256State&, const Byte*, std::size_t) noexcept>
void compress(benchmark::State& run) {
    const Bytes blocks(64 * block_count, 0x5a);
    Sha256State state = sha256_initial_state;
    for (auto _ : run) {
        Compress(state, blocks.data(), block_count);
        benchmark::DoNotOptimize(state);
    }
    run.SetBytesProcessed(run.iterations() * static_cast<std::int64_t>(blocks.size()));
}
BENCHMARK(compress<sha256_compress_portable>)->Name("sha256_compress_portable");
BENCHMARK(compress<sha256_compress>)->Name("sha256_compress_chosen");

void tagged_pair(benchmark::State& run) {
    Hash32 a;
    const Hash32 b;
    for (auto _ : run) {
        a = sha256_tagged_pair(1, a, b);  // each digest waits for the one before: latency, as on a tree path
        benchmark::DoNotOptimize(a);
    }
}
BENCHMARK(tagged_pair);

void sha256_streamed_pair(benchmark::State& run) {
    Hash32 a;
    const Hash32 b;
    const Byte prefix = 1;
    for (auto _ : run) {
        a = Sha256{}.update({&prefix, 1}).update(a.view()).update(b.view()).finish();
        benchmark::DoNotOptimize(a);
    }
}
BENCHMARK(sha256_streamed_pair);

/// Leaves of `row_bytes` bytes, tree levels and coefficients on every instruction set of this processor, beside each
/// other: one that has become slow is seen.
void lanes_rows(benchmark::State& run, const Sha256LaneCode& code) {
    const auto row_bytes = static_cast<std::size_t>(run.range(0));
    constexpr std::size_t row_count = 64;
    const Bytes bytes(row_count * row_bytes, 0x5a);
    std::vector<const Byte*> rows;
    for (std::size_t i = 0; i < row_count; ++i) rows.push_back(bytes.data() + i * row_bytes);
    std::vector<Hash32> out(row_count);
    for (auto _ : run) {
        code.rows(0, rows, row_bytes, out.data());
        benchmark::DoNotOptimize(out.data());
        benchmark::ClobberMemory();
    }
    run.SetBytesProcessed(run.iterations() * static_cast<std::int64_t>(bytes.size()));
}

/// Stripes of 64 bytes, as an encoder pushes them that works through many rows.
void lanes_stripes(benchmark::State& run, const Sha256LaneCode& code) {
    constexpr std::size_t group_count = 64;
    const auto stripe_bytes = static_cast<std::size_t>(run.range(0));
    const Bytes bytes(sha256_lane_count * stripe_bytes, 0x5a);
    std::vector<const Byte*> stripes;
    for (std::size_t i = 0; i < sha256_lane_count; ++i) stripes.push_back(bytes.data() + i * stripe_bytes);
    std::vector<Sha256LaneStates> states(group_count);
    for (Sha256LaneStates& state : states) code.start(state, 0);
    for (auto _ : run) {
        for (Sha256LaneStates& state : states) {
            code.absorb_shifted(state, stripes.data(), stripe_bytes / 64, sha256_lane_count);
        }
        benchmark::ClobberMemory();
    }
    run.SetBytesProcessed(run.iterations() * static_cast<std::int64_t>(group_count * bytes.size()));
}

void lanes_pairs(benchmark::State& run, const Sha256LaneCode& code) {
    constexpr std::size_t pair_count = 256;
    const std::vector<Hash32> in(2 * pair_count);
    std::vector<Hash32> out(pair_count);
    for (auto _ : run) {
        code.pairs(1, in.data(), pair_count, out.data());
        benchmark::DoNotOptimize(out.data());
        benchmark::ClobberMemory();
    }
    run.SetItemsProcessed(run.iterations() * static_cast<std::int64_t>(pair_count));
}

void lanes_seed_index(benchmark::State& run, const Sha256LaneCode& code) {
    constexpr std::size_t count = 256;
    std::vector<Hash32> out(count);
    for (auto _ : run) {
        code.seed_index(Hash32{}, 0, count, out.data());
        benchmark::DoNotOptimize(out.data());
        benchmark::ClobberMemory();
    }
    run.SetItemsProcessed(run.iterations() * static_cast<std::int64_t>(count));
}

const bool lanes_registered = [] {
    for (const Sha256LaneCode* code : sha256_lane_codes()) {
        if (!code->supported()) continue;
        const auto add = [code](const char* name, void (*body)(benchmark::State&, const Sha256LaneCode&)) {
            const std::string full = std::string{name} + "_" + std::string{code->name};
            return benchmark::RegisterBenchmark(full.c_str(),
                                                [code, body](benchmark::State& run) { body(run, *code); });
        };
        add("sha256_rows", lanes_rows)->Arg(64)->Arg(1'024)->Arg(32'768);
        add("sha256_stripes", lanes_stripes)->Arg(64)->Arg(256);
        add("sha256_pairs", lanes_pairs);
        add("sha256_seed_index", lanes_seed_index);
    }
    return true;
}();

template <void (*Permute)(KeccakState&) noexcept>
void permute(benchmark::State& run) {
    KeccakState state{};
    for (auto _ : run) {
        Permute(state);
        benchmark::DoNotOptimize(state);
    }
}
BENCHMARK(permute<keccak_f_portable>)->Name("keccak_f_portable");
BENCHMARK(permute<keccak_f>)->Name("keccak_f_chosen");

void keccak256_of_size(benchmark::State& run) {
    const Bytes message(static_cast<std::size_t>(run.range(0)), 0x5a);
    for (auto _ : run) benchmark::DoNotOptimize(keccak256(message));
    run.SetBytesProcessed(run.iterations() * run.range(0));
}
BENCHMARK(keccak256_of_size)->Name("keccak256")->Arg(32)->Arg(64)->Arg(4096);

}  // namespace
}  // namespace enshrine::hash

BENCHMARK_MAIN();
