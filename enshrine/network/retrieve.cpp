// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/codec/hex.hpp>
#include <enshrine/data_availability/reconstruct.hpp>
#include <enshrine/network/messages.hpp>
#include <enshrine/network/retrieve.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace enshrine::network {
namespace {

using Clock = std::chrono::steady_clock;
using data_availability::CommitteeMember;
using data_availability::IndexedRow;
using data_availability::Matrix;
using data_availability::RowVerifier;
using data_availability::Shape;

/// Small enough that a slow peer holds up little, large enough that questions cost little.
constexpr std::size_t batch_bytes = std::size_t{1} << 20;
constexpr std::size_t batch_rows_min = 16;
constexpr std::chrono::milliseconds look_interval{100};  // at RetrieveOptions::cancelled

std::string_view message(std::uint16_t code) noexcept {
    switch (RetrieveError{code}) {
        case RetrieveError::bad_sizes:
            return "no layout has these sizes";
        case RetrieveError::no_header:
            return "no storage node showed a header of the commitment";
        case RetrieveError::too_few_rows:
            return "fewer rows could be had than rebuilding needs";
        case RetrieveError::not_a_codeword:
            return "the rebuilt data gives another commitment";
    }
    return "unknown retrieval error";
}

/// One download: threads that each talk to one peer at a time, and what they share.
class Download {
public:
    Download(const Hash32& commitment, const Shape& shape, std::span<const CommitteeMember> committee,
             const RetrieveOptions& options)
        : commitment_{commitment},
          shape_{shape},
          committee_{committee},
          options_{options},
          deadline_{Clock::now() + options.timeout},
          rows_(shape.total_rows()) {}

    [[nodiscard]] std::expected<Retrieval, RetrieveFault> run();

private:
    struct Row {
        BytesView bytes;  ///< in blocks_, once verified
        unsigned asked = 0;
        Clock::time_point asked_at;
        [[nodiscard]] bool had() const noexcept { return !bytes.empty(); }
    };
    struct Peer {
        std::vector<std::uint32_t> open;  ///< rows that it may still be asked for: data rows first
        std::size_t withheld = 0;
        std::shared_ptr<ShardPeer> connection;
        bool over = false;
    };

    void prepare();
    void work();
    void visit(std::size_t member);
    [[nodiscard]] PeerResult<void> use(std::size_t member, ShardPeer& connection);
    [[nodiscard]] PeerResult<void> fetch_header(ShardPeer& connection);
    [[nodiscard]] PeerResult<void> take(std::size_t member, std::span<const std::uint32_t> asked, ProvenRows answer);
    /// Rows to ask this peer for, marked as asked; empty when there is nothing (more) for it. Waits while others are
    /// about to deliver.
    [[nodiscard]] std::vector<std::uint32_t> next_batch(std::size_t member);
    [[nodiscard]] std::vector<std::uint32_t> choose(Peer& peer, Clock::time_point now);
    [[nodiscard]] bool finished() const noexcept { return had_ >= shape_.data_rows || stopped_; }
    void stop();
    [[nodiscard]] RetrieveFault fault() const;
    [[nodiscard]] std::unexpected<RetrieveFault> no_codeword(std::string_view text) const;
    [[nodiscard]] std::expected<Retrieval, RetrieveFault> conclude();

    const Hash32& commitment_;
    Shape shape_;
    std::span<const CommitteeMember> committee_;
    const RetrieveOptions& options_;
    Clock::time_point deadline_;

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::size_t> waiting_;  ///< members that nobody talks to yet
    std::vector<Peer> peers_;
    std::vector<PeerReport> reports_;
    std::optional<MatrixHeader> header_;
    std::shared_ptr<const RowVerifier> verifier_;
    std::vector<Row> rows_;
    std::deque<Bytes> blocks_;
    std::size_t had_ = 0;
    bool stopped_ = false;
    std::size_t working_ = 0;
};

void Download::prepare() {
    peers_.resize(committee_.size());
    for (std::size_t i = 0; i < committee_.size(); ++i) {
        peers_[i].open = data_availability::assigned_rows(shape_, commitment_, committee_, i);
        std::ranges::sort(peers_[i].open);
        reports_.push_back(
            {.address = committee_[i].address, .endpoint = committee_[i].endpoint, .fault = std::nullopt});
        waiting_.push_back(i);
    }
    // Readers of different matrices begin with different members.
    std::ranges::rotate(waiting_, waiting_.begin() + commitment_[0] % static_cast<int>(waiting_.size()));
}

std::expected<Retrieval, RetrieveFault> Download::run() {
    prepare();
    const std::size_t count = std::clamp<std::size_t>(options_.peers_at_once, 1, committee_.size());
    working_ = count;
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < count; ++i) threads.emplace_back([this] { work(); });
    {
        std::unique_lock lock{mutex_};
        const auto over = [&] { return finished() || working_ == 0; };
        while (!over() && Clock::now() < deadline_ && !(options_.cancelled != nullptr && *options_.cancelled)) {
            changed_.wait_until(lock, std::min(deadline_, Clock::now() + look_interval), over);
        }
    }
    stop();
    for (std::thread& thread : threads) thread.join();
    return conclude();
}

