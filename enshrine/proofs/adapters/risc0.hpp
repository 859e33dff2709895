// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/adapters/risc0_versions.hpp>
#include <enshrine/proofs/snark/groth16.hpp>

#include <vector>

/// Receipts of programs of RISC Zero, wrapped in Groth16, alone or in a set. Rules: docs/spec/proofs/risc0.md.
namespace enshrine::proofs::risc0 {

inline constexpr std::uint8_t kind = 7;
inline constexpr std::uint8_t version = 1;
inline constexpr std::size_t key_bytes = 38;
inline constexpr std::size_t groth16_seal_bytes = 260;
inline constexpr std::size_t path_max = 32;  // [RISC0.9]

/// Which program, proven by which version.
struct Program {
    Selector selector;
    Hash32 image_id;
};
[[nodiscard]] Bytes encode(const Program& program);  // [RISC0.1]

/// What the inner proof is asked.
struct Unwrapped {
    std::vector<U256> inputs;
    BytesView proof;
};

/// A key that satisfies [RISC0.1…4]: a program, and a version that is not frozen.
class VerifyingKey {
public:
    [[nodiscard]] static Result<VerifyingKey> decode(BytesView bytes);

    [[nodiscard]] const Program& program() const noexcept { return program_; }
    [[nodiscard]] std::string_view version_name() const noexcept { return set_ != nullptr ? set_->name : own_->name; }
    [[nodiscard]] const Bytes& bytes() const noexcept { return bytes_; }
    [[nodiscard]] const Hash32& id() const noexcept { return id_; }  // [RISC0.5]

    /// Whether the program, run to its end without assumptions, has written this journal [RISC0.6…10].
    [[nodiscard]] Result<void> verify(BytesView journal, BytesView seal) const;
    /// The same for a journal with this SHA-256.
    [[nodiscard]] Result<void> verify_digest(const Hash32& digest, BytesView seal) const;
    /// All of verify_digest() but the inner proof [RISC0.6…9].
    [[nodiscard]] Result<Unwrapped> unwrap(const Hash32& digest, BytesView seal) const;
    [[nodiscard]] const groth16::VerifyingKey& inner() const noexcept { return inner_; }

private:
    VerifyingKey(const Program& program, groth16::VerifyingKey inner);

    Program program_;
    const Groth16Version* own_ = nullptr;  ///< of a receipt alone
    const SetVersion* set_ = nullptr;      ///< of an inclusion in a set
    groth16::VerifyingKey inner_;
    Bytes bytes_;
    Hash32 id_;
};

/// That the program has ended with exit code 0, assumes nothing and has written a journal of that digest [RISC0.7].
[[nodiscard]] Hash32 claim_digest(const Hash32& image_id, const Hash32& journal_digest);

}  // namespace enshrine::proofs::risc0
