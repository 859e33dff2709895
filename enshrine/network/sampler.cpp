// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/codec/binary.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/network/messages.hpp>
#include <enshrine/network/sampler.hpp>

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <thread>

namespace enshrine::network {
namespace {

namespace fs = std::filesystem;
using data_availability::CommitteeMember;
using data_availability::IndexedRow;
using data_availability::RowVerifier;
using data_availability::Shape;

constexpr std::string_view progress_magic = "ENSHSMP1";

/// What survives a restart: the draw, so that nobody gets another one by failing the first, and what was verified.
struct Progress {
    std::vector<std::uint32_t> drawn;
    std::set<std::uint32_t> verified;
};

Bytes encode(const Hash32& subject, const Progress& progress) {
    codec::BinaryWriter out;
    out.fixed(as_bytes(progress_magic)).fixed(subject.view()).u32(static_cast<std::uint32_t>(progress.drawn.size()));
    for (const std::uint32_t row : progress.drawn) out.u32(row).boolean(progress.verified.contains(row));
    return out.take();
}

Result<Progress> decode(BytesView bytes, const Hash32& subject) {
    codec::BinaryReader in{bytes};
    ENSHRINE_TRY(const auto magic, in.take(progress_magic.size()));
    ENSHRINE_TRY(const auto found, in.fixed<32>());
    if (as_text(magic) != progress_magic || found != subject) return fail(MessageError::unknown_type);
    ENSHRINE_TRY(const auto count, in.u32());
    if (count > data_availability::matrix_rows_max) return fail(MessageError::too_many_rows);
    Progress out;
    for (std::uint32_t i = 0; i < count; ++i) {
        ENSHRINE_TRY(const auto row, in.u32());
        ENSHRINE_TRY(const bool verified, in.boolean());
        out.drawn.push_back(row);
        if (verified) out.verified.insert(row);
    }
    ENSHRINE_CHECK(in.finish());
    return out;
}

/// Uniform below `bound`, without bias.
std::uint64_t below(std::uint64_t bound, const std::function<std::uint64_t()>& random) {
    const std::uint64_t usable = UINT64_MAX - UINT64_MAX % bound;
    for (;;) {
        const std::uint64_t value = random();
        if (value < usable) return value % bound;
    }
}

class Sampling {
public:
    Sampling(const Hash32& commitment, const Shape& shape, std::span<const CommitteeMember> committee,
             const SampleOptions& options)
        : commitment_{commitment}, shape_{shape}, committee_{committee}, options_{options} {}

    [[nodiscard]] std::expected<SampleReport, std::string> run();

private:
    struct Holder {
        std::unique_ptr<ShardPeer> connection;
        bool answered = false;  ///< it took part in an exchange, whatever it said
    };
    void assign();
    [[nodiscard]] bool keeps(std::size_t member, std::uint32_t row) const {
        const auto& holders = holders_of_.at(row);
        return std::ranges::find(holders, member) != holders.end();
    }
    [[nodiscard]] std::expected<void, std::string> load();
    void draw();
    void save() const;
    void round();
    void ask(std::size_t member);
    [[nodiscard]] PeerResult<void> ask_rows(std::size_t member, std::span<const std::uint32_t> rows);
    [[nodiscard]] PeerResult<void> fetch_header(ShardPeer& connection);
    [[nodiscard]] SampleReport report();
    void judge(SampleReport& report) const;
    [[nodiscard]] bool complete() const noexcept { return progress_.verified.size() == progress_.drawn.size(); }

