// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/data_availability/committee.hpp>

#include <expected>
#include <optional>
#include <string>
#include <vector>

namespace enshrine::network {

struct KnownPublication {
    data_availability::Publication publication;
    std::uint64_t expires_at = 0;  ///< last block for which rows are kept
};

/// What a storage node has to know of the chain. Errors are words for a log. For one thread.
class ChainSource {
public:
    template <class T>
    using Known = std::expected<T, std::string>;
    virtual ~ChainSource() = default;
    [[nodiscard]] virtual Known<std::uint64_t> height() = 0;
    /// The current committee, or that of an epoch; nullopt for one that has not come.
    [[nodiscard]] virtual Known<std::optional<data_availability::Committee>> committee(
        std::optional<std::uint64_t> epoch) = 0;
    /// Native matrices that the blocks first … last published, in their order.
    [[nodiscard]] virtual Known<std::vector<KnownPublication>> published(std::uint64_t first, std::uint64_t last) = 0;
};

}  // namespace enshrine::network
