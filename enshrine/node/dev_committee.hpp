// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/crypto/secp256k1.hpp>
#include <enshrine/data_availability/committee.hpp>

#include <expected>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

/// The committee of a development chain, whose members all run on this machine. Its members stand in genesis, so that
/// what the first start made holds at every later one: it is kept in a file, in the form of a configuration's
/// data_availability.committee. Rules: docs/spec/data_availability.md [DA-CERT.1].
namespace enshrine::node {

struct DevCommitteeOptions {
    std::filesystem::path folder;             ///< keeps committee.yaml and what storage_folder() names
    std::filesystem::path chain_folder;       ///< of the chain whose genesis lists the committee
    std::span<const crypto::SecretKey> keys;  ///< of the members
    std::string listen;                       ///< endpoint of a sole member; empty: a free port of loopback
};
/// Reads the committee or, at the first start of the chain, makes it with a TLS key and a port for each member.
[[nodiscard]] std::expected<std::vector<data_availability::CommitteeMember>, std::string> load_or_make_dev_committee(
    const DevCommitteeOptions& options);

/// Where a member's key, TLS key and rows lie.
[[nodiscard]] std::filesystem::path storage_folder(const std::filesystem::path& folder, const Address& member);
[[nodiscard]] std::filesystem::path tls_key_file(const std::filesystem::path& storage_folder);

}  // namespace enshrine::node
