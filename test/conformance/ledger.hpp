// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/chain/execute_block.hpp>
#include <enshrine/codec/abi.hpp>
#include <enshrine/crypto/secp256k1.hpp>
#include <enshrine/data_availability/malformation.hpp>
#include <enshrine/messaging/message.hpp>
#include <enshrine/rollup_node/executor.hpp>
#include <enshrine/state/tree.hpp>
#include <enshrine/types/account.hpp>
#include <enshrine/vm/runner.hpp>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

/// A whole network in one process and without sockets: the L1 block by block with signed transactions, and sequencers
/// that run the real programs. After every block it audits where every coin and every token is.
namespace enshrine::conformance {

inline constexpr std::uint64_t l1_chain = 900;
inline constexpr std::uint64_t payments_chain = 901;
inline constexpr std::uint64_t exchange_chain = 902;
inline constexpr std::uint64_t thief_chain = 903;
inline constexpr std::uint64_t coin = 1'000'000'000'000'000'000;  ///< wei

struct Actor {
    crypto::SecretKey key;
    Address address;
};
[[nodiscard]] Actor make_actor(std::uint64_t number);
/// Owner of the exchange's tokens at genesis.
[[nodiscard]] Actor token_owner();
[[nodiscard]] messaging::AssetId exchange_token() noexcept;

/// Of `rollups/NAME.elf` and `.genesis` in the build folder.
struct ProgramFiles {
    Bytes elf;
    Bytes genesis;
};
[[nodiscard]] ProgramFiles load_program(const std::string& name);

/// Calldata: selector of the declaration ‖ arguments.
[[nodiscard]] Bytes encode_call(std::string_view declaration, const codec::abi::Encoder& arguments);
/// Whether revert data is the named error.
[[nodiscard]] bool is_error(BytesView data, std::string_view declaration);

struct L1Call {
    Address to;
    U256 value;
    Bytes data;
    std::vector<Bytes> blobs;
    std::uint64_t gas_limit = 40'000'000;
};

/// A batch as its sequencer built and ran it.
struct Batch {
    rollup_node::BatchInputs inputs;
    rollup_node::BatchResult result;
    std::vector<Bytes> blobs = {};  ///< of its payload, when it is published in blobs
};
/// The fields of a claim, to be falsified by tests.
struct ClaimFields {
    std::uint64_t sequence = 0;
    Hash32 state_root;
    Hash32 outbox_root;
    Hash32 receipts_root;
    std::uint64_t steps = 0;
    Hash32 machine_root;
    Bytes witness;
};
[[nodiscard]] ClaimFields honest_claim(const Batch& batch);

/// What a rollup's state holds, from a walk over all of its leaves.
struct Holdings {
    U256 native;
    U256 tokens;  ///< of the exchange
};

/// One rollup as its sequencer knows it: preimages of all its states, and the batches that the L1 has registered.
class Site final : public vm::PreimageSource {
public:
    Site(std::uint64_t rollup, Actor sequencer, const ProgramFiles& files);

    [[nodiscard]] std::optional<BytesView> preimage(const Hash32& hash) noexcept override;
    void keep(BytesView bytes);
    [[nodiscard]] const Hash32& root_at(std::size_t sequence) const;  ///< 0: genesis
    [[nodiscard]] const Hash32& root() const { return root_at(batches.size()); }
    [[nodiscard]] std::uint64_t inbox_end_at(std::size_t sequence) const;
    [[nodiscard]] std::uint64_t inbox_end() const { return inbox_end_at(batches.size()); }
    [[nodiscard]] types::Account account(const Address& address);
    [[nodiscard]] U256 asset(const Address& address, const messaging::AssetId& asset);

    std::uint64_t id = 0;
    Actor sequencer;
    std::vector<Batch> batches;  ///< registered
    std::size_t settled = 0;
    std::vector<Bytes> pending;  ///< signed transactions for the next batch
    Hash32 inbox_rolling;        ///< behind the last consumed message
    std::shared_ptr<rollup_node::Executor> executor;

private:
    Hash32 genesis_root_;
    std::map<Hash32, Bytes> preimages_;
};

class Ledger {
public:
    Ledger();

    [[nodiscard]] Site& add_rollup(std::uint64_t id, const std::string& program);
    [[nodiscard]] Site& site(std::uint64_t id) { return *sites_.at(id); }
    [[nodiscard]] const std::map<std::uint64_t, std::unique_ptr<Site>>& sites() const noexcept { return sites_; }

