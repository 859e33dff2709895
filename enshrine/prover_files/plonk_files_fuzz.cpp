// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Any file as a key and a proof of PLONK and FFLONK. What is read as a key is one, or the key's decoder says why not;
// what is read twice is read alike.
#include <enshrine/base/assert.hpp>
#include <enshrine/prover_files/fflonk_files.hpp>
#include <enshrine/prover_files/plonk_files.hpp>

using namespace enshrine;
using namespace enshrine::prover_files;

namespace {

template <class Key, class Read>
void check_key(BytesView content, const Read& read) {
    const FileResult<KeyFile> file = read(content);
    if (!file) {
        ENSHRINE_ASSERT(!file.error().message.empty());
        return;
    }
    const auto key = Key::decode(file->key);
    if (!key) return;
    const FileResult<KeyFile> again = read(key->bytes());
    ENSHRINE_ASSERT(again.has_value() && again->key == file->key);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView content{data, size};
    check_key<proofs::plonk::VerifyingKey>(content, read_plonk_key);
    check_key<proofs::fflonk::VerifyingKey>(content, read_fflonk_key);
    for (const proofs::Curve curve : {proofs::Curve::bn254, proofs::Curve::bls12_381}) {
        const auto proof = read_plonk_proof(content, curve);
        if (proof) ENSHRINE_ASSERT(proof->size() == proofs::plonk::proof_bytes(curve));
    }
    const auto proof = read_fflonk_proof(content);
    if (proof) ENSHRINE_ASSERT(proof->size() == proofs::fflonk::proof_bytes);
    return 0;
}
