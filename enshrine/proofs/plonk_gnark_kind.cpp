// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/field_kind.hpp>
#include <enshrine/proofs/snark/plonk_gnark.hpp>

namespace enshrine::proofs {

template <>
struct FieldKind<plonk_gnark::VerifyingKey> {
    static Curve curve(const plonk_gnark::Header&) noexcept { return Curve::bn254; }
    static std::size_t proof_bytes(const plonk_gnark::Header& header) noexcept {
        return plonk_gnark::proof_bytes(header);
    }
    static Cost cost(const plonk_gnark::Header& header) noexcept {
        return {.verify_microseconds = 2'000U + 2U * header.input_count, .decode_microseconds = 1'000};
    }
};

Result<std::unique_ptr<const KindKey>> decode_plonk_gnark_kind(BytesView bytes) {
    return decode_field_kind<plonk_gnark::VerifyingKey>(bytes);
}

}  // namespace enshrine::proofs
