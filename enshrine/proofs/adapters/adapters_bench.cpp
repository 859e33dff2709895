// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/adapters/risc0_for_test.hpp>
#include <enshrine/proofs/adapters/sp1_for_test.hpp>

#include <benchmark/benchmark.h>

namespace enshrine::proofs {
namespace {

void sp1_verify(benchmark::State& run, std::string_view version, sp1::System system) {
    const auto sample = sp1::test::Sample::of(version, system);
    const auto key = sample.key();
    for (auto _ : run) {
        if (!key.verify(sample.public_values, sample.proof)) run.SkipWithError("refused");
    }
}
void sp1_groth16(benchmark::State& run) {
    sp1_verify(run, run.range(0) == 6 ? "6.1.0" : "5.0.0", sp1::System::groth16);
}
void sp1_plonk(benchmark::State& run) {
    sp1_verify(run, "5.0.0", sp1::System::plonk);
}
BENCHMARK(sp1_groth16)->Arg(5)->Arg(6)->Unit(benchmark::kMicrosecond);
BENCHMARK(sp1_plonk)->Unit(benchmark::kMicrosecond);

void risc0_receipt(benchmark::State& run) {
    const auto sample = risc0::test::Sample::of("3.0");
    const auto key = sample.key();
    for (auto _ : run) {
        if (!key.verify(sample.journal, sample.seal)) run.SkipWithError("refused");
    }
}
BENCHMARK(risc0_receipt)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace enshrine::proofs

BENCHMARK_MAIN();
