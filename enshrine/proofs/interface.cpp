// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/errors.hpp>
#include <enshrine/proofs/events.hpp>
#include <enshrine/proofs/handlers.hpp>
#include <enshrine/proofs/interface.hpp>
#include <enshrine/proofs/params.hpp>
#include <enshrine/system/addresses.hpp>
#include <enshrine/system/well_formed.hpp>

namespace enshrine::proofs {
namespace {

using system::Mutability;

constexpr system::Method<system::CallContext> methods[] = {
    {"registerKey(bytes key)", "bytes32 keyId", Mutability::payable, register_key_gas, &apply_register_key,
     "Registers a verifying key in the canonical encoding of its kind, after checking all that can be wrong with it. "
     "The "
     "value is the deposit, given back by retireKey. Costs gas per byte besides."},
    {"freezeKey(bytes32 keyId)", "", Mutability::nonpayable, key_status_gas, &apply_freeze_key,
     "Stops settlement with the key of the caller's rollups; from governance, every use of it."},
    {"unfreezeKey(bytes32 keyId)", "", Mutability::nonpayable, key_status_gas, &apply_unfreeze_key,
     "Ends the caller's own freeze."},
    {"retireKey(bytes32 keyId)", "", Mutability::nonpayable, key_status_gas, &apply_retire_key,
     "Gives up the caller's registration, unless a rollup of the caller settles with it, and pays the deposit back; "
     "from "
     "governance, ends the key for everybody for good."},
    {"verify(bytes32 keyId, uint256[] inputs, bytes proof)", "bytes32 statement, uint64 index", Mutability::nonpayable,
     verify_gas, &apply_verify,
     "Verifies a proof and appends its statement to the receipts of the caller. Costs the gas of one verification with "
     "this key (status) besides, whatever its outcome."},
    {"status(bytes32 keyId)",
     "uint8 status, uint8 kind, uint8 version, uint64 inputs, uint64 verificationGas, uint64 activeFrom, uint64 "
     "holders, "
     "uint64 keyBytes",
     Mutability::view, view_gas, &query_status,
     "Where a key stands: 0 unknown, 1 probation, 2 active, 3 frozen, 4 retired: nobody holds it, and the other values are zero, or governance has ended it."},
    {"holder(bytes32 keyId, address account)", "uint256 deposit, uint64 since, bool frozen, uint64 rollups",
     Mutability::view, view_gas, &query_holder, "An account's registration of a key."},
    {"key(bytes32 keyId)", "bytes key", Mutability::view, view_gas, &query_key, "The bytes of a key that has holders."},
    {"receipts(bytes32 source)", "uint64 count, bytes32 root", Mutability::view, view_gas, &query_receipts,
     "The Merkle list of what was verified for a rollup (24 zero bytes, id) or for an account (1, 11 zero bytes, "
     "address)."},
    {"receipt(bytes32 source, uint64 index)", "bytes32 statement, bytes32 keyId, uint64 height, bytes32[] siblings",
     Mutability::view, view_gas, &query_receipt, "One receipt, and the proof that it is in the list."},
    {"findReceipt(bytes32 source, bytes32 statement)", "bool found, uint64 index", Mutability::view, view_gas,
     &query_find_receipt, "Where a statement stands in a list."},
};
constexpr system::EventDeclaration event_table[] = {events::key_registered, events::key_frozen, events::key_unfrozen,
                                                    events::key_retired, events::proof_verified};
constexpr system::ErrorDeclaration error_table[] = {
    errors::key_too_large,    errors::key_refused,    errors::wrong_deposit,     errors::key_held,
    errors::key_retired,      errors::unknown_key,    errors::not_holder,        errors::key_in_use,
    errors::status_unchanged, errors::key_not_active, errors::wrong_input_count, errors::already_verified,
    errors::proof_refused,    errors::receipts_full,  errors::unknown_receipt};
constexpr system::Contract table{"IProofVerifier",
                                 "Verifying keys, the verification of proofs, and receipts of what was verified.",
                                 system::proof_verifier_address,
                                 methods,
                                 event_table,
                                 error_table};
static_assert(system::well_formed(table));

}  // namespace

const system::Contract& contract() noexcept {
    return table;
}

}  // namespace enshrine::proofs
