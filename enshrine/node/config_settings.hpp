// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/node/config.hpp>

#include <span>

namespace enshrine::node {

/// Whether a YAML scalar in quotes is right for the value.
enum class SettingForm : std::uint8_t { plain, text };

struct Setting {
    std::string_view key;  ///< "section.name"
    SettingForm form = SettingForm::plain;
    std::string_view expected;  ///< completes "expected …"
    std::string_view documentation;
    bool (*assign)(NodeConfig& config, std::string_view text);  ///< false: not what is expected
    std::string (*show)(const NodeConfig& config);
};
/// Every key that has one value. Sections in the order of config/config.yaml. genesis.accounts, a map, and
/// data_availability.committee, a list, stand apart.
[[nodiscard]] std::span<const Setting> settings() noexcept;
[[nodiscard]] const Setting* find_setting(std::string_view key) noexcept;

inline constexpr std::string_view genesis_accounts_key = "genesis.accounts";
inline constexpr std::string_view committee_key = "data_availability.committee";

}  // namespace enshrine::node
