// SPDX-License-Identifier: Apache-2.0
#include <enshrine/hash/keccak.hpp>
#include <enshrine/hash/sha256.hpp>

#include <benchmark/benchmark.h>

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
