// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/errors.hpp>
#include <enshrine/data_availability/events.hpp>
#include <enshrine/data_availability/handlers.hpp>
#include <enshrine/data_availability/interface.hpp>
#include <enshrine/data_availability/params.hpp>
#include <enshrine/system/addresses.hpp>
#include <enshrine/system/well_formed.hpp>

namespace enshrine::data_availability {
namespace {

using system::Mutability;

constexpr system::Method<system::CallContext> methods[] = {
    {"publish(bytes32 namespace, bytes32 commitment, uint64 size, bytes certificate)", "uint64 expiresAt",
     Mutability::payable, publish_gas, &apply_publish,
     "Publishes a blob of the native scheme that the committee has certified. The value pays for the data rows of its "
     "matrix; what is above the fee comes back. Costs gas per blob and per signature besides."},
    {"publishMatrix(bytes32[] namespaces, uint64[] sizes, bytes32 commitment, bytes certificate)", "uint64 expiresAt",
     Mutability::payable, publish_gas, &apply_publish_matrix,
     "Publishes a matrix of several blobs, listed in its order."},
    {"setCommittee(address[] members, uint64[] stakes, bytes32[] tlsKeyHashes, string endpoints)", "uint64 epoch",
     Mutability::nonpayable, set_committee_gas, &apply_set_committee,
     "Replaces the committee. Members ascend by address; endpoints are host:port, one per line. For the "
     "administrator."},
    {"setAdministrator(address administrator)", "", Mutability::nonpayable, set_administrator_gas,
     &apply_set_administrator, "Names another administrator. For the administrator."},
    {"claimNamespace(bytes32 namespace)", "", Mutability::nonpayable, namespace_gas, &apply_claim_namespace,
     "Makes the caller owner of a namespace that nobody has claimed."},
    {"setRetention(bytes32 namespace, uint64 blocks)", "", Mutability::nonpayable, namespace_gas, &apply_set_retention,
     "Says how long data of the namespace is kept, from the next publication on. For its owner."},
    {"publication(bytes32 commitment)",
     "bool known, uint64 height, uint64 expiresAt, uint64 epoch, uint64 dataRows, uint64 parityRows, uint64 rowBytes, "
     "bytes32[] namespaces, uint64[] sizes, uint64[] firstRows",
     Mutability::view, view_gas, &query_publication,
     "The last publication of a commitment, the shape of its matrix and the blobs in it."},
    {"committee()",
     "uint64 epoch, address administrator, address[] members, uint64[] stakes, bytes32[] tlsKeyHashes, string "
     "endpoints",
     Mutability::view, view_gas, &query_committee, "Who keeps and certifies new data."},
    {"committeeAt(uint64 epoch)",
     "bool known, address[] members, uint64[] stakes, bytes32[] tlsKeyHashes, string endpoints", Mutability::view,
     view_gas, &query_committee_at, "Who keeps data that was published in an epoch."},
    {"retention(bytes32 namespace)", "uint64 blocks, uint64 lowest, uint64 highest, address owner", Mutability::view,
     view_gas, &query_retention, "How long data of a namespace is kept, what its owner may set, and who that is."},
    {"bytePrice()", "uint256 price", Mutability::view, view_gas, &query_byte_price,
     "Price of a byte of data rows in this block, in wei."},
    {"fee(uint64[] sizes)", "uint256 amount, uint64 dataBytes", Mutability::view, view_gas, &query_fee,
     "What publishing a matrix of blobs of these sizes costs in this block, and the bytes that are charged."},
    {"blobInfo(bytes32 versionedHash)", "bool known, uint64 height, uint64 index, bytes32 contentRoot",
     Mutability::view, blob_info_gas, &query_blob_info,
     "The last block that published the EIP-4844 blob, the blob's place in it, and the root of the SHA-256 tree over "
     "its "
     "bytes."},
    {"verifySample(bytes32 versionedHash, bytes commitment, uint64 cellIndex, bytes cell, bytes proof)", "bool valid",
     Mutability::view, verify_sample_gas, &query_verify_sample,
     "Checks one of the 128 cells of a published EIP-4844 blob (EIP-7594). Returns true, or reverts with what is "
     "wrong."},
};
constexpr system::EventDeclaration event_table[] = {events::matrix_published,   events::blob_published,
                                                    events::committee_replaced, events::administrator_changed,
                                                    events::namespace_claimed,  events::retention_changed};
constexpr system::ErrorDeclaration error_table[] = {errors::no_blobs,
                                                    errors::too_many_blobs,
                                                    errors::wrong_length,
                                                    errors::empty_blob,
                                                    errors::blob_too_large,
                                                    errors::matrix_too_large,
                                                    errors::zero_commitment,
                                                    errors::zero_namespace,
                                                    errors::unknown_rollup,
                                                    errors::block_full,
                                                    errors::fee_too_low,
                                                    errors::bad_certificate,
                                                    errors::not_administrator,
                                                    errors::bad_committee,
                                                    errors::namespace_reserved,
                                                    errors::namespace_taken,
                                                    errors::not_namespace_owner,
                                                    errors::retention_out_of_range,
                                                    errors::unknown_blob,
                                                    errors::wrong_size,
                                                    errors::commitment_mismatch,
                                                    errors::cell_index_out_of_range,
                                                    errors::sample_refused};
constexpr system::Contract table{
    "IDataAvailability",
    "Publication of data that a committee keeps (the native scheme), and EIP-4844 blobs that blocks have published.",
    system::data_availability_address,
    methods,
    event_table,
    error_table};
static_assert(system::well_formed(table));

}  // namespace

const system::Contract& contract() noexcept {
    return table;
}

}  // namespace enshrine::data_availability
