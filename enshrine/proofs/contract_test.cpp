// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/adapters/sp1_for_test.hpp>
#include <enshrine/proofs/errors.hpp>
#include <enshrine/proofs/interface.hpp>
#include <enshrine/proofs/key_cache.hpp>
#include <enshrine/proofs/key_id.hpp>
#include <enshrine/proofs/params.hpp>
#include <enshrine/proofs/receipts.hpp>
#include <enshrine/proofs/records.hpp>
#include <enshrine/proofs/snark/groth16_for_test.hpp>
#include <enshrine/proofs/snark/ultrahonk_for_test.hpp>
#include <enshrine/system/addresses.hpp>
#include <enshrine/system/call_for_test.hpp>

#include <gtest/gtest.h>

namespace enshrine::proofs {
namespace {

using algebra::bn254::Draw;
using groth16::test::Trapdoor;
using system::refused_with;

constexpr std::string_view register_method = "registerKey(bytes key)";
constexpr std::string_view verify_method = "verify(bytes32 keyId, uint256[] inputs, bytes proof)";
constexpr std::string_view freeze_method = "freezeKey(bytes32 keyId)";
constexpr std::string_view unfreeze_method = "unfreezeKey(bytes32 keyId)";
constexpr std::string_view retire_method = "retireKey(bytes32 keyId)";
constexpr std::string_view status_method = "status(bytes32 keyId)";

Address account(Byte number) {
    Address out;
    out[0] = number;
    return out;
}

class ProofVerifier : public testing::Test {
protected:
    ProofVerifier() {
        chain.services.keys = &keys;
        for (Byte i = 1; i <= 3; ++i) {
            ENSHRINE_ASSERT(system::credit(chain.state, account(i), Amount{std::uint64_t{1} << 62}).has_value());
        }
    }
    static Amount deposit_of(BytesView bytes) { return Amount{U256{bytes.size()} * U256{key_deposit_per_byte}}; }
    system::CallResult call(const Address& caller, std::string_view method, const auto&... values) {
        return chain.call({.contract = contract(), .caller = caller, .method = method}, values...);
    }
    system::CallResult enroll(const Address& caller, const Bytes& bytes) {
        return enroll(caller, bytes, deposit_of(bytes));
    }
    system::CallResult enroll(const Address& caller, const Bytes& bytes, const Amount& value) {
        return chain.call({.contract = contract(), .caller = caller, .method = register_method, .value = value}, bytes);
    }
    system::CallResult verify(const Address& caller, std::span<const U256> inputs, const Bytes& proof) {
        std::vector<Hash32> words;
        for (const U256& input : inputs) words.push_back(input.to_be());
        return call(caller, verify_method, id, words, proof);
    }
    KeyStatus status() {
        return KeyStatus{
            static_cast<std::uint8_t>(system::answer_word(call(account(3), status_method, id), 0).low_u64())};
    }
    Amount balance(const Address& address) { return system::load_account(chain.state, address).balance; }
    void activate() {
        ASSERT_TRUE(enroll(account(1), key).has_value());
        chain.block.height += probation_blocks;
    }

