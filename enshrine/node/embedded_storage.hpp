// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/network/storage_node.hpp>
#include <enshrine/node/application.hpp>
#include <enshrine/node/config.hpp>

/// The storage node inside an L1 node. It answers for the committee member whose key the configuration names; on a
/// development chain for the account "proposer". Rules: docs/spec/data_availability.md [DA-CERT.*], [DA-NET.*].
namespace enshrine::node {

/// A development chain that names no committee gets one: whoever runs it keeps everything.
[[nodiscard]] std::expected<void, std::string> add_dev_committee(NodeConfig& config);

/// The configuration is complete, its storage enabled. `connect` reaches the other members. Errors name the setting.
/// The application outlives the node.
[[nodiscard]] std::expected<std::unique_ptr<network::StorageNode>, std::string> start_embedded_storage(
    const NodeConfig& config, const ChainApplication& application, const network::Connect& connect);

}  // namespace enshrine::node
