// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/base/integer.hpp>
#include <enshrine/crypto/quorum_certificate.hpp>
#include <enshrine/network/distribute.hpp>
#include <enshrine/network/member_signature.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace enshrine::network {
namespace {

using data_availability::CommitteeMember;
using data_availability::Matrix;
using data_availability::Publication;

}  // namespace

/// What the threads, one per member, share with whoever waits for them.
struct Distribution::State {
    std::shared_ptr<const Matrix> matrix;
    Publication publication;
    std::uint64_t chain_id = 0;
    std::vector<CommitteeMember> committee;
    DistributeOptions options;
    Hash32 digest;

    std::mutex mutex;
    std::condition_variable changed;
    std::map<Address, crypto::SignatureBytes> signatures;
    std::vector<PeerReport> reports;
    std::vector<std::shared_ptr<ShardPeer>> peers;  ///< by member, while its upload goes on
    u128 stake = 0;
    u128 stake_signed = 0;
    u128 stake_failed = 0;
    std::size_t done = 0;
    bool cancelled = false;
    std::vector<std::thread> threads;

    Bytes certificate;  ///< of the quorum
    std::chrono::steady_clock::time_point quorum_at;

    ~State() { join(); }
    [[nodiscard]] bool has_quorum() const noexcept { return 3 * stake_signed >= 2 * stake; }
    [[nodiscard]] bool quorum_is_lost() const noexcept { return 3 * (stake - stake_failed) < 2 * stake; }
    void start();
    void serve(std::size_t member);
    [[nodiscard]] PeerResult<MemberSignature> hand_over(std::size_t member);
    void conclude(std::size_t member, const PeerResult<MemberSignature>& result);
    void cancel();
    void join();
    [[nodiscard]] DistributeFault fault(bool lost);
};

void Distribution::State::start() {
    peers.resize(committee.size());
    for (const CommitteeMember& member : committee) {
        stake += member.stake;
        reports.push_back({.address = member.address, .endpoint = member.endpoint, .fault = std::nullopt});
    }
    for (std::size_t i = 0; i < committee.size(); ++i) threads.emplace_back([this, i] { serve(i); });
}

void Distribution::State::serve(std::size_t member) {
    auto result = hand_over(member);
    if (result && !signed_by(committee[member].address, digest, *result)) {
        result = std::unexpected{PeerFault{.code = PeerError::lied, .text = "its signature is not the member's"}};
    }
    conclude(member, result);
}

PeerResult<MemberSignature> Distribution::State::hand_over(std::size_t member) {
    ENSHRINE_TRY(auto connected, options.connect(committee[member]));
    const std::shared_ptr<ShardPeer> peer{std::move(connected)};
    {
        const std::scoped_lock lock{mutex};
        peers[member] = peer;
        if (cancelled) peer->cancel();
    }
    auto rows = data_availability::assigned_rows(matrix->shape(), publication.commitment, committee, member);
    std::ranges::sort(rows);
    auto result = peer->upload({.chain_id = chain_id, .publication = publication, .matrix = *matrix, .rows = rows});
    const std::scoped_lock lock{mutex};
    reports[member].rows = result ? rows.size() : 0;
    reports[member].wire_bytes = peer->wire_bytes();
    peers[member].reset();
    return result;
}

void Distribution::State::conclude(std::size_t member, const PeerResult<MemberSignature>& result) {
    const std::scoped_lock lock{mutex};
    ++done;
    if (result) {
        signatures[committee[member].address] = crypto::SignatureBytes::from(result->view());
        stake_signed += committee[member].stake;
    } else {
        reports[member].fault = result.error();
        stake_failed += committee[member].stake;
    }
    if (options.progress && !cancelled) {
        options.progress({.members = committee.size(),
                          .members_signed = signatures.size(),
                          .members_failed = done - signatures.size(),
                          .stake = static_cast<std::uint64_t>(stake),
                          .stake_signed = static_cast<std::uint64_t>(stake_signed)});
    }
    changed.notify_all();
}

void Distribution::State::cancel() {
    const std::scoped_lock lock{mutex};
    cancelled = true;
    for (const auto& peer : peers) {
        if (peer) peer->cancel();
    }
}

void Distribution::State::join() {
    for (std::thread& thread : threads) thread.join();
    threads.clear();
}

DistributeFault Distribution::State::fault(bool lost) {
    // Members that were let go, because the others had already decided it, say nothing of what went wrong.
    const auto failed = [](const PeerReport& report) {
        return report.fault && report.fault->code != PeerError::cancelled;
    };
    std::uint64_t stake_away = 0;
    std::string causes;
    for (std::size_t i = 0; i < reports.size(); ++i) {
        if (!failed(reports[i])) continue;
        stake_away += committee[i].stake;
        causes += fmt::format("; {} (stake {}): {}", reports[i].endpoint, committee[i].stake, reports[i].fault->text);
    }
    const auto all = static_cast<std::uint64_t>(stake);
    std::string text = lost ? fmt::format("two thirds of the stake have to sign, and {} of {} did not", stake_away, all)
                            : fmt::format("{} of {} stake signed in time, two thirds are needed",
                                          static_cast<std::uint64_t>(stake_signed), all);
    return {.text = text + causes, .members = reports};
}

Distribution::Distribution(std::shared_ptr<State> state) noexcept : state_{std::move(state)} {}
Distribution::Distribution(Distribution&&) noexcept = default;

Distribution::~Distribution() {
    if (!state_) return;
    state_->cancel();
    state_->join();
}

const Bytes& Distribution::certificate() const noexcept {
    return state_->certificate;
}

Distribution::Outcome Distribution::finish() {
    State& state = *state_;
    {
        std::unique_lock lock{state.mutex};
        const auto all_done = [&] { return state.done == state.committee.size(); };
        state.changed.wait_until(lock, state.quorum_at + state.options.straggler_timeout, all_done);
    }
    state.cancel();
    state.join();
    return {.certificate = crypto::quorum_certificate_of(state.signatures), .members = state.reports};
}

std::expected<Distribution, DistributeFault> distribute(std::shared_ptr<const Matrix> matrix,
                                                        const Publication& publication, std::uint64_t chain_id,
                                                        std::span<const CommitteeMember> committee,
                                                        const DistributeOptions& options) {
    ENSHRINE_ASSERT(data_availability::validate_committee(committee).has_value());
    ENSHRINE_ASSERT(matrix->commitment() == publication.commitment);
    auto state = std::make_shared<Distribution::State>();
    state->matrix = std::move(matrix);
    state->publication = publication;
    state->chain_id = chain_id;
    state->committee.assign(committee.begin(), committee.end());
    state->options = options;
    state->digest = data_availability::publication_digest(chain_id, publication);
    const auto deadline = std::chrono::steady_clock::now() + options.quorum_timeout;
    state->start();
    bool reached = false;
    bool lost = false;
    {
        std::unique_lock lock{state->mutex};
        state->changed.wait_until(lock, deadline, [&] { return state->has_quorum() || state->quorum_is_lost(); });
        reached = state->has_quorum();
        lost = state->quorum_is_lost();
        if (reached) state->certificate = crypto::quorum_certificate_of(state->signatures);
        state->quorum_at = std::chrono::steady_clock::now();
    }
    if (reached) return Distribution{std::move(state)};
    state->cancel();
    state->join();
    return std::unexpected{state->fault(lost)};
}

}  // namespace enshrine::network
