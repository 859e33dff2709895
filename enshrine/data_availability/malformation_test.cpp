// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/data_tree.hpp>
#include <enshrine/data_availability/malformed_matrix_for_test.hpp>
#include <enshrine/data_availability/matrix_for_test.hpp>

#include <gtest/gtest.h>

namespace enshrine::data_availability {
namespace {

constexpr Shape shape{.data_rows = 8, .parity_rows = 24, .row_bytes = 128};
constexpr std::size_t shape_depth = 5;

MalformedMatrix tampered(std::uint32_t row) {
    return MalformedMatrix{shape, random_bytes(shape.data_bytes(), 1),
                           [row](std::vector<Bytes>& rows) { rows[row][5] ^= 0x10; }};
}

MalformationEvidence honest_evidence(const Matrix& matrix, std::uint32_t first) {
    MalformationEvidence out{
        .row_root = matrix.row_root(), .combinations = to_bytes(matrix.combinations()), .rows = {}};
    for (std::uint32_t i = 0; i < shape.data_rows; ++i) out.rows.push_back(matrix.prove(first + i));
    return out;
}

Result<void> verify(const MalformedMatrix& matrix, const MalformationEvidence& evidence) {
    return verify_malformation(shape, matrix.commitment(), evidence);
}

TEST(Malformation, DaBatch4RowsOfTheCodewordShowABadDataRow) {  // [DA-BATCH.4]
    for (std::uint32_t bad = 0; bad < shape.data_rows; ++bad) {
        const MalformedMatrix matrix = tampered(bad);
        EXPECT_TRUE(verify(matrix, matrix.evidence(shape.data_rows)).has_value()) << bad;
    }
    // Data rows may be part of the evidence, the bad one excepted.
    const MalformedMatrix matrix = tampered(0);
    EXPECT_TRUE(verify(matrix, matrix.evidence(1)).has_value());
    EXPECT_TRUE(verify(matrix, matrix.evidence(0)).error().is(RowError::combination_mismatch));
}

TEST(Malformation, DaBatch4BadParityAloneChangesNothing) {  // [DA-BATCH.4]
    const MalformedMatrix matrix = tampered(shape.data_rows + 3);
    EXPECT_TRUE(verify(matrix, matrix.evidence(0)).error().is(MalformationError::well_formed));
    MalformationEvidence mixed = matrix.evidence(0);
    mixed.rows[0] = matrix.prove(shape.data_rows + 7);
    std::ranges::rotate(mixed.rows, mixed.rows.begin() + 1);
    EXPECT_TRUE(verify(matrix, mixed).error().is(MalformationError::well_formed));
}

TEST(Malformation, DaBatch4NothingShowsThatACodewordIsNone) {  // [DA-BATCH.4]
    const Matrix matrix = matrix_of(shape, 3);
    for (std::uint32_t first = 0; first < 2 * shape.data_rows; ++first) {
        const auto verified = verify_malformation(shape, matrix.commitment(), honest_evidence(matrix, first));
        EXPECT_TRUE(verified.error().is(MalformationError::well_formed)) << first;
    }
    // A row with the combination of the committed one is easy to find, and proves nothing: it lies not under the root.
    MalformationEvidence forged = honest_evidence(matrix, 0);
    forged.rows[2].row[0] ^= 1;
    EXPECT_TRUE(verify_malformation(shape, matrix.commitment(), forged).error().is(RowError::row_root_mismatch));
}

TEST(Malformation, DaBatch4RefusesOtherEvidence) {  // [DA-BATCH.4]
    const MalformedMatrix matrix = tampered(2);
    const MalformationEvidence good = matrix.evidence(shape.data_rows);
    ASSERT_TRUE(verify(matrix, good).has_value());

    MalformationEvidence bad = good;
    bad.rows.pop_back();
    EXPECT_TRUE(verify(matrix, bad).error().is(MalformationError::wrong_row_count));
    bad = good;
    bad.rows[1] = bad.rows[0];
    EXPECT_TRUE(verify(matrix, bad).error().is(MalformationError::rows_not_ascending));
    EXPECT_TRUE(
        verify(matrix, matrix.evidence(2 * shape.data_rows)).error().is(MalformationError::no_row_shows_the_data));
    bad = good;
    bad.combinations[3] ^= 1;
    EXPECT_TRUE(verify(matrix, bad).error().is(RowError::commitment_mismatch));
    bad = good;
    bad.row_root[0] ^= 1;
    EXPECT_TRUE(verify(matrix, bad).error().is(RowError::commitment_mismatch));
    bad = good;
    bad.rows[0].siblings[shape_depth - 1][0] ^= 1;
    EXPECT_TRUE(verify(matrix, bad).error().is(RowError::row_root_mismatch));
    bad = good;
    bad.rows[4].siblings.pop_back();
    EXPECT_TRUE(verify(matrix, bad).error().is(RowError::wrong_proof_length));
    bad = good;
    bad.rows[4].row.pop_back();
    EXPECT_TRUE(verify(matrix, bad).error().is(RowError::wrong_row_bytes));
}

TEST(Malformation, RowProofsComeBackFromBytes) {
    const MalformedMatrix matrix = tampered(2);
    const auto rows = matrix.evidence(5).rows;
    const Bytes bytes = encode_row_proofs(rows);
    const auto decoded = decode_row_proofs(shape, bytes);
    ASSERT_TRUE(decoded.has_value());
    ASSERT_EQ(decoded->size(), rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        EXPECT_EQ((*decoded)[i].index, rows[i].index);
        EXPECT_EQ((*decoded)[i].row, rows[i].row);
        EXPECT_EQ((*decoded)[i].siblings, rows[i].siblings);
    }
    EXPECT_TRUE(decode_row_proofs(shape, BytesView{bytes}.first(bytes.size() - 1))
                    .error()
                    .is(MalformationError::wrong_row_count));
    EXPECT_FALSE(decode_row_proofs(shape, {}).has_value());
}

TEST(DataTree, ShowsWhatTheRowsOfTheLeftHalfShow) {
    const Matrix matrix = matrix_of(shape, 9);
    Bytes data_rows;
    for (std::uint32_t i = 0; i < shape.data_rows; ++i) append(data_rows, matrix.row(i));
    const Hash32 root = data_root(shape, data_rows);
    for (std::uint32_t i = 0; i < shape.total_rows(); ++i) {
        const auto shown = shown_data_root(shape, matrix.prove(i));
        ASSERT_EQ(shown.has_value(), i < 2 * shape.data_rows) << i;
        if (!shown) continue;
        EXPECT_EQ(*shown, root) << i;
        EXPECT_EQ(anchor_siblings(shape, matrix.prove(i)), anchor_siblings(shape, matrix.prove(0))) << i;
    }
    EXPECT_EQ(combination_root(matrix.combinations()), matrix.combination_root());
}

TEST(DataTree, DaBatch2PreimagesLeadFromTheCommitmentToTheRows) {  // [DA-BATCH.2]
    const Matrix matrix = matrix_of(shape, 4);
    Bytes data_rows;
    for (std::uint32_t i = 0; i < shape.data_rows; ++i) append(data_rows, matrix.row(i));
    const auto preimages = program_preimages(
        shape, data_rows,
        {.siblings = anchor_siblings(shape, matrix.prove(0)), .combination_root = matrix.combination_root()});
    EXPECT_EQ(preimages.size(), 2 * shape.data_rows - 1 + 2 + 1);
    EXPECT_EQ(hash::sha256(preimages.back()), matrix.commitment());
    EXPECT_EQ(Hash32::from(BytesView{preimages.back()}.first(32)), matrix.row_root());
    EXPECT_EQ(hash::sha256(preimages[preimages.size() - 2]), matrix.row_root());
}

}  // namespace
}  // namespace enshrine::data_availability
