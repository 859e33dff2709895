// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/network/peer.hpp>

#include <chrono>

/// From an encoded matrix to a certificate of its availability. Rules: docs/spec/data_availability.md [DA-CERT.*].
namespace enshrine::network {

struct DistributeProgress {
    std::size_t members = 0;
    std::size_t members_signed = 0;
    std::size_t members_failed = 0;
    std::uint64_t stake = 0;
    std::uint64_t stake_signed = 0;
};

struct DistributeOptions {
    Connect connect;                                      ///< connect_over_tls(…)
    std::chrono::milliseconds quorum_timeout{60'000};     ///< without two thirds by then, distribution has failed
    std::chrono::milliseconds straggler_timeout{30'000};  ///< what the others get after the quorum
    std::function<void(const DistributeProgress&)>
        progress;  ///< after each member; called from several threads in turn
};

struct DistributeFault {
    std::string text;  ///< names the stake that signed, the stake that was needed, and each member that failed
    std::vector<PeerReport> members;
};

/// A certificate, while members beyond the quorum may still be receiving their rows.
class Distribution {
public:
    Distribution(Distribution&&) noexcept;
    Distribution& operator=(Distribution&&) = delete;
    ~Distribution();  ///< cancels those that are not done

    /// Two thirds of the stake, as soon as they had signed [DA-CERT.4].
    [[nodiscard]] const Bytes& certificate() const noexcept;
    struct Outcome {
        Bytes certificate;  ///< with every signature that arrived
        std::vector<PeerReport> members;
    };
    /// Waits for the stragglers, at most straggler_timeout after the quorum.
    [[nodiscard]] Outcome finish();

private:
    struct State;
    friend std::expected<Distribution, DistributeFault> distribute(std::shared_ptr<const data_availability::Matrix>,
                                                                   const data_availability::Publication&, std::uint64_t,
                                                                   std::span<const data_availability::CommitteeMember>,
                                                                   const DistributeOptions&);
    explicit Distribution(std::shared_ptr<State> state) noexcept;
    std::shared_ptr<State> state_;
};

/// Hands every member its rows, all at the same time, and returns once members with two thirds of the stake have
/// signed. A member that stalls or refuses delays nothing as long as the others suffice. The publication's commitment
/// is the matrix's and its sizes give the matrix's shape (asserted); the committee is valid (asserted).
[[nodiscard]] std::expected<Distribution, DistributeFault> distribute(
    std::shared_ptr<const data_availability::Matrix> matrix, const data_availability::Publication& publication,
    std::uint64_t chain_id, std::span<const data_availability::CommitteeMember> committee,
    const DistributeOptions& options);

}  // namespace enshrine::network
