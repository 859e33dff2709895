// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Each implementation next to the scalar one. Time is that of the thread; bytes are those of the rows.
#include <enshrine/algebra/gf16_stripe.hpp>
#include <enshrine/algebra/row_combiner.hpp>

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

namespace enshrine::algebra {
namespace {

struct alignas(64) Line {
    std::array<Byte, 64> bytes{};
};
using Buffer = std::vector<Line>;

Buffer stripe_of(std::size_t rows) {
    Buffer out(stripe_bytes(rows + 1) / sizeof(Line));
    Byte value = 1;
    for (Line& line : out) {
        for (Byte& byte : line.bytes) byte = value = static_cast<Byte>(value * 29 + 7);
    }
    return out;
}

void count_bytes(benchmark::State& run, std::size_t bytes) {
    run.SetBytesProcessed(run.iterations() * static_cast<std::int64_t>(bytes));
}

void ifft(benchmark::State& run, const Gf16Kernel* kernel) {
    const auto rows = static_cast<std::size_t>(run.range(0));
    Buffer stripe = stripe_of(rows);
    for (auto _ : run) {
        kernel->ifft(stripe.data()->bytes.data(), {rows, rows}, {});
        benchmark::ClobberMemory();
    }
    count_bytes(run, rows * stripe_row_bytes);
}

void fft(benchmark::State& run, const Gf16Kernel* kernel) {
    const auto rows = static_cast<std::size_t>(run.range(0));
    const Buffer from = stripe_of(rows);
    Buffer to = from;
    for (auto _ : run) {
        kernel->fft(from.data()->bytes.data(), to.data()->bytes.data(), {rows, rows}, 3, {});
        benchmark::ClobberMemory();
    }
    count_bytes(run, rows * stripe_row_bytes);
}

/// 64 rows of the given bytes, as often as fill a cache of the second level.
void combine(benchmark::State& run, const Gf16Kernel* kernel) {
    const auto row_bytes = static_cast<std::size_t>(run.range(0));
    std::vector<Combination> coefficients(row_bytes / 2);
    for (std::size_t i = 0; i < coefficients.size(); ++i) coefficients[i].fill(static_cast<Byte>(i * 13 + 1));
    const RowCombiner combiner{coefficients, *kernel};
    constexpr std::size_t row_count = 64;
    const Buffer rows(row_count * row_bytes / sizeof(Line));
    std::vector<const Byte*> pointers(row_count);
    for (std::size_t i = 0; i < row_count; ++i) pointers[i] = rows.data()->bytes.data() + i * row_bytes;
    std::vector<Combination> out(row_count);
    for (auto _ : run) {
        combiner.combine(pointers, out.data());
        benchmark::DoNotOptimize(out.data());
    }
    count_bytes(run, row_count * row_bytes);
}

/// A transform with hooks that do nothing has this limit: reading and writing a stripe in the nearest caches.
void copy_stripe(benchmark::State& run) {
    const auto rows = static_cast<std::size_t>(run.range(0));
    const Buffer from = stripe_of(rows);
    Buffer to = from;
    for (auto _ : run) {
        std::memcpy(to.data(), from.data(), stripe_bytes(rows));
        benchmark::ClobberMemory();
    }
    count_bytes(run, rows * stripe_row_bytes);
}
BENCHMARK(copy_stripe)->Arg(4096);

void register_all() {
    for (const Gf16Path path : {Gf16Path::scalar, Gf16Path::avx2, Gf16Path::avx2_gfni, Gf16Path::avx512_gfni}) {
        const Gf16Kernel* kernel = gf16_kernel(path);
        if (kernel == nullptr) continue;
        const std::string suffix = "/" + std::string{name_of(path)};
        benchmark::RegisterBenchmark(("ifft" + suffix).c_str(), ifft, kernel)->Arg(64)->Arg(4096);
        benchmark::RegisterBenchmark(("fft" + suffix).c_str(), fft, kernel)->Arg(64)->Arg(4096);
        benchmark::RegisterBenchmark(("combine" + suffix).c_str(), combine, kernel)->Arg(64)->Arg(1024)->Arg(32'768);
    }
}

}  // namespace
}  // namespace enshrine::algebra

int main(int argc, char** argv) {
    enshrine::algebra::register_all();
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
