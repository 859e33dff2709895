// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/snark/ultrahonk_for_test.hpp>

#include <benchmark/benchmark.h>

namespace enshrine::proofs::ultrahonk {
namespace {

struct Fixture {
    Fixture(Version version, Flavour flavour, std::int64_t log_size)
        : trapdoor{test::Trapdoor::draw(draw, {version, flavour, static_cast<std::uint8_t>(log_size), 2})},
          inputs{test::draw_inputs(draw, 2)},
          proof{trapdoor.prove(draw, inputs)} {}

    algebra::bn254::Draw draw{1};
    test::Trapdoor trapdoor;
    std::vector<U256> inputs;
    Bytes proof;
};

void verify_one(benchmark::State& run, Version version, Flavour flavour) {
    const Fixture fixture{version, flavour, run.range(0)};
    for (auto _ : run) {
        if (!fixture.trapdoor.decoded.verify(fixture.inputs, fixture.proof)) run.SkipWithError("refused");
    }
}
/// What is left to do for each proof when claims of one SRS are folded.
void reduce_one(benchmark::State& run, Version version, Flavour flavour) {
    const Fixture fixture{version, flavour, run.range(0)};
    for (auto _ : run) benchmark::DoNotOptimize(fixture.trapdoor.decoded.reduce(fixture.inputs, fixture.proof));
}
void decode_key(benchmark::State& run) {
    const Fixture fixture{Version::bb_5_0, Flavour::plain, 20};
    for (auto _ : run) benchmark::DoNotOptimize(VerifyingKey::decode(fixture.trapdoor.key));
}

constexpr auto plain = Flavour::plain;
constexpr auto zero_knowledge = Flavour::zero_knowledge;
BENCHMARK_CAPTURE(verify_one, bb_5_0_plain, Version::bb_5_0, plain)->Arg(12)->Arg(20)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(verify_one, bb_5_0_zk, Version::bb_5_0, zero_knowledge)
    ->Arg(12)
    ->Arg(20)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(verify_one, bb_3_0_plain, Version::bb_3_0, plain)->Arg(20)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(verify_one, bb_3_0_zk, Version::bb_3_0, zero_knowledge)
    ->Arg(20)
    ->Arg(28)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(reduce_one, bb_5_0_zk, Version::bb_5_0, zero_knowledge)->Arg(20)->Unit(benchmark::kMicrosecond);
BENCHMARK(decode_key)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace enshrine::proofs::ultrahonk

BENCHMARK_MAIN();
