// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Any file as a key, a proof, public inputs and a point of an SRS. What is read as a key is one, or the key's decoder
// says why not; what is read twice is read alike.
#include <enshrine/base/assert.hpp>
#include <enshrine/prover_files/ultrahonk_files.hpp>

using namespace enshrine;
using namespace enshrine::prover_files;
using namespace enshrine::proofs::ultrahonk;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView content{data, size};
    if (const auto file = read_ultrahonk_key(content)) {
        if (const auto key = VerifyingKey::decode(file->key)) {
            const auto again = read_ultrahonk_key(key->bytes());
            ENSHRINE_ASSERT(again.has_value() && again->key == file->key);
        }
    } else {
        ENSHRINE_ASSERT(!file.error().message.empty());
    }
    for (const Header& header :
         {Header{Version::bb_5_0, Flavour::plain, 5, 3}, Header{Version::bb_3_0, Flavour::plain, 6, 3},
          Header{Version::bb_3_0, Flavour::zero_knowledge, 6, 3}}) {
        const auto proof = read_ultrahonk_proof(content, header);
        if (proof) ENSHRINE_ASSERT(proof->size() == proof_bytes(header));
    }
    const auto inputs = read_ultrahonk_inputs(content);
    if (inputs) ENSHRINE_ASSERT(inputs->size() <= content.size());
    const auto point = read_srs_point(content);
    if (point) ENSHRINE_ASSERT(read_srs_point(*point).value() == *point);
    return 0;
}
