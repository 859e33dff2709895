// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>
#include <enshrine/data_availability/shape.hpp>

#include <memory>
#include <span>
#include <vector>

/// Proofs that rows belong to a commitment and to its codeword. Rules: docs/spec/data_availability.md [DA-CODE.7 …
/// DA-CODE.10].
namespace enshrine::data_availability {

inline constexpr std::size_t combination_bytes = 16;

enum class RowError : std::uint16_t {
    wrong_combinations_size = 1,  ///< not 16 bytes per data row
    commitment_mismatch,          ///< row root and combinations give another commitment
    index_out_of_range,           ///< not below K + N; for a standalone proof not below K
    indices_not_ascending,        ///< unsorted or repeated
    wrong_row_bytes,
    wrong_proof_length,   ///< another number of siblings than the depth asks for
    row_root_mismatch,    ///< the row is not the one under the row root at this index
    combination_mismatch  ///< the row is under the root but not a row of the codeword
};
const ErrorDomain& error_domain(RowError) noexcept;

struct RowProof {
    std::uint32_t index = 0;
    Bytes row;
    std::vector<Hash32> siblings;  ///< from the leaf up
};
struct StandaloneProof {
    RowProof row;
    Hash32 row_root;
    Hash32 combination_root;
    std::vector<Hash32> combination_siblings;  ///< from the leaf up
};
[[nodiscard]] Result<void> verify_standalone(const Shape& shape, const Hash32& commitment,
                                             const StandaloneProof& proof) noexcept;

struct IndexedRow {
    std::uint32_t index = 0;
    BytesView row;
};

/// Verifies rows of one matrix. Preparing it costs as much as a few hundred rows: keep it while rows of the matrix
/// arrive. Const calls may be made at once by several threads. Movable.
class RowVerifier {
public:
    /// Errors: ShapeError, wrong_combinations_size, commitment_mismatch.
    [[nodiscard]] static Result<RowVerifier> make(const Shape& shape, const Hash32& commitment, const Hash32& row_root,
                                                  BytesView combinations) noexcept;
    RowVerifier(RowVerifier&&) noexcept;
    RowVerifier& operator=(RowVerifier&&) noexcept;
    ~RowVerifier();

    [[nodiscard]] const Shape& shape() const noexcept;
    [[nodiscard]] const Hash32& commitment() const noexcept;
    [[nodiscard]] const Hash32& row_root() const noexcept;
    [[nodiscard]] BytesView combinations() const noexcept;
    [[nodiscard]] Result<void> verify(const RowProof& proof) const noexcept;
    /// Rows of strictly ascending indices with shared siblings [DA-CODE.10].
    [[nodiscard]] Result<void> verify_rows(std::span<const IndexedRow> rows,
                                           std::span<const Hash32> siblings) const noexcept;

private:
    struct State;
    explicit RowVerifier(std::unique_ptr<State> state) noexcept;
    std::unique_ptr<State> state_;
};

}  // namespace enshrine::data_availability
