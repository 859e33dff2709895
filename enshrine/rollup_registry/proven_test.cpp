// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/records.hpp>
#include <enshrine/rollup_registry/params.hpp>
#include <enshrine/rollup_registry/proven_for_test.hpp>
#include <enshrine/system/addresses.hpp>

namespace enshrine::rollup_registry::test {
namespace {

using system::refused_with;

// --- policies and descriptions

TEST(SettlementPolicy, Policy1KnowsFourCodes) {  // [POLICY.1]
    std::vector<unsigned> known;
    for (unsigned code = 0; code < 300; ++code) {
        if (SettlementPolicy::from_code(code)) known.push_back(code);
    }
    EXPECT_EQ(known, (std::vector<unsigned>{0, 1, 0x93, 0xa3}));
    const auto both = *SettlementPolicy::from_code(0xa3);
    EXPECT_TRUE(both.joint() && both.names(Method::native) && both.names(Method::validity));
    EXPECT_EQ(both.threshold(), 2U);
    EXPECT_EQ(SettlementPolicy::from_code(0x93)->threshold(), 1U);
    EXPECT_FALSE(SettlementPolicy{}.names(Method::validity));
    EXPECT_FALSE(SettlementPolicy::from_code(1)->names(Method::native));
}

TEST(ValidityDescription, Valid1HasOneForm) {  // [VALID.1]
    const Validity words{
        .mapping = Mapping::words, .key_id = U256{5}.to_be(), .inbox_max = 4, .outbox_max = 3, .payload_max = 62};
    const Bytes bytes = encode_validity(words);
    ASSERT_EQ(bytes.size(), 42U);
    EXPECT_EQ(decode_validity(bytes), words);
    EXPECT_EQ(input_count(words), 5U + 3 * 7 + 2);
    EXPECT_EQ(input_count(Validity{}), 2U);

    const auto error_with = [&](std::size_t at, Byte value) {
        Bytes changed = bytes;
        changed[at] = value;
        return decode_validity(changed).error();
    };
    EXPECT_TRUE(error_with(0, 2).is(ValidityError::unknown_version));
    EXPECT_TRUE(error_with(1, 2).is(ValidityError::unknown_mapping));
    EXPECT_TRUE(error_with(1, 0).is(ValidityError::outbox_out_of_range));
    EXPECT_TRUE(error_with(34, 2).is(ValidityError::inbox_out_of_range));
    EXPECT_TRUE(error_with(35, 0).is(ValidityError::inbox_out_of_range));
    EXPECT_TRUE(error_with(36, 2).is(ValidityError::outbox_out_of_range));
    EXPECT_TRUE(error_with(38, 1).is(ValidityError::payload_out_of_range));
    EXPECT_TRUE(decode_validity(BytesView{bytes}.first(41)).error().is(ValidityError::wrong_size));
    Bytes longer = bytes;
    longer.push_back(0);
    EXPECT_TRUE(decode_validity(longer).error().is(ValidityError::wrong_size));
}

// --- registration

TEST_F(ProvenRollup, Valid4KeepsDescriptionAndFirstRoot) {  // [VALID.4] [VALID.5] [POLICY.2] [PKEY.5]
    start();
    const auto rollup = load_rollup(chain.state, id);
    ASSERT_TRUE(rollup.has_value());
    EXPECT_EQ(rollup->policy.code(), 1);
    EXPECT_EQ(rollup->program_id, hash::sha256(Bytes{1, 2, 3}));
    EXPECT_EQ(rollup->genesis_state_root, genesis_root);
    EXPECT_EQ(load_validity(chain.state, id), validity);
    EXPECT_EQ(load_progress(chain.state, id)->settled_state_root, genesis_root);
    EXPECT_EQ(proofs::load_holder(chain.state, validity.key_id, owner)->uses, 1U);
    EXPECT_TRUE(
        refused_with(call_verifier(owner, "retireKey(bytes32 keyId)", validity.key_id), proofs::errors::key_in_use));
    const auto answer = call(stranger, "validity(uint64 rollup)", id);
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(Hash32::from(BytesView{*answer}.subspan(32, 32)), validity.key_id);
}

TEST_F(ProvenRollup, Valid2RefusesKeysThatDoNotFit) {  // [VALID.2] [POLICY.2]
    EXPECT_TRUE(refused_with(enroll(), errors::key_unusable));
    make_key();
    const Validity fits = validity;
    validity.mapping = Mapping::words;
    EXPECT_TRUE(refused_with(enroll(), errors::wrong_key_inputs));
    EXPECT_TRUE(refused_with(enroll(0xa3), errors::validity_refused));  // [POLICY.5]
    validity.inbox_max = 0;
    EXPECT_TRUE(refused_with(enroll(), errors::validity_refused));
    validity = fits;
    EXPECT_TRUE(refused_with(enroll(0), errors::policy_without_validity));
    EXPECT_TRUE(refused_with(enroll(2), errors::unknown_policy));
    std::swap(owner, stranger);
    EXPECT_TRUE(refused_with(enroll(), errors::key_not_held));
    std::swap(owner, stranger);
    EXPECT_TRUE(enroll().has_value());
}

TEST_F(ProvenRollup, Map3TheFirstRootIsInTheField) {  // [MAP.3]
    validity.mapping = Mapping::words;
    make_key();
    genesis_root = proofs::Bn254::group_order.to_be();
    EXPECT_TRUE(refused_with(enroll(), errors::state_root_not_in_field));
    genesis_root = (proofs::Bn254::group_order - U256{1}).to_be();
    EXPECT_TRUE(enroll().has_value());
}

TEST_F(ProvenRollup, Valid4NeedsARoot) {  // [VALID.4]
    make_key();
    const auto made = call(owner, register_method, id, Bytes{}, Bytes(31), sequencer, std::uint64_t{1},
                           encode_validity(validity), std::string_view{"proven"});
    EXPECT_TRUE(refused_with(made, errors::genesis_too_small));
}

// --- batches

TEST_F(ProvenRollup, Valid3BatchesFitTheCircuit) {  // [VALID.3]
    start();
    messages.heights.assign(5, 290);
    sequencing::BatchHeader header = next_header({});
    header.inbox_end = 5;
    EXPECT_TRUE(refused_with(submit(header), errors::wrong_inbox_end));
    header.inbox_end = 2;
    EXPECT_TRUE(submit(header).has_value());
    EXPECT_TRUE(refused_with(submit_payload(Bytes(101, 1)), errors::payload_over_limit));
    EXPECT_TRUE(submit_payload(Bytes(100, 1)).has_value());
    EXPECT_EQ(load_progress(chain.state, id)->inbox_consumed, 4U);
}

// --- the statement

TEST(SettlementStatement, Stmt1CountsEveryField) {  // [STMT.1] [STMT.4]
    SettlementStatement base;
    const Bytes zero = encode_statement(base);
    EXPECT_EQ(zero.size(), statement_bytes);
    EXPECT_EQ(as_text(BytesView{zero}.first(22)), "enshrine.settlement.v1");
    std::vector<Hash32> digests{statement_digest(base)};
    const auto changed = [&](auto SettlementStatement::* field, auto value) {
        SettlementStatement other;
        other.*field = value;
        digests.push_back(statement_digest(other));
    };
    using S = SettlementStatement;
    for (auto field : {&S::chain_id, &S::rollup, &S::first_sequence, &S::last_sequence, &S::inbox_first, &S::inbox_end,
                       &S::outbox_count, &S::anchor_height, &S::anchor_timestamp}) {
        changed(field, std::uint64_t{1});
    }
    for (auto field : {&S::program_id, &S::previous_batch_hash, &S::last_batch_hash, &S::data_root,
                       &S::state_root_before, &S::state_root_after, &S::inbox_start_hash, &S::inbox_end_hash,
                       &S::outbox_root, &S::receipts_root, &S::anchor_hash}) {
        changed(field, U256{1}.to_be());
    }
    ASSERT_EQ(digests.size(), 21U);
    std::ranges::sort(digests);
    EXPECT_EQ(std::ranges::adjacent_find(digests), digests.end());

    const auto halves = statement_halves(digests[0]);
    EXPECT_EQ(halves[0] * (U256{1} << 128) + halves[1], U256::from_be(digests[0].view()));
}

TEST_F(ProvenRollup, Stmt3IsComposedByTheL1) {  // [STMT.2] [STMT.3] [MAP.1]
    start();
    messages.heights.assign(2, 290);
    messages.inbox.resize(2);
    ASSERT_TRUE(submit_payload(Bytes(50, 7)).has_value());
    const BatchRecord batch = *load_batch(chain.state, id, 1);
    const auto header = sequencing::decode_batch_header(batch.header).value();
    const Hash32 leaf =
        hash::sha256(codec::BinaryWriter{}.u8(0).u64(1).boolean(false).fixed(batch.hash.view()).bytes());
    const SettlementStatement expected{.chain_id = 900,
                                       .rollup = id,
                                       .program_id = hash::sha256(Bytes{1, 2, 3}),
                                       .first_sequence = 1,
                                       .last_sequence = 1,
                                       .previous_batch_hash = {},
                                       .last_batch_hash = batch.hash,
                                       .data_root = leaf,
                                       .state_root_before = genesis_root,
                                       .state_root_after = U256{77}.to_be(),
                                       .inbox_first = 0,
                                       .inbox_end = 2,
                                       .inbox_start_hash = messages.rolling_hash(chain.state, id, 0),
                                       .inbox_end_hash = messages.rolling_hash(chain.state, id, 2),
                                       .outbox_root = U256{3}.to_be(),
                                       .outbox_count = 4,
                                       .receipts_root = U256{5}.to_be(),
                                       .anchor_height = header.anchor_height,
                                       .anchor_hash = header.anchor_hash,
                                       .anchor_timestamp = 1'000 + header.anchor_height};
    const auto question = ask({.outbox_root = U256{3}.to_be(), .outbox_count = 4, .receipts_root = U256{5}.to_be()});
    ASSERT_TRUE(question.has_value());
    const Hash32 digest = statement_digest(expected);
    EXPECT_EQ(Hash32::from(BytesView{*question}.first(32)), digest);
    const auto halves = statement_halves(digest);
    EXPECT_EQ(inputs_of(question), (std::vector<U256>{halves[0], halves[1]}));
}

// --- claims under `digest`

TEST_F(ProvenRollup, Proven4SettlesByProof) {  // [PROVEN.4] [PROVEN.5] [PROVEN.6] [PRCPT.4]
    start();
    ASSERT_TRUE(submit_payload({}).has_value());
    const Said said{.outbox_root = U256{3}.to_be(), .outbox_count = 4, .receipts_root = U256{5}.to_be()};
    const Hash32 statement = Hash32::from(BytesView{*ask(said)}.first(32));
    const Bytes proof = prove(said);
    ASSERT_TRUE(claim(said, proof).has_value());
    const Progress progress = *load_progress(chain.state, id);
    EXPECT_EQ(progress.settled_sequence, 1U);
    EXPECT_EQ(progress.settled_state_root, said.state_root);
    ASSERT_EQ(settlements.settled.size(), 1U);
    EXPECT_EQ(settlements.settled[0].outbox_root, said.outbox_root);
    EXPECT_EQ(settlements.settled[0].outbox_count, 4U);
    const Settlement settled = *load_settlement(chain.state, id, 1);
    EXPECT_EQ(settled.receipts_root, said.receipts_root);
    EXPECT_EQ(settled.methods, 2);
    EXPECT_EQ(proofs::find_receipt(chain.state, proofs::source_of_rollup(id), statement), 0U);
    EXPECT_EQ(chain.logs.size(), 2U);
    EXPECT_EQ(chain.logs[0].address, system::proof_verifier_address);
    // [PROVEN.7] the same proof again finds another question
    EXPECT_TRUE(refused_with(claim(said, proof), errors::claim_out_of_order));
}

TEST_F(ProvenRollup, Proven4RefusesOtherStatements) {  // [PROVEN.4]
    start();
    ASSERT_TRUE(submit_payload({}).has_value());
    const Said said{.outbox_root = U256{3}.to_be(), .outbox_count = 4, .receipts_root = U256{5}.to_be()};
    const Bytes proof = prove(said);
    for (const auto& change : {+[](Said& s) { s.state_root[31] ^= 1; }, +[](Said& s) { s.outbox_root[0] ^= 1; },
                               +[](Said& s) { s.outbox_count += 1; }, +[](Said& s) { s.receipts_root[9] ^= 1; }}) {
        Said other = said;
        change(other);
        EXPECT_TRUE(refused_with(claim(other, proof), errors::proof_refused));
    }
    for (std::size_t at = 0; at < proof.size(); at += 17) {
        Bytes other = proof;
        other[at] ^= 1;
        EXPECT_TRUE(refused_with(claim(said, other), errors::proof_refused)) << at;
    }
    EXPECT_TRUE(refused_with(claim(said, Bytes{}), errors::proof_refused));
    EXPECT_TRUE(load_progress(chain.state, id)->settled_sequence == 0 && settlements.settled.empty());
    EXPECT_EQ(proofs::load_receipt_list(chain.state, proofs::source_of_rollup(id)).count, 0U);
    EXPECT_TRUE(claim(said, proof).has_value());
}

TEST_F(ProvenRollup, Proven1RangesSettleTogether) {  // [PROVEN.1] [PROVEN.5]
    start();
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(submit_payload({}).has_value());
    const Bytes none;
    EXPECT_TRUE(refused_with(claim({.first = 2, .last = 3}, none), errors::claim_out_of_order));
    EXPECT_TRUE(refused_with(claim({.first = 1, .last = 0}, none), errors::empty_range));
    EXPECT_TRUE(refused_with(claim({.first = 1, .last = 4}, none), errors::batch_unknown));
    const auto longer = claim({.first = 1, .last = 1 + proven_batches_max}, none);
    EXPECT_TRUE(refused_with(longer, errors::range_too_long));
    EXPECT_EQ(system::refusal_word(longer, 0), U256{proven_batches_max});
    EXPECT_EQ(system::refusal_word(longer, 1), U256{proven_batches_max + 1});
    EXPECT_TRUE(refused_with(claim({.first = 1, .last = ~std::uint64_t{0}}, none), errors::range_too_long));
    const Said said{.first = 1, .last = 3, .outbox_root = U256{3}.to_be(), .outbox_count = 4};
    ASSERT_TRUE(claim(said, prove(said)).has_value());
    ASSERT_EQ(settlements.settled.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(settlements.settled[i].sequence, i + 1);
        EXPECT_EQ(settlements.settled[i].state_root, said.state_root);
        EXPECT_EQ(settlements.settled[i].outbox_count, i == 2 ? 4U : 0U);
    }
    EXPECT_EQ(load_progress(chain.state, id)->settled_sequence, 3U);
}

TEST_F(ProvenRollup, Proven3NothingIsOpenedUnderDigest) {  // [PROVEN.3]
    start();
    ASSERT_TRUE(submit_payload({}).has_value());
    EXPECT_TRUE(refused_with(ask({.data = {1}}), errors::opening_not_empty));
    EXPECT_TRUE(refused_with(ask({.outbox = {1}}), errors::opening_not_empty));
}

TEST_F(ProvenRollup, Proven2OnlyActiveKeysSettle) {  // [PROVEN.2] [PKEY.7] [PKEY.10]
    make_key();
    ASSERT_TRUE(enroll().has_value());
    ASSERT_TRUE(submit_payload({}).has_value());
    const Said said;
    const Bytes proof = prove(said);
    EXPECT_TRUE(refused_with(claim(said, proof), errors::key_not_active));  // probation
    chain.block.height += proofs::probation_blocks;
    ASSERT_TRUE(call_verifier(owner, "freezeKey(bytes32 keyId)", validity.key_id).has_value());
    EXPECT_TRUE(refused_with(claim(said, proof), errors::key_not_active));
    ASSERT_TRUE(call_verifier(owner, "unfreezeKey(bytes32 keyId)", validity.key_id).has_value());
    ASSERT_TRUE(call_verifier(system::governance_address, "freezeKey(bytes32 keyId)", validity.key_id).has_value());
    EXPECT_TRUE(refused_with(claim(said, proof), errors::key_not_active));
    ASSERT_TRUE(call_verifier(system::governance_address, "unfreezeKey(bytes32 keyId)", validity.key_id).has_value());
    EXPECT_TRUE(claim(said, proof).has_value());
}

TEST_F(ProvenRollup, Policy3OtherMethodsAreRefused) {  // [POLICY.3]
    start();
    ASSERT_TRUE(submit_payload({}).has_value());
    const auto native = call(stranger,
                             "claim(uint64 rollup, uint64 sequence, bytes32 stateRoot, bytes32 outboxRoot, bytes32 "
                             "receiptsRoot, uint64 steps, bytes32 machineRoot, bytes witness)",
                             id, std::uint64_t{1}, Hash32{}, Hash32{}, Hash32{}, std::uint64_t{0}, Hash32{}, Bytes{});
    EXPECT_TRUE(refused_with(native, errors::method_not_allowed));
    EXPECT_TRUE(refused_with(call(stranger, "validity(uint64 rollup)", std::uint64_t{7}), errors::unknown_rollup));
}

}  // namespace
}  // namespace enshrine::rollup_registry::test
