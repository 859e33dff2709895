// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/hex.hpp>
#include <enshrine/data_availability/keys.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/messaging/assets.hpp>
#include <enshrine/messaging/inbox.hpp>
#include <enshrine/messaging/keys.hpp>
#include <enshrine/messaging/outbox.hpp>
#include <enshrine/rollup_registry/records.hpp>
#include <enshrine/system/accounts.hpp>
#include <enshrine/system/addresses.hpp>

#include <sdk/guest/context.hpp>
#include <sdk/guest/params.hpp>
#include <test/conformance/ledger.hpp>

/// The books of the network: [CHAIN-FEE.8], [MSG.5], [MSG.11] and docs/spec/rollup.md, "Security".
namespace enshrine::conformance {
namespace {

using messaging::native_asset;

constexpr std::uint64_t unknown_chain = 77;

std::string text(const U256& value) {
    return codec::format_decimal(value);
}

/// Keys that the leaves of a rollup's state can have: the tree shows only their hashes.
struct KnownKeys {
    std::set<Hash32> accounts;
    std::set<Hash32> tokens;
    std::set<Hash32> others;

    explicit KnownKeys(const std::set<Address>& addresses) {
        const auto program = [](std::uint8_t number) { return state::Key{state::Module::rollup_program}.u8(number); };
        for (const Address& address : addresses) {
            accounts.insert(state::path_of(guest::account_key(address)));
            tokens.insert(state::path_of(guest::asset_key(address, exchange_token())));
            others.insert(state::path_of(program(3).fixed(address.view())));  // shares of the exchange's market
        }
        for (std::uint8_t number = 0; number < 3; ++number) others.insert(state::path_of(program(number)));
        others.insert(state::path_of(guest::l1_chain_key()));
        for (const std::uint64_t chain : {l1_chain, payments_chain, exchange_chain, thief_chain, unknown_chain}) {
            others.insert(state::path_of(guest::stream_key(chain)));
        }
    }
};

}  // namespace

Holdings Ledger::holdings(Site& site, const Hash32& root) {
    if (const auto found = walked_.find(root); found != walked_.end()) return found->second;
    const KnownKeys keys{known_};
    Holdings out;
    std::vector<Hash32> open{root};
    std::map<Hash32, Hash32> leaves;
    while (!open.empty()) {
        const Hash32 at = open.back();
        open.pop_back();
        if (at == state::empty_root) continue;
        const auto node = site.preimage(at);
        if (!node || node->size() != state::node_bytes || hash::sha256(*node) != at) {
            require(false, "rollup state: a node is missing or not what its hash promises");
            return out;
        }
        const Hash32 first = Hash32::from(node->subspan(1, 32));
        const Hash32 second = Hash32::from(node->subspan(33, 32));
        if ((*node)[0] != 0) {
            open.push_back(first);
            open.push_back(second);
            continue;
        }
        leaves.emplace(first, second);
        const auto value = site.preimage(second);
        if (!value || hash::sha256(*value) != second) {
            require(false, "rollup state: a value is missing or not what its hash promises");
        } else if (keys.accounts.contains(first)) {
            out.native = out.native + types::decode_account(*value).value().balance.wei();
        } else if (keys.tokens.contains(first)) {
            out.tokens = out.tokens + U256::from_be(*value);
        } else {
            require(keys.others.contains(first), "rollup " + std::to_string(site.id) + ": a leaf that nobody knows");
        }
    }
    // The root follows from the leaves alone.
    std::vector<state::PathChange> contents;
    for (const auto& [path, value_hash] : leaves) contents.push_back({path, value_hash});
    class None final : public state::NodeReader {
        std::optional<state::NodePreimage> node(const Hash32&) override { return std::nullopt; }
    } none;
    const auto tree = state::update(none, state::empty_root, contents);
    require(tree && tree->root == root, "rollup " + std::to_string(site.id) + ": the root is not that of its leaves");
    walked_.emplace(root, out);
    return out;
}

void Ledger::audit_l1_root() {
    require(state::root_of(view_.entries()) == headers_.back().state_root,
            "the L1 state root is not that of its entries");
}

void Ledger::audit_refusal(const chain::ExecutedBlock& block, const Address& sender, const types::Account& before) {
    const state::Key own = system::account_key(sender);
    const state::Key tips = system::account_key(block.block.header.proposer);
    for (const auto& [key, value] : block.changes) {
        const auto module = static_cast<state::Module>(key.bytes()[0]);
        const bool data_price =
            key == data_availability::keys::excess_bytes() || key == data_availability::keys::block_bytes();
        const bool bookkeeping = module == state::Module::chain || data_price ||
                                 (module == state::Module::data_availability && !block.block.blobs.empty());
        require(bookkeeping || key == own || key == tips, "a refused call changed " + codec::format_hex(key.bytes()));
    }
    const types::Receipt& receipt = block.receipts[0];
    const types::BlockHeader& parent = headers_[headers_.size() - 2];
    const U256 blob_fee = chain::next_block_context(view_, parent, parent.timestamp, sender).blob_base_fee;
    const U256 fee = receipt.effective_gas_price * U256{receipt.gas_used} + blob_fee * U256{receipt.blob_gas_used};
    const types::Account after = system::load_account(view_, sender);
    require(after.nonce == before.nonce + 1, "a refused call did not take its nonce");
    require(after.balance.wei() + fee == before.balance.wei(), "a refused call cost something else than its fee");
    require(receipt.logs.empty(), "a refused call left logs");
}

void Ledger::audit() {
    U256 total = burned_;
    U256 tokens;
    std::map<messaging::AssetId, U256> l1_assets;
    const state::Key balances = messaging::keys::module_key(7);
    for (const auto& [key, value] : view_.entries()) {
        const BytesView bytes = key.bytes();
        if (bytes[0] == static_cast<Byte>(state::Module::account)) {
            total = total + types::decode_account(value).value().balance.wei();
        } else if (bytes.size() == 2 + 32 + 20 && equal(bytes.first(2), balances.bytes())) {
            if (equal(bytes.subspan(2, 32), exchange_token().view())) tokens = tokens + U256::from_be(value);
        }
    }
    require(total == supply_, "L1 balances and burned fees: expected " + text(supply_) + ", got " + text(total));

    U256 escrows;
    for (const auto& [id, site] : sites_) escrows = escrows + messaging::load_escrow(view_, id, native_asset).wei();
    const U256 held = l1_balance(system::message_hub_address);
    require(held == escrows, "the hub holds " + text(held) + ", the escrows are " + text(escrows));
    require(l1_balance(system::inbox_address).is_zero(), "coins are left on the inbox");

    bool has_exchange = false;
    for (const auto& [id, site] : sites_) {
        audit_rollup(*site, site->settled);
        audit_rollup(*site, site->batches.size());
        has_exchange |= id == exchange_chain;
        // Tokens at home and abroad, and on their way.
        tokens = tokens + holdings(*site, site->root()).tokens;
        for (std::uint64_t i = site->inbox_end(); i < messaging::load_inbox_count(view_, id); ++i) {
            const auto message = messaging::decode_message(*messaging::load_inbox_message(view_, id, i)).value();
            if (message.asset == exchange_token()) tokens = tokens + message.value.wei();
        }
        if (id == thief_chain) continue;  // what it says of others' tokens is not true
        for (const Emitted& sent : emitted(*site, site->batches.size())) {
            const messaging::Message& message = sent.message;
            if (messaging::is_consumed(view_, id, message.destination, message.sequence)) continue;
            if (message.asset == exchange_token()) tokens = tokens + message.value.wei();
        }
    }
    const U256 minted = U256{1'000'000} * U256{coin};
    require(!has_exchange || tokens == minted, "tokens: expected " + text(minted) + ", got " + text(tokens));
}

// State + what is on the way in + what is on the way out = escrow.
void Ledger::audit_rollup(Site& site, std::size_t batches) {
    if (site.id == thief_chain) return;  // its books are false; the hub's are what counts
    const Holdings held = holdings(site, site.root_at(batches));
    U256 native = held.native;
    U256 tokens = held.tokens;
    const auto add = [&](const messaging::Message& message) {
        if (message.asset == native_asset) native = native + message.value.wei();
        if (message.asset == exchange_token()) tokens = tokens + message.value.wei();
    };
    for (std::uint64_t i = site.inbox_end_at(batches); i < messaging::load_inbox_count(view_, site.id); ++i) {
        add(messaging::decode_message(*messaging::load_inbox_message(view_, site.id, i)).value());
    }
    for (const Emitted& sent : emitted(site, batches)) {
        const messaging::Message& message = sent.message;
        if (!messaging::is_consumed(view_, site.id, message.destination, message.sequence)) add(message);
    }
    const U256 escrow = messaging::load_escrow(view_, site.id, native_asset).wei();
    const std::string where = "rollup " + std::to_string(site.id) + " behind batch " + std::to_string(batches);
    require(native == escrow,
            where + ": accounts and messages are " + text(native) + ", the escrow is " + text(escrow));
    if (site.id == exchange_chain) return;  // the issuer has no escrow of its own asset
    const U256 token_escrow = messaging::load_escrow(view_, site.id, exchange_token()).wei();
    require(tokens == token_escrow, where + ": tokens are " + text(tokens) + ", the escrow is " + text(token_escrow));
}

}  // namespace enshrine::conformance
