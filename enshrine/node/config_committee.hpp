// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/data_availability/committee.hpp>

#include <yaml-cpp/yaml.h>

#include <expected>
#include <string>
#include <vector>

namespace enshrine::node {

/// data_availability.committee of a configuration file: a list of maps. Appends the members; the error names file, line
/// and key. Whether they make a committee shows when the configuration is completed.
[[nodiscard]] std::expected<void, std::string> read_committee(const std::string& file, const YAML::Node& list,
                                                              std::vector<data_availability::CommitteeMember>& out);

}  // namespace enshrine::node
