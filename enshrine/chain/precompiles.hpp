// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

/// Functions that Ethereum gives addresses to. Rules: docs/spec/chain.md [CHAIN-PRE.*].
namespace enshrine::chain {

struct Precompile {
    Address address;
    std::string_view name;
    /// What a call with this input costs, charged before it runs.
    std::uint64_t (*gas)(BytesView input) noexcept;
    /// Nothing when the input is refused.
    std::optional<Bytes> (*run)(BytesView input);
};

[[nodiscard]] constexpr Address precompile_address(Byte number) noexcept {
    Address out;
    out[19] = number;
    return out;
}
inline constexpr Address point_evaluation_address = precompile_address(0x0a);

/// Ascending by address.
[[nodiscard]] std::span<const Precompile> precompiles() noexcept;
[[nodiscard]] const Precompile* find_precompile(std::span<const Precompile> precompiles,
                                                const Address& address) noexcept;

}  // namespace enshrine::chain
