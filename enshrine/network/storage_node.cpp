// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/codec/hex.hpp>
#include <enshrine/network/rate_limit.hpp>
#include <enshrine/network/storage_node.hpp>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <condition_variable>
#include <deque>
#include <fstream>
#include <mutex>
#include <thread>

namespace enshrine::network {
namespace {

namespace fs = std::filesystem;
using data_availability::CommitteeMember;

constexpr std::uint64_t blocks_per_turn = 1'000;
constexpr std::uint64_t prune_interval_blocks = 16;
constexpr unsigned repair_attempts_max = 8;
constexpr std::chrono::seconds repair_timeout{120};

/// Committees by epoch, from the thread that follows the chain to those that take uploads.
class KnownCommittees {
public:
    void set_current(data_availability::Committee committee) {
        const std::scoped_lock lock{mutex_};
        current_ = committee.epoch;
        by_epoch_[committee.epoch] = std::move(committee.members);
    }
    void add(data_availability::Committee committee) {
        const std::scoped_lock lock{mutex_};
        by_epoch_[committee.epoch] = std::move(committee.members);
    }
    [[nodiscard]] std::optional<std::vector<CommitteeMember>> find(std::uint64_t epoch) const {
        const std::scoped_lock lock{mutex_};
        const auto it = by_epoch_.find(epoch);
        return it == by_epoch_.end() ? std::nullopt : std::optional{it->second};
    }
    /// Uploads are for the current committee, and for the one before while its certificates still count.
    [[nodiscard]] std::optional<std::vector<CommitteeMember>> for_uploads(std::uint64_t epoch) const {
        {
            const std::scoped_lock lock{mutex_};
            if (!current_ || epoch > *current_ || epoch + 1 < *current_) return std::nullopt;
        }
        return find(epoch);
    }

private:
    mutable std::mutex mutex_;
    std::optional<std::uint64_t> current_;
    std::map<std::uint64_t, std::vector<CommitteeMember>> by_epoch_;
};

}  // namespace

class StorageNode::Node {
public:
    Node(const StorageNodeOptions& options, std::unique_ptr<ChainSource> chain)
        : options_{options}, chain_{std::move(chain)} {}
    ~Node();

    [[nodiscard]] std::expected<void, std::string> start();
    [[nodiscard]] ShardService& service() noexcept { return *service_; }
    [[nodiscard]] const ShardServer* server() const noexcept { return server_.get(); }
    [[nodiscard]] std::uint64_t followed() const noexcept { return followed_; }

private:
    using Done = ChainSource::Known<void>;
    struct Repair {
        KnownPublication known;
        unsigned attempts = 0;
    };

    void run();
    [[nodiscard]] Done turn();
    [[nodiscard]] Done learn_committees();
    [[nodiscard]] Done follow(std::uint64_t first, std::uint64_t last);
    [[nodiscard]] Done take(const KnownPublication& known);
    [[nodiscard]] ChainSource::Known<std::vector<CommitteeMember>> committee_of(std::uint64_t epoch);
    [[nodiscard]] Done set_pin(const data_availability::Publication& publication);
    [[nodiscard]] Done review();
    void look_for_damage();
    [[nodiscard]] bool is_queued(const Hash32& commitment) const;
    [[nodiscard]] std::expected<KeptRows, std::string> repair_one(const KnownPublication& known);
    void repair_next();
    void load_followed();
    void save_followed() const;

    StorageNodeOptions options_;
    std::unique_ptr<ChainSource> chain_;
    KnownCommittees committees_;
    std::unique_ptr<store::ShardStore> store_;
    std::unique_ptr<ShardService> service_;
    std::unique_ptr<ShardServer> server_;

