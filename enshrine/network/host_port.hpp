// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace enshrine::network {

struct HostPort {
    std::string host;  ///< without the brackets of an IPv6 address
    std::uint16_t port = 0;
};
/// "host:port"; nullopt for everything else.
[[nodiscard]] std::optional<HostPort> parse_host_port(std::string_view text);

}  // namespace enshrine::network
