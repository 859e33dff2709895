// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/node/application.hpp>

#include <string>

namespace enshrine::node {

/// Text of /metrics in Prometheus's exposition format.
[[nodiscard]] std::string metrics_text(const ChainApplication& application, std::string_view version);

}  // namespace enshrine::node
