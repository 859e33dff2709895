// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/field_kind.hpp>
#include <enshrine/proofs/snark/fflonk.hpp>

namespace enshrine::proofs {

template <>
struct FieldKind<fflonk::VerifyingKey> {
    static Curve curve(const fflonk::Header&) noexcept { return Curve::bn254; }
    static std::size_t proof_bytes(const fflonk::Header&) noexcept { return fflonk::proof_bytes; }
    static Cost cost(const fflonk::Header& header) noexcept {
        return {.verify_microseconds = 2'000U + 2U * header.input_count, .decode_microseconds = 1'000};
    }
};

Result<std::unique_ptr<const KindKey>> decode_fflonk_kind(BytesView bytes) {
    return decode_field_kind<fflonk::VerifyingKey>(bytes);
}

}  // namespace enshrine::proofs
