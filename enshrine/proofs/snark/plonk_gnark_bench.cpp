// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/snark/plonk_gnark_for_test.hpp>

#include <benchmark/benchmark.h>

namespace enshrine::proofs::plonk_gnark {
namespace {

void verify_one(benchmark::State& run, bool has_commitment) {
    test::Draw draw{1};
    const Header header{24, static_cast<std::uint16_t>(run.range(0)), has_commitment, has_commitment ? 1000U : 0U};
    const auto trapdoor = test::Trapdoor::draw(draw, header);
    const auto key = VerifyingKey::decode(trapdoor.key).value();
    const auto inputs = proofs::test::draw_inputs<Bn254>(draw, header.input_count);
    const Bytes proof = trapdoor.prove(draw, key, inputs);
    for (auto _ : run) {
        if (!key.verify(inputs, proof)) run.SkipWithError("refused");
    }
}
void plain(benchmark::State& run) {
    verify_one(run, false);
}
void commitment(benchmark::State& run) {
    verify_one(run, true);
}
BENCHMARK(plain)->Arg(2)->Arg(16)->Arg(256)->Unit(benchmark::kMicrosecond);
BENCHMARK(commitment)->Arg(2)->Unit(benchmark::kMicrosecond);

void decode_key(benchmark::State& run) {
    test::Draw draw{1};
    const Bytes bytes = test::Trapdoor::draw(draw, {24, 2, true, 1000}).key;
    for (auto _ : run) benchmark::DoNotOptimize(VerifyingKey::decode(bytes));
}
BENCHMARK(decode_key)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace enshrine::proofs::plonk_gnark

BENCHMARK_MAIN();
