// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/batch.hpp>
#include <enshrine/proofs/snark/groth16_for_test.hpp>

#include <benchmark/benchmark.h>

namespace enshrine::proofs::groth16 {
namespace {

template <class C>
void verify_single(benchmark::State& run, CommitmentHash commitment) {
    algebra::bn254::Draw draw{1};
    const auto count = static_cast<std::uint16_t>(run.range(0));
    const auto trapdoor = test::TrapdoorOn<C>::draw(draw, count, commitment);
    const auto key = VerifyingKey::decode(trapdoor.key()).value();
    const auto inputs = proofs::test::draw_inputs<C>(draw, count);
    const Bytes proof = trapdoor.prove(draw, inputs);
    for (auto _ : run) {
        if (!key.verify(inputs, proof)) run.SkipWithError("refused");
    }
}
void verify_one(benchmark::State& run, CommitmentHash commitment) {
    verify_single<Bn254>(run, commitment);
}
void bls12_381_one(benchmark::State& run) {
    verify_single<Bls12381>(run, CommitmentHash::none);
}
BENCHMARK_CAPTURE(verify_one, plain, CommitmentHash::none)->Arg(2)->Arg(16)->Arg(256)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(verify_one, commitment, CommitmentHash::sha256)->Arg(2)->Unit(benchmark::kMicrosecond);
BENCHMARK(bls12_381_one)->Arg(2)->Arg(16)->Arg(256)->Unit(benchmark::kMicrosecond);

void decode_key(benchmark::State& run) {
    algebra::bn254::Draw draw{1};
    const Bytes bytes = test::Trapdoor::draw(draw, 2).key();
    for (auto _ : run) benchmark::DoNotOptimize(VerifyingKey::decode(bytes));
}
BENCHMARK(decode_key)->Unit(benchmark::kMicrosecond);

/// Proofs of keys with two inputs that take turns.
template <class C>
struct Many {
    std::vector<test::TrapdoorOn<C>> trapdoors;
    std::vector<VerifyingKey> keys;
    std::vector<std::vector<U256>> inputs;
    std::vector<Bytes> proofs;

    Many(std::size_t key_count, std::size_t proof_count) {
        algebra::bn254::Draw draw{1};
        for (std::size_t i = 0; i < key_count; ++i) {
            trapdoors.push_back(test::TrapdoorOn<C>::draw(draw, 2));
            keys.push_back(VerifyingKey::decode(trapdoors.back().key()).value());
        }
        for (std::size_t i = 0; i < proof_count; ++i) {
            inputs.push_back(proofs::test::draw_inputs<C>(draw, 2));
            proofs.push_back(trapdoors[i % key_count].prove(draw, inputs.back()));
        }
    }
    [[nodiscard]] std::vector<BatchEntry> entries() const {
        std::vector<BatchEntry> out;
        for (std::size_t i = 0; i < proofs.size(); ++i) out.push_back({&keys[i % keys.size()], inputs[i], proofs[i]});
        return out;
    }
};

void verify_entries(benchmark::State& run, std::span<const BatchEntry> entries, std::size_t wrong) {
    for (auto _ : run) {
        std::size_t refused = 0;
        for (const auto& verdict : verify_batch(entries, batch_seed(entries))) refused += verdict ? 0 : 1;
        if (refused != wrong) run.SkipWithError("wrong verdicts");
    }
    run.SetItemsProcessed(run.iterations() * run.range(0));
}

template <class C>
void verify_right(benchmark::State& run, std::size_t keys) {
    const Many<C> many{keys, static_cast<std::size_t>(run.range(0))};
    verify_entries(run, many.entries(), 0);
}
void verify_many(benchmark::State& run, std::size_t keys) {
    verify_right<Bn254>(run, keys);
}
void bls12_381_many(benchmark::State& run, std::size_t keys) {
    verify_right<Bls12381>(run, keys);
}
BENCHMARK_CAPTURE(verify_many, one_key, 1)->Arg(8)->Arg(64)->Arg(1024)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(verify_many, eight_keys, 8)->Arg(64)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(bls12_381_many, one_key, 1)->Arg(1)->Arg(8)->Arg(64)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(bls12_381_many, eight_keys, 8)->Arg(64)->Unit(benchmark::kMicrosecond);

/// One of them, and all of them, are of other inputs: what halving costs. With a key for each there is little to share.
enum class Keys { shared, own };
template <class C>
void verify_mixed(benchmark::State& run, bool all, Keys keys) {
    const auto count = static_cast<std::size_t>(run.range(0));
    Many<C> many{keys == Keys::shared ? 1 : count, count};
    const std::size_t wrong = all ? many.inputs.size() : 1;
    for (std::size_t i = 0; i < wrong; ++i) many.inputs[i][0] = U256{i};
    verify_entries(run, many.entries(), wrong);
}
void verify_wrong(benchmark::State& run, bool all, Keys keys) {
    verify_mixed<Bn254>(run, all, keys);
}
void bls12_381_wrong(benchmark::State& run, bool all, Keys keys) {
    verify_mixed<Bls12381>(run, all, keys);
}
BENCHMARK_CAPTURE(verify_wrong, one, false, Keys::shared)->Arg(64)->Arg(1024)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(verify_wrong, all, true, Keys::shared)->Arg(8)->Arg(64)->Arg(1024)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(verify_wrong, one_of_many_keys, false, Keys::own)->Arg(64)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(verify_wrong, all_of_many_keys, true, Keys::own)->Arg(64)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(bls12_381_wrong, one, false, Keys::shared)->Arg(64)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(bls12_381_wrong, all, true, Keys::shared)->Arg(8)->Arg(64)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(bls12_381_wrong, all_of_many_keys, true, Keys::own)->Arg(8)->Arg(64)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace enshrine::proofs::groth16

BENCHMARK_MAIN();
