// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

/// How claims become settled. Rules: docs/spec/settlement_by_proof.md [POLICY.*].
namespace enshrine::rollup_registry {

/// One bit each; part of policies and state.
enum class Method : std::uint8_t { native = 1, validity = 2 };
[[nodiscard]] std::string_view to_text(Method method) noexcept;

class SettlementPolicy {
public:
    /// `native`.
    constexpr SettlementPolicy() noexcept = default;
    /// nullopt for a code that the specification does not define, or reserves.
    [[nodiscard]] static std::optional<SettlementPolicy> from_code(std::uint64_t code) noexcept;

    [[nodiscard]] std::uint8_t code() const noexcept { return code_; }
    [[nodiscard]] std::uint8_t methods() const noexcept;  ///< bits
    [[nodiscard]] bool names(Method method) const noexcept;
    /// How many methods have to agree.
    [[nodiscard]] unsigned threshold() const noexcept;
    /// k-of-n.
    [[nodiscard]] bool joint() const noexcept;

    [[nodiscard]] friend bool operator==(SettlementPolicy, SettlementPolicy) noexcept = default;

private:
    explicit constexpr SettlementPolicy(std::uint8_t code) noexcept : code_{code} {}
    std::uint8_t code_ = 0;
};
/// "native", "validity", "2-of-2(native, validity)", …
[[nodiscard]] std::string_view to_text(SettlementPolicy policy) noexcept;

}  // namespace enshrine::rollup_registry
