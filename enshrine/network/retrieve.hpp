// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/network/peer.hpp>

#include <atomic>
#include <chrono>

/// The data of a matrix from those who keep its rows.
namespace enshrine::network {

enum class RetrieveError : std::uint16_t {
    bad_sizes = 1,  ///< no layout has these sizes
    no_header,      ///< no peer showed a row root and combinations that give the commitment
    too_few_rows,   ///< fewer than K rows could be had: more than N are withheld or lost
    not_a_codeword  ///< the rebuilt data gives another commitment: rows that nobody verified are garbage
};
const ErrorDomain& error_domain(RetrieveError) noexcept;

struct RetrieveProgress {
    std::size_t rows = 0;  ///< verified
    std::size_t rows_needed = 0;
};

struct RetrieveOptions {
    Connect connect;
    std::chrono::milliseconds timeout{120'000};
    /// A request that takes longer is also asked of other peers; the slow one may still answer first.
    std::chrono::milliseconds slow_after{2'000};
    std::size_t peers_at_once = 16;
    std::function<void(const RetrieveProgress&)> progress;  ///< called from several threads in turn
    data_availability::ParallelFor parallel;                ///< for rebuilding
    /// Encode what was rebuilt and compare commitments. Without it the data is what K verified rows say.
    bool verify_encoding = true;
    const std::atomic<bool>* cancelled = nullptr;  ///< looked at now and then; true ends the download
};

struct Retrieval {
    Bytes data_rows;  ///< K rows; unframe_blob takes blobs out
    MatrixHeader header;
    bool rebuilt = false;                                     ///< parity rows were needed
    std::shared_ptr<const data_availability::Matrix> matrix;  ///< of verify_encoding
    std::vector<PeerReport> peers;
};
struct RetrieveFault {
    RetrieveError code = RetrieveError::no_header;
    std::string text;  ///< names rows found, rows needed, and each peer that failed
    std::vector<PeerReport> peers;
    operator Error() const noexcept { return Error{code}; }  // NOLINT(google-explicit-constructor): for ENSHRINE_TRY
};

/// Asks members for rows of theirs, data rows first; every row is verified before it counts. Peers that lie or stall
/// are routed around and named in the report. `sizes` are the blobs' as published.
[[nodiscard]] std::expected<Retrieval, RetrieveFault> retrieve(
    const Hash32& commitment, std::span<const std::uint64_t> sizes,
    std::span<const data_availability::CommitteeMember> committee, const RetrieveOptions& options);

}  // namespace enshrine::network