    system::TestChain chain;
    KeyCache keys;
    Draw draw{7};
    Trapdoor trapdoor = Trapdoor::draw(draw, 2);
    Bytes key = trapdoor.key();
    Hash32 id = AnyKey::decode(key)->id();
};

TEST_F(ProofVerifier, Pkey2ChecksTheKeyAtRegistration) {  // [PKEY.1] [PKEY.2] [PKEY.4]
    const auto made = enroll(account(1), key);
    ASSERT_TRUE(made.has_value());
    EXPECT_EQ(Hash32::from(*made), id);
    EXPECT_EQ(load_key_bytes(chain.state, id), key);
    EXPECT_EQ(chain.gas_used, registration_gas(key.size()));
    EXPECT_EQ(chain.logs.size(), 1U);
    EXPECT_TRUE(refused_with(enroll(account(1), Bytes(key_bytes_max + 1)), errors::key_too_large));
    for (const Byte kind : {Byte{0}, Byte{99}}) {
        Bytes other = key;
        other[0] = kind;
        EXPECT_TRUE(refused_with(enroll(account(1), other), errors::key_refused));
    }
    Trapdoor forgeable = Trapdoor::draw(draw, 2);
    forgeable.gamma = forgeable.delta;  // a key whose second phase was left out
    EXPECT_TRUE(refused_with(enroll(account(1), forgeable.key()), errors::key_refused));
    Bytes longer = key;
    longer.push_back(0);
    EXPECT_TRUE(refused_with(enroll(account(1), longer), errors::key_refused));
    EXPECT_TRUE(refused_with(enroll(account(1), Bytes{}), errors::key_refused));
}

TEST_F(ProofVerifier, Pkey3TakesExactlyTheDeposit) {  // [PKEY.3] [PKEY.9]
    const Amount before = balance(account(1));
    const Amount right = deposit_of(key);
    const Amount less = *checked_sub(right, Amount{std::uint64_t{1}});
    const Amount more = *checked_add(right, Amount{std::uint64_t{1}});
    EXPECT_TRUE(refused_with(enroll(account(1), key, less), errors::wrong_deposit));
    EXPECT_TRUE(refused_with(enroll(account(1), key, more), errors::wrong_deposit));
    EXPECT_EQ(balance(account(1)), before);
    ASSERT_TRUE(enroll(account(1), key).has_value());
    EXPECT_EQ(balance(system::proof_verifier_address), right);
    EXPECT_EQ(load_holder(chain.state, id, account(1))->deposit, right);
    ASSERT_TRUE(call(account(1), retire_method, id).has_value());
    EXPECT_EQ(balance(account(1)), before);
    EXPECT_TRUE(balance(system::proof_verifier_address).is_zero());
    EXPECT_FALSE(load_key_bytes(chain.state, id).has_value());
    EXPECT_EQ(status(), KeyStatus::retired);
    const auto all = call(account(1), status_method, id);
    for (std::size_t word = 1; word < 8; ++word) EXPECT_TRUE(system::answer_word(all, word).is_zero()) << word;
    EXPECT_TRUE(refused_with(call(account(1), retire_method, id), errors::not_holder));
}

TEST_F(ProofVerifier, Pkey4IsSharedByItsHolders) {  // [PKEY.4] [PKEY.6] [PKEY.9] [PKEY.10]
    ASSERT_TRUE(enroll(account(1), key).has_value());
    EXPECT_TRUE(refused_with(enroll(account(1), key), errors::key_held));
    ASSERT_TRUE(enroll(account(2), key).has_value());
    chain.block.height += probation_blocks;
    EXPECT_EQ(status(), KeyStatus::active);
    ASSERT_TRUE(call(account(1), freeze_method, id).has_value());
    EXPECT_EQ(status(), KeyStatus::active);  // nobody freezes another's registration
    ASSERT_TRUE(call(account(2), freeze_method, id).has_value());
    EXPECT_EQ(status(), KeyStatus::frozen);
    ASSERT_TRUE(call(account(2), unfreeze_method, id).has_value());
    ASSERT_TRUE(call(account(2), retire_method, id).has_value());
    EXPECT_EQ(status(), KeyStatus::frozen);  // the holder that is left has frozen it
    EXPECT_TRUE(load_key_bytes(chain.state, id).has_value());
    ASSERT_TRUE(call(account(1), unfreeze_method, id).has_value());
    EXPECT_EQ(status(), KeyStatus::active);
    EXPECT_TRUE(refused_with(call(account(1), unfreeze_method, id), errors::status_unchanged));
    EXPECT_TRUE(refused_with(call(account(3), freeze_method, id), errors::not_holder));
    EXPECT_TRUE(refused_with(call(account(3), freeze_method, Hash32{}), errors::unknown_key));
}

TEST_F(ProofVerifier, Pkey6BeginsInProbation) {  // [PKEY.6] [PKEY.7]
    EXPECT_EQ(status(), KeyStatus::unknown);
    const auto inputs = groth16::test::draw_inputs(draw, 2);
    const Bytes proof = trapdoor.prove(draw, inputs);
    EXPECT_TRUE(refused_with(verify(account(3), inputs, proof), errors::unknown_key));
    ASSERT_TRUE(enroll(account(1), key).has_value());
    chain.block.height += probation_blocks - 1;
    EXPECT_EQ(status(), KeyStatus::probation);
    EXPECT_TRUE(refused_with(verify(account(3), inputs, proof), errors::key_not_active));
    chain.block.height += 1;
    EXPECT_EQ(status(), KeyStatus::active);
    EXPECT_TRUE(verify(account(3), inputs, proof).has_value());
    ASSERT_TRUE(call(account(1), retire_method, id).has_value());
    EXPECT_TRUE(refused_with(verify(account(2), inputs, proof), errors::key_not_active));
    ASSERT_TRUE(enroll(account(1), key).has_value());  // it begins anew
    EXPECT_EQ(status(), KeyStatus::probation);
}

TEST_F(ProofVerifier, Pkey8GovernanceJudgesForEverybody) {  // [PKEY.8]
    const Address& governance = system::governance_address;
    activate();
    ASSERT_TRUE(call(governance, freeze_method, id).has_value());
    EXPECT_EQ(status(), KeyStatus::frozen);
    EXPECT_TRUE(refused_with(call(governance, freeze_method, id), errors::status_unchanged));
    ASSERT_TRUE(enroll(account(2), key).has_value());
    EXPECT_EQ(status(), KeyStatus::frozen);  // a new holder does not thaw it
    ASSERT_TRUE(call(governance, unfreeze_method, id).has_value());
    EXPECT_EQ(status(), KeyStatus::active);
    ASSERT_TRUE(call(governance, retire_method, id).has_value());
    EXPECT_EQ(status(), KeyStatus::retired);
    EXPECT_TRUE(refused_with(call(governance, unfreeze_method, id), errors::key_retired));
    EXPECT_TRUE(refused_with(enroll(account(3), key), errors::key_retired));
    EXPECT_TRUE(call(account(1), retire_method, id).has_value());  // deposits come back
    EXPECT_TRUE(call(account(2), retire_method, id).has_value());
    EXPECT_TRUE(balance(system::proof_verifier_address).is_zero());
    EXPECT_TRUE(refused_with(enroll(account(3), key), errors::key_retired));
}

TEST_F(ProofVerifier, Prcpt4VerifyAppendsAReceipt) {  // [PRCPT.1] [PRCPT.2] [PRCPT.4] [PRCPT.5] [PGAS.1]
    activate();
    const auto inputs = groth16::test::draw_inputs(draw, 2);
    const Bytes proof = trapdoor.prove(draw, inputs);
    const Hash32 statement = statement_of(900, id, hash_inputs(inputs));
    const auto made = verify(account(3), inputs, proof);
    ASSERT_TRUE(made.has_value());
    EXPECT_EQ(Hash32::from(BytesView{*made}.first(32)), statement);
    EXPECT_EQ(chain.gas_used, verify_gas + verification_gas(load_key_record(chain.state, id)->cost));
    ASSERT_EQ(chain.logs.size(), 1U);
    const Hash32 source = source_of_account(account(3));
    EXPECT_EQ(chain.logs[0].topics.at(1), statement);
    EXPECT_EQ(chain.logs[0].topics.at(2), source);
    EXPECT_EQ(chain.logs[0].topics.at(3), id);
    EXPECT_EQ(load_receipt_list(chain.state, source).root,
              receipt_leaf({.statement = statement, .key_id = id, .height = chain.block.height}));
    // Another proof of the same statement adds nothing; another account has a list of its own.
    EXPECT_TRUE(refused_with(verify(account(3), inputs, trapdoor.prove(draw, inputs)), errors::already_verified));
    EXPECT_LT(chain.gas_used, verification_gas(load_key_record(chain.state, id)->cost));
    EXPECT_TRUE(verify(account(2), inputs, proof).has_value());
    EXPECT_EQ(load_receipt_list(chain.state, source).count, 1U);
}

TEST_F(ProofVerifier, Pgas1AnInvalidProofPaysAndLeavesNothing) {  // [PGAS.1] [PKIND.2]
    activate();
    const auto inputs = groth16::test::draw_inputs(draw, 2);
    Bytes proof = trapdoor.prove(draw, inputs);
    proof[200] ^= 1;
    EXPECT_TRUE(refused_with(verify(account(3), inputs, proof), errors::proof_refused));
    EXPECT_EQ(chain.gas_used, verify_gas + verification_gas(load_key_record(chain.state, id)->cost));
    EXPECT_TRUE(refused_with(verify(account(3), inputs, Bytes{}), errors::proof_refused));
    EXPECT_TRUE(refused_with(verify(account(3), std::vector<U256>(1), proof), errors::wrong_input_count));
    EXPECT_TRUE(refused_with(verify(account(3), std::vector<U256>(3), proof), errors::wrong_input_count));
    EXPECT_EQ(load_receipt_list(chain.state, source_of_account(account(3))), ReceiptList{});
    const Bytes right = trapdoor.prove(draw, inputs);
    const auto poor =
        chain.call({.contract = contract(), .caller = account(3), .method = verify_method, .gas = verify_gas + 1'000},
                   id, std::vector<Hash32>{inputs[0].to_be(), inputs[1].to_be()}, right);
    EXPECT_FALSE(poor.has_value());
    EXPECT_TRUE(verify(account(3), inputs, right).has_value());
}

TEST_F(ProofVerifier, Pkind6VersionsThatShowNothing) {  // [PKIND.6] [HONK.20] [SP1.10]
    const auto honk =
        ultrahonk::test::Trapdoor::draw(draw, {ultrahonk::Version::bb_3_0, ultrahonk::Flavour::zero_knowledge, 6, 2});
    const auto old = sp1::test::Sample::of("4.0.0", sp1::System::groth16);
    for (const Bytes& bytes : {honk.key, encode(old.program)}) {
        EXPECT_TRUE(refused_with(enroll(account(1), bytes), errors::key_refused));
        EXPECT_FALSE(load_key_record(chain.state, key_id(bytes)).has_value());
    }
    EXPECT_TRUE(enroll(account(1), encode(sp1::test::Sample::of("5.0.0", sp1::System::plonk).program)).has_value());

    // Registered before that was known: the proof is the prover's own, paid and refused.
    id = honk.decoded.id();
    store_key_bytes(chain.state, id, honk.key);
    store_key_record(chain.state, id, {.holders = 1, .input_count = 2, .cost = AnyKey::decode(honk.key)->cost()});
    chain.block.height += probation_blocks;
    const auto inputs = groth16::test::draw_inputs(draw, 2);
    const Bytes proof = honk.prove(draw, inputs);
    ASSERT_TRUE(honk.decoded.verify(inputs, proof).has_value());
    EXPECT_TRUE(refused_with(verify(account(3), inputs, proof), errors::proof_refused));
    EXPECT_EQ(chain.gas_used, verify_gas + verification_gas(load_key_record(chain.state, id)->cost));
}

/// A release may come to refuse a key that is registered: that is a refusal, and no node stops.
TEST_F(ProofVerifier, Pkind6KeysThatAreNoKeysAnyMore) {                                             // [PKIND.6]
    const Bytes frozen = encode(sp1::Program{.selector = {{0x0e, 0x78, 0xf4, 0xdb}}, .vkey = {}});  // SP1 6.0
    ASSERT_FALSE(AnyKey::decode(frozen).has_value());
    id = key_id(frozen);
    store_key_bytes(chain.state, id, frozen);
    store_key_record(chain.state, id, {.holders = 1, .input_count = 2});
    chain.block.height += probation_blocks;
    EXPECT_TRUE(refused_with(verify(account(3), std::vector<U256>(2), Bytes{1}), errors::proof_refused));
}

TEST_F(ProofVerifier, QueriesAnswer) {
    activate();
    const auto answer = call(account(3), status_method, id);
    EXPECT_EQ(system::answer_word(answer, 1), U256{1});  // kind
    EXPECT_EQ(system::answer_word(answer, 3), U256{2});  // inputs
    EXPECT_EQ(system::answer_word(answer, 6), U256{1});  // holders
    EXPECT_EQ(system::answer_word(answer, 7), U256{key.size()});
    const auto bytes = call(account(3), "key(bytes32 keyId)", id);
    ASSERT_TRUE(bytes.has_value());
    EXPECT_TRUE(equal(BytesView{*bytes}.subspan(64, key.size()), key));
    EXPECT_TRUE(refused_with(call(account(3), "key(bytes32 keyId)", Hash32{}), errors::unknown_key));
    EXPECT_TRUE(call(account(3), "holder(bytes32 keyId, address account)", id, account(1)).has_value());
    EXPECT_TRUE(
        refused_with(call(account(3), "holder(bytes32 keyId, address account)", id, account(2)), errors::not_holder));
    const Hash32 source = source_of_account(account(3));
    EXPECT_TRUE(refused_with(call(account(3), "receipt(bytes32 source, uint64 index)", source, std::uint64_t{0}),
                             errors::unknown_receipt));
    const auto inputs = groth16::test::draw_inputs(draw, 2);
    ASSERT_TRUE(verify(account(3), inputs, trapdoor.prove(draw, inputs)).has_value());
    EXPECT_TRUE(call(account(3), "receipt(bytes32 source, uint64 index)", source, std::uint64_t{0}).has_value());
    const auto found = call(account(3), "findReceipt(bytes32 source, bytes32 statement)", source,
                            statement_of(900, id, hash_inputs(inputs)));
    EXPECT_EQ(system::answer_word(found, 0), U256{1});
}

}  // namespace
}  // namespace enshrine::proofs
