// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/codec/binary.hpp>
#include <enshrine/proofs/snark/curves.hpp>
#include <enshrine/proofs/snark/snark_error.hpp>

namespace enshrine::proofs {

/// Reads the points and scalars of a key or a proof, one after another.
template <class C>
class PartsReader {
public:
    explicit PartsReader(BytesView bytes) noexcept : reader_{bytes} {}

    [[nodiscard]] Result<typename C::G1> g1() noexcept {
        ENSHRINE_TRY(const auto bytes, reader_.take(C::g1_bytes));
        return C::decode_g1(bytes);
    }
    [[nodiscard]] Result<typename C::G2> g2() noexcept {
        ENSHRINE_TRY(const auto bytes, reader_.take(C::g2_bytes));
        return C::decode_g2(bytes);
    }
    /// Not infinity, or that error.
    [[nodiscard]] Result<typename C::G1> finite_g1(SnarkError if_infinity) noexcept {
        ENSHRINE_TRY(const auto point, g1());
        if (point.is_infinity()) return fail(if_infinity);
        return point;
    }
    [[nodiscard]] Result<typename C::Fr> scalar() noexcept {
        ENSHRINE_TRY(const auto bytes, reader_.take(Hash32::size_bytes));
        return C::decode_fr(bytes);
    }
    [[nodiscard]] Result<void> finish() const noexcept { return reader_.finish(); }

private:
    codec::BinaryReader reader_;
};

/// As many public inputs as the key declares, each below the order of the group.
[[nodiscard]] Result<void> check_public_inputs(std::span<const U256> inputs, std::size_t count,
                                               const U256& group_order) noexcept;

}  // namespace enshrine::proofs
