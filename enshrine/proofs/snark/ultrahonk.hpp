// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/u256.hpp>
#include <enshrine/proofs/snark/kzg.hpp>
#include <enshrine/proofs/snark/snark_error.hpp>
#include <enshrine/proofs/snark/ultrahonk_error.hpp>

#include <memory>
#include <span>

/// UltraHonk proofs of Noir circuits, as Aztec's bb makes them for EVM verifiers (BN254, transcript of Keccak-256).
/// Rules: docs/spec/proofs/ultrahonk.md.
namespace enshrine::proofs::ultrahonk {

/// The versions of bb whose proofs have the same form; each is another protocol.
enum class Version : std::uint8_t { bb_3_0 = 3, bb_5_0 = 5 };
enum class Flavour : std::uint8_t { plain = 0, zero_knowledge = 1 };

inline constexpr std::uint8_t kind = 5;
inline constexpr std::size_t header_bytes = 6;
inline constexpr std::size_t inputs_max = 1024;  // [HONK.2]
inline constexpr std::size_t committed_in_key = 28;

struct Header {
    Version version = Version::bb_5_0;
    Flavour flavour = Flavour::plain;
    std::uint8_t log_size = 0;      ///< the circuit has 2^log_size rows
    std::uint16_t input_count = 0;  ///< of its user; bb's own eight or sixteen are not among them
};
/// Zero-knowledge proofs of bb 3.0 can be made of any statement [HONK.20].
[[nodiscard]] constexpr bool is_unsound(const Header& header) noexcept {
    return header.version == Version::bb_3_0 && header.flavour == Flavour::zero_knowledge;
}
/// What a key begins with [HONK.1].
[[nodiscard]] Bytes encode(const Header& header);
/// The size of every proof for such a key [HONK.7].
[[nodiscard]] std::size_t proof_bytes(const Header& header) noexcept;

/// A key that satisfies [HONK.1…5], with what its verifications share computed once.
class VerifyingKey {
public:
    [[nodiscard]] static Result<VerifyingKey> decode(BytesView bytes);
    VerifyingKey(VerifyingKey&&) noexcept;
    VerifyingKey& operator=(VerifyingKey&&) noexcept;
    ~VerifyingKey();

    [[nodiscard]] const Header& header() const noexcept { return header_; }
    [[nodiscard]] BytesView bytes() const noexcept { return bytes_; }
    [[nodiscard]] const Hash32& id() const noexcept { return id_; }  // [HONK.6]
    /// The name that bb has for the circuit: what its file `vk_hash` holds [HONK.9].
    [[nodiscard]] Hash32 circuit_hash() const noexcept;
    [[nodiscard]] const Bn254::G2& srs_point() const noexcept;  ///< [x]_2

    /// Everything but the pairing [HONK.7…16]: the proof shows the inputs if and only if the claim holds for the [x]_2
    /// of the key.
    [[nodiscard]] Result<KzgClaim<Bn254>> reduce(std::span<const U256> inputs, BytesView proof) const;
    /// The rest [HONK.17].
    [[nodiscard]] Result<void> check(const KzgClaim<Bn254>& claim) const;
    /// Whether the proof shows the inputs [HONK.7…17]. The error says why not.
    [[nodiscard]] Result<void> verify(std::span<const U256> inputs, BytesView proof) const;

    /// For batches: verify() accepts exactly when there are equations and they hold.
    [[nodiscard]] Result<Equations> equations(std::span<const U256> inputs, BytesView proof) const;
    /// The forms of those equations, one by one.
    [[nodiscard]] EquationForms equation_forms() const;

    struct Prepared;  ///< ultrahonk_prepared.hpp
    [[nodiscard]] const Prepared& prepared() const noexcept { return *prepared_; }

private:
    VerifyingKey() noexcept = default;

    Header header_;
    Bytes bytes_;
    Hash32 id_;
    std::unique_ptr<const Prepared> prepared_;
};

}  // namespace enshrine::proofs::ultrahonk
