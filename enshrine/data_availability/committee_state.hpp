// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/data_availability/committee.hpp>
#include <enshrine/state/view.hpp>

#include <optional>

/// Committees in the state of the L1, by epoch. Rules: docs/spec/data_availability.md [DA-CERT.1], [DA-CERT.5].
namespace enshrine::data_availability {

struct CommitteeStatus {
    std::uint64_t epoch = 0;  ///< of the current committee
    std::uint64_t since = 0;  ///< height of the block that made it the current one
    Address administrator;    ///< zero: nobody replaces the committee
    [[nodiscard]] friend bool operator==(const CommitteeStatus&, const CommitteeStatus&) noexcept = default;
};
/// The state is one that grew from genesis (asserted).
[[nodiscard]] CommitteeStatus load_committee_status(const state::StateView& state);
void store_committee_status(state::Overlay& state, const CommitteeStatus& status);

/// The committee of an epoch; nullopt for one that has not come.
[[nodiscard]] std::optional<std::vector<CommitteeMember>> load_committee(const state::StateView& state,
                                                                         std::uint64_t epoch);
/// A committee that is valid.
void store_committee(state::Overlay& state, std::uint64_t epoch, std::span<const CommitteeMember> committee);

/// Epochs whose certificates a block at `height` takes: the current one, then perhaps the one before.
[[nodiscard]] std::vector<std::uint64_t> certifying_epochs(const CommitteeStatus& status, std::uint64_t height);

}  // namespace enshrine::data_availability
