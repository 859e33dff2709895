// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/client/l1_client.hpp>
#include <enshrine/proofs/records.hpp>
#include <enshrine/rollup_registry/policy.hpp>
#include <enshrine/rollup_registry/validity.hpp>

/// Settlement by proof over an L1 node: keys of IProofVerifier, and what IRollupRegistry takes and tells of rollups
/// that settle with them. Rules: docs/spec/proof_registry.md, docs/spec/settlement_by_proof.md.
namespace enshrine::client {

/// Where a key stands for everybody [PKEY.6].
struct KeyState {
    proofs::KeyStatus status = proofs::KeyStatus::unknown;
    std::uint8_t kind = 0;  ///< first byte of the key
    std::uint64_t inputs = 0;
    std::uint64_t active_from = 0;  ///< L1 height
    std::uint64_t holders = 0;
};
[[nodiscard]] rpc::RpcResult<KeyState> key_state(L1Client& l1, const Hash32& key);
/// The canonical bytes of a key that has holders.
[[nodiscard]] rpc::RpcResult<Bytes> key_bytes(L1Client& l1, const Hash32& key);
/// An account's own registration of a key; nullopt when it has none.
[[nodiscard]] rpc::RpcResult<std::optional<proofs::HolderRecord>> key_holder(L1Client& l1, const Hash32& key,
                                                                             const Address& account);

struct ProvenRegistration {
    std::uint64_t rollup = 0;
    BytesView program;
    BytesView genesis;
    Address sequencer;
    rollup_registry::SettlementPolicy policy;
    rollup_registry::Validity validity;
    std::string_view name;
};
/// Calldata of registerProven.
[[nodiscard]] Bytes register_proven_calldata(const ProvenRegistration& registration);

struct Settlement {
    Address owner;
    rollup_registry::SettlementPolicy policy;
    std::optional<rollup_registry::Validity> validity;  ///< when the policy names it
};
/// How a rollup settles.
[[nodiscard]] rpc::RpcResult<Settlement> settlement_of(L1Client& l1, std::uint64_t rollup);

/// What fewer methods than the policy asks for have shown of the batch behind the settled one [POLICY.4].
struct Agreement {
    std::uint8_t methods = 0;  ///< bits
    Hash32 state_root;
    Hash32 outbox_root;
};
[[nodiscard]] rpc::RpcResult<Agreement> agreement(L1Client& l1, std::uint64_t rollup);

struct ProvenClaim {
    std::uint64_t rollup = 0;
    std::uint64_t first_sequence = 0;
    std::uint64_t last_sequence = 0;
    Hash32 state_root;
    Hash32 outbox_root;
    std::uint64_t outbox_count = 0;
    Hash32 receipts_root;
    Bytes data;
    Bytes outbox;
};
struct SettlementInputs {
    Hash32 statement;
    std::vector<U256> inputs;
};
/// The statement and the public inputs that claimProven would ask a proof of.
[[nodiscard]] rpc::RpcResult<SettlementInputs> settlement_inputs(L1Client& l1, const ProvenClaim& claim);
[[nodiscard]] Bytes claim_proven_calldata(const ProvenClaim& claim, BytesView proof);

}  // namespace enshrine::client
