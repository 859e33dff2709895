// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>
#include <enshrine/base/u256.hpp>

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

/// One question, one answer: does this proof show these inputs under this key? Nothing above this module looks inside a
/// key or a proof. Rules: docs/spec/proof_registry.md [PKIND.*]; each kind has its page in docs/spec/proofs.
namespace enshrine::proofs {

/// First byte of every key. Numbers are part of keys and their identifiers: never reuse one.
enum class Kind : std::uint8_t {
    groth16 = 1,
    plonk = 2,  ///< the transcript of snarkjs
    plonk_gnark = 3,
    fflonk = 4,
    ultrahonk = 5,
    sp1 = 6,
    risc0 = 7,
};

enum class KeyError : std::uint16_t {
    empty = 1,        ///< no bytes
    unknown_kind,     ///< the first byte names no kind
    unknown_version,  ///< the kind has no version of the second byte
};
const ErrorDomain& error_domain(KeyError) noexcept;

/// What a single verification costs at most, as measured in docs/spec/proof_registry.md [PKIND.4].
struct Cost {
    std::uint32_t verify_microseconds = 0;
    std::uint32_t decode_microseconds = 0;  ///< once, when the key is not prepared yet
    [[nodiscard]] friend bool operator==(const Cost&, const Cost&) noexcept = default;
};

class AnyKey;
class VerdictCache;
struct BatchQuestion;

/// That a proof holds; only AnyKey::verify() makes one.
class VerifiedProof {
public:
    [[nodiscard]] const Hash32& key_id() const noexcept { return key_id_; }
    [[nodiscard]] const Hash32& inputs_hash() const noexcept { return inputs_hash_; }

private:
    friend AnyKey;
    VerifiedProof(const Hash32& key_id, const Hash32& inputs_hash) noexcept
        : key_id_{key_id}, inputs_hash_{inputs_hash} {}

    Hash32 key_id_;
    Hash32 inputs_hash_;
};

/// SHA-256 of the inputs, 32 bytes each, big-endian.
[[nodiscard]] Hash32 hash_inputs(std::span<const U256> inputs);

/// What a kind gives: a validated key that can verify. Implementations: *_kind.cpp.
class KindKey {
public:
    virtual ~KindKey() = default;
    [[nodiscard]] virtual const Hash32& id() const noexcept = 0;
    [[nodiscard]] virtual std::size_t input_count() const noexcept = 0;
    [[nodiscard]] virtual const U256& input_bound() const noexcept = 0;  ///< every input is below
    [[nodiscard]] virtual std::size_t proof_bytes_max() const noexcept = 0;
    [[nodiscard]] virtual Cost cost() const noexcept = 0;
    /// Of a version whose proofs are known to show nothing, why [PKIND.6].
    [[nodiscard]] virtual Result<void> check_sound() const noexcept { return {}; }
    [[nodiscard]] virtual Result<void> verify(std::span<const U256> inputs, BytesView proof) const = 0;
    /// What verify() asks, for a batch to answer; an error means that verify() refuses without asking anything.
    [[nodiscard]] virtual Result<BatchQuestion> batch_question(std::span<const U256> inputs, BytesView proof) const = 0;
};

/// A key of any kind that satisfies the rules of its page.
class AnyKey {
public:
    /// By kind and version. Errors: KeyError, and those of the kind.
    [[nodiscard]] static Result<AnyKey> decode(BytesView bytes);

    [[nodiscard]] Kind kind() const noexcept { return kind_; }
    [[nodiscard]] std::uint8_t version() const noexcept { return version_; }
    [[nodiscard]] std::string_view kind_name() const noexcept { return kind_name_; }
    [[nodiscard]] const Hash32& id() const noexcept { return key_->id(); }  ///< Keccak-256("vk" ‖ bytes)
    [[nodiscard]] std::size_t input_count() const noexcept { return key_->input_count(); }
    [[nodiscard]] const U256& input_bound() const noexcept { return key_->input_bound(); }
    [[nodiscard]] std::size_t proof_bytes_max() const noexcept { return key_->proof_bytes_max(); }
    [[nodiscard]] Cost cost() const noexcept { return key_->cost(); }
    /// The error says why the L1 takes no keys of this version any more; verify() still says what its verifier says.
    [[nodiscard]] Result<void> check_sound() const noexcept { return key_->check_sound(); }

    /// The error says why not.
    [[nodiscard]] Result<VerifiedProof> verify(std::span<const U256> inputs, BytesView proof) const;
    /// The same answer; a question that the cache has an answer to is not computed again.
    [[nodiscard]] Result<VerifiedProof> verify(std::span<const U256> inputs, BytesView proof,
                                               VerdictCache& known) const;
    /// KindKey::batch_question().
    [[nodiscard]] Result<BatchQuestion> batch_question(std::span<const U256> inputs, BytesView proof) const;

private:
    AnyKey(Kind kind, std::uint8_t version, std::string_view kind_name, std::unique_ptr<const KindKey> key) noexcept
        : kind_{kind}, version_{version}, kind_name_{kind_name}, key_{std::move(key)} {}

    Kind kind_;
    std::uint8_t version_;
    std::string_view kind_name_;
    std::unique_ptr<const KindKey> key_;
};

}  // namespace enshrine::proofs
