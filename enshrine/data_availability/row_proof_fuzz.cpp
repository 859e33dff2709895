// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Verifiers of rows on honest proofs that the input damages, and on proofs that the input makes up: accepted is exactly
// what the matrix says [DA-CODE.7, DA-CODE.8, DA-CODE.10].
#include <enshrine/base/assert.hpp>
#include <enshrine/data_availability/matrix_for_test.hpp>
#include <enshrine/data_availability/row_proof.hpp>

#include <algorithm>
#include <array>

using namespace enshrine;
using namespace enshrine::data_availability;

namespace {

constexpr std::array<Shape, 4> shapes{{{1, 1, 64}, {2, 6, 64}, {4, 12, 128}, {16, 16, 192}}};

struct Subject {
    Matrix matrix;
    RowVerifier verifier;
};
const Subject& subject(std::size_t which) {
    static const auto subjects = [] {
        std::vector<Subject> out;
        for (const Shape& shape : shapes) {
            Matrix matrix = matrix_of(shape, shape.total_rows());
            RowVerifier verifier = verifier_of(matrix);
            out.push_back({std::move(matrix), std::move(verifier)});
        }
        return out;
    }();
    return subjects[which % shapes.size()];
}

/// Bytes of the input one after the other; zero when they are used up.
class Input {
public:
    explicit Input(BytesView bytes) : bytes_{bytes} {}
    Byte next() { return at_ < bytes_.size() ? bytes_[at_++] : Byte{0}; }
    [[nodiscard]] bool empty() const { return at_ >= bytes_.size(); }

private:
    BytesView bytes_;
    std::size_t at_ = 0;
};

bool same(const RowProof& a, const RowProof& b) {
    return a.index == b.index && a.row == b.row && a.siblings == b.siblings;
}

bool same(const StandaloneProof& a, const StandaloneProof& b) {
    return same(a.row, b.row) && a.row_root == b.row_root && a.combination_root == b.combination_root &&
           a.combination_siblings == b.combination_siblings;
}

void damage(Hash32& hash, Input& input) {
    const std::size_t at = input.next() % Hash32::size_bytes;
    hash[at] ^= input.next();
}
void damage(std::vector<Hash32>& hashes, Input& input) {
    const Byte kind = input.next();
    if (kind % 4 == 0) hashes.emplace_back();
    if (hashes.empty()) return;
    if (kind % 4 == 1) hashes.pop_back();
    if (kind % 4 == 2) damage(hashes[input.next() % hashes.size()], input);
    if (kind % 4 == 3) std::swap(hashes.front(), hashes.back());
}
void damage(RowProof& proof, Input& input) {
    const Byte kind = input.next();
    if (kind % 4 == 0) proof.index = input.next();
    if (kind % 4 == 1 && !proof.row.empty()) {
        const std::size_t at = input.next() % proof.row.size();
        proof.row[at] ^= input.next();
    }
    if (kind % 4 == 2) proof.row.resize(64 * (input.next() % 4U));
    if (kind % 4 == 3) damage(proof.siblings, input);
}

void check_single(const Subject& s, Input& input) {
    RowProof proof = s.matrix.prove(input.next() % s.matrix.shape().total_rows());
    while (!input.empty()) damage(proof, input);
    const bool valid = proof.index < s.matrix.shape().total_rows() && same(proof, s.matrix.prove(proof.index));
    ENSHRINE_ASSERT(s.verifier.verify(proof).has_value() == valid);
}

void check_standalone(const Subject& s, Input& input) {
    StandaloneProof proof = s.matrix.prove_standalone(input.next() % s.matrix.shape().data_rows);
    while (!input.empty()) {
        const Byte kind = input.next();
        if (kind % 4 == 0) damage(proof.row, input);
        if (kind % 4 == 1) damage(proof.combination_siblings, input);
        if (kind % 4 == 2) damage(proof.row_root, input);
        if (kind % 4 == 3) damage(proof.combination_root, input);
    }
    const bool valid =
        proof.row.index < s.matrix.shape().data_rows && same(proof, s.matrix.prove_standalone(proof.row.index));
    ENSHRINE_ASSERT(verify_standalone(s.matrix.shape(), s.matrix.commitment(), proof).has_value() == valid);
}

/// Every row is the matrix's at its index, indices ascend, and the siblings are theirs.
bool valid_rows(const Matrix& matrix, std::span<const IndexedRow> rows, std::span<const Hash32> siblings) {
    std::vector<std::uint32_t> indices;
    for (const IndexedRow& row : rows) {
        if (row.index >= matrix.shape().total_rows()) return false;
        if (!indices.empty() && row.index <= indices.back()) return false;
        if (!equal(row.row, matrix.row(row.index))) return false;
        indices.push_back(row.index);
    }
    return std::ranges::equal(siblings, matrix.prove_rows(indices));
}

void check_several(const Subject& s, Input& input) {
    const std::uint32_t total = s.matrix.shape().total_rows();
    std::vector<std::uint32_t> indices;
    for (std::uint32_t i = 0; i < total; i += 1U + input.next() % 8U) indices.push_back(i);
    std::vector<IndexedRow> rows;
    for (const std::uint32_t index : indices) rows.push_back({index, s.matrix.row(index)});
    auto siblings = s.matrix.prove_rows(indices);
    while (!input.empty()) {
        const Byte kind = input.next();
        if (kind % 2 == 0) {
            damage(siblings, input);
        } else {
            rows[input.next() % rows.size()].index = input.next() % (total + 1U);
        }
    }
    ENSHRINE_ASSERT(s.verifier.verify_rows(rows, siblings).has_value() == valid_rows(s.matrix, rows, siblings));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const Subject& s = subject(data[0]);
    Input input{BytesView{data, size}.subspan(2)};
    if (data[1] % 3 == 0) check_single(s, input);
    if (data[1] % 3 == 1) check_standalone(s, input);
    if (data[1] % 3 == 2) check_several(s, input);
    return 0;
}
