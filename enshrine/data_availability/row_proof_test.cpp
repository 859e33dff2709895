// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/commitment.hpp>
#include <enshrine/data_availability/matrix_for_test.hpp>
#include <enshrine/data_availability/row_proof.hpp>
#include <enshrine/data_availability/row_tree.hpp>
#include <enshrine/hash/sha256.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>

namespace enshrine::data_availability {
namespace {

constexpr Shape shape{16, 48, 128};

struct RowsProof {
    std::vector<std::uint32_t> indices;
    std::vector<IndexedRow> rows;
    std::vector<Hash32> siblings;
};
RowsProof prove(const Matrix& matrix, std::vector<std::uint32_t> indices) {
    RowsProof out{std::move(indices), {}, {}};
    for (const std::uint32_t index : out.indices) out.rows.push_back({index, matrix.row(index)});
    out.siblings = matrix.prove_rows(out.indices);
    return out;
}

// [DA-CODE.7]
TEST(RowProof, Code7AcceptsEveryRow) {
    const Matrix matrix = matrix_of(shape, 1);
    const RowVerifier verifier = verifier_of(matrix);
    for (std::uint32_t i = 0; i < shape.total_rows(); ++i) {
        const RowProof proof = matrix.prove(i);
        EXPECT_EQ(proof.siblings.size(), 6U);
        EXPECT_TRUE(verifier.verify(proof).has_value()) << i;
    }
    EXPECT_EQ(verifier.shape(), shape);
    EXPECT_EQ(verifier.commitment(), matrix.commitment());
    EXPECT_EQ(verifier.row_root(), matrix.row_root());
    EXPECT_TRUE(equal(verifier.combinations(), matrix.combinations()));
}

// [DA-CODE.7]
TEST(RowProof, Code7RefusesWithTheReason) {
    const Matrix matrix = matrix_of(shape, 2);
    const RowVerifier verifier = verifier_of(matrix);
    RowProof proof = matrix.prove(5);
    proof.index = shape.total_rows();
    EXPECT_TRUE(verifier.verify(proof).error().is(RowError::index_out_of_range));
    proof = matrix.prove(5);
    proof.index = 6;
    EXPECT_TRUE(verifier.verify(proof).error().is(RowError::row_root_mismatch));
    proof = matrix.prove(5);
    proof.row.resize(shape.row_bytes + 64);
    EXPECT_TRUE(verifier.verify(proof).error().is(RowError::wrong_row_bytes));
    proof = matrix.prove(5);
    proof.siblings.pop_back();
    EXPECT_TRUE(verifier.verify(proof).error().is(RowError::wrong_proof_length));
    proof.siblings.resize(7);
    EXPECT_TRUE(verifier.verify(proof).error().is(RowError::wrong_proof_length));
}

TEST(RowProof, Code7RefusesEveryChangedByte) {
    const Matrix matrix = matrix_of(shape, 3);
    const RowVerifier verifier = verifier_of(matrix);
    for (const std::uint32_t index : {0U, 15U, 16U, 63U}) {
        RowProof proof = matrix.prove(index);
        for (Byte& byte : proof.row) {
            byte ^= 1;
            EXPECT_TRUE(verifier.verify(proof).error().is(RowError::row_root_mismatch));
            byte ^= 1;
        }
        for (Hash32& sibling : proof.siblings) {
            for (Byte& byte : sibling) {
                byte ^= 0x80;
                EXPECT_TRUE(verifier.verify(proof).error().is(RowError::row_root_mismatch));
                byte ^= 0x80;
            }
        }
        EXPECT_TRUE(verifier.verify(proof).has_value());
    }
}

/// A matrix of which one row is no codeword's, committed to as if it were: the combinations are those of its rows.
struct Forged {
    RowTree rows{shape.total_rows()};
    Bytes bad_row;
    Bytes combinations;
    Hash32 commitment;
};
Forged forge(const Matrix& honest, std::uint32_t bad_index) {
    Forged out;
    out.bad_row = to_bytes(honest.row(bad_index));
    out.bad_row[77] ^= 1;
    for (std::uint32_t i = 0; i < shape.total_rows(); ++i) {
        out.rows.leaves()[i] = leaf_of(i == bad_index ? BytesView{out.bad_row} : honest.row(i));
    }
    out.rows.build();
    return out;
}

// A row under the root that is no row of the code, whatever the combinations say of the data rows.
TEST(RowProof, Code7RefusesARowThatIsNoCodewords) {
    const Matrix honest = matrix_of(shape, 4);
    for (const std::uint32_t bad_index : {3U, 40U}) {
        Forged forged = forge(honest, bad_index);
        // Combinations under the forged root: rows are combined one by one through proofs of a matrix of their own
        // seed.
        const RowVerifier honest_verifier = verifier_of(honest);
        const Hash32 seed = combination_seed(shape, forged.rows.root());
        for (std::uint32_t i = 0; i < shape.data_rows; ++i) {
            algebra::CombinationSum sum;
            const BytesView row = honest.row(i);
            for (std::uint32_t s = 0; s < shape.row_bytes / 2; ++s) {
                Bytes input = to_bytes(seed.view());
                input.resize(36);
                store_le(input.data() + 32, s);
                sum.add(symbol_of(row, s), fold_coefficient(hash::sha256(input)));
            }
            append(forged.combinations, sum.finish());
        }
        forged.commitment = commitment_of(forged.rows.root(), combination_tree(forged.combinations).root());
        const auto verifier =
            RowVerifier::make(shape, forged.commitment, forged.rows.root(), forged.combinations).value();
        for (std::uint32_t i = 0; i < shape.total_rows(); ++i) {
            RowProof proof{i, to_bytes(honest.row(i)), forged.rows.siblings(i)};
            if (i == bad_index) proof.row = forged.bad_row;
            const auto verdict = verifier.verify(proof);
            EXPECT_EQ(verdict.has_value(), i != bad_index);
            if (i == bad_index) {
                EXPECT_TRUE(verdict.error().is(RowError::combination_mismatch));
            }
        }
        const std::array<IndexedRow, 1> rows{{{bad_index, forged.bad_row}}};
        const std::array<std::uint32_t, 1> indices{bad_index};
        EXPECT_TRUE(verifier.verify_rows(rows, forged.rows.shared_siblings(indices))
                        .error()
                        .is(RowError::combination_mismatch));
        EXPECT_TRUE(honest_verifier.verify(RowProof{bad_index, forged.bad_row, forged.rows.siblings(bad_index)})
                        .error()
                        .is(RowError::row_root_mismatch));
    }
}

TEST(RowProof, Code7RefusesOtherCombinations) {
    const Matrix matrix = matrix_of(shape, 5);
    Bytes combinations = to_bytes(matrix.combinations());
    const auto make = [&](const Hash32& commitment, const Hash32& root) {
        return RowVerifier::make(shape, commitment, root, combinations);
    };
    EXPECT_TRUE(make(matrix.commitment(), matrix.combination_root()).error().is(RowError::commitment_mismatch));
    for (Byte& byte : combinations) {
        byte ^= 4;
        EXPECT_TRUE(make(matrix.commitment(), matrix.row_root()).error().is(RowError::commitment_mismatch));
        byte ^= 4;
    }
    EXPECT_TRUE(make(matrix.commitment(), matrix.row_root()).has_value());
    combinations.pop_back();
    EXPECT_TRUE(make(matrix.commitment(), matrix.row_root()).error().is(RowError::wrong_combinations_size));
    Shape odd = shape;
    odd.row_bytes = 100;
    EXPECT_TRUE(RowVerifier::make(odd, matrix.commitment(), matrix.row_root(), matrix.combinations())
                    .error()
                    .is(ShapeError::bad_row_bytes));
}

// The size of rows is part of what coefficients come from: the same bytes under another shape are another matrix.
TEST(RowProof, Code7RefusesAnotherRowSize) {
    const Matrix matrix = matrix_of(shape, 6);
    Shape longer = shape;
    longer.row_bytes = 192;
    const auto verifier =
        RowVerifier::make(longer, matrix.commitment(), matrix.row_root(), matrix.combinations()).value();
    RowProof proof = matrix.prove(1);
    EXPECT_TRUE(verifier.verify(proof).error().is(RowError::wrong_row_bytes));
    proof.row.resize(192);
    EXPECT_TRUE(verifier.verify(proof).error().is(RowError::row_root_mismatch));
}

// [DA-CODE.8]
TEST(RowProof, Code8StandaloneProofsOfDataRows) {
    const Matrix matrix = matrix_of(shape, 7);
    for (std::uint32_t i = 0; i < shape.data_rows; ++i) {
        const StandaloneProof proof = matrix.prove_standalone(i);
        EXPECT_EQ(proof.combination_siblings.size(), 4U);
        EXPECT_TRUE(verify_standalone(shape, matrix.commitment(), proof).has_value());
    }
    const StandaloneProof good = matrix.prove_standalone(9);
    const auto refused = [&](const StandaloneProof& proof, RowError error) {
        const auto verdict = verify_standalone(shape, matrix.commitment(), proof);
        return !verdict.has_value() && verdict.error().is(error);
    };
    StandaloneProof proof = good;
    proof.row.index = 16;
    EXPECT_TRUE(refused(proof, RowError::index_out_of_range));
    proof = good;
    proof.row.row.pop_back();
    EXPECT_TRUE(refused(proof, RowError::wrong_row_bytes));
    proof = good;
    proof.row.siblings.pop_back();
    EXPECT_TRUE(refused(proof, RowError::wrong_proof_length));
    proof = good;
    proof.combination_siblings.emplace_back();
    EXPECT_TRUE(refused(proof, RowError::wrong_proof_length));
    proof = good;
    std::swap(proof.row_root, proof.combination_root);
    EXPECT_TRUE(refused(proof, RowError::commitment_mismatch));
    proof = good;
    proof.row.row[0] ^= 1;
    EXPECT_TRUE(refused(proof, RowError::row_root_mismatch));
    proof = good;
    proof.combination_siblings[2][0] ^= 1;
    EXPECT_TRUE(refused(proof, RowError::combination_mismatch));
    proof = good;
    proof.row.index = 8;
    EXPECT_TRUE(refused(proof, RowError::row_root_mismatch));
}

// [DA-CODE.10]
TEST(RowProof, Code10SharedSiblings) {
    const Matrix matrix = matrix_of(shape, 8);
    const RowVerifier verifier = verifier_of(matrix);
    std::vector<std::uint32_t> all(shape.total_rows());
    std::iota(all.begin(), all.end(), 0U);
    for (const auto& indices : std::vector<std::vector<std::uint32_t>>{
             {0}, {63}, {0, 1}, {1, 2}, {0, 63}, {4, 5, 6, 7}, {3, 17, 18, 19, 40, 62, 63}, all}) {
        RowsProof proof = prove(matrix, indices);
        EXPECT_TRUE(verifier.verify_rows(proof.rows, proof.siblings).has_value());
        proof.siblings.emplace_back();
        EXPECT_TRUE(verifier.verify_rows(proof.rows, proof.siblings).error().is(RowError::wrong_proof_length));
        proof.siblings.pop_back();
        for (Hash32& sibling : proof.siblings) {
            sibling[31] ^= 1;
            EXPECT_TRUE(verifier.verify_rows(proof.rows, proof.siblings).error().is(RowError::row_root_mismatch));
            sibling[31] ^= 1;
        }
        if (proof.siblings.empty()) continue;
        proof.siblings.pop_back();
        EXPECT_TRUE(verifier.verify_rows(proof.rows, proof.siblings).error().is(RowError::wrong_proof_length));
    }
    EXPECT_TRUE(prove(matrix, all).siblings.empty());
    EXPECT_EQ(prove(matrix, {0}).siblings, matrix.prove(0).siblings);
    EXPECT_TRUE(verifier.verify_rows({}, {}).error().is(RowError::wrong_proof_length));
}

// [DA-CODE.10]
TEST(RowProof, Code10IndicesAscend) {
    const Matrix matrix = matrix_of(shape, 9);
    const RowVerifier verifier = verifier_of(matrix);
    const RowsProof good = prove(matrix, {2, 9});
    std::vector<IndexedRow> rows = good.rows;
    std::swap(rows[0], rows[1]);
    EXPECT_TRUE(verifier.verify_rows(rows, good.siblings).error().is(RowError::indices_not_ascending));
    rows = {good.rows[0], good.rows[0]};
    EXPECT_TRUE(verifier.verify_rows(rows, good.siblings).error().is(RowError::indices_not_ascending));
    rows = good.rows;
    rows[1].index = shape.total_rows();
    EXPECT_TRUE(verifier.verify_rows(rows, good.siblings).error().is(RowError::index_out_of_range));
    rows = good.rows;
    rows[1].row = rows[1].row.first(64);
    EXPECT_TRUE(verifier.verify_rows(rows, good.siblings).error().is(RowError::wrong_row_bytes));
    rows = good.rows;
    std::swap(rows[0].row, rows[1].row);
    EXPECT_TRUE(verifier.verify_rows(rows, good.siblings).error().is(RowError::row_root_mismatch));
}

RC_GTEST_PROP(RowProof, EverySetOfRowsVerifies, ()) {
    const auto log_rows = *rc::gen::inRange<std::uint32_t>(0, 7);
    const auto ratio = *rc::gen::element<std::uint32_t>(1, 3, 7);
    const auto units = *rc::gen::inRange<std::uint32_t>(1, 6);
    const Shape any{1U << log_rows, ratio << log_rows, 64 * units};
    const Matrix matrix = matrix_of(any, *rc::gen::arbitrary<std::uint64_t>());
    const RowVerifier verifier = verifier_of(matrix);
    const Bytes coins = random_bytes(any.total_rows(), *rc::gen::arbitrary<std::uint64_t>());
    std::vector<std::uint32_t> indices;
    for (std::uint32_t i = 0; i < any.total_rows(); ++i) {
        if (i == coins[0] % any.total_rows() || coins[i] < 80) indices.push_back(i);
    }
    const RowsProof proof = prove(matrix, indices);
    RC_ASSERT(verifier.verify_rows(proof.rows, proof.siblings).has_value());
    RC_ASSERT(verifier.verify(matrix.prove(indices.back())).has_value());
    RC_ASSERT(verify_standalone(any, matrix.commitment(), matrix.prove_standalone(indices.front() % any.data_rows))
                  .has_value());
}

}  // namespace
}  // namespace enshrine::data_availability
