// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/batch.hpp>
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

/// Proofs of one key with two inputs.
template <class Key, class Trapdoor>
void verify_many(benchmark::State& run) {
    algebra::bn254::Draw draw{1};
    const auto trapdoor = Trapdoor::draw(draw, power, 2);
    const auto key = Key::decode(trapdoor.key()).value();
    std::vector<std::vector<U256>> inputs;
    std::vector<Bytes> proofs;
    for (std::int64_t i = 0; i < run.range(0); ++i) {
        inputs.push_back(test::draw_inputs<Bn254>(draw, 2));
        proofs.push_back(trapdoor.prove(draw, inputs.back()));
    }
    std::vector<BatchEntry> entries;
    for (std::size_t i = 0; i < proofs.size(); ++i) entries.push_back({&key, inputs[i], proofs[i]});
    for (auto _ : run) {
        for (const auto& verdict : verify_batch(entries, batch_seed(entries))) {
            if (!verdict) run.SkipWithError("refused");
        }
    }
    run.SetItemsProcessed(run.iterations() * run.range(0));
}
void plonk_many(benchmark::State& run) {
    verify_many<plonk::VerifyingKey, plonk::test::Trapdoor<Bn254>>(run);
}
void plonk_many_bls12_381(benchmark::State& run) {
    verify_many<plonk::VerifyingKey, plonk::test::Trapdoor<Bls12381>>(run);
}
void fflonk_many(benchmark::State& run) {
    verify_many<fflonk::VerifyingKey, fflonk::test::Trapdoor>(run);
}
BENCHMARK(plonk_many)->Arg(8)->Arg(64)->Arg(1024)->Unit(benchmark::kMicrosecond);
BENCHMARK(plonk_many_bls12_381)->Arg(1)->Arg(8)->Arg(64)->Unit(benchmark::kMicrosecond);
BENCHMARK(fflonk_many)->Arg(8)->Arg(64)->Arg(1024)->Unit(benchmark::kMicrosecond);

/// All of them of other inputs: what halving costs.
template <class C>
void plonk_wrong(benchmark::State& run) {
    algebra::bn254::Draw draw{1};
    const auto trapdoor = plonk::test::Trapdoor<C>::draw(draw, power, 2);
    const auto key = plonk::VerifyingKey::decode(trapdoor.key()).value();
    const auto inputs = test::draw_inputs<Bn254>(draw, 2);
    std::vector<Bytes> proofs;
    for (std::int64_t i = 0; i < run.range(0); ++i) proofs.push_back(trapdoor.prove(draw, {}));
    std::vector<BatchEntry> entries;
    for (const Bytes& proof : proofs) entries.push_back({&key, inputs, proof});
    for (auto _ : run) {
        for (const auto& verdict : verify_batch(entries, batch_seed(entries))) {
            if (verdict) run.SkipWithError("accepted");
        }
    }
    run.SetItemsProcessed(run.iterations() * run.range(0));
}
BENCHMARK(plonk_wrong<Bn254>)->Arg(64)->Unit(benchmark::kMicrosecond);
BENCHMARK(plonk_wrong<Bls12381>)->Arg(8)->Arg(64)->Unit(benchmark::kMicrosecond);

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
