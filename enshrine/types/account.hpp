// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/amount.hpp>
#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>

namespace enshrine::types {

inline constexpr std::size_t account_bytes = 40;

/// What the chain keeps per address. Encoded: nonce u64, balance u256.
struct Account {
    std::uint64_t nonce = 0;  ///< of the next transaction
    Amount balance;
    [[nodiscard]] friend bool operator==(const Account&, const Account&) noexcept = default;
};

[[nodiscard]] Bytes encode_account(const Account& account);
/// Errors: codec::BinaryError.
[[nodiscard]] Result<Account> decode_account(BytesView bytes) noexcept;

}  // namespace enshrine::types
