// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/committee_state.hpp>
#include <enshrine/node/head_chain_source.hpp>
#include <enshrine/node/published_entries.hpp>

namespace enshrine::node {

using network::KnownPublication;

HeadChainSource::Known<std::uint64_t> HeadChainSource::height() {
    return application_.head()->header.number;
}

HeadChainSource::Known<std::optional<data_availability::Committee>> HeadChainSource::committee(
    std::optional<std::uint64_t> epoch) {
    const auto head = application_.head();
    const std::uint64_t wanted = epoch ? *epoch : data_availability::load_committee_status(*head->view).epoch;
    auto members = data_availability::load_committee(*head->view, wanted);
    if (!members) return std::nullopt;
    return data_availability::Committee{.epoch = wanted, .members = *std::move(members)};
}

HeadChainSource::Known<std::vector<KnownPublication>> HeadChainSource::published(std::uint64_t first,
                                                                                 std::uint64_t last) {
    std::vector<KnownPublication> out;
    for (std::uint64_t height = first; height <= last; ++height) {
        const auto stored = load_block(application_, height);
        if (!stored) return std::unexpected{stored.error().message};
        if (!*stored) return std::unexpected{"block " + std::to_string(height) + " is missing"};
        for (PublishedMatrix& matrix : published_matrices(**stored)) {
            out.push_back({.publication = {.commitment = matrix.commitment,
                                           .blobs = std::move(matrix.record.blobs),
                                           .epoch = matrix.record.epoch},
                           .expires_at = matrix.record.expires_at});
        }
    }
    return out;
}

}  // namespace enshrine::node
