// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/adapters/sp1.hpp>
#include <enshrine/proofs/program_kind.hpp>

namespace enshrine::proofs {

template <>
struct ProgramKind<sp1::VerifyingKey> {
    static std::size_t proof_bytes_max(const sp1::VerifyingKey& key) noexcept { return key.proof_bytes(); }
    static BatchKey inner(const sp1::VerifyingKey& key) noexcept {
        return std::visit([](const auto& one) noexcept { return BatchKey{&one}; }, key.inner());
    }
    /// That of the inner proof.
    static Cost cost(const sp1::VerifyingKey&) noexcept {
        return {.verify_microseconds = 2'100, .decode_microseconds = 1'100};
    }
    static Result<void> check_sound(const sp1::VerifyingKey& key) noexcept {
        if (key.version_name() == "4.0.0") return fail(AdapterError::sp1_4_0_stopped);
        return {};
    }
};

Result<std::unique_ptr<const KindKey>> decode_sp1_kind(BytesView bytes) {
    return decode_program_kind<sp1::VerifyingKey>(bytes);
}

}  // namespace enshrine::proofs
