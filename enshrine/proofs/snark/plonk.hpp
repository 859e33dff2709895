// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/u256.hpp>
#include <enshrine/proofs/snark/curves.hpp>
#include <enshrine/proofs/snark/pairing_batch.hpp>
#include <enshrine/proofs/snark/snark_error.hpp>

#include <memory>
#include <span>

/// PLONK proofs with the transcript of snarkjs. Rules: docs/spec/proofs/plonk.md.
namespace enshrine::proofs::plonk {

inline constexpr std::uint8_t kind = 2;
inline constexpr std::uint8_t version = 1;
inline constexpr std::size_t header_bytes = 6;
inline constexpr std::size_t inputs_max = 256;  // [PLONK.2]

struct Header {
    Curve curve = Curve::bn254;
    std::uint8_t power = 0;  ///< 2^power gates
    std::uint16_t input_count = 0;
};
/// What a key begins with [PLONK.1].
[[nodiscard]] Bytes encode(const Header& header);
/// The size of every proof for such a key [PLONK.7].
[[nodiscard]] std::size_t proof_bytes(Curve curve) noexcept;

/// A key that satisfies [PLONK.1…5], with what its verifications share computed once.
class VerifyingKey {
public:
    [[nodiscard]] static Result<VerifyingKey> decode(BytesView bytes);
    VerifyingKey(VerifyingKey&&) noexcept;
    VerifyingKey& operator=(VerifyingKey&&) noexcept;
    ~VerifyingKey();

    [[nodiscard]] const Header& header() const noexcept { return header_; }
    [[nodiscard]] BytesView bytes() const noexcept { return bytes_; }
    [[nodiscard]] const Hash32& id() const noexcept { return id_; }  // [PLONK.6]

    /// Whether the proof shows the inputs [PLONK.7…12]. The error says why not.
    [[nodiscard]] Result<void> verify(std::span<const U256> inputs, BytesView proof) const;

    /// For batches: verify() accepts exactly when there are equations and they hold.
    [[nodiscard]] Result<Equations> equations(std::span<const U256> inputs, BytesView proof) const;
    /// The forms of those equations, one by one.
    [[nodiscard]] EquationForms equation_forms() const;

    struct Prepared;  ///< plonk_prepared.hpp
    [[nodiscard]] const Prepared& prepared() const noexcept { return *prepared_; }

private:
    VerifyingKey() noexcept = default;

    Header header_;
    Bytes bytes_;
    Hash32 id_;
    std::unique_ptr<const Prepared> prepared_;
};

}  // namespace enshrine::proofs::plonk