    const Hash32& commitment_;
    Shape shape_;
    std::span<const CommitteeMember> committee_;
    const SampleOptions& options_;
    std::map<std::uint32_t, std::vector<std::size_t>> holders_of_;  ///< of every row that somebody keeps
    std::vector<std::uint32_t> kept_;
    Hash32 subject_;  ///< whose progress the file holds
    Progress progress_;
    std::optional<RowVerifier> verifier_;
    std::vector<Holder> holders_;
    std::vector<PeerReport> reports_;
};

void Sampling::assign() {
    holders_.resize(committee_.size());
    codec::BinaryWriter subject;
    subject.fixed(commitment_.view()).u32(shape_.data_rows).u32(shape_.parity_rows).u32(shape_.row_bytes);
    for (std::size_t i = 0; i < committee_.size(); ++i) {
        for (const std::uint32_t row : data_availability::assigned_rows(shape_, commitment_, committee_, i)) {
            holders_of_[row].push_back(i);
        }
        subject.fixed(committee_[i].address.view()).u64(committee_[i].stake);
        reports_.push_back(
            {.address = committee_[i].address, .endpoint = committee_[i].endpoint, .fault = std::nullopt});
    }
    for (const auto& [row, holders] : holders_of_) kept_.push_back(row);
    subject_ = hash::sha256(subject.bytes());
}

void Sampling::draw() {
    const auto random = options_.random ? options_.random : std::function<std::uint64_t()>{[] {
        static thread_local std::random_device device;
        const std::uint64_t high = device();
        return high << 32 | device();
    }};
    const auto kept = static_cast<std::uint32_t>(kept_.size());
    const std::size_t wanted = options_.rows == 0 ? default_sample_rows(shape_.data_rows, kept) : options_.rows;
    // Rows that were drawn before stay: a draw can only grow.
    std::set<std::uint32_t> have(progress_.drawn.begin(), progress_.drawn.end());
    while (progress_.drawn.size() < std::min(wanted, kept_.size())) {
        const std::uint32_t row = kept_[below(kept_.size(), random)];
        if (have.insert(row).second) progress_.drawn.push_back(row);
    }
}

std::expected<void, std::string> Sampling::load() {
    const fs::path& path = options_.progress_file;
    if (path.empty() || !fs::exists(path)) return {};
    std::ifstream file{path, std::ios::binary};
    const Bytes bytes{std::istreambuf_iterator<char>{file}, {}};
    auto loaded = decode(bytes, subject_);
    if (!loaded) {
        return std::unexpected{
            fmt::format("progress file {}: not the progress of this matrix and committee", path.string())};
    }
    for (const std::uint32_t row : loaded->drawn) {
        if (!holders_of_.contains(row)) {
            return std::unexpected{fmt::format("progress file {}: row {} is nobody's", path.string(), row)};
        }
    }
    progress_ = *std::move(loaded);
    return {};
}

void Sampling::save() const {
    if (options_.progress_file.empty()) return;
    const fs::path fresh = options_.progress_file.string() + ".new";
    const Bytes bytes = encode(subject_, progress_);
    std::ofstream{fresh, std::ios::binary | std::ios::trunc}.write(reinterpret_cast<const char*>(bytes.data()),
                                                                   static_cast<std::streamsize>(bytes.size()));
    std::error_code ignored;  // progress that is lost costs a few questions
    fs::rename(fresh, options_.progress_file, ignored);
}

PeerResult<void> Sampling::fetch_header(ShardPeer& connection) {
    ENSHRINE_TRY(const auto header, connection.header(commitment_));
    if (!header) {
        return std::unexpected{PeerFault{.code = PeerError::refused, .text = "does not keep the matrix"}};
    }
    auto verifier = RowVerifier::make(shape_, commitment_, header->row_root, header->combinations);
    if (!verifier) {
        return std::unexpected{
            PeerFault{.code = PeerError::lied, .text = fmt::format("header: {}", verifier.error().message())}};
    }
    verifier_.emplace(*std::move(verifier));
    return {};
}

PeerResult<void> Sampling::ask_rows(std::size_t member, std::span<const std::uint32_t> rows) {
    Holder& holder = holders_[member];
    if (!holder.connection) {
        ENSHRINE_TRY(holder.connection, options_.connect(committee_[member]));
    }
    ShardPeer& connection = *holder.connection;
    if (!verifier_) {
        auto fetched = fetch_header(connection);
        holder.answered |= fetched || fetched.error().code == PeerError::refused;
        if (!fetched) return fetched;
    }
    // One by one: whoever sees the draw at once can decide what to show.
    std::size_t missing = 0;
    for (const std::uint32_t row : rows) {
        ENSHRINE_TRY(const auto answer, connection.rows(commitment_, shape_.row_bytes, std::span{&row, 1}));
        holder.answered = true;
        if (answer.indices.empty()) {
            ++missing;
            continue;
        }
        const bool fits = answer.indices.size() == 1 && answer.indices[0] == row;
        const IndexedRow indexed{row, answer.rows};
        const auto verified = fits ? verifier_->verify_rows({&indexed, 1}, answer.siblings)
                                   : Result<void>{fail(data_availability::RowError::index_out_of_range)};
        if (!verified) {
            return std::unexpected{
                PeerFault{.code = PeerError::lied, .text = fmt::format("row {}: {}", row, verified.error().message())}};
        }
        progress_.verified.insert(row);
        ++reports_[member].rows;
        if (options_.progress) options_.progress(progress_.verified.size(), progress_.drawn.size());
    }
    if (missing > 0) {
        return std::unexpected{
            PeerFault{.code = PeerError::refused, .text = fmt::format("did not hand out {} rows of its own", missing)}};
    }
    return {};
}

void Sampling::ask(std::size_t member) {
    std::vector<std::uint32_t> rows;
    for (const std::uint32_t row : progress_.drawn) {
        if (!progress_.verified.contains(row) && keeps(member, row)) rows.push_back(row);
    }
    if (rows.empty()) return;
    const auto result = ask_rows(member, rows);
    reports_[member].fault = result ? std::nullopt : std::optional{result.error()};
    Holder& holder = holders_[member];
    if (holder.connection) reports_[member].wire_bytes = holder.connection->wire_bytes();
    // A liar has answered; a connection that failed is made anew in the next round.
    if (!result) holder.answered |= result.error().code == PeerError::lied;
    if (!result && result.error().code != PeerError::refused) holder.connection.reset();
}

void Sampling::round() {
    for (std::size_t member = 0; member < committee_.size() && !complete(); ++member) ask(member);
}

void Sampling::judge(SampleReport& report) const {
    if (complete()) {
        report.verdict = SampleVerdict::available;
        return;
    }
    // Withheld is what everybody who is to keep it was asked for and answered without showing it.
    std::size_t withheld = 0;
    for (const std::uint32_t row : report.missing) {
        const auto& holders = holders_of_.at(row);
        if (std::ranges::all_of(holders, [&](std::size_t member) { return holders_[member].answered; })) ++withheld;
    }
    report.verdict = withheld > 0 ? SampleVerdict::withheld : SampleVerdict::inconclusive;
    report.reason =
        fmt::format("{} of {} rows did not come: {} from members that answer, {} from members that cannot be reached",
                    report.missing.size(), report.drawn.size(), withheld, report.missing.size() - withheld);
    for (const PeerReport& peer : reports_) {
        if (peer.fault) report.reason += fmt::format("; {}: {}", peer.endpoint, peer.fault->text);
    }
}

SampleReport Sampling::report() {
    SampleReport out{.drawn = progress_.drawn, .data_rows = shape_.data_rows};
    out.kept_rows = static_cast<std::uint32_t>(kept_.size());
    std::ranges::sort(out.drawn);
    for (const std::uint32_t row : out.drawn) {
        (progress_.verified.contains(row) ? out.verified : out.missing).push_back(row);
    }
    const std::size_t count = out.verified.size();
    out.miss_probability = miss_probability(shape_.data_rows, out.kept_rows, count);
    out.formula = fmt::format("prod(i = 0 … {}) ({} - i) / ({} - i) = {:.3g}", count == 0 ? 0 : count - 1,
                              shape_.data_rows - 1, out.kept_rows, out.miss_probability);
    judge(out);
    out.peers = std::move(reports_);
    return out;
}

std::expected<SampleReport, std::string> Sampling::run() {
    assign();
    if (auto loaded = load(); !loaded) return std::unexpected{loaded.error()};
    draw();
    save();
    for (unsigned i = 0; i < std::max(1U, options_.rounds) && !complete(); ++i) {
        if (i > 0) std::this_thread::sleep_for(options_.round_pause);
        round();
        save();
    }
    return report();
}

}  // namespace

double miss_probability(std::uint32_t data_rows, std::uint32_t kept_rows, std::size_t samples) noexcept {
    double out = 1;
    for (std::size_t i = 0; i < samples; ++i) {
        if (i + 1 >= data_rows) return 0;  // more samples than anybody can show without giving the data away
        out *= static_cast<double>(data_rows - 1 - i) / static_cast<double>(kept_rows - i);
    }
    return out;
}

std::size_t default_sample_rows(std::uint32_t data_rows, std::uint32_t kept_rows) noexcept {
    std::size_t samples = std::min<std::size_t>(sample_rows_min, kept_rows);
    while (samples < kept_rows && miss_probability(data_rows, kept_rows, samples) >= miss_probability_max) ++samples;
    return samples;
}

std::expected<SampleReport, std::string> sample(const Hash32& commitment, std::span<const std::uint64_t> sizes,
                                                std::span<const CommitteeMember> committee,
                                                const SampleOptions& options) {
    const auto layout = data_availability::layout_of(sizes);
    if (!layout) return std::unexpected{fmt::format("sizes: {}", layout.error().message())};
    if (committee.empty()) return std::unexpected{std::string{"committee: it has no members"}};
    return Sampling{commitment, layout->shape, committee, options}.run();
}

}  // namespace enshrine::network
