// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/client/contract_view.hpp>
#include <enshrine/client/settlement_contracts.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/proofs/errors.hpp>
#include <enshrine/system/addresses.hpp>

namespace enshrine::client {
namespace {

using codec::abi::Encoder;
using rollup_registry::Method;
using rollup_registry::SettlementPolicy;
using rollup_registry::Validity;
using rpc::RpcResult;

RpcResult<ViewAnswer> ask_verifier(L1Client& l1, std::string_view declaration, std::string_view returns,
                                   const Encoder& arguments) {
    return ask(l1, {system::proof_verifier_address, declaration, returns}, arguments);
}
RpcResult<ViewAnswer> ask_registry(L1Client& l1, std::string_view declaration, std::string_view returns,
                                   const Encoder& arguments) {
    return ask(l1, {system::rollup_registry_address, declaration, returns}, arguments);
}

/// Whether a call was refused with this error of the contract.
bool refused_with(const rpc::RpcError& error, const system::ErrorDeclaration& declared) {
    const auto data = codec::parse_hex(error.revert_data);
    constexpr std::size_t selector_bytes = 4;
    if (!data || data->size() < selector_bytes) return false;
    return U256::from_be(BytesView{*data}.first(selector_bytes)).low_u64() == declared.selector_value;
}

RpcResult<Validity> validity_of(L1Client& l1, std::uint64_t rollup) {
    ENSHRINE_TRY(const auto answer,
                 ask_registry(l1, "validity(uint64 rollup)",
                              "uint8 inputMapping, bytes32 keyId, uint64 inboxMax, uint64 outboxMax, uint64 payloadMax",
                              Encoder{1}.u64(rollup)));
    if (answer.values.u64(0) > static_cast<std::uint64_t>(rollup_registry::Mapping::words)) {
        return bad_view_answer("validity", "the mapping is unknown");
    }
    return Validity{.mapping = static_cast<rollup_registry::Mapping>(answer.values.u64(0)),
                    .key_id = answer.values.bytes32(1),
                    .inbox_max = static_cast<std::uint16_t>(answer.values.u64(2)),
                    .outbox_max = static_cast<std::uint16_t>(answer.values.u64(3)),
                    .payload_max = static_cast<std::uint32_t>(answer.values.u64(4))};
}

/// Arguments 0 to 8 of claimProven and settlementInputs.
void add_claim(Encoder& arguments, const ProvenClaim& claim) {
    arguments.u64(claim.rollup).u64(claim.first_sequence).u64(claim.last_sequence);
    arguments.bytes32(claim.state_root).bytes32(claim.outbox_root).u64(claim.outbox_count);
    arguments.bytes32(claim.receipts_root).bytes(claim.data).bytes(claim.outbox);
}

}  // namespace

RpcResult<KeyState> key_state(L1Client& l1, const Hash32& key) {
    ENSHRINE_TRY(const auto answer,
                 ask_verifier(l1, "status(bytes32 keyId)",
                              "uint8 status, uint8 kind, uint8 version, uint64 inputs, uint64 verificationGas, uint64 "
                              "activeFrom, uint64 holders, uint64 keyBytes",
                              Encoder{1}.bytes32(key)));
    if (answer.values.u64(0) > static_cast<std::uint64_t>(proofs::KeyStatus::retired)) {
        return bad_view_answer("status", "the status is unknown");
    }
    return KeyState{.status = static_cast<proofs::KeyStatus>(answer.values.u64(0)),
                    .kind = static_cast<std::uint8_t>(answer.values.u64(1)),
                    .inputs = answer.values.u64(3),
                    .active_from = answer.values.u64(5),
                    .holders = answer.values.u64(6)};
}

RpcResult<Bytes> key_bytes(L1Client& l1, const Hash32& key) {
    ENSHRINE_TRY(const auto answer, ask_verifier(l1, "key(bytes32 keyId)", "bytes key", Encoder{1}.bytes32(key)));
    return to_bytes(answer.values.bytes(0));
}

RpcResult<std::optional<proofs::HolderRecord>> key_holder(L1Client& l1, const Hash32& key, const Address& account) {
    const auto answer = ask_verifier(l1, "holder(bytes32 keyId, address account)",
                                     "uint256 deposit, uint64 since, bool frozen, uint64 rollups",
                                     Encoder{2}.bytes32(key).address(account));
    if (!answer) {
        if (refused_with(answer.error(), proofs::errors::not_holder)) return std::nullopt;
        return std::unexpected{answer.error()};
    }
    return proofs::HolderRecord{.deposit = Amount{answer->values.u256(0)},
                                .since = answer->values.u64(1),
                                .frozen = answer->values.boolean(2),
                                .uses = static_cast<std::uint32_t>(answer->values.u64(3))};
}

Bytes register_proven_calldata(const ProvenRegistration& registration) {
    Encoder arguments{7};
    arguments.u64(registration.rollup).bytes(registration.program).bytes(registration.genesis);
    arguments.address(registration.sequencer).u64(registration.policy.code());
    arguments.bytes(rollup_registry::encode_validity(registration.validity)).bytes(as_bytes(registration.name));
    return arguments.finish_call(
        codec::abi::selector("registerProven(uint64 rollup, bytes program, bytes genesis, address sequencer, uint8 "
                             "policy, bytes validity, string name)"));
}

RpcResult<Settlement> settlement_of(L1Client& l1, std::uint64_t rollup) {
    ENSHRINE_TRY(const auto answer,
                 ask_registry(l1, "status(uint64 rollup)",
                              "string name, address owner, address sequencer, uint8 policy, bytes32 programId, bytes32 "
                              "genesisStateRoot, uint64 lastSequence, bytes32 lastBatchHash, uint64 inboxConsumed, "
                              "uint64 inboxCount, uint64 settledSequence, bytes32 settledStateRoot",
                              Encoder{1}.u64(rollup)));
    const auto policy = SettlementPolicy::from_code(answer.values.u64(3));
    if (!policy) return bad_view_answer("status", "the policy is unknown");
    Settlement out{.owner = answer.values.address(1), .policy = *policy, .validity = {}};
    if (policy->names(Method::validity)) {
        ENSHRINE_TRY(out.validity, validity_of(l1, rollup));
    }
    return out;
}

RpcResult<Agreement> agreement(L1Client& l1, std::uint64_t rollup) {
    ENSHRINE_TRY(const auto answer,
                 ask_registry(l1, "agreement(uint64 rollup)", "uint8 methods, bytes32 stateRoot, bytes32 outboxRoot",
                              Encoder{1}.u64(rollup)));
    return Agreement{.methods = static_cast<std::uint8_t>(answer.values.u64(0)),
                     .state_root = answer.values.bytes32(1),
                     .outbox_root = answer.values.bytes32(2)};
}

RpcResult<SettlementInputs> settlement_inputs(L1Client& l1, const ProvenClaim& claim) {
    Encoder arguments{9};
    add_claim(arguments, claim);
    ENSHRINE_TRY(const auto answer,
                 ask_registry(l1,
                              "settlementInputs(uint64 rollup, uint64 firstSequence, uint64 lastSequence, bytes32 "
                              "stateRoot, bytes32 outboxRoot, uint64 outboxCount, bytes32 receiptsRoot, bytes data, "
                              "bytes outbox)",
                              "bytes32 statement, uint256[] inputs", arguments));
    SettlementInputs out{.statement = answer.values.bytes32(0), .inputs = {}};
    for (std::size_t i = 0; i < answer.values.array_size(1); ++i) {
        out.inputs.push_back(U256::from_be(answer.values.array_word(1, i).view()));
    }
    return out;
}

Bytes claim_proven_calldata(const ProvenClaim& claim, BytesView proof) {
    Encoder arguments{10};
    add_claim(arguments, claim);
    arguments.bytes(proof);
    return arguments.finish_call(
        codec::abi::selector("claimProven(uint64 rollup, uint64 firstSequence, uint64 lastSequence, bytes32 stateRoot, "
                             "bytes32 outboxRoot, uint64 outboxCount, bytes32 receiptsRoot, bytes data, bytes outbox, "
                             "bytes proof)"));
}

}  // namespace enshrine::client
