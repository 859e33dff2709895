// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/amount.hpp>
#include <enshrine/state/view.hpp>
#include <enshrine/system/method_table.hpp>
#include <enshrine/types/block.hpp>
#include <enshrine/types/log.hpp>

#include <optional>
#include <span>
#include <vector>

namespace enshrine::vm {
class Runner;  // machine memory and decoded programs; owned by whoever executes blocks, used by rollup_registry
}
namespace enshrine::proofs {
class VerdictCache;  // what proofs were found to be; owned likewise
class KeyCache;      // verifying keys ready for use; owned likewise, used by proofs and rollup_registry
struct PaidVerification;  // a proof that a call has paid for; of who verifies ahead
}  // namespace enshrine::proofs

/// What a system contract sees while one call runs.
namespace enshrine::system {

struct BlockContext {
    std::uint64_t chain_id = 0;
    std::uint64_t height = 0;
    std::uint64_t timestamp = 0;  ///< seconds
    Address proposer;
    U256 base_fee;
    U256 blob_base_fee;
};
struct TxnContext {
    Hash32 hash;
    Address sender;
    U256 effective_gas_price;
    std::span<const types::BlobRecord> blobs;  ///< of this transaction, in order
};

/// Gas of one call. Charging past the limit fails and leaves `used` at the limit.
class GasMeter {
public:
    explicit GasMeter(std::uint64_t limit) noexcept : limit_{limit} {}
    [[nodiscard]] bool charge(std::uint64_t gas) noexcept {
        if (gas > limit_ - used_) {
            used_ = limit_;
            return false;
        }
        used_ += gas;
        return true;
    }
    [[nodiscard]] std::uint64_t limit() const noexcept { return limit_; }
    [[nodiscard]] std::uint64_t used() const noexcept { return used_; }
    [[nodiscard]] std::uint64_t left() const noexcept { return limit_ - used_; }

private:
    std::uint64_t limit_;
    std::uint64_t used_ = 0;
};

/// Inbox messages of one rollup, as the registry needs them: answered by `messaging`, wired by `chain`.
class InboxReader {
public:
    virtual ~InboxReader() = default;
    /// Number of messages enqueued at or below L1 height `height`.
    [[nodiscard]] virtual std::uint64_t count_at(const state::StateView& state, std::uint64_t rollup,
                                                 std::uint64_t height) const = 0;
    /// Rolling hash before message `index` [MSG.2].
    [[nodiscard]] virtual Hash32 rolling_hash(const state::StateView& state, std::uint64_t rollup,
                                              std::uint64_t index) const = 0;
    /// L1 height at which message `index` was enqueued; nullopt when there is none.
    [[nodiscard]] virtual std::optional<std::uint64_t> enqueued_at(const state::StateView& state, std::uint64_t rollup,
                                                                   std::uint64_t index) const = 0;
};
/// A message between chains, as far as settlement by proof shows it to a circuit [MAP.5].
struct MessageFacts {
    std::uint64_t source = 0;       ///< chain id
    std::uint64_t destination = 0;  ///< chain id
    std::uint64_t sequence = 0;
    Address sender;
    Address receiver;
    U256 value;
    bool is_token = false;     ///< kind token
    bool is_call = false;      ///< kind call
    bool native_coins = false;  ///< the asset is the native coin
    bool has_data = false;
};
/// Bytes of a message without data.
inline constexpr std::size_t plain_message_bytes = 134;
/// The layout of messages, which the registry does not know: answered by `messaging`, wired by `chain`.
class MessageReader {
public:
    virtual ~MessageReader() = default;
    /// Message `index` of a rollup's inbox, which exists (asserted).
    [[nodiscard]] virtual MessageFacts inbox_message(const state::StateView& state, std::uint64_t rollup,
                                                     std::uint64_t index) const = 0;
    [[nodiscard]] virtual Result<MessageFacts> read(BytesView message) const = 0;
    [[nodiscard]] virtual Hash32 outbox_leaf(BytesView message) const = 0;  ///< [MSG.1]
};
struct SettledBatch {
    std::uint64_t rollup = 0;
    std::uint64_t sequence = 0;
    Hash32 state_root;
    Hash32 outbox_root;
    std::uint64_t outbox_count = 0;
};
/// Told about every settlement: implemented by `messaging`, wired by `chain`.
class SettlementListener {
public:
    virtual ~SettlementListener() = default;
    virtual void on_settled(state::Overlay& state, const SettledBatch& batch) const = 0;
};
struct Services {
    const InboxReader* inbox = nullptr;
    const SettlementListener* settlement = nullptr;
    const MessageReader* messages = nullptr;
    vm::Runner* runner = nullptr;
    proofs::KeyCache* keys = nullptr;
    proofs::VerdictCache* verdicts = nullptr;  ///< null: every proof is verified where it is met
    /// Not null: a verification is noted here once it is paid for, and not run; the call is refused.
    std::optional<proofs::PaidVerification>* paid = nullptr;
};

struct CallContext {
    const BlockContext& block;
    const TxnContext& txn;
    const Services& services;
    state::Overlay& state;
    GasMeter& gas;
    std::vector<types::Log>& logs;
    Address caller;
    Address self;  ///< the contract's address; `value` already lies on it
    Amount value;
    bool read_only = false;

    [[nodiscard]] bool charge(std::uint64_t amount) noexcept { return gas.charge(amount); }
    [[nodiscard]] std::uint64_t gas_limit() const noexcept { return gas.limit(); }
};

using Contract = Interface<CallContext>;

/// Appends a log of `context.self`: topic 0 is the event's signature hash, then the indexed arguments' words.
void emit_event(CallContext& context, std::string_view declaration, std::span<const Hash32> indexed,
                const codec::abi::Encoder& data);

}  // namespace enshrine::system
