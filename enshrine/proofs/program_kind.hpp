// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/adapters/adapter_error.hpp>
#include <enshrine/proofs/batch.hpp>
#include <enshrine/proofs/kinds.hpp>

#include <utility>

/// The kinds whose keys name a program of a zkVM. The public inputs are the halves of the SHA-256 of what it commits to
/// [PKIND.5].
namespace enshrine::proofs {

inline constexpr std::size_t program_inputs = 2;
inline constexpr U256 half_bound{0, 1, 0, 0};  // 2^128

/// What one kind says of its keys. Specialised in its *_kind.cpp.
template <class Key>
struct ProgramKind;
/// template <> struct ProgramKind<X::VerifyingKey> {
///     static std::size_t proof_bytes_max(const X::VerifyingKey&);
///     static Cost cost(const X::VerifyingKey&);
///     static BatchKey inner(const X::VerifyingKey&);  // of what unwrap() gives
///     static Result<void> check_sound(const X::VerifyingKey&);  // if versions can be unsound
/// };

/// The digest that two inputs stand for. Errors: SnarkError.
[[nodiscard]] Result<Hash32> join_halves(std::span<const U256> inputs) noexcept;

template <class Key>
class ProgramKey final : public KindKey {
public:
    explicit ProgramKey(Key key) noexcept : key_{std::move(key)} {}

    const Hash32& id() const noexcept override { return key_.id(); }
    std::size_t input_count() const noexcept override { return program_inputs; }
    const U256& input_bound() const noexcept override { return half_bound; }
    std::size_t proof_bytes_max() const noexcept override { return ProgramKind<Key>::proof_bytes_max(key_); }
    Cost cost() const noexcept override { return ProgramKind<Key>::cost(key_); }
    Result<void> check_sound() const noexcept override {
        if constexpr (requires { ProgramKind<Key>::check_sound(key_); }) return ProgramKind<Key>::check_sound(key_);
        return {};
    }
    Result<void> verify(std::span<const U256> inputs, BytesView proof) const override {
        ENSHRINE_TRY(const auto digest, join_halves(inputs));
        return key_.verify_digest(digest, proof);
    }
    Result<BatchQuestion> batch_question(std::span<const U256> inputs, BytesView proof) const override {
        ENSHRINE_TRY(const auto digest, join_halves(inputs));
        ENSHRINE_TRY(auto unwrapped, key_.unwrap(digest, proof));
        return BatchQuestion{
            .key = ProgramKind<Key>::inner(key_), .inputs = std::move(unwrapped.inputs), .proof = unwrapped.proof};
    }

private:
    Key key_;
};

template <class Key>
[[nodiscard]] Result<std::unique_ptr<const KindKey>> decode_program_kind(BytesView bytes) {
    ENSHRINE_TRY(auto key, Key::decode(bytes));
    return std::make_unique<const ProgramKey<Key>>(std::move(key));
}

}  // namespace enshrine::proofs
