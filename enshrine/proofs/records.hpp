// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/amount.hpp>
#include <enshrine/proofs/verify.hpp>
#include <enshrine/state/view.hpp>

#include <cstdint>
#include <optional>

/// What the registry of keys keeps in L1 state. Rules: docs/spec/proof_registry.md [PKEY.*].
namespace enshrine::proofs {

/// Numbers are part of answers.
enum class KeyStatus : std::uint8_t { unknown = 0, probation = 1, active = 2, frozen = 3, retired = 4 };
[[nodiscard]] std::string_view to_text(KeyStatus status) noexcept;

/// What governance has said about a key, whatever its holders say. Numbers are part of state.
enum class Verdict : std::uint8_t { none = 0, frozen = 1, retired = 2 };

/// The bytes are stored once, however many accounts hold the key [PKEY.4].
struct KeyRecord {
    std::uint64_t registered_at = 0;  ///< L1 height at which the first of the present holders came
    std::uint32_t holders = 0;
    std::uint32_t frozen_holders = 0;
    Verdict verdict = Verdict::none;
    std::uint32_t input_count = 0;
    U256 input_bound;  ///< every input is below
    Cost cost;
    [[nodiscard]] friend bool operator==(const KeyRecord&, const KeyRecord&) noexcept = default;
};
struct HolderRecord {
    Amount deposit;
    std::uint64_t since = 0;  ///< L1 height
    bool frozen = false;
    std::uint32_t uses = 0;  ///< rollups that settle with it
    [[nodiscard]] friend bool operator==(const HolderRecord&, const HolderRecord&) noexcept = default;
};

[[nodiscard]] std::optional<KeyRecord> load_key_record(const state::StateView& state, const Hash32& id);
/// Of a key that has holders.
[[nodiscard]] std::optional<Bytes> load_key_bytes(const state::StateView& state, const Hash32& id);
[[nodiscard]] std::optional<HolderRecord> load_holder(const state::StateView& state, const Hash32& id,
                                                      const Address& address);
void store_key_record(state::Overlay& state, const Hash32& id, const KeyRecord& record);
void store_key_bytes(state::Overlay& state, const Hash32& id, BytesView bytes);
void erase_key_bytes(state::Overlay& state, const Hash32& id);
void store_holder(state::Overlay& state, const Hash32& id, const Address& address, const HolderRecord& holder);
void erase_holder(state::Overlay& state, const Hash32& id, const Address& address);

/// At an L1 height [PKEY.6].
[[nodiscard]] KeyStatus status_of(const std::optional<KeyRecord>& record, std::uint64_t height) noexcept;
/// Execution gas of one verification [PGAS.1].
[[nodiscard]] std::uint64_t verification_gas(const Cost& cost) noexcept;

/// A rollup settles with the key from now on. The holder exists (asserted).
void add_use(state::Overlay& state, const Hash32& id, const Address& address);

}  // namespace enshrine::proofs
