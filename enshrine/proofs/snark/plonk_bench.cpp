// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/snark/fflonk_for_test.hpp>
#include <enshrine/proofs/snark/plonk_for_test.hpp>

#include <benchmark/benchmark.h>

namespace enshrine::proofs {
namespace {

constexpr std::uint8_t power = 20;

template <class C>
void plonk_verify(benchmark::State& run) {
    algebra::bn254::Draw draw{1};
    const auto count = static_cast<std::uint16_t>(run.range(0));
    const auto trapdoor = plonk::test::Trapdoor<C>::draw(draw, power, count);
    const auto key = plonk::VerifyingKey::decode(trapdoor.key()).value();
    const auto inputs = test::draw_inputs<C>(draw, count);
    const Bytes proof = trapdoor.prove(draw, inputs);
    for (auto _ : run) {
        if (!key.verify(inputs, proof)) run.SkipWithError("refused");
    }
}
BENCHMARK(plonk_verify<Bn254>)->Arg(2)->Arg(16)->Arg(256)->Unit(benchmark::kMicrosecond);
BENCHMARK(plonk_verify<Bls12381>)->Arg(2)->Arg(16)->Arg(256)->Unit(benchmark::kMicrosecond);

/// Without the pairings, which a batch shares.
template <class C>
void plonk_reduce(benchmark::State& run) {
    algebra::bn254::Draw draw{1};
    const auto trapdoor = plonk::test::Trapdoor<C>::draw(draw, power, 2);
    const auto key = plonk::VerifyingKey::decode(trapdoor.key()).value();
    const auto& prepared = std::get<plonk::PreparedKey<C>>(key.prepared().of_curve);
    const auto inputs = test::draw_inputs<C>(draw, 2);
    const Bytes proof = trapdoor.prove(draw, inputs);
    for (auto _ : run) {
        benchmark::DoNotOptimize(plonk::reduce(prepared, std::span<const U256>{inputs}, BytesView{proof}));
    }
}
BENCHMARK(plonk_reduce<Bn254>)->Unit(benchmark::kMicrosecond);
BENCHMARK(plonk_reduce<Bls12381>)->Unit(benchmark::kMicrosecond);

void plonk_decode_key(benchmark::State& run) {
    algebra::bn254::Draw draw{1};
    const Bytes bytes = plonk::test::Trapdoor<Bn254>::draw(draw, power, 2).key();
    for (auto _ : run) benchmark::DoNotOptimize(plonk::VerifyingKey::decode(bytes));
}
BENCHMARK(plonk_decode_key)->Unit(benchmark::kMicrosecond);

void fflonk_verify(benchmark::State& run) {
    algebra::bn254::Draw draw{1};
    const auto count = static_cast<std::uint16_t>(run.range(0));
    const auto trapdoor = fflonk::test::Trapdoor::draw(draw, power, count);
    const auto key = fflonk::VerifyingKey::decode(trapdoor.key()).value();
    const auto inputs = test::draw_inputs<Bn254>(draw, count);
    const Bytes proof = trapdoor.prove(draw, inputs);
    for (auto _ : run) {
        if (!key.verify(inputs, proof)) run.SkipWithError("refused");
    }
}
BENCHMARK(fflonk_verify)->Arg(1)->Arg(16)->Arg(256)->Unit(benchmark::kMicrosecond);

void fflonk_reduce(benchmark::State& run) {
    algebra::bn254::Draw draw{1};
    const auto trapdoor = fflonk::test::Trapdoor::draw(draw, power, 1);
    const auto key = fflonk::VerifyingKey::decode(trapdoor.key()).value();
    const auto inputs = test::draw_inputs<Bn254>(draw, 1);
    const Bytes proof = trapdoor.prove(draw, inputs);
    for (auto _ : run) benchmark::DoNotOptimize(fflonk::reduce(key.prepared(), inputs, proof));
}
BENCHMARK(fflonk_reduce)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace enshrine::proofs

BENCHMARK_MAIN();
