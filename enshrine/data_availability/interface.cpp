// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/errors.hpp>
#include <enshrine/data_availability/handlers.hpp>
#include <enshrine/data_availability/interface.hpp>
#include <enshrine/data_availability/params.hpp>
#include <enshrine/system/addresses.hpp>
#include <enshrine/system/well_formed.hpp>

namespace enshrine::data_availability {
namespace {

using system::Mutability;

constexpr system::Method<system::CallContext> methods[] = {
    {"blobInfo(bytes32 versionedHash)", "bool known, uint64 height, uint64 index, bytes32 contentRoot", Mutability::view,
     blob_info_gas, &query_blob_info,
     "The last block that published the blob, the blob's place in it, and the root of the SHA-256 tree over its bytes."},
    {"verifySample(bytes32 versionedHash, bytes commitment, uint64 cellIndex, bytes cell, bytes proof)", "bool valid",
     Mutability::view, verify_sample_gas, &query_verify_sample,
     "Checks one of the 128 cells of a published blob (EIP-7594). Returns true, or reverts with what is wrong."},
};
constexpr system::ErrorDeclaration error_table[] = {errors::unknown_blob, errors::wrong_size,
                                                    errors::commitment_mismatch, errors::cell_index_out_of_range,
                                                    errors::sample_refused};
constexpr system::Contract table{"IDataAvailability",
                                 "Blobs that blocks have published, and verification of samples of them.",
                                 system::data_availability_address,
                                 methods,
                                 {},
                                 error_table};
static_assert(system::well_formed(table));

}  // namespace

const system::Contract& contract() noexcept { return table; }

}  // namespace enshrine::data_availability
