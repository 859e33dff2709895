// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/network/peer.hpp>

#include <chrono>
#include <filesystem>
#include <random>

/// What a light client does: it draws rows that nobody can foresee and asks for them.
/// Rules: docs/spec/data_availability.md [DA-SAMPLE.*].
namespace enshrine::network {

inline constexpr std::size_t sample_rows_min = 20;
inline constexpr double miss_probability_max = 1e-12;  ///< that a default draw stays below

enum class SampleVerdict : std::uint8_t {
    available,    ///< every drawn row came and verified
    withheld,     ///< peers that answer do not hand out rows that they are to keep
    inconclusive  ///< too few peers could be reached to say either
};

struct SampleOptions {
    Connect connect;
    std::size_t rows = 0;  ///< 0: sample_rows_min, or as many as miss_probability_max takes
    unsigned rounds = 3;   ///< how often missing rows are asked for again
    std::chrono::milliseconds round_pause{500};
    std::filesystem::path progress_file;  ///< drawn and verified rows are kept here and resumed; empty: not kept
    std::function<void(std::size_t verified, std::size_t drawn)> progress;
    /// Source of the draw. Empty: the system's entropy.
    std::function<std::uint64_t()> random;
};

struct SampleReport {
    SampleVerdict verdict = SampleVerdict::inconclusive;
    std::vector<std::uint32_t> drawn;
    std::vector<std::uint32_t> verified;
    std::vector<std::uint32_t> missing;
    std::uint32_t data_rows = 0;
    std::uint32_t kept_rows = 0;  ///< that members are to keep: what is drawn from
    /// Largest probability with which data that cannot be rebuilt passes: the product over i < verified of
    /// (K − 1 − i) / (kept rows − i).
    double miss_probability = 1;
    std::string formula;  ///< the same with its numbers, for people
    std::string reason;   ///< of a verdict other than `available`
    std::vector<PeerReport> peers;
};

/// Errors only of input: no layout has these sizes, or the progress file is another matrix's.
[[nodiscard]] std::expected<SampleReport, std::string> sample(
    const Hash32& commitment, std::span<const std::uint64_t> sizes,
    std::span<const data_availability::CommitteeMember> committee, const SampleOptions& options);

/// Probability that `samples` distinct random rows of `kept_rows` all lie among the at most K − 1 that a withholder
/// shows.
[[nodiscard]] double miss_probability(std::uint32_t data_rows, std::uint32_t kept_rows, std::size_t samples) noexcept;
/// Fewest samples, sample_rows_min at least, whose miss_probability is below miss_probability_max.
[[nodiscard]] std::size_t default_sample_rows(std::uint32_t data_rows, std::uint32_t kept_rows) noexcept;

}  // namespace enshrine::network
