// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/system/method_table.hpp>

namespace enshrine::data_availability::errors {

inline constexpr system::ErrorDeclaration unknown_blob{"UnknownBlob(bytes32 versionedHash)",
                                                       "no block has published a blob with this versioned hash"};
inline constexpr system::ErrorDeclaration wrong_size{"WrongSize(string argument, uint64 expected, uint64 got)",
                                                     "an argument has another number of bytes than its kind has"};
inline constexpr system::ErrorDeclaration commitment_mismatch{
    "CommitmentMismatch(bytes32 expected, bytes32 got)", "the commitment has another versioned hash than the blob"};
inline constexpr system::ErrorDeclaration cell_index_out_of_range{"CellIndexOutOfRange(uint64 count, uint64 got)",
                                                                  "a blob has `count` cells, numbered from 0"};
inline constexpr system::ErrorDeclaration sample_refused{
    "SampleRefused(string reason)", "cell and proof do not show what the commitment says at the index"};

}  // namespace enshrine::data_availability::errors
