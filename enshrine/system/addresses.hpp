// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>

/// Reserved addresses of system contracts: 0x454e…(“EN”) zeros and a number, so that they stand out in explorers.
namespace enshrine::system {

[[nodiscard]] constexpr Address reserved_address(Byte number) noexcept {
    Address out;
    out[0] = 0x45;
    out[1] = 0x4e;
    out[19] = number;
    return out;
}
inline constexpr Address inbox_address = reserved_address(1);
inline constexpr Address rollup_registry_address = reserved_address(2);
inline constexpr Address data_availability_address = reserved_address(3);
inline constexpr Address message_hub_address = reserved_address(4);
inline constexpr Address proof_verifier_address = reserved_address(5);
/// Where governance will act from. Nobody holds its key, so that until its module exists nobody calls from there.
inline constexpr Address governance_address = reserved_address(6);

}  // namespace enshrine::system
