// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/base/result.hpp>
#include <enshrine/prover_files/file_bytes.hpp>
#include <enshrine/prover_files/public_inputs.hpp>

#include <cmd/enshrine/session.hpp>
#include <fmt/format.h>

#include <functional>
#include <memory>
#include <span>
#include <vector>

/// What `enshrine proof` asks of a kind of proof. A kind is one file, proof_<kind>.cpp, and one row of proof_kinds.cpp.
namespace enshrine::cli {

struct ProofOptions {
    std::string kind;
    std::string key;
    std::string proof;
    std::string inputs;
    std::string commitment_hash = "sha256";
    std::string honk_flavour = "zk";
    std::string srs_point;
};

/// Something that a key says of itself: `name` in JSON, `label` for people.
struct KeyFact {
    std::string_view name;
    std::string_view label;
    Json value;
};

/// A proof and its public inputs as IProofVerifier.verify takes them.
struct ChainClaim {
    std::vector<U256> inputs;
    Bytes proof;
};

/// Of a program that has committed to these bytes [PKIND.5].
[[nodiscard]] ChainClaim program_claim(BytesView committed, Bytes proof);

/// A verifying key that has been read and validated.
class ProofKey {
public:
    virtual ~ProofKey() = default;

    /// Canonical, and what makes the identifier.
    [[nodiscard]] virtual BytesView bytes() const noexcept = 0;
    [[nodiscard]] virtual Hash32 id() const noexcept = 0;
    [[nodiscard]] virtual std::vector<KeyFact> facts() const = 0;
    /// Reads a proof and its public inputs. What comes back verifies, and does nothing else.
    using Claim = std::function<Result<void>()>;
    [[nodiscard]] virtual CliResult<Claim> load_claim(const ProofOptions& options) const = 0;
    [[nodiscard]] virtual CliResult<ChainClaim> load_chain_claim(const ProofOptions&) const {
        return refused("proofs of this kind are not taken by IProofVerifier");
    }
};

struct ProofKind {
    std::string_view name;  ///< of --kind
    CliResult<std::unique_ptr<ProofKey>> (*load_key)(const ProofOptions& options);
    bool one_file = false;  ///< the file of the proof may hold the key and the inputs too
};
[[nodiscard]] std::span<const ProofKind> proof_kinds() noexcept;

/// What says how a key is read: --kind and the options of single kinds.
void add_proof_options(CLI::App& command, ProofOptions& options);

/// A file that cannot be used ends with 2; what is understood and refused is an answer, with 1.
[[nodiscard]] Failure proof_file_failure(const std::string& path, const prover_files::FileError& error);
/// Reads a file and gives its content to a reader of prover_files.
template <class Read>
[[nodiscard]] auto load_proof_file(const std::string& path, Read&& read)
    -> CliResult<typename std::invoke_result_t<Read, BytesView>::value_type> {
    ENSHRINE_TRY(const auto content, read_file(path, prover_files::file_bytes_max));
    const auto plain = prover_files::plain_content(content);
    if (!plain) return std::unexpected{proof_file_failure(path, plain.error())};
    auto out = std::forward<Read>(read)(*plain);
    if (!out) return std::unexpected{proof_file_failure(path, out.error())};
    return *std::move(out);
}
/// Decodes a key, which validates it.
template <class Key>
[[nodiscard]] CliResult<Key> decode_proof_key(const std::string& path, BytesView bytes) {
    auto key = Key::decode(bytes);
    if (!key) return refused(fmt::format("{}: {}", path, key.error().message()));
    return *std::move(key);
}

}  // namespace enshrine::cli
