// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/prover_files/risc0_files.hpp>

namespace enshrine::prover_files {

namespace risc0 = proofs::risc0;

FileResult<KeyFile> read_risc0_key(BytesView content, BytesView seal_content) {
    const auto encode = [](BytesView selector, BytesView identifier) {
        return risc0::encode({risc0::Selector::from(selector), Hash32::from(identifier)});
    };
    return read_program_key(content, seal_content, {risc0::kind, {"imageId", "IMAGE_ID"}, {"seal", "SEAL"}, encode});
}

FileResult<Bytes> read_risc0_seal(BytesView content) {
    return read_part(content, {"seal", "SEAL"});
}

FileResult<Bytes> read_risc0_journal(BytesView content) {
    return read_part(content, {"journal", "JOURNAL"});
}

}  // namespace enshrine::prover_files
