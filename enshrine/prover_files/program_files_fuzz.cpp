// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Any file as a key, a proof and an output of SP1, RISC Zero and gnark's PLONK. What is read as a key is one, or the
// key's decoder says why not; what is read twice is read alike.
#include <enshrine/base/assert.hpp>
#include <enshrine/prover_files/plonk_gnark_files.hpp>
#include <enshrine/prover_files/risc0_files.hpp>
#include <enshrine/prover_files/sp1_files.hpp>

using namespace enshrine;
using namespace enshrine::prover_files;

namespace {

template <class Key>
void check(const FileResult<KeyFile>& file, FileResult<KeyFile> (*read)(BytesView)) {
    if (!file) {
        ENSHRINE_ASSERT(!file.error().message.empty());
        return;
    }
    const auto key = Key::decode(file->key);
    if (!key) return;
    const auto again = read(key->bytes());
    ENSHRINE_ASSERT(again.has_value() && again->key == file->key);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView content{data, size};
    check<proofs::sp1::VerifyingKey>(read_sp1_key(content, {}), [](BytesView c) { return read_sp1_key(c, {}); });
    check<proofs::risc0::VerifyingKey>(read_risc0_key(content, {}), [](BytesView c) { return read_risc0_key(c, {}); });
    check<proofs::plonk_gnark::VerifyingKey>(read_plonk_gnark_key(content), read_plonk_gnark_key);
    for (const auto read : {read_sp1_proof, read_sp1_public_values, read_risc0_seal, read_risc0_journal}) {
        const auto part = read(content);
        if (part) ENSHRINE_ASSERT(part->size() <= content.size());
    }
    for (const bool has_commitment : {false, true}) {
        const proofs::plonk_gnark::Header header{.power = 4, .has_commitment = has_commitment};
        const auto proof = read_plonk_gnark_proof(content, header);
        if (proof) ENSHRINE_ASSERT(proof->size() == proofs::plonk_gnark::proof_bytes(header));
    }
    return 0;
}
