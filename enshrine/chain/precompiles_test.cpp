// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/chain_for_test.hpp>
#include <enshrine/chain/execute_call.hpp>
#include <enshrine/chain/point_evaluation.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/crypto/kzg_challenge.hpp>

#include <gtest/gtest.h>

namespace enshrine::chain {
namespace {

namespace kzg = crypto::kzg;

constexpr std::uint64_t gas = 100'000;

class Precompiles : public testing::Test {
protected:
    [[nodiscard]] CallOutcome run(BytesView input, std::uint64_t gas_limit = gas, std::uint64_t value = 0) {
        const CallMessage message{.caller = test::account(0),
                                  .receiver = point_evaluation_address,
                                  .value = Amount{value},
                                  .data = input,
                                  .gas_limit = gas_limit};
        return execute_call(state_, message, {}, {}, protocol_);
    }

    test::Chain chain_;
    state::Overlay state_{chain_.view};
    Protocol protocol_ = test::protocol();
};

Bytes input_of(const kzg::Evaluation& claim, const kzg::Proof& proof) {
    Bytes out = to_bytes(kzg::versioned_hash(claim.commitment).view());
    append(out, claim.z.view());
    append(out, claim.y.view());
    append(out, claim.commitment.view());
    append(out, proof.view());
    return out;
}

/// The opening of a blob at the challenge of its blob proof.
const Bytes& valid_input() {
    static const Bytes made = [] {
        Bytes blob(kzg::blob_bytes);
        for (std::size_t i = 0; i < blob.size(); ++i) blob[i] = i % 32 == 0 ? Byte{0} : static_cast<Byte>(i * 7);
        const auto commitment = kzg::blob_to_commitment(blob).value();
        const Hash32 z = kzg::blob_challenge(blob, commitment).value();
        const kzg::Opening opening = kzg::compute_proof(blob, z).value();
        return input_of({.commitment = commitment, .z = z, .y = opening.y}, opening.proof);
    }();
    return made;
}

void expect_failed(const CallOutcome& outcome, std::uint64_t gas_limit) {
    EXPECT_FALSE(outcome.succeeded);
    EXPECT_EQ(outcome.gas_used, gas_limit);
    EXPECT_TRUE(outcome.output.empty());
    EXPECT_TRUE(outcome.logs.empty());
}

// [CHAIN-PRE.1] [CHAIN-PRE.3]
TEST_F(Precompiles, R3PointEvaluationAnswersSizeAndModulus) {
    const CallOutcome outcome = run(valid_input(), gas, 5);
    ASSERT_TRUE(outcome.succeeded);
    EXPECT_EQ(outcome.gas_used, 50'000U);
    EXPECT_EQ(codec::format_hex(outcome.output),
              "0x0000000000000000000000000000000000000000000000000000000000001000"
              "73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001");
    EXPECT_EQ(system::load_account(state_, point_evaluation_address).balance.wei(), U256{5});
}

// [CHAIN-PRE.2]
TEST_F(Precompiles, R2TheGasHasToFitTheLimit) {
    EXPECT_TRUE(run(valid_input(), 50'000).succeeded);
    expect_failed(run(valid_input(), 49'999), 49'999);
}

TEST_F(Precompiles, R2ARefusedInputMovesNoValue) {
    expect_failed(run(Bytes{}, gas, 5), gas);
    EXPECT_TRUE(system::load_account(state_, point_evaluation_address).balance.is_zero());
}

TEST_F(Precompiles, R3InputHas192Bytes) {
    Bytes input = valid_input();
    input.push_back(0);
    expect_failed(run(input), gas);
    input.resize(191);
    expect_failed(run(input), gas);
}

TEST_F(Precompiles, R3EveryFlippedByteIsRefused) {
    for (std::size_t i = 0; i < point_evaluation_input_bytes; ++i) {
        Bytes input = valid_input();
        input[i] ^= 1;
        EXPECT_FALSE(evaluate_point(input).has_value()) << i;
    }
}

TEST_F(Precompiles, R3ValuesAreBelowTheModulus) {
    for (const std::size_t at : {std::size_t{32}, std::size_t{64}}) {
        Bytes input = valid_input();
        const Hash32 same_residue = (U256::from_be(BytesView{input}.subspan(at, 32)) + kzg::field_modulus).to_be();
        std::ranges::copy(same_residue, input.begin() + static_cast<std::ptrdiff_t>(at));
        EXPECT_FALSE(evaluate_point(input).has_value()) << at;
    }
}

TEST_F(Precompiles, OthersArePlainAccounts) {
    EXPECT_EQ(find_precompile(precompiles(), precompile_address(0xff)), nullptr);
    EXPECT_TRUE(std::ranges::is_sorted(precompiles(), {}, &Precompile::address));
}

// [CHAIN-CALL.6]
TEST_F(Precompiles, QuestionsReachThem) {
    CallRequest request;
    request.receiver = point_evaluation_address;
    request.data = valid_input();
    request.gas_limit = gas;
    const auto outcome = call(state_, request, {}, protocol_);
    ASSERT_TRUE(outcome.has_value());
    EXPECT_TRUE(outcome->succeeded);
    EXPECT_EQ(outcome->gas_used, 21'000 + 192 * calldata_byte_gas + 50'000);
}

}  // namespace
}  // namespace enshrine::chain
