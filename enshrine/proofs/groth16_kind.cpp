// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/kinds.hpp>
#include <enshrine/proofs/snark/groth16.hpp>

namespace enshrine::proofs {
namespace {

/// Slowest of the runs in bench/RESULTS.md, rounded up [PKIND.4].
Cost cost_of(const groth16::Header& header) noexcept {
    const std::uint32_t inputs = header.input_count;
    if (header.curve == Curve::bls12_381)
        return {.verify_microseconds = 2'000 + 40 * inputs, .decode_microseconds = 1'000 + 100 * inputs};
    const std::uint32_t commitment = header.commitment == groth16::CommitmentHash::none ? 0 : 800;
    return {.verify_microseconds = 1'000 + commitment + 20 * inputs,
            .decode_microseconds = 1'000 + commitment + 2 * inputs};
}

class Groth16Key final : public KindKey {
public:
    explicit Groth16Key(groth16::VerifyingKey key) noexcept : key_{std::move(key)} {}

    const Hash32& id() const noexcept override { return key_.id(); }
    std::size_t input_count() const noexcept override { return key_.header().input_count; }
    const U256& input_bound() const noexcept override {
        return key_.header().curve == Curve::bn254 ? Bn254::group_order : Bls12381::group_order;
    }
    std::size_t proof_bytes_max() const noexcept override { return groth16::proof_bytes(key_.header()); }
    Cost cost() const noexcept override { return cost_of(key_.header()); }
    Result<void> verify(std::span<const U256> inputs, BytesView proof) const override {
        return key_.verify(inputs, proof);
    }

private:
    groth16::VerifyingKey key_;
};

}  // namespace

Result<std::unique_ptr<const KindKey>> decode_groth16_kind(BytesView bytes) {
    ENSHRINE_TRY(auto key, groth16::VerifyingKey::decode(bytes));
    return std::make_unique<const Groth16Key>(std::move(key));
}

}  // namespace enshrine::proofs
