// SPDX-License-Identifier: Apache-2.0
#include <enshrine/rollup_node/cell_sampling.hpp>

#include <enshrine/codec/hex.hpp>
#include <enshrine/crypto/kzg.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <random>

namespace enshrine::rollup_node {
namespace {

/// The choice must be unpredictable to whoever holds the blob: it comes from the operating system, every time.
std::vector<std::uint64_t> random_cells(std::uint64_t count) {
    std::vector<std::uint64_t> all(crypto::kzg::cells_per_ext_blob);
    std::iota(all.begin(), all.end(), 0U);
    std::random_device device;
    std::shuffle(all.begin(), all.end(), device);
    all.resize(std::min<std::size_t>(count, all.size()));
    std::ranges::sort(all);
    return all;
}

}  // namespace

std::expected<std::uint64_t, std::string> sample_cells(client::L1Client& l1, const Hash32& versioned_hash,
                                                       std::uint64_t count) {
    if (count == 0) return 0;
    const std::vector<std::uint64_t> wanted = random_cells(count);
    const std::string name = codec::format_hex(versioned_hash.view());
    const auto sample = l1.sample(versioned_hash, wanted);
    if (!sample) return std::unexpected{fmt::format("sample of blob {}: {}", name, sample.error().message)};
    const auto commitment = crypto::kzg::Commitment::from(sample->commitment.view());
    if (crypto::kzg::versioned_hash(commitment) != versioned_hash) {
        return std::unexpected{fmt::format("sample of blob {}: the commitment has another versioned hash", name)};
    }
    if (sample->cells.size() != wanted.size()) {
        return std::unexpected{fmt::format("sample of blob {}: asked for {} cells, got {}", name, wanted.size(),
                                           sample->cells.size())};
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const client::SampledCell& cell = sample->cells[i];
        if (cell.index != wanted[i] || cell.cell.size() != crypto::kzg::cell_bytes) {
            return std::unexpected{fmt::format("sample of blob {}: cell {} is absent", name, wanted[i])};
        }
        const crypto::kzg::CellStatement statement{commitment, cell.index, crypto::kzg::Cell::from(cell.cell),
                                                   crypto::kzg::Proof::from(cell.proof.view())};
        if (const auto verified = crypto::kzg::verify_cells({&statement, 1}); !verified) {
            return std::unexpected{fmt::format("sample of blob {}: cell {}: {}", name, cell.index,
                                               verified.error().message())};
        }
    }
    return wanted.size();
}

}  // namespace enshrine::rollup_node
