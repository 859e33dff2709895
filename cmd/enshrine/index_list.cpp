// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <cmd/enshrine/index_list.hpp>
#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <set>

namespace enshrine::cli {
namespace {

std::optional<std::uint32_t> parse_number(std::string_view text) {
    std::uint32_t out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return out;
}

}  // namespace

CliResult<std::vector<std::uint32_t>> parse_indices(std::string_view name, const std::string& text,
                                                    std::uint32_t limit) {
    std::set<std::uint32_t> out;
    std::string_view rest = text;
    while (true) {
        const std::size_t comma = rest.find(',');
        const std::string_view item = rest.substr(0, comma);
        const std::size_t dash = item.find('-');
        const auto first = parse_number(item.substr(0, dash));
        const auto last = dash == std::string_view::npos ? first : parse_number(item.substr(dash + 1));
        if (!first || !last || *first > *last || *last >= limit) {
            return bad_usage(
                fmt::format("{}: expected numbers below {}, like 0,5,9-12, got \"{}\"", name, limit, item));
        }
        for (std::uint32_t i = *first; i <= *last; ++i) out.insert(i);
        if (comma == std::string_view::npos) break;
        rest.remove_prefix(comma + 1);
    }
    return std::vector<std::uint32_t>(out.begin(), out.end());
}

std::string to_text(const std::vector<std::uint32_t>& ascending) {
    std::string out;
    for (std::size_t i = 0; i < ascending.size();) {
        std::size_t last = i;
        while (last + 1 < ascending.size() && ascending[last + 1] == ascending[last] + 1) ++last;
        if (!out.empty()) out += ",";
        out += last == i ? fmt::format("{}", ascending[i]) : fmt::format("{}-{}", ascending[i], ascending[last]);
        i = last + 1;
    }
    return out;
}

}  // namespace enshrine::cli
