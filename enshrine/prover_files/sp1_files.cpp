// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/prover_files/sp1_files.hpp>

namespace enshrine::prover_files {

namespace sp1 = proofs::sp1;

FileResult<KeyFile> read_sp1_key(BytesView content, BytesView proof_content) {
    const auto encode = [](BytesView selector, BytesView identifier) {
        return sp1::encode({sp1::Selector::from(selector), Hash32::from(identifier)});
    };
    return read_program_key(content, proof_content, {sp1::kind, {"vkey"}, {"proof"}, encode});
}

FileResult<Bytes> read_sp1_proof(BytesView content) {
    return read_part(content, {"proof"});
}

FileResult<Bytes> read_sp1_public_values(BytesView content) {
    return read_part(content, {"publicValues"});
}

}  // namespace enshrine::prover_files
