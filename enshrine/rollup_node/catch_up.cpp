// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/mempool/journal.hpp>
#include <enshrine/rollup_node/batch_assembly.hpp>
#include <enshrine/rollup_node/catch_up.hpp>
#include <enshrine/rollup_node/promise_record.hpp>
#include <enshrine/rollup_node/wall_clock.hpp>
#include <enshrine/rollup_registry/params.hpp>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>

namespace enshrine::rollup_node {
namespace {

/// A batch must be registered before its anchor is this old, with some blocks to spare for getting there.
constexpr std::uint64_t anchor_age_usable = rollup_registry::anchor_age_blocks_max - 16;

/// The last batch that the store and the L1 have in common.
std::expected<std::uint64_t, std::string> last_common(client::L1Client& l1, const RollupSource& source) {
    std::uint64_t sequence = std::min(source.store->head().sequence, source.registered.last_sequence);
    for (; sequence > 0; --sequence) {
        const auto registered = l1.batch(source.registered.id, sequence);
        if (!registered) return std::unexpected{"L1: " + registered.error().message};
        const auto own = source.store->record(sequence);
        if (own && *registered && (*registered)->hash == own->hash) break;
    }
    return sequence;
}

/// Their promises come along, so that the queue finds the order again.
std::expected<void, std::string> put_back(const RollupStore& store, const BatchRecord& batch,
                                          mempool::Journal& journal) {
    for (const BytesView txn : sequencing::decode_payload(batch.payload)) {
        if (const auto accepted = store.acceptance(types::transaction_hash(txn))) {
            const PromiseRecord record{accepted->receipt.promise, accepted->accepted_ms};
            if (auto kept = journal.append(encode_promise_record(record)); !kept) return kept;
        }
        if (auto kept = journal.append(txn); !kept) return kept;
    }
    return {};
}

std::expected<void, std::string> empty_store(client::L1Client& l1, const RollupSource& source,
                                             const std::filesystem::path& data_dir) {
    const auto common = last_common(l1, source);
    if (!common) return std::unexpected{common.error()};
    auto journal = mempool::Journal::open(journal_path(data_dir));
    if (!journal) return std::unexpected{journal.error()};
    for (std::uint64_t sequence = *common + 1; sequence <= source.store->head().sequence; ++sequence) {
        const auto batch = source.store->record(sequence);
        if (!batch) continue;
        if (auto kept = put_back(*source.store, *batch, *journal); !kept) return kept;
    }
    return {};
}

std::expected<void, std::string> set_aside(std::uint64_t rollup, const std::filesystem::path& data_dir,
                                           const std::string& reason) {
    const auto aside = data_dir / fmt::format("state.set-aside-{}", wall_clock_ms());
    std::error_code error;
    std::filesystem::rename(data_dir / "state", aside, error);
    if (error) return std::unexpected{fmt::format("{}: {}", aside.string(), error.message())};
    spdlog::warn("rollup {}: {}; starting again from the L1, old store kept in {}", rollup, reason, aside.string());
    return {};
}

}  // namespace

std::filesystem::path journal_path(const std::filesystem::path& data_dir) {
    return data_dir / "accepted.journal";
}

std::string find_conflict(const RollupStore& store, std::uint64_t head, const L1Position& l1) {
    const std::uint64_t last = l1.registered.last_sequence;
    if (last > 0 && head >= last) {
        const auto own = store.record(last);
        if (!own || own->hash != l1.registered.last_batch_hash) {
            return fmt::format("the L1 has registered another batch {}", last);
        }
    }
    if (head <= last) return {};
    const auto next = store.record(last + 1);
    if (!next || l1.height < next->header.anchor_height) {
        return fmt::format("batch {} names L1 block {}, the L1 is at {}", last + 1,
                           next ? next->header.anchor_height : 0, l1.height);
    }
    if (const std::uint64_t age = l1.height - next->header.anchor_height; age > anchor_age_usable) {
        return fmt::format("batch {} was not registered in time: its anchor is {} blocks old", last + 1, age);
    }
    return {};
}

std::expected<std::unique_ptr<RollupSource>, std::string> open_caught_up(const BatchOrigin& origin,
                                                                         const std::filesystem::path& data_dir) {
    client::L1Client& l1 = origin.l1;
    const std::uint64_t rollup = origin.rollup;
    auto source = RollupSource::open(l1, rollup, data_dir);
    if (!source) return source;
    const auto l1_height = l1.block_number();
    if (!l1_height) return std::unexpected{"L1: " + l1_height.error().message};
    const std::uint64_t head = (*source)->store->head().sequence;
    const std::string conflict = find_conflict(*(*source)->store, head, {(*source)->registered, *l1_height});
    if (!conflict.empty()) {
        if (auto emptied = empty_store(l1, **source, data_dir); !emptied) return std::unexpected{emptied.error()};
        source->reset();
        if (auto renamed = set_aside(rollup, data_dir, conflict); !renamed) return std::unexpected{renamed.error()};
        source = RollupSource::open(l1, rollup, data_dir);
        if (!source) return source;
    }
    while ((*source)->store->head().sequence < (*source)->registered.last_sequence) {
        if (const auto followed = follow_l1(origin, **source); !followed) return std::unexpected{followed.error()};
    }
    return source;
}

}  // namespace enshrine::rollup_node
