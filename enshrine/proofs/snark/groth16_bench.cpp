// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/snark/groth16_for_test.hpp>

#include <benchmark/benchmark.h>

namespace enshrine::proofs::groth16 {
namespace {

void verify_one(benchmark::State& run, CommitmentHash commitment) {
    algebra::bn254::Draw draw{1};
    const auto count = static_cast<std::uint16_t>(run.range(0));
    const auto trapdoor = test::Trapdoor::draw(draw, count, commitment);
    const auto key = VerifyingKey::decode(trapdoor.key()).value();
    const auto inputs = test::draw_inputs(draw, count);
    const Bytes proof = trapdoor.prove(draw, inputs);
    for (auto _ : run) {
        if (!key.verify(inputs, proof)) run.SkipWithError("refused");
    }
}
BENCHMARK_CAPTURE(verify_one, plain, CommitmentHash::none)->Arg(2)->Arg(16)->Arg(256)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(verify_one, commitment, CommitmentHash::sha256)->Arg(2)->Unit(benchmark::kMicrosecond);

void decode_key(benchmark::State& run) {
    algebra::bn254::Draw draw{1};
    const Bytes bytes = test::Trapdoor::draw(draw, 2).key();
    for (auto _ : run) benchmark::DoNotOptimize(VerifyingKey::decode(bytes));
}
BENCHMARK(decode_key)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace enshrine::proofs::groth16

BENCHMARK_MAIN();
