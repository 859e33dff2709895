// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/client/l1_client.hpp>
#include <enshrine/network/sampler.hpp>

#include <chrono>
#include <expected>
#include <filesystem>
#include <functional>
#include <span>
#include <string>

/// Sampling of EIP-4844 blobs: random cells, each verified against the versioned hash (EIP-7594).
namespace enshrine::client {

struct CellSampleOptions {
    std::size_t cells = 0;  ///< 0: as many as bring the chance to be deceived below miss_probability_max
    unsigned rounds = 3;    ///< how often missing cells are asked for again, of every node
    std::chrono::milliseconds round_pause{500};
    std::filesystem::path progress_file;  ///< drawn and verified cells are kept here and resumed; empty: not kept
    std::function<void(std::size_t verified, std::size_t drawn)> progress;  ///< may be empty
    std::function<std::uint64_t()> random;  ///< source of the draw; empty: the system's entropy
};

/// Asks the nodes one after the other for cells that are still missing; what does not verify counts as missing. With 63
/// cells at most shown by a withholder, the report's formula is that of 64 + 64 rows. Errors only of input: the
/// progress file is another blob's, or cannot be read or written.
[[nodiscard]] std::expected<network::SampleReport, std::string> sample_cells(std::span<L1Client> nodes,
                                                                             const Hash32& versioned_hash,
                                                                             const CellSampleOptions& options);

}  // namespace enshrine::client
