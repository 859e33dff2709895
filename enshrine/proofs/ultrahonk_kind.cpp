// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/field_kind.hpp>
#include <enshrine/proofs/snark/ultrahonk.hpp>

namespace enshrine::proofs {

template <>
struct FieldKind<ultrahonk::VerifyingKey> {
    static Curve curve(const ultrahonk::Header&) noexcept { return Curve::bn254; }
    static std::size_t proof_bytes(const ultrahonk::Header& header) noexcept { return ultrahonk::proof_bytes(header); }
    static Cost cost(const ultrahonk::Header& header) noexcept {
        return {.verify_microseconds = 4'000U + 2U * header.input_count, .decode_microseconds = 1'000};
    }
    static Result<void> check_sound(const ultrahonk::Header& header) noexcept {
        if (ultrahonk::is_unsound(header)) return fail(ultrahonk::HonkError::masks_unsound);
        return {};
    }
};

Result<std::unique_ptr<const KindKey>> decode_ultrahonk_kind(BytesView bytes) {
    return decode_field_kind<ultrahonk::VerifyingKey>(bytes);
}

}  // namespace enshrine::proofs
