// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/batch.hpp>
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

/// Proofs of one key with two inputs; `keys` of them take turns.
void verify_many(benchmark::State& run, std::size_t keys) {
    algebra::bn254::Draw draw{1};
    std::vector<VerifyingKey> decoded;
    std::vector<test::Trapdoor> trapdoors;
    for (std::size_t i = 0; i < keys; ++i) {
        trapdoors.push_back(test::Trapdoor::draw(draw, 2));
        decoded.push_back(VerifyingKey::decode(trapdoors.back().key()).value());
    }
    std::vector<std::vector<U256>> inputs;
    std::vector<Bytes> proofs;
    for (std::size_t i = 0; i < static_cast<std::size_t>(run.range(0)); ++i) {
        inputs.push_back(test::draw_inputs(draw, 2));
        proofs.push_back(trapdoors[i % keys].prove(draw, inputs.back()));
    }
    std::vector<BatchEntry> entries;
    for (std::size_t i = 0; i < proofs.size(); ++i) entries.push_back({&decoded[i % keys], inputs[i], proofs[i]});
    for (auto _ : run) {
        for (const auto& verdict : verify_batch(entries, batch_seed(entries))) {
            if (!verdict) run.SkipWithError("refused");
        }
    }
    run.SetItemsProcessed(run.iterations() * run.range(0));
}
BENCHMARK_CAPTURE(verify_many, one_key, 1)->Arg(8)->Arg(64)->Arg(1024)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(verify_many, eight_keys, 8)->Arg(64)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace enshrine::proofs::groth16

BENCHMARK_MAIN();