    /// One block with one transaction. A refused call must have changed nothing but the fee.
    types::Receipt send(const Actor& from, const L1Call& call);
    void idle(std::uint64_t blocks);
    [[nodiscard]] const state::MemoryView& state() const noexcept { return view_; }
    [[nodiscard]] std::uint64_t height() const noexcept { return headers_.back().number; }
    [[nodiscard]] U256 l1_balance(const Address& address) const;

    // Into rollups.
    types::Receipt deposit(const Actor& from, std::uint64_t rollup, const Address& receiver, const U256& value);
    types::Receipt force(const Actor& from, std::uint64_t rollup, BytesView transaction);
    /// Signs a transaction of the rollup behind those that wait.
    [[nodiscard]] Bytes sign(Site& site, const Actor& from, const Address& to, const U256& value, Bytes data) const;
    void queue(Site& site, const Actor& from, const Address& to, const U256& value, Bytes data);

    // Batches.
    /// The error says how the run ended.
    [[nodiscard]] std::expected<Batch, std::string> try_build(Site& site, const Bytes& payload,
                                                              std::uint64_t anchor_height);
    [[nodiscard]] Batch build(Site& site, const Bytes& payload, std::uint64_t anchor_height);
    [[nodiscard]] Batch build(Site& site);  ///< of everything that waits, at the newest anchor
    /// Where payloads are published from now on; until then each batch draws from its contents, so that a history plays
    /// again from its seed.
    void publish_as(sequencing::PayloadScheme scheme) { scheme_ = scheme; }
    /// A batch without transactions of the site, over these inputs of its payload.
    [[nodiscard]] std::expected<Batch, std::string> try_build_over(Site& site, rollup_node::BatchInputs payload,
                                                                   std::uint64_t anchor_height);
    /// Publishes the matrix with this commitment, with the committee's signature. The sender pays.
    types::Receipt publish(const Actor& from, std::uint64_t rollup, const Hash32& commitment, std::uint64_t size);
    types::Receipt void_payload(const Actor& from, const Site& site, std::uint64_t sequence,
                                const data_availability::MalformationEvidence& evidence);
    types::Receipt submit(Site& site, const Batch& batch);
    types::Receipt submit_as(Site& site, const Batch& batch, const Actor& from, BytesView certificate);
    types::Receipt claim(Site& site, const Actor& from, const ClaimFields& fields);
    types::Receipt claim_next(Site& site);
    void settle_all();

    // Out of rollups.
    struct Emitted {
        std::uint64_t batch = 0;
        std::uint64_t index = 0;
        Bytes bytes;
        messaging::Message message;
    };
    [[nodiscard]] std::vector<Emitted> emitted(const Site& site, std::size_t batches) const;
    types::Receipt withdraw(const Actor& from, const Site& site, const Emitted& emitted);
    types::Receipt relay(const Actor& from, const Site& site, const Emitted& emitted);

    /// Everything that an audit has found wrong, in order.
    [[nodiscard]] const std::vector<std::string>& problems() const noexcept { return problems_; }
    /// Recomputes the L1's state root from its entries.
    void audit_l1_root();
    /// Adds a finding of the test itself.
    void report(const std::string& what) { require(false, what); }
    /// Addresses that may own something on a rollup.
    void know(const Address& address) { known_.insert(address); }

private:
    types::Receipt transact(const Actor& from, const L1Call& call);  ///< send() without the audit
    chain::ExecutedBlock produce(std::span<const chain::BlockTransaction> transactions);
    void audit_refusal(const chain::ExecutedBlock& block, const Address& sender, const types::Account& before);
    void audit();
    void audit_rollup(Site& site, std::size_t batches);
    [[nodiscard]] sequencing::PayloadScheme scheme_for(const Site& site, BytesView payload) const;
    [[nodiscard]] bool needs_publication(const sequencing::BatchHeader& header) const;
    [[nodiscard]] Holdings holdings(Site& site, const Hash32& root);
    void require(bool holds, const std::string& what);
    types::Receipt consume(std::string_view declaration, const Actor& from, const Site& site, const Emitted& emitted);

    state::MemoryView view_;
    std::map<Hash32, state::NodePreimage> nodes_;
    std::vector<types::BlockHeader> headers_;  ///< by height
    U256 supply_;
    U256 burned_;
    std::optional<sequencing::PayloadScheme> scheme_;
    std::map<std::uint64_t, std::unique_ptr<Site>> sites_;
    std::set<Address> known_;
    std::map<Hash32, Holdings> walked_;
    std::vector<std::string> problems_;
};

}  // namespace enshrine::conformance
