// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/errors.hpp>
#include <enshrine/rollup_registry/errors.hpp>
#include <enshrine/rollup_registry/events.hpp>
#include <enshrine/rollup_registry/handlers.hpp>
#include <enshrine/rollup_registry/interface.hpp>
#include <enshrine/rollup_registry/params.hpp>
#include <enshrine/system/addresses.hpp>
#include <enshrine/system/well_formed.hpp>

namespace enshrine::rollup_registry {
namespace {

using system::Mutability;

constexpr system::Method<system::CallContext> methods[] = {
    {"register(uint64 rollup, bytes program, bytes genesis, address sequencer, uint8 policy, string name)", "",
     Mutability::nonpayable, register_gas, &apply_register,
     "Registers a rollup; the caller becomes its owner. The program is an RV64IM ELF image, the genesis the entries of its "
     "first state, whose root the L1 computes. Policy 0 is native: the L1 "
     "executes the program to settle a batch."},
    {"registerProven(uint64 rollup, bytes program, bytes genesis, address sequencer, uint8 policy, bytes validity, string "
     "name)",
     "", Mutability::nonpayable, register_gas, &apply_register_proven,
     "Registers a rollup that settles by proof: policy 1, or 0xa3 and 0x93 for native and/or validity. `validity` names "
     "the key, which the caller has registered with IProofVerifier, the mapping and the limits. Without the method native "
     "the program is a description, and the genesis begins with the first state root."},
    {"setSequencer(uint64 rollup, address sequencer)", "", Mutability::nonpayable, set_sequencer_gas,
     &apply_set_sequencer, "Names another sequencer. For the owner of the rollup."},
    {"submitBatch(bytes header, bytes certificate)", "", Mutability::nonpayable, submit_batch_gas, &apply_submit_batch,
     "Registers the next batch of a rollup. Its blobs are those of the same transaction, its matrix one that is "
     "published before."},
    {"claim(uint64 rollup, uint64 sequence, bytes32 stateRoot, bytes32 outboxRoot, bytes32 receiptsRoot, uint64 steps, "
     "bytes32 machineRoot, bytes witness)",
     "", Mutability::nonpayable, claim_gas, &apply_claim,
     "Settles the next batch: the L1 runs the program on the witness and compares every value. Costs one gas per 16 "
     "units of weight besides."},
    {"claimProven(uint64 rollup, uint64 firstSequence, uint64 lastSequence, bytes32 stateRoot, bytes32 outboxRoot, uint64 "
     "outboxCount, bytes32 receiptsRoot, bytes data, bytes outbox, bytes proof)",
     "", Mutability::nonpayable, claim_proven_gas, &apply_claim_proven,
     "Settles batches by a proof of their statement. Under the mapping words `data` opens the payload and `outbox` the "
     "messages. Costs the gas of one verification with the rollup's key besides, whatever its outcome."},
    {"voidPayload(uint64 rollup, uint64 sequence, bytes32 rowRoot, bytes combinations, bytes rows)", "",
     Mutability::nonpayable, void_payload_gas, &apply_void_payload,
     "Records that the matrix of a batch does not hold the data rows of its codeword, so that the payload counts as "
     "empty. `rows` holds as many rows as the matrix has data rows, ascending, at least one of them below twice that "
     "number: index uint32, row, siblings from the leaf up. Costs two gas per byte of the data rows besides."},
    {"settlementInputs(uint64 rollup, uint64 firstSequence, uint64 lastSequence, bytes32 stateRoot, bytes32 outboxRoot, "
     "uint64 outboxCount, bytes32 receiptsRoot, bytes data, bytes outbox)",
     "bytes32 statement, uint256[] inputs", Mutability::view, view_gas, &query_settlement_inputs,
     "The statement and the public inputs that claimProven would ask a proof of."},
    {"validity(uint64 rollup)", "uint8 inputMapping, bytes32 keyId, uint64 inboxMax, uint64 outboxMax, uint64 payloadMax",
     Mutability::view, view_gas, &query_validity, "The validity description of a rollup that settles by proof."},
    {"agreement(uint64 rollup)", "uint8 methods, bytes32 stateRoot, bytes32 outboxRoot", Mutability::view, view_gas,
     &query_agreement, "What fewer methods than the policy asks for have shown of the next batch; bits: 1 native, 2 "
     "validity."},
    {"status(uint64 rollup)",
     "string name, address owner, address sequencer, uint8 policy, bytes32 programId, bytes32 genesisStateRoot, uint64 "
     "lastSequence, bytes32 lastBatchHash, uint64 inboxConsumed, uint64 inboxCount, uint64 settledSequence, bytes32 "
     "settledStateRoot",
     Mutability::view, view_gas, &query_status, "Where a rollup stands."},
    {"batch(uint64 rollup, uint64 sequence)",
     "bytes32 hash, uint64 l1Height, bool settled, bytes32 stateRoot, bytes32 outboxRoot, uint64 outboxCount",
     Mutability::view, view_gas, &query_batch, "A registered batch, and what it settled to."},
    {"rollups()", "uint64[] ids", Mutability::view, view_gas, &query_rollups, "Ids of all rollups, ascending."},
    {"program(uint64 rollup)", "bytes32 id, uint64 size", Mutability::view, view_gas, &query_program,
     "SHA-256 and number of bytes of the rollup's program image."},
};
constexpr system::EventDeclaration event_table[] = {events::rollup_registered, events::sequencer_changed,
                                                    events::batch_submitted, events::payload_voided,
                                                    events::batch_settled, events::claim_accepted};
constexpr system::ErrorDeclaration error_table[] = {
    errors::unknown_rollup,      errors::rollup_exists,       errors::rollup_id_out_of_range,
    errors::rollup_id_is_l1,     errors::registry_full,       errors::program_too_large,
    errors::program_refused,     errors::genesis_too_large,   errors::genesis_refused,
    errors::too_many_genesis_entries,     errors::zero_sequencer,      errors::unknown_policy,
    errors::bad_name_length,     errors::bad_name_character,  errors::not_owner,
    errors::bad_batch_header,    errors::batch_header_too_large, errors::wrong_sequence,
    errors::wrong_previous_hash, errors::anchor_out_of_range, errors::wrong_anchor_hash,
    errors::wrong_inbox_end,     errors::wrong_blob_count,    errors::wrong_content_root,
    errors::blobs_beside_matrix, errors::not_published,       errors::matrix_of_several_blobs,
    errors::wrong_namespace,     errors::wrong_payload_size,  errors::publication_too_old,
    errors::publication_expired,
    errors::not_sequencer,       errors::nothing_forced,      errors::bad_certificate,
    errors::certificate_not_empty, errors::already_settled, errors::already_void,
    errors::no_matrix,           errors::evidence_refused,    errors::claim_out_of_order, errors::batch_unknown,
    errors::bad_witness,         errors::witness_refused,     errors::run_failed,
    errors::nothing_committed,   errors::wrong_state_root,    errors::wrong_outbox_root,
    errors::wrong_receipts_root, errors::wrong_steps,         errors::wrong_machine_root,
    errors::payload_over_limit, errors::policy_without_validity, errors::policy_needs_validity, errors::validity_refused,
    errors::key_unusable, errors::key_not_held, errors::wrong_key_inputs, errors::genesis_too_small,
    errors::state_root_not_in_field, errors::method_not_allowed, errors::already_accepted, errors::claims_disagree,
    errors::empty_range, errors::range_too_long, errors::opening_not_empty, errors::payload_refused,
    errors::outbox_refused, errors::too_many_outbox_messages, errors::wrong_outbox_count, errors::receipts_not_zero,
    errors::key_not_active, errors::proof_refused, proofs::errors::receipts_full};
constexpr system::Contract table{"IRollupRegistry",
                                 "Rollups, the batches that order their transactions, and the claims that settle them.",
                                 system::rollup_registry_address,
                                 methods,
                                 event_table,
                                 error_table};
static_assert(system::well_formed(table));

}  // namespace

const system::Contract& contract() noexcept { return table; }

}  // namespace enshrine::rollup_registry
