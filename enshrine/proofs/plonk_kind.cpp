// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/field_kind.hpp>
#include <enshrine/proofs/snark/plonk.hpp>

namespace enshrine::proofs {

template <>
struct FieldKind<plonk::VerifyingKey> {
    static Curve curve(const plonk::Header& header) noexcept { return header.curve; }
    static std::size_t proof_bytes(const plonk::Header& header) noexcept { return plonk::proof_bytes(header.curve); }
    static Cost cost(const plonk::Header& header) noexcept {
        const std::uint32_t inputs = header.input_count;
        const std::uint32_t curve = header.curve == Curve::bn254 ? 1 : 2;
        return {.verify_microseconds = 2'000 * curve + 2 * inputs, .decode_microseconds = 1'000 * curve};
    }
};

Result<std::unique_ptr<const KindKey>> decode_plonk_kind(BytesView bytes) {
    return decode_field_kind<plonk::VerifyingKey>(bytes);
}

}  // namespace enshrine::proofs
