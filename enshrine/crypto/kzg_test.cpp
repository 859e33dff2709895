// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/hex.hpp>
#include <enshrine/crypto/kzg.hpp>
#include <enshrine/crypto/kzg_challenge.hpp>
#include <enshrine/hash/sha256.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

namespace enshrine::crypto::kzg {
namespace {

Bytes sample_blob(Byte seed) {
    Bytes blob(blob_bytes);
    for (std::size_t i = 0; i < blob.size(); i += field_element_bytes) {
        const std::array<Byte, 4> text{seed, 0, static_cast<Byte>(i >> 13), static_cast<Byte>(i >> 5)};
        const Hash32 element = hash::sha256(text);
        std::ranges::copy(element, blob.begin() + static_cast<std::ptrdiff_t>(i));
        blob[i] = 0;  // below the modulus
    }
    return blob;
}

/// One blob with everything that can be said about it, computed once.
struct Sample {
    Bytes blob = sample_blob(1);
    Commitment commitment = blob_to_commitment(blob).value();
    Proof proof = compute_blob_proof(blob, commitment).value();
    CellsAndProofs all = compute_cells_and_proofs(blob).value();
};
const Sample& sample() {
    static const Sample made;
    return made;
}

/// Not below the modulus.
template <class Element>
Element too_large() {
    Element out;
    std::ranges::fill(out, Byte{0xff});
    return out;
}
/// Neither compressed nor a coordinate below the field's modulus.
template <class Point>
Point not_a_point() {
    Point out;
    out[0] = 0x12;
    return out;
}

TEST(Kzg, VersionedHashOfTheEmptyCommitment) {
    Commitment infinity;
    infinity[0] = 0xc0;
    EXPECT_EQ(codec::format_hex(versioned_hash(infinity).view()),
              "0x010657f37554c781402a22917dee2f75def7ab966d7b770905398eba3c444014");
}

TEST(Kzg, FirstCallFromSeveralThreads) {
    std::array<bool, 2> ok{};
    {
        const std::jthread other{[&] {
            preload();
            ok[0] = true;
        }};
        ok[1] = blob_to_commitment(sample_blob(2)).has_value();
    }
    EXPECT_TRUE(ok[0] && ok[1]);
}

TEST(Kzg, BlobProofErrorsSayWhatIsWrong) {
    const Sample& s = sample();
    EXPECT_TRUE(verify_blob_proof(s.blob, s.commitment, s.proof).has_value());
    const Commitment other = blob_to_commitment(sample_blob(2)).value();
    EXPECT_TRUE(verify_blob_proof(s.blob, other, s.proof).error().is(KzgError::bad_proof));
    EXPECT_TRUE(verify_blob_proof(sample_blob(2), s.commitment, s.proof).error().is(KzgError::bad_proof));
    EXPECT_TRUE(verify_blob_proof(s.blob, not_a_point<Commitment>(), s.proof).error().is(KzgError::bad_point));
    EXPECT_TRUE(verify_blob_proof(s.blob, s.commitment, not_a_point<Proof>()).error().is(KzgError::bad_point));
    Bytes bad = s.blob;
    std::fill_n(bad.end() - 32, 32, Byte{0xff});
    EXPECT_TRUE(verify_blob_proof(bad, s.commitment, s.proof).error().is(KzgError::bad_blob));
    EXPECT_TRUE(blob_to_commitment(bad).error().is(KzgError::bad_blob));
    EXPECT_TRUE(compute_cells(bad).error().is(KzgError::bad_blob));
    bad.pop_back();
    EXPECT_TRUE(verify_blob_proof(bad, s.commitment, s.proof).error().is(KzgError::wrong_size));
    EXPECT_TRUE(blob_to_commitment({}).error().is(KzgError::wrong_size));
}

TEST(Kzg, EveryFlippedProofByteIsRefused) {
    const Sample& s = sample();
    for (std::size_t i = 0; i < s.proof.size(); ++i) {
        Proof wrong = s.proof;
        wrong[i] ^= 0x01;
        EXPECT_FALSE(verify_blob_proof(s.blob, s.commitment, wrong).has_value()) << i;
    }
}

TEST(Kzg, BatchNeedsEveryProof) {
    const Sample& s = sample();
    const Bytes second = sample_blob(2);
    const std::vector<BytesView> blobs{s.blob, second};
    std::vector<Commitment> commitments{s.commitment, blob_to_commitment(second).value()};
    std::vector<Proof> proofs{s.proof, compute_blob_proof(second, commitments[1]).value()};
    EXPECT_TRUE(verify_blob_proof_batch({}, {}, {}).has_value());
    EXPECT_TRUE(verify_blob_proof_batch(blobs, commitments, proofs).has_value());
    EXPECT_TRUE(
        verify_blob_proof_batch(blobs, commitments, std::span{proofs}.first(1)).error().is(KzgError::wrong_size));
    std::swap(proofs[0], proofs[1]);
    EXPECT_TRUE(verify_blob_proof_batch(blobs, commitments, proofs).error().is(KzgError::bad_proof));
}

TEST(Kzg, EvaluationErrorsSayWhatIsWrong) {
    const Sample& s = sample();
    Hash32 z;
    z[31] = 7;
    const auto opening = compute_proof(s.blob, z).value();
    const Evaluation claim{s.commitment, z, opening.y};
    EXPECT_TRUE(verify_proof(claim, opening.proof).has_value());
    auto wrong = claim;
    wrong.y[31] ^= 1;
    EXPECT_TRUE(verify_proof(wrong, opening.proof).error().is(KzgError::bad_proof));
    wrong = claim;
    wrong.z = too_large<Hash32>();
    EXPECT_TRUE(verify_proof(wrong, opening.proof).error().is(KzgError::bad_field_element));
    wrong = claim;
    wrong.y = too_large<Hash32>();
    EXPECT_TRUE(verify_proof(wrong, opening.proof).error().is(KzgError::bad_field_element));
    EXPECT_TRUE(verify_proof(claim, not_a_point<Proof>()).error().is(KzgError::bad_point));
    EXPECT_TRUE(compute_proof(s.blob, too_large<Hash32>()).error().is(KzgError::bad_field_element));
}

TEST(Kzg, CellErrorsSayWhatIsWrong) {
    const Sample& s = sample();
    EXPECT_EQ(compute_cells(s.blob).value(), s.all.cells);
    std::vector<CellStatement> statements;
    for (const std::uint64_t index : {3U, 77U}) {
        statements.push_back({s.commitment, index, s.all.cells[index], s.all.proofs[index]});
    }
    EXPECT_TRUE(verify_cells({}).has_value());
    EXPECT_TRUE(verify_cells(statements).has_value());
    auto wrong = statements;
    wrong[1].index = 78;
    EXPECT_TRUE(verify_cells(wrong).error().is(KzgError::bad_proof));
    wrong[1].index = cells_per_ext_blob;
    EXPECT_TRUE(verify_cells(wrong).error().is(KzgError::index_out_of_range));
    wrong = statements;
    wrong[1].cell[100] ^= 1;
    EXPECT_TRUE(verify_cells(wrong).error().is(KzgError::bad_proof));
    wrong[1].cell = too_large<Cell>();
    EXPECT_TRUE(verify_cells(wrong).error().is(KzgError::bad_field_element));
    wrong = statements;
    wrong[0].commitment = not_a_point<Commitment>();
    EXPECT_TRUE(verify_cells(wrong).error().is(KzgError::bad_point));
}

TEST(Kzg, HalfOfTheCellsGiveTheRest) {
    const Sample& s = sample();
    std::vector<std::uint64_t> indices;
    std::vector<Cell> cells;
    for (std::uint64_t index = 1; index < cells_per_ext_blob; index += 2) {
        indices.push_back(index);
        cells.push_back(s.all.cells[index]);
    }
    const auto recovered = recover_cells_and_proofs(indices, cells).value();
    EXPECT_EQ(recovered.cells, s.all.cells);
    EXPECT_EQ(recovered.proofs, s.all.proofs);

    std::swap(indices[0], indices[1]);
    std::swap(cells[0], cells[1]);
    EXPECT_TRUE(recover_cells_and_proofs(indices, cells).error().is(KzgError::indices_not_ascending));
    std::swap(indices[0], indices[1]);
    std::swap(cells[0], cells[1]);
    indices.back() = cells_per_ext_blob;
    EXPECT_TRUE(recover_cells_and_proofs(indices, cells).error().is(KzgError::index_out_of_range));
    indices.pop_back();
    EXPECT_TRUE(recover_cells_and_proofs(indices, cells).error().is(KzgError::wrong_size));
    cells.pop_back();
    EXPECT_TRUE(recover_cells_and_proofs(indices, cells).error().is(KzgError::too_few_cells));
}

TEST(Kzg, ABlobProofIsTheOpeningAtTheChallenge) {
    const Sample& s = sample();
    const Hash32 z = blob_challenge(s.blob, s.commitment).value();
    const Opening opening = compute_proof(s.blob, z).value();
    EXPECT_EQ(opening.proof, compute_blob_proof(s.blob, s.commitment).value());
    EXPECT_TRUE(verify_proof({s.commitment, z, opening.y}, opening.proof).has_value());

    EXPECT_TRUE(blob_challenge(BytesView{s.blob}.first(100), s.commitment).error().is(KzgError::wrong_size));
}

TEST(Kzg, TheChallengeOfCellsNeedsListsOfOneLength) {
    const Sample& s = sample();
    const std::uint64_t zero = 0;
    CellBatch batch{.commitments = {&s.commitment, 1},
                    .commitment_indices = {&zero, 1},
                    .cell_indices = {&zero, 1},
                    .cells = {s.all.cells.data(), 1},
                    .proofs = {s.all.proofs.data(), 1}};
    EXPECT_TRUE(cell_batch_challenge(batch).has_value());
    batch.proofs = {};
    EXPECT_TRUE(cell_batch_challenge(batch).error().is(KzgError::wrong_size));
}

}  // namespace
}  // namespace enshrine::crypto::kzg