    std::atomic<std::uint64_t> followed_{0};
    std::uint64_t pruned_ = 0;
    std::uint64_t reviewed_ = 0;  ///< up to which block review() has come
    std::chrono::steady_clock::time_point next_review_;
    std::deque<Repair> repairs_;
    RateLimit complaints_{std::chrono::seconds{30}};
    std::atomic<bool> stopping_ = false;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::thread thread_;
};

std::expected<void, std::string> StorageNode::Node::start() {
    auto store = store::ShardStore::open({.path = options_.data_dir / "rows", .chain_id = options_.chain_id});
    if (!store) return std::unexpected{store.error().text()};
    store_ = *std::move(store);
    const auto usage = store_->usage();
    if (usage.recovered_damage_bytes > 0) {
        spdlog::warn("storage: {} bytes at the end or in the middle of segments were damaged and left out",
                     usage.recovered_damage_bytes);
    }
    ShardServiceOptions service = options_.limits;
    service.chain_id = options_.chain_id;
    service.key = options_.key;
    service.committee_of = [this](std::uint64_t epoch) { return committees_.for_uploads(epoch); };
    service_ = std::make_unique<ShardService>(*store_, service);
    load_followed();
    // Repairs that a stop interrupted, and rows of segments that were lost meanwhile.
    for (const store::ShardSummary& kept : store_->list()) {
        if (!kept.confirmed) continue;
        ENSHRINE_CHECK(set_pin(kept.publication));
        repairs_.push_back({{.publication = kept.publication, .expires_at = kept.expires_at}});
    }
    if (options_.server) {
        const fs::path file = options_.tls_key_file.empty() ? options_.data_dir / "tls_key.pem" : options_.tls_key_file;
        auto identity = TlsIdentity::load_or_make(file);
        if (!identity) return std::unexpected{identity.error()};
        auto server = ShardServer::start(*service_, *std::move(identity), *options_.server);
        if (!server) return std::unexpected{server.error()};
        server_ = *std::move(server);
    }
    thread_ = std::thread{[this] { run(); }};
    return {};
}

StorageNode::Node::~Node() {
    {
        const std::scoped_lock lock{mutex_};
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
    server_.reset();
}

void StorageNode::Node::run() {
    while (!stopping_) {
        if (auto done = turn(); !done && complaints_.allows()) spdlog::warn("storage: {}", done.error());
        std::unique_lock lock{mutex_};
        wake_.wait_for(lock, options_.poll_interval, [&] { return stopping_.load(); });
    }
}

StorageNode::Node::Done StorageNode::Node::turn() {
    ENSHRINE_CHECK(learn_committees());
    ENSHRINE_TRY(const std::uint64_t height, chain_->height());
    service_->set_height(height);
    if (followed_ < height) ENSHRINE_CHECK(follow(followed_ + 1, std::min(height, followed_ + blocks_per_turn)));
    // Nothing expires by a height whose publications have not been seen.
    if (followed_ >= height && height >= pruned_ + prune_interval_blocks) {
        // Rows are kept in the block in which they expire, too [DA-RET.4].
        auto pruned = store_->prune(height - 1);
        if (!pruned) return std::unexpected{pruned.error().text()};
        pruned_ = height;
    }
    look_for_damage();
    const auto reviewed = review();
    repair_next();
    return reviewed;
}

StorageNode::Node::Done StorageNode::Node::learn_committees() {
    ENSHRINE_TRY(auto current, chain_->committee(std::nullopt));
    if (!current) return std::unexpected{std::string{"the chain has no committee"}};
    if (current->epoch > 0 && !committees_.find(current->epoch - 1)) {
        ENSHRINE_TRY(auto before, chain_->committee(current->epoch - 1));
        if (before) committees_.add(*std::move(before));
    }
    committees_.set_current(*std::move(current));
    return {};
}

StorageNode::Node::Done StorageNode::Node::follow(std::uint64_t first, std::uint64_t last) {
    ENSHRINE_TRY(const auto published, chain_->published(first, last));
    for (const KnownPublication& known : published) ENSHRINE_CHECK(take(known));
    followed_ = last;
    save_followed();
    return {};
}

StorageNode::Node::Done StorageNode::Node::take(const KnownPublication& known) {
    auto confirmed = store_->confirm(known.publication.commitment, known.expires_at);
    if (!confirmed) return std::unexpected{confirmed.error().text()};
    // Whether all rows are there shows when it is its turn.
    ENSHRINE_CHECK(set_pin(known.publication));
    const bool expired = known.expires_at < service_->height();
    if (!expired) repairs_.push_back({known});
    return {};
}

/// [DA-NET.8] Also takes the pin away, when the operator no longer wants it.
StorageNode::Node::Done StorageNode::Node::set_pin(const data_availability::Publication& publication) {
    const bool wanted = std::ranges::any_of(publication.blobs, [&](const data_availability::PublishedBlob& blob) {
        return std::ranges::find(options_.pinned_namespaces, blob.name_space) != options_.pinned_namespaces.end();
    });
    const auto pinned = store_->pin(publication.commitment, wanted);  // false: nothing of it is kept yet
    if (!pinned) return std::unexpected{pinned.error().text()};
    return {};
}

ChainSource::Known<std::vector<CommitteeMember>> StorageNode::Node::committee_of(std::uint64_t epoch) {
    if (auto found = committees_.find(epoch)) return *std::move(found);
    ENSHRINE_TRY(auto committee, chain_->committee(epoch));
    if (!committee) return std::unexpected{fmt::format("the chain knows no committee of epoch {}", epoch)};
    committees_.add(*committee);
    return std::move(committee->members);
}

/// Goes through what the chain has published, from the start and now and then: a segment can be lost, or a record
/// without which a matrix is not found, and nothing in the store tells of them.
StorageNode::Node::Done StorageNode::Node::review() {
    if (std::chrono::steady_clock::now() >= next_review_) {
        next_review_ = std::chrono::steady_clock::now() + options_.review_interval;
        reviewed_ = 0;
    }
    if (reviewed_ >= followed_) return {};
    const std::uint64_t last = std::min<std::uint64_t>(followed_, reviewed_ + blocks_per_turn);
    ENSHRINE_TRY(const auto published, chain_->published(reviewed_ + 1, last));
    for (const KnownPublication& known : published) {
        const Hash32& commitment = known.publication.commitment;
        const bool expired = known.expires_at < service_->height();
        if (!expired && !store_->has(commitment) && !is_queued(commitment)) repairs_.push_back({known});
    }
    reviewed_ = last;
    return {};
}

bool StorageNode::Node::is_queued(const Hash32& commitment) const {
    return std::ranges::any_of(repairs_,
                               [&](const Repair& repair) { return repair.known.publication.commitment == commitment; });
}

void StorageNode::Node::look_for_damage() {
    (void)store_->scrub(options_.scrub_bytes_per_turn);
    for (const store::DamagedRows& damaged : store_->damaged()) {
        const auto summary = store_->summary(damaged.commitment);
        // What no block has published may never be; its submitter can send it again.
        if (!summary || is_queued(damaged.commitment) || !summary->confirmed) continue;
        const std::string name = codec::format_hex(damaged.commitment.view());
        if (damaged.indices.empty()) {
            spdlog::warn("storage: records of matrix {} are damaged", name);
        } else {
            spdlog::warn("storage: {} rows of matrix {} are damaged", damaged.indices.size(), name);
        }
        repairs_.push_back({{.publication = summary->publication, .expires_at = summary->expires_at}});
    }
}

std::expected<KeptRows, std::string> StorageNode::Node::repair_one(const KnownPublication& known) {
    ENSHRINE_TRY(const auto committee, committee_of(known.publication.epoch));
    return keep_rows(*service_, known.publication, committee, known.expires_at,
                     {.connect = options_.connect, .timeout = repair_timeout, .cancelled = &stopping_});
}

void StorageNode::Node::repair_next() {
    while (!repairs_.empty() && !stopping_) {
        Repair repair = std::move(repairs_.front());
        repairs_.pop_front();
        const auto kept = repair_one(repair.known);
        const std::string name = codec::format_hex(repair.known.publication.commitment.view());
        if (kept) {
            if (const auto pinned = set_pin(repair.known.publication); !pinned && complaints_.allows()) {
                spdlog::warn("storage: {}", pinned.error());
            }
            if (kept->repaired > 0) {
                spdlog::info("storage: {} of {} rows of matrix {} put back", kept->repaired, kept->assigned, name);
            }
            continue;
        }
        if (++repair.attempts < repair_attempts_max) {
            repairs_.push_back(std::move(repair));
        } else {
            spdlog::error("storage: rows of matrix {} cannot be put back: {}", name, kept.error());
        }
        return;  // the others may be away: the next turn tries again
    }
}

void StorageNode::Node::load_followed() {
    std::uint64_t height = 0;
    if (std::ifstream{options_.data_dir / "followed"} >> height) followed_ = height;
}

void StorageNode::Node::save_followed() const {
    // Publications may be taken twice, but none may be missed: what they cause is on disk before.
    const fs::path file = options_.data_dir / "followed";
    const fs::path fresh = options_.data_dir / "followed.new";
    std::ofstream{fresh, std::ios::trunc} << followed_.load() << '\n';
    std::error_code ignored;
    fs::rename(fresh, file, ignored);
}

std::expected<std::unique_ptr<StorageNode>, std::string> StorageNode::start(const StorageNodeOptions& options,
                                                                            std::unique_ptr<ChainSource> chain) {
    auto node = std::make_unique<Node>(options, std::move(chain));
    if (auto started = node->start(); !started) return std::unexpected{started.error()};
    return std::unique_ptr<StorageNode>{new StorageNode{std::move(node)}};
}

StorageNode::StorageNode(std::unique_ptr<Node> node) noexcept : node_{std::move(node)} {}
StorageNode::~StorageNode() = default;

ShardService& StorageNode::service() noexcept {
    return node_->service();
}
std::uint16_t StorageNode::port() const noexcept {
    return node_->server() == nullptr ? std::uint16_t{0} : node_->server()->port();
}
const Hash32& StorageNode::tls_key_hash() const noexcept {
    static const Hash32 none{};
    return node_->server() == nullptr ? none : node_->server()->tls_key_hash();
}
std::uint64_t StorageNode::followed() const noexcept {
    return node_->followed();
}

}  // namespace enshrine::network
