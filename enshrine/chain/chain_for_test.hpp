// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/chain/genesis.hpp>
#include <enshrine/chain/verify_block.hpp>
#include <enshrine/crypto/secp256k1.hpp>
#include <enshrine/data_availability/blob_records.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/system/accounts.hpp>
#include <enshrine/system/addresses.hpp>
#include <enshrine/system/well_formed.hpp>

#include <map>
#include <utility>

/// A chain in memory with one system contract of its own, for the tests and the fuzz target of this module.
namespace enshrine::chain::test {

inline constexpr std::uint64_t chain_id = 900;
inline constexpr Address contract_address = system::reserved_address(200);
inline constexpr std::size_t key_count = 4;

// The contract: keeps value, stores a word, logs, reverts, spends gas.
inline constexpr std::uint64_t method_gas = 1'000;
inline constexpr std::string_view keep_declaration = "keep()";
inline constexpr std::string_view store_declaration = "store(uint64 value)";
inline constexpr std::string_view spend_declaration = "spend(uint64 gas)";
inline constexpr std::string_view refuse_declaration = "refuse(uint64 bytes)";
inline constexpr std::string_view log_declaration = "log(uint64 bytes)";
inline constexpr std::string_view refused_declaration = "Refused(bytes reason)";

[[nodiscard]] inline state::Key stored_key() noexcept {
    return state::Key{state::Module::governance}.u8(255);
}

inline system::CallResult keep(system::CallContext&, const codec::abi::Arguments&) {
    return Bytes{};
}
inline system::CallResult store(system::CallContext& context, const codec::abi::Arguments& arguments) {
    std::array<Byte, 8> bytes{};
    store_be(bytes.data(), arguments.u64(0));
    context.state.put(stored_key(), bytes);
    codec::abi::Encoder data{1};
    data.u64(arguments.u64(0));
    system::emit_event(context, "Stored(uint64 value)", {}, data);
    return data.finish();
}
inline system::CallResult spend(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const std::uint64_t wanted = arguments.u64(0);
    if (!context.charge(wanted)) return system::out_of_gas(context.gas_limit(), wanted);
    return Bytes{};
}
inline system::CallResult refuse(system::CallContext& context, const codec::abi::Arguments& arguments) {
    context.state.put(stored_key(), std::array<Byte, 1>{1});
    system::emit_event(context, "Stored(uint64 value)", {}, codec::abi::Encoder{1}.u64(1));
    const Bytes reason(arguments.u64(0) % (1U << 20U));
    codec::abi::Encoder out{1};
    out.bytes(reason);
    return system::revert(refused_declaration, out);
}
inline system::CallResult log(system::CallContext& context, const codec::abi::Arguments& arguments) {
    types::Log out;
    out.address = context.self;
    out.data.resize(arguments.u64(0) % (1U << 22U));
    context.logs.push_back(std::move(out));
    return Bytes{};
}

inline constexpr system::Method<system::CallContext> methods[] = {
    {keep_declaration, "", system::Mutability::payable, method_gas, &keep, ""},
    {store_declaration, "uint64", system::Mutability::payable, method_gas, &store, ""},
    {spend_declaration, "", system::Mutability::payable, method_gas, &spend, ""},
    {refuse_declaration, "", system::Mutability::payable, method_gas, &refuse, ""},
    {log_declaration, "", system::Mutability::nonpayable, method_gas, &log, ""},
};
inline constexpr system::EventDeclaration events[] = {{"Stored(uint64 value)", ""}};
inline constexpr system::ErrorDeclaration errors[] = {{refused_declaration, ""}};
inline constexpr system::Contract contract{"ITest", "", contract_address, methods, events, errors};
static_assert(system::well_formed(contract));

inline constexpr const system::Contract* contracts[] = {&contract};
[[nodiscard]] inline Hash32 hub_root(const state::StateView& state) {
    const auto stored = state.get(stored_key());
    return stored ? hash::sha256(*stored) : Hash32{};
}
inline void record_blobs(state::Overlay& state, const BlockSummary& block) {
    data_availability::record_blobs(state, block.context.height, block.blobs);
}
inline constexpr EndOfBlockHook hooks[] = {&record_blobs};
[[nodiscard]] inline Protocol protocol() {
    return Protocol{.contracts = contracts,
                    .precompiles = precompiles(),
                    .services = {},
                    .end_of_block = hooks,
                    .message_hub_root = &hub_root};
}

/// Every node that ever was; the tree's own tests check what is stale.
class Nodes final : public state::NodeReader {
public:
    [[nodiscard]] std::optional<state::NodePreimage> node(const Hash32& hash) override {
        const auto found = nodes_.find(hash);
        if (found == nodes_.end()) return std::nullopt;
        return found->second;
    }
    void add(const state::TreeUpdate& tree) {
        for (const state::NewNode& created : tree.created) nodes_.insert_or_assign(created.hash, created.preimage);
    }

private:
    std::map<Hash32, state::NodePreimage> nodes_;
};

[[nodiscard]] inline crypto::SecretKey key(std::size_t number) noexcept {
    crypto::SecretKey out;
    out[31] = static_cast<Byte>(number + 1);
    return out;
}
[[nodiscard]] inline Address account(std::size_t number) {
    return *crypto::address_of(key(number));
}
[[nodiscard]] inline Address plain(Byte number) noexcept {
    Address out;
    out[0] = 0xaa;
    out[19] = number;
    return out;
}

/// An EIP-1559 transfer of 1 wei that fits the first blocks; tests change what they are about and sign.
[[nodiscard]] inline types::Transaction transfer() {
    types::Transaction txn;
    txn.type = types::TxnType::dynamic_fee;
    txn.chain_id = chain_id;
    txn.max_priority_fee_per_gas = U256{1'000'000};
    txn.max_fee_per_gas = U256{10'000'000'000};
    txn.gas_limit = 21'000;
    txn.to = plain(1);
    txn.value = Amount{std::uint64_t{1}};
    return txn;
}
[[nodiscard]] inline types::Transaction call_of(std::string_view declaration, std::uint64_t argument) {
    types::Transaction txn = transfer();
    txn.to = contract_address;
    txn.value = Amount{};
    txn.gas_limit = 100'000;
    txn.data = codec::abi::Encoder{1}.u64(argument).finish_call(codec::abi::selector(declaration));
    return txn;
}
[[nodiscard]] inline types::Transaction blob_transfer(std::size_t blobs) {
    types::Transaction txn = transfer();
    txn.type = types::TxnType::blob;
    txn.max_fee_per_blob_gas = U256{1'000'000'000};
    for (std::size_t i = 0; i < blobs; ++i) {
        Hash32 hash;
        hash[0] = 0x01;
        hash[31] = static_cast<Byte>(i);
        txn.blob_versioned_hashes.push_back(hash);
    }
    return txn;
}
[[nodiscard]] inline std::vector<types::BlobRecord> records_of(const types::Transaction& txn) {
    std::vector<types::BlobRecord> out;
    for (const Hash32& hash : txn.blob_versioned_hashes) {
        out.push_back({.versioned_hash = hash, .content_root = hash::sha256(hash.view())});
    }
    return out;
}
[[nodiscard]] inline Bytes sign(types::Transaction txn, std::size_t key_number) {
    const auto signature = crypto::sign(types::signing_hash(txn), key(key_number));
    ENSHRINE_ASSERT(signature.has_value());
    txn.signature = *signature;
    return types::encode_transaction(txn);
}
[[nodiscard]] inline ValidTransaction valid(const types::Transaction& txn, std::size_t key_number) {
    auto out = validate_transaction(sign(txn, key_number), chain_id);
    ENSHRINE_ASSERT(out.has_value());
    return *std::move(out);
}

[[nodiscard]] inline GenesisConfig genesis_config() {
    GenesisConfig config;
    config.chain_id = chain_id;
    config.timestamp = 1'700'000'000;
    for (std::size_t i = 0; i < key_count; ++i) {
        config.accounts.push_back({.address = account(i), .balance = Amount{U256{10'000'000'000'000'000'000U}}});
    }
    config.data_availability.committee = {data_availability::sole_member(account(0))};
    return config;
}

/// The committed chain. Blob records of a transaction are made from its hashes.
class Chain {
public:
    explicit Chain(const GenesisConfig& config = genesis_config()) {
        auto genesis = make_genesis(config, protocol());
        ENSHRINE_ASSERT(genesis.has_value());
        view.apply(genesis->changes);
        nodes.add(genesis->tree);
        header = genesis->block.header;
    }
    [[nodiscard]] ParentState parent() { return {.view = view, .nodes = nodes, .header = header}; }
    [[nodiscard]] Result<ExecutedBlock> build(std::span<const ValidTransaction> txns) {
        std::vector<std::vector<types::BlobRecord>> records;
        for (const ValidTransaction& txn : txns) records.push_back(records_of(txn.transaction()));
        std::vector<BlockTransaction> items;
        for (std::size_t i = 0; i < txns.size(); ++i) items.push_back({.txn = &txns[i], .blobs = records[i]});
        const BlockInput input{
            .timestamp = header.timestamp + 1, .proposer = proposer, .extra = {}, .transactions = items};
        return execute_block(parent(), input, protocol());
    }
    /// Verifies as another node would.
    [[nodiscard]] Result<ExecutedBlock> verify(const types::Block& block) {
        ENSHRINE_TRY(const auto txns, validate_transactions(block.transactions, chain_id));
        return verify_block(parent(), BlockClaim{.block = block, .transactions = txns}, protocol());
    }
    void commit(const ExecutedBlock& block) {
        view.apply(block.changes);
        nodes.add(block.tree);
        header = block.block.header;
    }
    [[nodiscard]] types::Account at(const Address& address) const { return system::load_account(view, address); }

    state::MemoryView view;
    Nodes nodes;
    types::BlockHeader header;
    Address proposer = plain(99);
};

}  // namespace enshrine::chain::test
