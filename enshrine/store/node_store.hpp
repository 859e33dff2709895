// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/store/database.hpp>
#include <enshrine/store/node_cache.hpp>
#include <enshrine/store/preimage_buffer.hpp>

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>

namespace enshrine::store {

inline constexpr std::uint64_t node_schema_version = 1;

struct NodeStoreOptions {
    std::filesystem::path path;
    std::uint64_t rollup_id = 0;
    std::uint64_t versions_kept = 64;  ///< at least 2; a version that has been pruned does not come back by raising it
    std::size_t cache_bytes = std::size_t{64} << 20;
};

/// The state after batch `sequence`; 0 is the genesis state of the rollup.
struct StateVersion {
    std::uint64_t sequence = 0;
    Hash32 root;
    [[nodiscard]] friend bool operator==(const StateVersion&, const StateVersion&) noexcept = default;
};

/// A record that the owner of the store keeps beside the state; nullopt erases.
struct ExtraWrite {
    Bytes key;
    std::optional<Bytes> value;
};

/// One state transition. Borrowed for the call.
struct VersionUpdate {
    std::uint64_t sequence = 0;
    Hash32 old_root;
    Hash32 new_root;
    std::span<const Bytes> offered;     ///< preimages that the program offered: new nodes and values, and whatever else
    std::span<const ExtraWrite> extra;  ///< written in the same atomic batch
};

/// The state of one rollup as content-addressed preimages: nodes of the last versions' trees and the values below them.
/// What counts as part of a version is found by walking its tree, never taken from the program's word: junk among the
/// offers is dropped, and an update whose tree or values are incomplete is refused. One thread applies versions;
/// reading is thread-safe.
class NodeStore {
public:
    [[nodiscard]] static StoreResult<std::unique_ptr<NodeStore>> open(const NodeStoreOptions& options);

    /// Nullopt before the first version.
    [[nodiscard]] std::optional<StateVersion> head() const;
    /// Root of a version that is still kept.
    [[nodiscard]] StoreResult<std::optional<Hash32>> root_at(std::uint64_t sequence) const;

    /// The first version starts from the empty root with any sequence; each later one follows the head. Atomic, synced.
    [[nodiscard]] StoreResult<void> apply_version(const VersionUpdate& update);

    /// Copies the node or value with this hash; false when no kept version has it. Under a microsecond when cached. A
    /// disk that fails stops the process (stop_on).
    [[nodiscard]] bool preimage(const Hash32& hash, PreimageBuffer& out) const noexcept;

    [[nodiscard]] StoreResult<std::optional<Bytes>> extra(BytesView key) const;
    [[nodiscard]] StoreResult<void> scan_extra(const Range& range, const Visitor& visitor) const;
    /// Extra records between versions, atomic and synced.
    [[nodiscard]] StoreResult<void> write_extra(std::span<const ExtraWrite> writes);

    struct Counts {
        std::size_t nodes = 0;
        std::size_t values = 0;
        [[nodiscard]] friend bool operator==(const Counts&, const Counts&) noexcept = default;
    };
    /// Reads the whole database: for diagnosis and tests.
    [[nodiscard]] StoreResult<Counts> count() const;
    [[nodiscard]] const std::string& path() const noexcept { return database_.path(); }

private:
    class Transition;  // node_store_apply.cpp
    NodeStore(Database database, const NodeStoreOptions& options)
        : database_{std::move(database)}, versions_kept_{options.versions_kept}, cache_{options.cache_bytes} {}
    [[nodiscard]] StoreResult<void> load_head();
    [[nodiscard]] StoreResult<void> check_follows(const VersionUpdate& update) const;
    [[nodiscard]] std::unexpected<StoreFault> refuse(StoreError code, std::string message) const {
        return std::unexpected{database_.fault(code, std::move(message))};
    }

    Database database_;
    std::uint64_t versions_kept_;
    mutable NodeCache cache_;
    std::mutex apply_mutex_;
    mutable std::mutex head_mutex_;
    std::optional<StateVersion> head_;
};

}  // namespace enshrine::store
