// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Any file as a key, a proof and public inputs. What is read as a key is one, or the key's decoder says why not; what
// is read twice is read alike.
#include <enshrine/base/assert.hpp>
#include <enshrine/prover_files/groth16_files.hpp>
#include <enshrine/prover_files/public_inputs.hpp>

using namespace enshrine;
using namespace enshrine::prover_files;
using proofs::groth16::CommitmentHash;
using proofs::groth16::Header;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView content{data, size};
    if (const auto file = read_groth16_key(content)) {
        const auto key = proofs::groth16::VerifyingKey::decode(file->key);
        if (key) {
            const auto again = read_groth16_key(key->bytes());
            ENSHRINE_ASSERT(again.has_value() && again->key == file->key);
        }
    } else {
        ENSHRINE_ASSERT(!file.error().message.empty());
    }
    for (const Header& header : {Header{}, Header{proofs::Curve::bn254, CommitmentHash::sha256, 1},
                                 Header{proofs::Curve::bls12_381, CommitmentHash::none, 1}}) {
        const auto proof = read_groth16_proof(content, header);
        if (proof) ENSHRINE_ASSERT(proof->size() == proofs::groth16::proof_bytes(header));
    }
    const auto inputs = read_public_inputs(content);
    if (inputs) ENSHRINE_ASSERT(inputs->size() <= content.size());
    return 0;
}
