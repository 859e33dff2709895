// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/chain_for_test.hpp>
#include <enshrine/chain/contracts.hpp>
#include <enshrine/proofs/params.hpp>
#include <enshrine/proofs/snark/groth16_for_test.hpp>
#include <enshrine/system/addresses.hpp>

#include <benchmark/benchmark.h>

#include <array>

/// What one block holds of Groth16 proofs with two inputs, and how fast a node that has seen none of them checks it.
namespace enshrine::chain {
namespace {

using proofs::groth16::test::Trapdoor;

constexpr std::size_t offered = 400;

types::Transaction call_verifier(std::string_view method, const codec::abi::Encoder& arguments) {
    types::Transaction txn = test::transfer();
    txn.to = system::proof_verifier_address;
    txn.value = Amount{};
    txn.gas_limit = 600'000;
    txn.data = arguments.finish_call(codec::abi::selector(method));
    return txn;
}

enum class Proofs { right, wrong };

struct ProofBlock {
    explicit ProofBlock(Proofs which) {
        algebra::bn254::Draw draw{1};
        const Trapdoor trapdoor = Trapdoor::draw(draw, 2);
        const Bytes key = trapdoor.key();
        const Hash32 id = proofs::AnyKey::decode(key)->id();
        codec::abi::Encoder registration{1};
        types::Transaction txn = call_verifier("registerKey(bytes key)", registration.bytes(key));
        txn.value = Amount{U256{key.size()} * U256{proofs::key_deposit_per_byte}};
        txn.gas_limit = 3'000'000;
        const std::vector first{test::valid(txn, 0)};
        commit(first);
        for (std::uint64_t i = 0; i < proofs::probation_blocks; ++i) commit({});
        ENSHRINE_ASSERT(cache.keys.load(key).has_value());
        std::array<std::uint64_t, test::key_count> nonces{1};
        std::vector<ValidTransaction> txns;
        for (std::size_t i = 0; i < offered; ++i) {
            auto inputs = proofs::groth16::test::draw_inputs(draw, 2);
            const Bytes proof = trapdoor.prove(draw, inputs);
            if (which == Proofs::wrong) inputs = proofs::groth16::test::draw_inputs(draw, 2);
            const std::vector<Hash32> words{inputs[0].to_be(), inputs[1].to_be()};
            codec::abi::Encoder arguments{3};
            txn = call_verifier("verify(bytes32 keyId, uint256[] inputs, bytes proof)",
                                arguments.bytes32(id).words(words).bytes(proof));
            const std::size_t sender = i % test::key_count;
            txn.nonce = nonces[sender]++;
            txns.push_back(test::valid(txn, sender));
        }
        const auto built = build(txns);
        block = built.block;
        for (const types::Receipt& receipt : built.receipts) {
            ENSHRINE_ASSERT(receipt.status == (which == Proofs::right));
        }
    }
    ExecutedBlock build(std::span<const ValidTransaction> txns) {
        std::vector<BlockTransaction> items;
        for (const ValidTransaction& txn : txns) items.push_back({.txn = &txn, .blobs = {}});
        auto out = execute_block(
            chain.parent(),
            {.timestamp = chain.header.timestamp + 1, .proposer = chain.proposer, .extra = {}, .transactions = items},
            enshrined_protocol(cache));
        ENSHRINE_ASSERT(out.has_value());
        return *std::move(out);
    }
    void commit(std::span<const ValidTransaction> txns) { chain.commit(build(txns)); }
    /// From the bytes of a block to its state root: signatures of transactions, proofs, execution, tree.
    [[nodiscard]] bool verify(const Protocol& protocol) {
        cache.verdicts = {};
        const auto txns = validate_transactions(block.transactions, test::chain_id);
        return txns && verify_block(chain.parent(), BlockClaim{.block = block, .transactions = *txns}, protocol);
    }

    test::Chain chain;
    ExecutionCache cache = *ExecutionCache::make();
    types::Block block;
};

void verify_proof_block(benchmark::State& run, Proofs which, bool together) {
    ProofBlock made{which};
    Protocol protocol = enshrined_protocol(made.cache);
    if (!together) protocol.verify_ahead = nullptr;
    for (auto _ : run) {
        if (!made.verify(protocol)) run.SkipWithError("the block was refused");
    }
    const auto count = static_cast<double>(made.block.transactions.size());
    run.counters["proofs_in_block"] = count;
    run.counters["gas_used"] = static_cast<double>(made.block.header.gas_used);
    run.counters["gas_limit"] = static_cast<double>(made.block.header.gas_limit);
    run.counters["proofs_per_second"] = benchmark::Counter(count, benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK_CAPTURE(verify_proof_block, together, Proofs::right, true)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(verify_proof_block, alone, Proofs::right, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(verify_proof_block, all_wrong, Proofs::wrong, true)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace enshrine::chain

BENCHMARK_MAIN();
