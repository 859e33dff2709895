// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/adapters/adapter_error.hpp>
#include <enshrine/proofs/adapters/sp1_keys.hpp>
#include <enshrine/proofs/snark/groth16.hpp>
#include <enshrine/proofs/snark/plonk_gnark.hpp>

#include <optional>
#include <variant>
#include <vector>

/// Proofs of programs of SP1, wrapped in Groth16 or PLONK. Rules: docs/spec/proofs/sp1.md.
namespace enshrine::proofs::sp1 {

inline constexpr std::uint8_t kind = 6;
inline constexpr std::uint8_t version = 1;
inline constexpr std::size_t key_bytes = 38;

using Selector = FixedBytes<4>;

/// Which program, wrapped by which version.
struct Program {
    Selector selector;
    Hash32 vkey;  ///< what SP1 calls the program's verification key
};
[[nodiscard]] Bytes encode(const Program& program);  // [SP1.1]

/// What the inner proof is asked.
struct Unwrapped {
    std::vector<U256> inputs;
    BytesView proof;
};

/// A key that satisfies [SP1.1…3]: a program, and the published key of its version.
class VerifyingKey {
public:
    [[nodiscard]] static Result<VerifyingKey> decode(BytesView bytes);

    [[nodiscard]] const Program& program() const noexcept { return program_; }
    [[nodiscard]] std::string_view version_name() const noexcept { return published_->version; }
    [[nodiscard]] System system() const noexcept { return published_->system; }
    [[nodiscard]] const Bytes& bytes() const noexcept { return bytes_; }
    [[nodiscard]] const Hash32& id() const noexcept { return id_; }  // [SP1.4]
    [[nodiscard]] std::size_t proof_bytes() const noexcept;          // [SP1.5]

    /// Whether the program, run to its end, has committed to these public values [SP1.5…9].
    [[nodiscard]] Result<void> verify(BytesView public_values, BytesView proof) const;
    /// The same for public values with this SHA-256, of which the low 253 bits count.
    [[nodiscard]] Result<void> verify_digest(const Hash32& digest, BytesView proof) const;
    /// All of verify_digest() but the inner proof [SP1.5…8].
    [[nodiscard]] Result<Unwrapped> unwrap(const Hash32& digest, BytesView proof) const;
    using Inner = std::variant<groth16::VerifyingKey, plonk_gnark::VerifyingKey>;
    [[nodiscard]] const Inner& inner() const noexcept { return inner_; }

private:
    VerifyingKey(const Program& program, const PublishedKey& published, Inner inner);

    Program program_;
    const PublishedKey* published_;
    std::optional<Hash32> recursion_root_;  ///< since 6.0
    Inner inner_;
    Bytes bytes_;
    Hash32 id_;
};

/// The low 253 bits of a digest [SP1.8].
[[nodiscard]] U256 low_bits(Hash32 digest) noexcept;
/// The first four bytes of the file's digest [SP1.2].
[[nodiscard]] Selector selector_of(const PublishedKey& key) noexcept;

}  // namespace enshrine::proofs::sp1