void Download::stop() {
    const std::scoped_lock lock{mutex_};
    stopped_ = true;
    for (const Peer& peer : peers_) {
        if (peer.connection) peer.connection->cancel();
    }
    changed_.notify_all();
}

void Download::work() {
    for (;;) {
        std::size_t member = 0;
        {
            const std::scoped_lock lock{mutex_};
            if (finished() || waiting_.empty()) {
                --working_;
                changed_.notify_all();
                return;
            }
            member = waiting_.front();
            waiting_.pop_front();
        }
        visit(member);
    }
}

void Download::visit(std::size_t member) {
    auto connected = options_.connect(committee_[member]);
    PeerResult<void> result;
    if (connected) {
        const std::shared_ptr<ShardPeer> connection{*std::move(connected)};
        {
            const std::scoped_lock lock{mutex_};
            peers_[member].connection = connection;
            if (stopped_) connection->cancel();
        }
        result = use(member, *connection);
        const std::scoped_lock lock{mutex_};
        peers_[member].connection.reset();
        reports_[member].wire_bytes = connection->wire_bytes();
    } else {
        result = std::unexpected{connected.error()};
    }
    const std::scoped_lock lock{mutex_};
    Peer& peer = peers_[member];
    peer.over = true;
    peer.open.clear();
    if (!result && result.error().code != PeerError::cancelled) {
        reports_[member].fault = result.error();
    } else if (peer.withheld > 0) {
        reports_[member].fault = PeerFault{.code = PeerError::refused,
                                           .text = fmt::format("did not hand out {} rows of its own", peer.withheld)};
    }
    changed_.notify_all();
}

PeerResult<void> Download::use(std::size_t member, ShardPeer& connection) {
    ENSHRINE_CHECK(fetch_header(connection));
    for (;;) {
        const auto asked = next_batch(member);
        if (asked.empty()) return {};
        auto answer = connection.rows(commitment_, shape_.row_bytes, asked);
        PeerResult<void> taken;
        if (answer) {
            taken = take(member, asked, *std::move(answer));
        } else {
            taken = std::unexpected{answer.error()};
        }
        const std::scoped_lock lock{mutex_};
        for (const std::uint32_t index : asked) --rows_[index].asked;
        changed_.notify_all();
        if (!taken) return taken;
    }
}

PeerResult<void> Download::fetch_header(ShardPeer& connection) {
    {
        const std::scoped_lock lock{mutex_};
        if (verifier_) return {};
    }
    ENSHRINE_TRY(auto header, connection.header(commitment_));
    if (!header) {
        return std::unexpected{PeerFault{.code = PeerError::refused, .text = "does not keep the matrix"}};
    }
    auto verifier = RowVerifier::make(shape_, commitment_, header->row_root, header->combinations);
    if (!verifier) {
        return std::unexpected{
            PeerFault{.code = PeerError::lied, .text = fmt::format("header: {}", verifier.error().message())}};
    }
    const std::scoped_lock lock{mutex_};
    if (verifier_) return {};
    verifier_ = std::make_shared<const RowVerifier>(*std::move(verifier));
    header_ = *std::move(header);
    return {};
}

std::vector<std::uint32_t> Download::choose(Peer& peer, Clock::time_point now) {
    std::erase_if(peer.open, [&](std::uint32_t index) { return rows_[index].had(); });
    // Rows that others were asked for a while ago are counted out: whoever has time asks for more.
    std::size_t coming = 0;
    for (const Row& row : rows_) {
        if (!row.had() && row.asked > 0 && now - row.asked_at < options_.slow_after) ++coming;
    }
    if (had_ + coming >= shape_.data_rows) return {};
    const std::size_t needed = shape_.data_rows - had_ - coming;
    // Each takes its share, so that a slow peer does not end up with the last large batch.
    const std::size_t talking = std::max<std::size_t>(working_, 1);
    const std::size_t batch =
        std::clamp<std::size_t>(batch_bytes / shape_.row_bytes, batch_rows_min, rows_per_request(shape_.row_bytes));
    const std::size_t count = std::min({batch, needed, std::max(batch_rows_min, needed / talking + 1)});
    std::vector<std::uint32_t> out;
    for (const std::uint32_t index : peer.open) {  // ascending: data rows come first
        const Row& row = rows_[index];
        if (row.asked > 0 && now - row.asked_at < options_.slow_after) continue;
        out.push_back(index);
        if (out.size() == count) break;
    }
    return out;
}

std::vector<std::uint32_t> Download::next_batch(std::size_t member) {
    std::unique_lock lock{mutex_};
    for (;;) {
        if (finished()) return {};
        Peer& peer = peers_[member];
        const auto now = Clock::now();
        const auto chosen = choose(peer, now);
        if (!chosen.empty()) {
            for (const std::uint32_t index : chosen) {
                ++rows_[index].asked;
                rows_[index].asked_at = now;
            }
            return chosen;
        }
        if (peer.open.empty()) return {};
        changed_.wait_until(lock, std::min(deadline_, now + options_.slow_after / 4));
        if (Clock::now() >= deadline_) return {};
    }
}

