// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/prover_files/sp1_files.hpp>

#include <algorithm>

namespace enshrine::prover_files {

namespace sp1 = proofs::sp1;

namespace {

Bytes encode(BytesView selector, BytesView identifier) {
    return sp1::encode({sp1::Selector::from(selector), Hash32::from(identifier)});
}

/// Selector, since 6.0 three words of statement, and the proof of a wrapper.
bool could_be_proof(BytesView bytes) {
    const auto key = sp1::VerifyingKey::decode(encode(bytes.first(sp1::Selector::size_bytes), Hash32{}.view()));
    if (key || !key.error().is(proofs::AdapterError::unknown_selector)) return true;
    const std::size_t wrapped[] = {proofs::groth16::proof_bytes({}),
                                   proofs::plonk_gnark::proof_bytes({.has_commitment = true})};
    return std::ranges::any_of(wrapped, [&](std::size_t size) {
        return bytes.size() == sp1::Selector::size_bytes + size ||
               bytes.size() == sp1::Selector::size_bytes + 3 * Hash32::size_bytes + size;
    });
}

const ProgramForm& form() {
    static const ProgramForm out{sp1::kind, "SP1", {"vkey"}, {"proof"}, encode, could_be_proof};
    return out;
}

}  // namespace

FileResult<KeyFile> read_sp1_key(BytesView content, BytesView proof) {
    return read_program_key(content, proof, form());
}

FileResult<Bytes> read_sp1_proof(BytesView content) {
    return read_program_proof(content, form());
}

FileResult<Bytes> read_sp1_public_values(BytesView content) {
    return read_part(content, {"publicValues"});
}

}  // namespace enshrine::prover_files
