// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/prover_files/risc0_files.hpp>

namespace enshrine::prover_files {

namespace risc0 = proofs::risc0;

namespace {

Bytes encode(BytesView selector, BytesView identifier) {
    return risc0::encode({risc0::Selector::from(selector), Hash32::from(identifier)});
}

bool could_be_seal(BytesView bytes) {
    const auto key = risc0::VerifyingKey::decode(encode(bytes.first(risc0::Selector::size_bytes), Hash32{}.view()));
    if (key || !key.error().is(proofs::AdapterError::unknown_selector)) return true;
    return bytes.size() == risc0::groth16_seal_bytes;
}

const ProgramForm& form() {
    static const ProgramForm out{risc0::kind,      "RISC Zero", {"imageId", "IMAGE_ID"},
                                 {"seal", "SEAL"}, encode,      could_be_seal};
    return out;
}

}  // namespace

FileResult<KeyFile> read_risc0_key(BytesView content, BytesView seal) {
    return read_program_key(content, seal, form());
}

FileResult<Bytes> read_risc0_seal(BytesView content) {
    return read_program_proof(content, form());
}

FileResult<Bytes> read_risc0_journal(BytesView content) {
    return read_part(content, {"journal", "JOURNAL"});
}

}  // namespace enshrine::prover_files