PeerResult<void> Download::take(std::size_t member, std::span<const std::uint32_t> asked, ProvenRows answer) {
    const auto lied = [](std::string text) {
        return std::unexpected{PeerFault{.code = PeerError::lied, .text = std::move(text)}};
    };
    if (!std::ranges::includes(asked, answer.indices)) return lied("rows that it was not asked for");
    if (answer.rows.size() != answer.indices.size() * shape_.row_bytes) return lied("rows of another size");
    if (!answer.indices.empty()) {
        std::vector<IndexedRow> indexed;
        for (std::size_t i = 0; i < answer.indices.size(); ++i) {
            indexed.push_back(
                {answer.indices[i], BytesView{answer.rows}.subspan(i * shape_.row_bytes, shape_.row_bytes)});
        }
        if (auto verified = verifier_->verify_rows(indexed, answer.siblings); !verified) {
            return lied(fmt::format("rows {} to {}: {}", answer.indices.front(), answer.indices.back(),
                                    verified.error().message()));
        }
    }
    const std::scoped_lock lock{mutex_};
    Peer& peer = peers_[member];
    peer.withheld += asked.size() - answer.indices.size();
    std::erase_if(peer.open, [&](std::uint32_t index) { return std::ranges::binary_search(asked, index); });
    const Bytes& block = blocks_.emplace_back(std::move(answer.rows));
    for (std::size_t i = 0; i < answer.indices.size(); ++i) {
        Row& row = rows_[answer.indices[i]];
        if (row.had()) continue;
        row.bytes = BytesView{block}.subspan(i * shape_.row_bytes, shape_.row_bytes);
        ++had_;
        ++reports_[member].rows;
    }
    if (options_.progress && !stopped_) {
        options_.progress({.rows = std::min<std::size_t>(had_, shape_.data_rows), .rows_needed = shape_.data_rows});
    }
    return {};
}

RetrieveFault Download::fault() const {
    RetrieveFault out{
        .code = verifier_ ? RetrieveError::too_few_rows : RetrieveError::no_header, .text = {}, .peers = reports_};
    out.text = verifier_ ? fmt::format("{} rows verified, {} are needed", had_, shape_.data_rows)
                         : std::string{message(std::to_underlying(RetrieveError::no_header))};
    for (const PeerReport& report : reports_) {
        if (report.fault) out.text += fmt::format("; {}: {}", report.endpoint, report.fault->text);
    }
    return out;
}

std::expected<Retrieval, RetrieveFault> Download::conclude() {
    if (had_ < shape_.data_rows) return std::unexpected{fault()};
    std::vector<IndexedRow> rows;
    bool rebuilt = false;
    for (std::uint32_t index = 0; index < rows_.size(); ++index) {
        if (!rows_[index].had()) continue;
        rows.push_back({index, rows_[index].bytes});
        rebuilt |= index >= shape_.data_rows;
        if (rows.size() == shape_.data_rows) break;
    }
    auto data = data_availability::reconstruct(shape_, rows, options_.parallel);
    if (!data) return no_codeword(data.error().message());
    Retrieval out{.data_rows = *std::move(data), .header = *std::move(header_), .rebuilt = rebuilt};
    if (options_.verify_encoding) {
        auto matrix = Matrix::encode(shape_, out.data_rows, options_.parallel);
        if (!matrix) return no_codeword(matrix.error().message());
        if (matrix->commitment() != commitment_) {
            return no_codeword(fmt::format("{} verified rows give data of commitment {}", shape_.data_rows,
                                           codec::format_hex(matrix->commitment().view())));
        }
        out.matrix = std::make_shared<const Matrix>(*std::move(matrix));
    }
    out.peers = std::move(reports_);
    return out;
}

std::unexpected<RetrieveFault> Download::no_codeword(std::string_view text) const {
    return std::unexpected{
        RetrieveFault{.code = RetrieveError::not_a_codeword, .text = std::string{text}, .peers = reports_}};
}

}  // namespace

const ErrorDomain& error_domain(RetrieveError) noexcept {
    static constexpr ErrorDomain domain{"network.retrieve", message};
    return domain;
}

std::expected<Retrieval, RetrieveFault> retrieve(const Hash32& commitment, std::span<const std::uint64_t> sizes,
                                                 std::span<const CommitteeMember> committee,
                                                 const RetrieveOptions& options) {
    const auto layout = data_availability::layout_of(sizes);
    if (!layout) {
        return std::unexpected{RetrieveFault{
            .code = RetrieveError::bad_sizes, .text = fmt::format("sizes: {}", layout.error().message()), .peers = {}}};
    }
    if (committee.empty()) {
        return std::unexpected{
            RetrieveFault{.code = RetrieveError::no_header, .text = "committee: it has no members", .peers = {}}};
    }
    return Download{commitment, layout->shape, committee, options}.run();
}

}  // namespace enshrine::network
