// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/system/method_table.hpp>

/// Every refusal of the registry: one error per rule and field.
namespace enshrine::rollup_registry::errors {

using system::ErrorDeclaration;

inline constexpr ErrorDeclaration unknown_rollup{"UnknownRollup(uint64 rollup)", "no rollup has this id"};

// register
inline constexpr ErrorDeclaration rollup_exists{"RollupExists(uint64 rollup)", "the id is taken"};
inline constexpr ErrorDeclaration rollup_id_out_of_range{
    "RollupIdOutOfRange(uint64 lowest, uint64 highest, uint64 got)", "wallets could not use this chain id"};
inline constexpr ErrorDeclaration rollup_id_is_l1{"RollupIdIsL1(uint64 l1)", "the id is the chain id of the L1"};
inline constexpr ErrorDeclaration registry_full{"RegistryFull(uint64 max)", "no further rollup can be registered"};
inline constexpr ErrorDeclaration program_too_large{"ProgramTooLarge(uint64 max, uint64 got)",
                                                    "the program image has too many bytes"};
inline constexpr ErrorDeclaration program_refused{"ProgramRefused(string reason)",
                                                  "the machine does not load the program image"};
inline constexpr ErrorDeclaration genesis_too_large{"GenesisTooLarge(uint64 max, uint64 got)",
                                                    "the genesis has too many bytes"};
inline constexpr ErrorDeclaration genesis_refused{"GenesisRefused(string reason)",
                                                  "the genesis is not the canonical form of a state's entries"};
inline constexpr ErrorDeclaration too_many_genesis_entries{"TooManyGenesisEntries(uint64 max, uint64 got)",
                                                           "the genesis has too many entries"};
inline constexpr ErrorDeclaration zero_sequencer{"ZeroSequencer()", "the sequencer is the zero address"};
inline constexpr ErrorDeclaration unknown_policy{"UnknownPolicy(uint8 got)", "no settlement policy has this number"};
inline constexpr ErrorDeclaration bad_name_length{"BadNameLength(uint64 lowest, uint64 highest, uint64 got)",
                                                  "the name is empty or too long"};
inline constexpr ErrorDeclaration bad_name_character{"BadNameCharacter(uint64 position, uint8 got)",
                                                     "names are printable ASCII"};

// registerProven
inline constexpr ErrorDeclaration policy_without_validity{
    "PolicyWithoutValidity(uint8 got)", "this policy takes no key; such a rollup is registered by `register`"};
inline constexpr ErrorDeclaration policy_needs_validity{
    "PolicyNeedsValidity(uint8 got)", "this policy takes a key; such a rollup is registered by `registerProven`"};
inline constexpr ErrorDeclaration validity_refused{"ValidityRefused(string reason)",
                                                   "the validity description breaks a rule"};
inline constexpr ErrorDeclaration key_unusable{"KeyUnusable(bytes32 keyId, string status)",
                                               "the key is not registered, or retired"};
inline constexpr ErrorDeclaration key_not_held{"KeyNotHeld(bytes32 keyId, address owner)",
                                               "the rollup's owner has not registered the key with IProofVerifier"};
inline constexpr ErrorDeclaration wrong_key_inputs{
    "WrongKeyInputs(uint64 expected, uint64 got)",
    "the key takes another number of public inputs than the mapping gives"};
inline constexpr ErrorDeclaration genesis_too_small{"GenesisTooSmall(uint64 lowest, uint64 got)",
                                                    "the genesis begins with the first state root"};
inline constexpr ErrorDeclaration state_root_not_in_field{
    "StateRootNotInField(bytes32 got, uint256 order)", "a state root is a number below the order of the key's field"};

// setSequencer
inline constexpr ErrorDeclaration not_owner{"NotOwner(address expected, address got)",
                                            "only the owner of the rollup may do this"};

// submitBatch
inline constexpr ErrorDeclaration bad_batch_header{"BadBatchHeader(string reason)", "the header does not decode"};
inline constexpr ErrorDeclaration batch_header_too_large{"BatchHeaderTooLarge(uint64 max, uint64 got)",
                                                         "the header has too many bytes"};
inline constexpr ErrorDeclaration wrong_sequence{"WrongSequence(uint64 expected, uint64 got)",
                                                 "batches follow each other without gaps"};
inline constexpr ErrorDeclaration wrong_previous_hash{"WrongPreviousHash(bytes32 expected, bytes32 got)",
                                                      "the batch follows another batch than the last one"};
inline constexpr ErrorDeclaration anchor_out_of_range{
    "AnchorOutOfRange(uint64 lowest, uint64 highest, uint64 got)",
    "the anchor is not below this block, too old, or below the anchor of the last batch"};
inline constexpr ErrorDeclaration wrong_anchor_hash{"WrongAnchorHash(uint64 height, bytes32 expected, bytes32 got)",
                                                    "the anchor is not a block of this chain"};
inline constexpr ErrorDeclaration wrong_inbox_end{"WrongInboxEnd(uint64 expected, uint64 got)",
                                                  "the batch does not consume exactly the messages that are due"};
inline constexpr ErrorDeclaration wrong_blob_count{"WrongBlobCount(uint64 expected, uint64 got)",
                                                   "the header names another number of blobs than the transaction has"};
inline constexpr ErrorDeclaration wrong_content_root{"WrongContentRoot(uint64 index, bytes32 expected, bytes32 got)",
                                                     "the header names another blob than the transaction has"};
inline constexpr ErrorDeclaration blobs_beside_matrix{
    "BlobsBesideMatrix(uint64 got)", "the header names a matrix, and the transaction has blobs besides"};
inline constexpr ErrorDeclaration not_published{"NotPublished(bytes32 commitment)",
                                                "no block has published a matrix with this commitment"};
inline constexpr ErrorDeclaration matrix_of_several_blobs{"MatrixOfSeveralBlobs(bytes32 commitment, uint64 got)",
                                                          "the payload of a batch has a matrix to itself"};
inline constexpr ErrorDeclaration wrong_namespace{"WrongNamespace(bytes32 expected, bytes32 got)",
                                                  "the matrix is published in another namespace than the rollup's"};
inline constexpr ErrorDeclaration wrong_payload_size{"WrongPayloadSize(uint64 published, uint64 got)",
                                                     "the header names another size than the publication"};
inline constexpr ErrorDeclaration payload_over_limit{"PayloadOverLimit(uint32 max, uint32 got)",
                                                     "the rollup's proofs have no room for so many payload bytes"};
inline constexpr ErrorDeclaration publication_too_old{"PublicationTooOld(uint64 oldest, uint64 got)",
                                                      "the matrix has to be published again before a batch names it"};
inline constexpr ErrorDeclaration publication_expired{"PublicationExpired(uint64 expiresAt, uint64 height)",
                                                      "nobody has to keep the rows of the matrix any more"};
inline constexpr ErrorDeclaration not_sequencer{"NotSequencer(address expected, address got)",
                                                "the lane is closed to everybody but the rollup's sequencer"};
inline constexpr ErrorDeclaration nothing_forced{
    "NothingForced(uint64 inboxEnd)", "a batch of another sender than the sequencer has to consume an inbox message"};
inline constexpr ErrorDeclaration bad_certificate{"BadCertificate(string reason)",
                                                  "the order certificate does not hold for this batch"};
inline constexpr ErrorDeclaration certificate_not_empty{
    "CertificateNotEmpty(uint64 got)", "a batch of another sender than the sequencer carries no certificate"};

// voidPayload
inline constexpr ErrorDeclaration already_settled{"AlreadySettled(uint64 sequence, uint64 settled)",
                                                  "the batch is settled"};
inline constexpr ErrorDeclaration already_void{"AlreadyVoid(uint64 sequence)",
                                               "the payload of the batch is recorded as void"};
inline constexpr ErrorDeclaration no_matrix{"NoMatrix(uint64 sequence)",
                                            "the batch names no matrix of the native scheme"};
inline constexpr ErrorDeclaration evidence_refused{
    "EvidenceRefused(string reason)", "the evidence does not show that the data rows are no codeword's"};

// claim
inline constexpr ErrorDeclaration claim_out_of_order{"ClaimOutOfOrder(uint64 expected, uint64 got)",
                                                     "batches settle in order"};
inline constexpr ErrorDeclaration batch_unknown{"BatchUnknown(uint64 rollup, uint64 sequence)",
                                                "no such batch is registered"};
inline constexpr ErrorDeclaration bad_witness{"BadWitness(string reason)", "the witness does not decode"};
inline constexpr ErrorDeclaration witness_refused{
    "WitnessRefused(string reason, uint256 item, bytes32 expectedHash)",
    "the program asks for other preimages than the witness holds"};
inline constexpr ErrorDeclaration run_failed{"RunFailed(string status, string trap, uint64 exitCode, uint64 steps)",
                                             "the program did not halt with code 0"};
inline constexpr ErrorDeclaration nothing_committed{"NothingCommitted(uint64 steps)",
                                                    "the program halted without a new state root"};
inline constexpr ErrorDeclaration wrong_state_root{"WrongStateRoot(bytes32 claimed, bytes32 computed)",
                                                   "the run gives another state root"};
inline constexpr ErrorDeclaration wrong_outbox_root{"WrongOutboxRoot(bytes32 claimed, bytes32 computed)",
                                                    "the run gives another outbox"};
inline constexpr ErrorDeclaration wrong_receipts_root{"WrongReceiptsRoot(bytes32 claimed, bytes32 computed)",
                                                      "the run gives other receipts"};
inline constexpr ErrorDeclaration wrong_steps{"WrongSteps(uint64 claimed, uint64 computed)",
                                              "the run takes another number of steps"};
inline constexpr ErrorDeclaration wrong_machine_root{"WrongMachineRoot(bytes32 claimed, bytes32 computed)",
                                                     "the machine ends in another state"};

// claims under policies of several methods
inline constexpr ErrorDeclaration method_not_allowed{"MethodNotAllowed(string policy, string method)",
                                                     "the rollup's policy does not settle by this method"};
inline constexpr ErrorDeclaration already_accepted{"AlreadyAccepted(uint64 sequence, string method)",
                                                   "a claim for this batch by this method has been accepted before"};
inline constexpr ErrorDeclaration claims_disagree{
    "ClaimsDisagree(string field, string method, bytes32 accepted, bytes32 got)",
    "the other method has shown another value for this batch; it stays unsettled"};

// claimProven
inline constexpr ErrorDeclaration empty_range{"EmptyRange(uint64 first, uint64 last)",
                                              "the last batch is before the first"};
inline constexpr ErrorDeclaration range_too_long{"RangeTooLong(uint64 max, uint64 got)",
                                                 "one claim settles fewer batches under this mapping and policy"};
inline constexpr ErrorDeclaration opening_not_empty{"OpeningNotEmpty(string argument, uint64 got)",
                                                    "under the mapping digest nothing is opened"};
inline constexpr ErrorDeclaration payload_refused{"PayloadRefused(string reason)",
                                                  "the opened data is not what the batch names"};
inline constexpr ErrorDeclaration outbox_refused{"OutboxRefused(uint64 message, string reason)",
                                                 "a message of the opened outbox breaks a rule"};
inline constexpr ErrorDeclaration too_many_outbox_messages{"TooManyOutboxMessages(uint64 max, uint64 got)",
                                                           "the rollup's proofs have no room for so many messages"};
inline constexpr ErrorDeclaration wrong_outbox_count{"WrongOutboxCount(uint64 claimed, uint64 computed)",
                                                     "the opened outbox has another number of messages"};
inline constexpr ErrorDeclaration receipts_not_zero{"ReceiptsNotZero(bytes32 got)",
                                                    "under the mapping words the receipts root is zero"};
inline constexpr ErrorDeclaration key_not_active{"KeyNotActive(bytes32 keyId, string status)",
                                                 "the rollup's key settles nothing in this status"};
inline constexpr ErrorDeclaration proof_refused{"ProofRefused(bytes32 statement, string reason)",
                                                "the proof does not show the statement"};

}  // namespace enshrine::rollup_registry::errors
