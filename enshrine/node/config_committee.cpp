// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/result.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/node/config_committee.hpp>
#include <enshrine/node/config_settings.hpp>

#include <charconv>

namespace enshrine::node {
namespace {

using data_availability::CommitteeMember;
using Check = std::expected<void, std::string>;

/// One field of a member: false when the text is not what is expected.
struct Field {
    std::string_view name;
    std::string_view expected;
    bool required;
    bool (*assign)(CommitteeMember& member, const std::string& text);
};

bool assign_stake(CommitteeMember& member, const std::string& text) {
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), member.stake);
    return failed == std::errc{} && end == text.data() + text.size() && member.stake > 0;
}

constexpr Field fields[] = {
    {"address", "an address", true,
     [](CommitteeMember& member, const std::string& text) {
         const auto address = codec::parse_address(text);
         if (address) member.address = *address;
         return address.has_value();
     }},
    {"stake", "a whole number above 0", true, &assign_stake},
    {"endpoint", "host:port", true,
     [](CommitteeMember& member, const std::string& text) {
         member.endpoint = text;
         return !text.empty();
     }},
    {"tls_key_hash", "32 bytes in 0x-hex", false,
     [](CommitteeMember& member, const std::string& text) {
         const auto hash = codec::parse_hex_fixed<Hash32::size_bytes>(text);
         if (hash) member.tls_key_hash = *hash;
         return hash.has_value();
     }},
};

std::string place(const std::string& file, const YAML::Node& node) {
    const YAML::Mark mark = node.Mark();
    const std::string line = mark.is_null() ? "" : ":" + std::to_string(mark.line + 1);
    return file + line + ": " + std::string{committee_key};
}

Check check_keys(const std::string& file, const YAML::Node& map) {
    for (const auto& item : map) {
        const std::string name = item.first.Scalar();
        if (std::ranges::find(fields, name, &Field::name) != std::end(fields)) continue;
        return std::unexpected{place(file, item.first) + ": unknown key " + name +
                               "; expected one of address, stake, endpoint, tls_key_hash"};
    }
    return {};
}

std::expected<CommitteeMember, std::string> read_member(const std::string& file, const YAML::Node& map) {
    if (!map.IsMap()) {
        return std::unexpected{place(file, map) + ": expected a map of address, stake, endpoint and tls_key_hash"};
    }
    ENSHRINE_CHECK(check_keys(file, map));
    CommitteeMember out;
    for (const Field& field : fields) {
        const YAML::Node value = map[std::string{field.name}];
        if (!value.IsDefined() && !field.required) continue;
        const bool scalar = value.IsDefined() && value.IsScalar();
        if (scalar && field.assign(out, value.Scalar())) continue;
        return std::unexpected{place(file, map) + "." + std::string{field.name} + ": expected " +
                               std::string{field.expected} + ", got " +
                               (scalar ? "\"" + value.Scalar() + "\"" : "nothing")};
    }
    return out;
}

}  // namespace

std::expected<void, std::string> read_committee(const std::string& file, const YAML::Node& list,
                                                std::vector<CommitteeMember>& out) {
    if (list.IsNull()) return {};
    if (!list.IsSequence()) {
        return std::unexpected{place(file, list) + ": expected a list of members, got " +
                               (list.IsMap() ? "a map" : "\"" + list.Scalar() + "\"")};
    }
    for (const auto& item : list) {
        ENSHRINE_TRY(auto member, read_member(file, item));
        out.push_back(std::move(member));
    }
    return {};
}

}  // namespace enshrine::node
