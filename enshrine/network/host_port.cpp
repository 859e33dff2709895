// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/network/host_port.hpp>

#include <charconv>

namespace enshrine::network {

std::optional<HostPort> parse_host_port(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    std::string_view host = text.substr(0, colon);
    const std::string_view digits = text.substr(colon + 1);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    HostPort out{.host = std::string{host}, .port = 0};
    const char* const end = digits.data() + digits.size();
    const auto [stopped, failed] = std::from_chars(digits.data(), end, out.port);
    if (out.host.empty() || failed != std::errc{} || stopped != end) return std::nullopt;
    return out;
}

}  // namespace enshrine::network
