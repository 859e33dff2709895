// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/system/method_table.hpp>

/// Every refusal of this contract: one error per rule and field.
namespace enshrine::data_availability::errors {

using system::ErrorDeclaration;

// samples of EIP-4844 blobs
inline constexpr ErrorDeclaration unknown_blob{"UnknownBlob(bytes32 versionedHash)",
                                               "no block has published a blob with this versioned hash"};
inline constexpr ErrorDeclaration wrong_size{"WrongSize(string argument, uint64 expected, uint64 got)",
                                             "an argument has another number of bytes than its kind has"};
inline constexpr ErrorDeclaration commitment_mismatch{"CommitmentMismatch(bytes32 expected, bytes32 got)",
                                                      "the commitment has another versioned hash than the blob"};
inline constexpr ErrorDeclaration cell_index_out_of_range{"CellIndexOutOfRange(uint64 count, uint64 got)",
                                                          "a blob has `count` cells, numbered from 0"};
inline constexpr ErrorDeclaration sample_refused{"SampleRefused(string reason)",
                                                 "cell and proof do not show what the commitment says at the index"};

// publish, publishMatrix
inline constexpr ErrorDeclaration no_blobs{"NoBlobs()", "a matrix carries at least one blob"};
inline constexpr ErrorDeclaration too_many_blobs{"TooManyBlobs(uint64 max, uint64 got)",
                                                 "a matrix carries at most `max` blobs"};
inline constexpr ErrorDeclaration wrong_length{"WrongLength(string argument, uint64 expected, uint64 got)",
                                               "an array has another length than the first one, or a text other lines"};
inline constexpr ErrorDeclaration empty_blob{"EmptyBlob(uint64 blob)", "the size of a blob is zero"};
inline constexpr ErrorDeclaration blob_too_large{"BlobTooLarge(uint64 blob, uint64 max, uint64 got)",
                                                 "the size of a blob is above that of the largest matrix"};
inline constexpr ErrorDeclaration matrix_too_large{"MatrixTooLarge(uint64 max, uint64 got)",
                                                   "the blobs do not fit the rows of the largest matrix together"};
inline constexpr ErrorDeclaration zero_commitment{"ZeroCommitment()", "the commitment is zero"};
inline constexpr ErrorDeclaration zero_namespace{"ZeroNamespace(uint64 blob)",
                                                 "the zero namespace is that of EIP-4844 blobs"};
inline constexpr ErrorDeclaration unknown_rollup{
    "UnknownRollup(uint64 blob, uint64 rollup)",
    "the namespace is that of a rollup which is not registered (24 zero bytes and its id)"};
inline constexpr ErrorDeclaration block_full{"BlockFull(uint64 max, uint64 used, uint64 requested)",
                                             "the block has not so many bytes left for data rows; try the next one"};
inline constexpr ErrorDeclaration fee_too_low{"FeeTooLow(uint256 required, uint256 got, uint256 bytePrice)",
                                              "the value of the call does not pay for the data rows"};
inline constexpr ErrorDeclaration bad_certificate{"BadCertificate(string reason, uint64 epoch)",
                                                  "the committee has not certified this publication"};

// setCommittee, setAdministrator
inline constexpr ErrorDeclaration not_administrator{"NotAdministrator(address expected, address got)",
                                                    "only the administrator of the committee may do this"};
inline constexpr ErrorDeclaration bad_committee{"BadCommittee(string reason)", "the members make no committee"};

// claimNamespace, setRetention
inline constexpr ErrorDeclaration namespace_reserved{
    "NamespaceReserved(bytes32 namespace)",
    "a namespace that begins with 24 zero bytes belongs to a rollup or to EIP-4844 blobs"};
inline constexpr ErrorDeclaration namespace_taken{"NamespaceTaken(bytes32 namespace, address owner)",
                                                  "the namespace has an owner"};
inline constexpr ErrorDeclaration not_namespace_owner{
    "NotNamespaceOwner(bytes32 namespace, address expected, address got)",
    "only the owner of the namespace may do this; zero: nobody has claimed it"};
inline constexpr ErrorDeclaration retention_out_of_range{
    "RetentionOutOfRange(uint64 lowest, uint64 highest, uint64 got)", "data is kept neither so short nor so long"};

}  // namespace enshrine::data_availability::errors
