// SPDX-License-Identifier: Apache-2.0
#include <enshrine/crypto/kzg.hpp>

#include <benchmark/benchmark.h>

#include <cstdlib>

/// c-kzg per byte of blob, in the window tables that the node uses: what the native scheme is measured against.
namespace enshrine::crypto::kzg {
namespace {

Bytes sample_blob() {
    Bytes out(blob_bytes);
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (i % 32 != 0) out[i] = static_cast<Byte>(i * 2'654'435'761U >> 13);  // big-endian elements below the modulus
    }
    return out;
}

void count_bytes(benchmark::State& run) {
    run.SetBytesProcessed(run.iterations() * static_cast<std::int64_t>(blob_bytes));
}

void commit_and_prove_cells(benchmark::State& run) {
    preload();
    const Bytes blob = sample_blob();
    for (auto _ : run) {
        const auto commitment = blob_to_commitment(blob);
        const auto cells = compute_cells_and_proofs(blob);
        if (!commitment || !cells) std::abort();
        benchmark::DoNotOptimize(cells);
    }
    count_bytes(run);
}
BENCHMARK(commit_and_prove_cells)->Name("kzg_encode")->Unit(benchmark::kMillisecond);

void prove_cells(benchmark::State& run) {
    preload();
    const Bytes blob = sample_blob();
    for (auto _ : run) {
        const auto cells = compute_cells_and_proofs(blob);
        if (!cells) std::abort();
        benchmark::DoNotOptimize(cells);
    }
    count_bytes(run);
}
BENCHMARK(prove_cells)->Name("kzg_compute_cells_and_proofs")->Unit(benchmark::kMillisecond);

void recover(benchmark::State& run) {
    const auto all = compute_cells_and_proofs(sample_blob());
    if (!all) std::abort();
    std::vector<std::uint64_t> indices;
    std::vector<Cell> cells;
    for (std::size_t i = 0; i < all->cells.size(); i += 2) {
        indices.push_back(i);
        cells.push_back(all->cells[i]);
    }
    for (auto _ : run) {
        const auto recovered = recover_cells_and_proofs(indices, cells);
        if (!recovered) std::abort();
        benchmark::DoNotOptimize(recovered);
    }
    count_bytes(run);
}
BENCHMARK(recover)->Name("kzg_recover_cells_and_proofs")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace enshrine::crypto::kzg

BENCHMARK_MAIN();
