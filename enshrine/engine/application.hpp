// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/bytes.hpp>

#include <cstdint>
#include <string>
#include <vector>

/// The boundary between agreement and consensus rules, with the semantics of ABCI 2.0: the engine decides which block
/// comes next, the application decides what it means.
namespace enshrine::engine {

struct Info {
    std::uint64_t last_height = 0;  ///< last durable height
    Hash32 app_hash;                ///< state root at that height
};
struct Proposal {
    std::uint64_t height = 0;
    std::uint64_t timestamp = 0;  ///< seconds; the application raises it above the parent's
    Address proposer;
    std::vector<Bytes> txns;      ///< canonical encodings, in order
};
struct FinalizedBlock {
    Hash32 block_hash;
    Hash32 app_hash;
    std::size_t txn_count = 0;
};
enum class ProposalStatus { accept, reject };

class Application {
public:
    virtual ~Application() = default;
    [[nodiscard]] virtual Info info() const = 0;
    /// Chooses transactions from the mempool for a block at this height and time.
    [[nodiscard]] virtual Proposal prepare_proposal(std::uint64_t height, std::uint64_t timestamp, const Address& proposer) = 0;
    /// A pure function of the proposal and the state at height − 1.
    [[nodiscard]] virtual ProposalStatus process_proposal(const Proposal& proposal) = 0;
    /// Executes; nothing is durable before commit().
    virtual FinalizedBlock finalize_block(const Proposal& proposal) = 0;
    /// Makes the finalized block durable (one atomic synced write) and visible.
    virtual void commit() = 0;
    /// True when prepare_proposal would find transactions.
    [[nodiscard]] virtual bool has_pending() const = 0;
};

}  // namespace enshrine::engine
