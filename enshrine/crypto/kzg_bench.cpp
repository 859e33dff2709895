// SPDX-License-Identifier: Apache-2.0
//
// c-kzg per byte of blob: what the native scheme of data availability is measured against. The argument is the window
// of its tables for cell proofs in bits: 0, no tables, is what the node uses; 8 is the fastest that c-kzg documents.
#include <enshrine/crypto/kzg.hpp>

#include <benchmark/benchmark.h>
#include <ckzg.h>
#include <enshrine_trusted_setup.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <vector>

namespace enshrine::crypto::kzg {
namespace {

const KZGSettings& settings_with(std::uint64_t window_bits) {
    static std::map<std::uint64_t, KZGSettings> loaded;
    const auto [entry, is_new] = loaded.try_emplace(window_bits);
    if (is_new) {
        std::FILE* text = fmemopen(const_cast<char*>(enshrine_trusted_setup), enshrine_trusted_setup_size, "r");
        if (text == nullptr || load_trusted_setup_file(&entry->second, text, window_bits) != C_KZG_OK) std::abort();
        std::fclose(text);
    }
    return entry->second;
}

const ::Blob& sample_blob() {
    static const ::Blob blob = [] {
        ::Blob out{};
        for (std::size_t i = 0; i < sizeof out.bytes; ++i) {
            // Big-endian elements with a zero on top are below the modulus.
            if (i % 32 != 0) out.bytes[i] = static_cast<Byte>(i * 2'654'435'761U >> 13);
        }
        return out;
    }();
    return blob;
}

struct Cells {
    std::vector<::Cell> cells = std::vector<::Cell>(CELLS_PER_EXT_BLOB);
    std::vector<KZGProof> proofs = std::vector<KZGProof>(CELLS_PER_EXT_BLOB);

    void compute(const KZGSettings& settings) {
        const auto status = compute_cells_and_kzg_proofs(cells.data(), proofs.data(), &sample_blob(), &settings);
        if (status != C_KZG_OK) std::abort();
    }
};

void count_bytes(benchmark::State& run) {
    run.SetBytesProcessed(run.iterations() * static_cast<std::int64_t>(blob_bytes));
}

void commit_and_prove_cells(benchmark::State& run) {
    const KZGSettings& settings = settings_with(static_cast<std::uint64_t>(run.range(0)));
    Cells cells;
    for (auto _ : run) {
        KZGCommitment commitment;
        if (blob_to_kzg_commitment(&commitment, &sample_blob(), &settings) != C_KZG_OK) std::abort();
        benchmark::DoNotOptimize(commitment);
        cells.compute(settings);
    }
    count_bytes(run);
}

void prove_cells(benchmark::State& run) {
    const KZGSettings& settings = settings_with(static_cast<std::uint64_t>(run.range(0)));
    Cells cells;
    for (auto _ : run) cells.compute(settings);
    count_bytes(run);
}

void recover_from_half(benchmark::State& run) {
    const KZGSettings& settings = settings_with(static_cast<std::uint64_t>(run.range(0)));
    Cells all;
    all.compute(settings);
    std::vector<std::uint64_t> indices;
    std::vector<::Cell> half;
    for (std::size_t i = 0; i < all.cells.size(); i += 2) {
        indices.push_back(i);
        half.push_back(all.cells[i]);
    }
    Cells out;
    for (auto _ : run) {
        const auto status = recover_cells_and_kzg_proofs(out.cells.data(), out.proofs.data(), indices.data(),
                                                         half.data(), half.size(), &settings);
        if (status != C_KZG_OK) std::abort();
    }
    count_bytes(run);
}

BENCHMARK(commit_and_prove_cells)->Name("kzg_encode")->Arg(0)->Arg(8)->Unit(benchmark::kMillisecond);
BENCHMARK(prove_cells)->Name("kzg_compute_cells_and_proofs")->Arg(0)->Arg(8)->Unit(benchmark::kMillisecond);
BENCHMARK(recover_from_half)->Name("kzg_recover_cells_and_proofs")->Arg(0)->Arg(8)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace enshrine::crypto::kzg

BENCHMARK_MAIN();
