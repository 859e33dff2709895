// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/adapters/risc0.hpp>
#include <enshrine/proofs/program_kind.hpp>

namespace enshrine::proofs {

template <>
struct ProgramKind<risc0::VerifyingKey> {
    /// The seal of an inclusion in a set: selector, the words of its ABI encoding, the longest path and the root's
    /// seal.
    static std::size_t proof_bytes_max(const risc0::VerifyingKey&) noexcept {
        constexpr std::size_t abi_words = 6;
        return 4 + 32 * (abi_words + risc0::path_max) + risc0::groth16_seal_bytes;
    }
    static BatchKey inner(const risc0::VerifyingKey& key) noexcept { return &key.inner(); }
    static Cost cost(const risc0::VerifyingKey&) noexcept {
        return {.verify_microseconds = 1'200, .decode_microseconds = 1'100};
    }
};

Result<std::unique_ptr<const KindKey>> decode_risc0_kind(BytesView bytes) {
    return decode_program_kind<risc0::VerifyingKey>(bytes);
}

}  // namespace enshrine::proofs
