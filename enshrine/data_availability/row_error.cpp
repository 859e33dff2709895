// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/row_proof.hpp>

namespace enshrine::data_availability {

const ErrorDomain& error_domain(RowError) noexcept {
    static constexpr ErrorDomain domain{
        "row", [](std::uint16_t code) noexcept -> std::string_view {
            switch (RowError{code}) {
                case RowError::wrong_combinations_size:
                    return "combinations are 16 bytes for each data row";
                case RowError::commitment_mismatch:
                    return "row root and combinations give another commitment";
                case RowError::index_out_of_range:
                    return "row index is not below the number of rows that the proof speaks of";
                case RowError::indices_not_ascending:
                    return "row indices do not ascend strictly";
                case RowError::wrong_row_bytes:
                    return "row has another number of bytes than the rows of its matrix";
                case RowError::wrong_proof_length:
                    return "proof has another number of siblings than its rows need";
                case RowError::row_root_mismatch:
                    return "row and siblings do not lead to the row root";
                case RowError::combination_mismatch:
                    return "row is under the row root but is no row of the codeword";
            }
            return "unknown row error";
        }};
    return domain;
}

}  // namespace enshrine::data_availability
