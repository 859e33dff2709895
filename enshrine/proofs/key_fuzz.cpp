// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// A key of any kind that is taken has an identifier of its own bytes and judges any proof without harm.
#include <enshrine/base/assert.hpp>
#include <enshrine/hash/keccak.hpp>
#include <enshrine/proofs/verify.hpp>

#include <vector>

using namespace enshrine;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView input{data, size};
    const auto key = proofs::AnyKey::decode(input);
    if (!key) return 0;
    Bytes preimage = to_bytes(as_bytes("vk"));
    append(preimage, input);
    ENSHRINE_ASSERT(key->id() == hash::keccak256(preimage));
    const std::vector<U256> inputs(key->input_count());
    ENSHRINE_ASSERT(!key->verify(inputs, Bytes(key->proof_bytes_max())).has_value());
    ENSHRINE_ASSERT(!key->verify(inputs, input).has_value());
    return 0;
}
