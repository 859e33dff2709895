// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/codec/binary.hpp>
#include <enshrine/data_availability/data_tree.hpp>
#include <enshrine/data_availability/malformation.hpp>
#include <enshrine/data_availability/reconstruct.hpp>

#include <algorithm>
#include <bit>

namespace enshrine::data_availability {
namespace {

std::string_view message(std::uint16_t code) noexcept {
    switch (MalformationError{code}) {
        case MalformationError::wrong_row_count:
            return "the evidence does not consist of exactly K rows with their proofs";
        case MalformationError::rows_not_ascending:
            return "the rows of the evidence do not have ascending indices";
        case MalformationError::no_row_shows_the_data:
            return "no row of the evidence has an index below 2 K, so none shows the root of the data rows";
        case MalformationError::well_formed:
            return "the data rows of the matrix are those of its codeword";
    }
    return "unknown malformation error";
}

std::size_t sibling_count(const Shape& shape) noexcept {
    return static_cast<std::size_t>(std::bit_width(shape.total_rows()) - 1);
}

Result<void> verify_rows(const RowVerifier& verifier, std::span<const RowProof> rows) noexcept {
    if (rows.size() != verifier.shape().data_rows) return fail(MalformationError::wrong_row_count);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i != 0 && rows[i].index <= rows[i - 1].index) return fail(MalformationError::rows_not_ascending);
        ENSHRINE_CHECK(verifier.verify(rows[i]));
    }
    return {};
}

}  // namespace

const ErrorDomain& error_domain(MalformationError) noexcept {
    static constexpr ErrorDomain domain{"data_availability.malformation", message};
    return domain;
}

Result<void> verify_malformation(const Shape& shape, const Hash32& commitment, const MalformationEvidence& evidence) {
    ENSHRINE_TRY(const auto verifier, RowVerifier::make(shape, commitment, evidence.row_root, evidence.combinations));
    ENSHRINE_CHECK(verify_rows(verifier, evidence.rows));
    // Ascending: the first row is the one that may show the root.
    const auto committed = shown_data_root(shape, evidence.rows.front());
    if (!committed) return fail(MalformationError::no_row_shows_the_data);
    std::vector<IndexedRow> rows;
    rows.reserve(evidence.rows.size());
    for (const RowProof& proof : evidence.rows) rows.push_back({.index = proof.index, .row = proof.row});
    ENSHRINE_TRY(const auto data_rows, reconstruct(shape, rows));
    if (data_root(shape, data_rows) == *committed) return fail(MalformationError::well_formed);
    return {};
}

Bytes encode_row_proofs(std::span<const RowProof> rows) {
    codec::BinaryWriter writer;
    for (const RowProof& proof : rows) {
        writer.u32(proof.index);
        writer.fixed(proof.row);
        for (const Hash32& sibling : proof.siblings) writer.fixed(sibling.view());
    }
    return writer.take();
}

Result<std::vector<RowProof>> decode_row_proofs(const Shape& shape, BytesView bytes) {
    const std::size_t siblings_bytes = sibling_count(shape) * Hash32::size_bytes;
    const std::size_t proof_bytes = sizeof(std::uint32_t) + shape.row_bytes + siblings_bytes;
    if (bytes.size() != proof_bytes * shape.data_rows) return fail(MalformationError::wrong_row_count);
    std::vector<RowProof> out(shape.data_rows);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const BytesView proof = bytes.subspan(i * proof_bytes, proof_bytes);
        out[i].index = load_be<std::uint32_t>(proof.data());
        out[i].row = to_bytes(proof.subspan(sizeof(std::uint32_t), shape.row_bytes));
        for (BytesView rest = proof.last(siblings_bytes); !rest.empty(); rest = rest.subspan(Hash32::size_bytes)) {
            out[i].siblings.push_back(Hash32::from(rest.first(Hash32::size_bytes)));
        }
    }
    return out;
}

}  // namespace enshrine::data_availability
