// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/data_availability/committee.hpp>
#include <enshrine/state/view.hpp>

#include <optional>

/// The L1's memory of publications of the native scheme. Rules: docs/spec/data_availability.md [DA-PUB.4].
namespace enshrine::data_availability {

struct PublicationRecord {
    std::uint64_t height = 0;      ///< of the last block that published it
    std::uint64_t epoch = 0;       ///< of the committee that keeps its rows
    std::uint64_t expires_at = 0;  ///< last block for which they are kept [DA-RET.4]
    std::vector<PublishedBlob> blobs;
    [[nodiscard]] friend bool operator==(const PublicationRecord&, const PublicationRecord&) noexcept = default;
};
[[nodiscard]] std::vector<std::uint64_t> sizes_of(std::span<const PublishedBlob> blobs);

/// The last publication of a commitment, whatever its blobs.
[[nodiscard]] std::optional<PublicationRecord> load_publication(const state::StateView& state,
                                                                const Hash32& commitment);
/// The last one with exactly these blobs: what batches rely on, because nobody else can displace it.
[[nodiscard]] std::optional<PublicationRecord> load_publication(const state::StateView& state, const Hash32& commitment,
                                                                std::span<const PublishedBlob> blobs);
/// Renews an earlier record of the same commitment and blobs; answers the expiry that holds.
std::uint64_t record_publication(state::Overlay& state, const Hash32& commitment, const PublicationRecord& record);

}  // namespace enshrine::data_availability
