// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/u256.hpp>

namespace enshrine {

/// Money in the smallest unit (wei; 10^18 wei make one coin). Only checked arithmetic: a sum that does not fit is an
/// error, never a wrapped balance.
class Amount {
public:
    constexpr Amount() noexcept = default;
    constexpr explicit Amount(const U256& wei) noexcept : wei_{wei} {}
    constexpr explicit Amount(std::uint64_t wei) noexcept : wei_{wei} {}

    [[nodiscard]] constexpr const U256& wei() const noexcept { return wei_; }
    [[nodiscard]] constexpr bool is_zero() const noexcept { return wei_.is_zero(); }
    [[nodiscard]] friend constexpr bool operator==(const Amount&, const Amount&) noexcept = default;
    [[nodiscard]] friend constexpr auto operator<=>(const Amount& a, const Amount& b) noexcept {
        return a.wei_ <=> b.wei_;
    }

private:
    U256 wei_;
};

[[nodiscard]] inline Result<Amount> checked_add(const Amount& a, const Amount& b) noexcept {
    ENSHRINE_TRY(const auto wei, checked_add(a.wei(), b.wei()));
    return Amount{wei};
}
[[nodiscard]] inline Result<Amount> checked_sub(const Amount& a, const Amount& b) noexcept {
    ENSHRINE_TRY(const auto wei, checked_sub(a.wei(), b.wei()));
    return Amount{wei};
}
/// price × quantity.
[[nodiscard]] inline Result<Amount> checked_mul(const Amount& price, std::uint64_t quantity) noexcept {
    ENSHRINE_TRY(const auto wei, checked_mul(price.wei(), U256{quantity}));
    return Amount{wei};
}

}  // namespace enshrine
