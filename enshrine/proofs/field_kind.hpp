// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/batch.hpp>
#include <enshrine/proofs/kinds.hpp>
#include <enshrine/proofs/snark/curves.hpp>

#include <utility>

/// The kinds whose public inputs are elements of a curve's scalar field.
namespace enshrine::proofs {

[[nodiscard]] constexpr const U256& scalar_order(Curve curve) noexcept {
    return curve == Curve::bn254 ? Bn254::group_order : Bls12381::group_order;
}

/// What one kind says of a header of its keys. Specialised in its *_kind.cpp.
template <class Key>
struct FieldKind;
/// template <> struct FieldKind<X::VerifyingKey> {
///     static Curve curve(const X::Header&);
///     static std::size_t proof_bytes(const X::Header&);
///     static Cost cost(const X::Header&);
///     static Result<void> check_sound(const X::Header&);  // if versions can be unsound
/// };

template <class Key>
class FieldKey final : public KindKey {
public:
    explicit FieldKey(Key key) noexcept : key_{std::move(key)} {}

    const Hash32& id() const noexcept override { return key_.id(); }
    std::size_t input_count() const noexcept override { return key_.header().input_count; }
    const U256& input_bound() const noexcept override { return scalar_order(FieldKind<Key>::curve(key_.header())); }
    std::size_t proof_bytes_max() const noexcept override { return FieldKind<Key>::proof_bytes(key_.header()); }
    Cost cost() const noexcept override { return FieldKind<Key>::cost(key_.header()); }
    Result<void> check_sound() const noexcept override {
        if constexpr (requires { FieldKind<Key>::check_sound(key_.header()); }) {
            return FieldKind<Key>::check_sound(key_.header());
        }
        return {};
    }
    Result<void> verify(std::span<const U256> inputs, BytesView proof) const override {
        return key_.verify(inputs, proof);
    }
    Result<BatchQuestion> batch_question(std::span<const U256> inputs, BytesView proof) const override {
        return BatchQuestion{.key = &key_, .inputs = {inputs.begin(), inputs.end()}, .proof = proof};
    }

private:
    Key key_;
};

template <class Key>
[[nodiscard]] Result<std::unique_ptr<const KindKey>> decode_field_kind(BytesView bytes) {
    ENSHRINE_TRY(auto key, Key::decode(bytes));
    return std::make_unique<const FieldKey<Key>>(std::move(key));
}

}  // namespace enshrine::proofs
