// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/chain/contracts.hpp>
#include <enshrine/chain/genesis.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/crypto/merkle.hpp>
#include <enshrine/crypto/quorum_certificate.hpp>
#include <enshrine/data_availability/committee.hpp>
#include <enshrine/data_availability/content.hpp>
#include <enshrine/data_availability/namespaces.hpp>
#include <enshrine/data_availability/publication_check.hpp>
#include <enshrine/data_availability/publications.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/messaging/inbox.hpp>
#include <enshrine/rollup_node/published_payload.hpp>
#include <enshrine/rollup_registry/params.hpp>
#include <enshrine/sequencing/certificate.hpp>
#include <enshrine/state/entries.hpp>
#include <enshrine/system/accounts.hpp>
#include <enshrine/system/addresses.hpp>

#include <sdk/guest/context.hpp>
#include <sdk/guest/params.hpp>
#include <test/conformance/ledger.hpp>

#include <fstream>
#include <iterator>

namespace enshrine::conformance {
namespace {

constexpr std::uint64_t actors = 8;
const Address proposer{{0x99, 0x01}};

/// The one who certifies that matrices are available.
const Actor& committee() {
    static const Actor member = make_actor(900);
    return member;
}

/// Machines and decoded programs outlive one network: making them is most of what a test costs.
chain::ExecutionCache& cache() {
    static chain::ExecutionCache instance = chain::ExecutionCache::make().value();
    return instance;
}
std::shared_ptr<rollup_node::Executor> executor_of(std::uint64_t rollup, BytesView elf) {
    static std::map<std::pair<std::uint64_t, Hash32>, std::shared_ptr<rollup_node::Executor>> known;
    auto& executor = known[{rollup, hash::sha256(elf)}];
    if (!executor) executor = rollup_node::Executor::make(rollup, elf).value();
    return executor;
}

template <class Map>
class MapNodes final : public state::NodeReader {
public:
    explicit MapNodes(const Map& nodes) noexcept : nodes_{nodes} {}
    [[nodiscard]] std::optional<state::NodePreimage> node(const Hash32& hash) override {
        const auto found = nodes_.find(hash);
        return found == nodes_.end() ? std::nullopt : std::optional{found->second};
    }

private:
    const Map& nodes_;
};

class SiteNodes final : public state::NodeReader {
public:
    explicit SiteNodes(Site& site) noexcept : site_{site} {}
    [[nodiscard]] std::optional<state::NodePreimage> node(const Hash32& hash) override {
        const auto bytes = site_.preimage(hash);
        if (!bytes || bytes->size() != state::node_bytes) return std::nullopt;
        state::NodePreimage out{};
        std::copy(bytes->begin(), bytes->end(), out.begin());
        return out;
    }

private:
    Site& site_;
};

std::optional<BytesView> value_at(Site& site, const state::Key& key) {
    SiteNodes nodes{site};
    const auto hash = state::lookup(nodes, site.root(), state::path_of(key)).value();
    return hash ? site.preimage(*hash) : std::nullopt;
}

Hash32 versioned_hash_of(const Hash32& content_root) {
    Hash32 out = hash::sha256(content_root.view());
    out[0] = types::blob_hash_version_kzg;
    return out;
}

Bytes read_file(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    ENSHRINE_ASSERT(file.good());
    return Bytes{std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace

Actor make_actor(std::uint64_t number) {
    std::array<Byte, 8> seed{};
    store_be(seed.data(), number + 1);
    const auto key = crypto::SecretKey::from(hash::sha256(seed).view());
    return {key, crypto::address_of(key).value()};
}

Actor token_owner() {
    // Account 5 of the mnemonic "test test test test test test test test test test test junk".
    const auto bytes = codec::parse_hex("0x8b3a350cf5c34c9194ca85829a2df0ec3153be0318b5e2d3348e872092edffba").value();
    const auto key = crypto::SecretKey::from(bytes);
    return {key, crypto::address_of(key).value()};
}

messaging::AssetId exchange_token() noexcept {
    return messaging::make_asset(exchange_chain, guest::program_address);
}

ProgramFiles load_program(const std::string& name) {
    const std::string stem = std::string{ENSHRINE_BINARY_DIR} + "/rollups/" + name;
    return {read_file(stem + ".elf"), read_file(stem + ".genesis")};
}

Bytes encode_call(std::string_view declaration, const codec::abi::Encoder& arguments) {
    return arguments.finish_call(codec::abi::selector(declaration));
}

bool is_error(BytesView data, std::string_view declaration) {
    return data.size() >= 4 && load_be<std::uint32_t>(data.data()) == codec::abi::selector(declaration);
}

ClaimFields honest_claim(const Batch& batch) {
    const rollup_node::BatchResult& result = batch.result;
    return {.sequence = batch.inputs.header.sequence,
            .state_root = result.state_root,
            .outbox_root = result.outbox_root,
            .receipts_root = result.receipts_root,
            .steps = result.steps,
            .machine_root = result.machine_root,
            .witness = result.witness};
}

Site::Site(std::uint64_t rollup, Actor sequencer_actor, const ProgramFiles& files)
    : id{rollup}, sequencer{std::move(sequencer_actor)}, executor{executor_of(rollup, files.elf)} {
    state::WriteSet changes;
    const auto entries = state::decode_entries(files.genesis).value();
    for (const auto& [key, value] : entries) {
        changes.emplace(key, value);
        keep(value);
    }
    SiteNodes nodes{*this};
    const auto tree = state::update(nodes, state::empty_root, state::path_changes(changes)).value();
    for (const state::NewNode& node : tree.created) keep(node.preimage);
    genesis_root_ = tree.root;
}

std::optional<BytesView> Site::preimage(const Hash32& hash) noexcept {
    const auto found = preimages_.find(hash);
    return found == preimages_.end() ? std::nullopt : std::optional<BytesView>{found->second};
}

void Site::keep(BytesView bytes) {
    preimages_.emplace(hash::sha256(bytes), to_bytes(bytes));
}

const Hash32& Site::root_at(std::size_t sequence) const {
    return sequence == 0 ? genesis_root_ : batches.at(sequence - 1).result.state_root;
}

std::uint64_t Site::inbox_end_at(std::size_t sequence) const {
    return sequence == 0 ? 0 : batches.at(sequence - 1).inputs.header.inbox_end;
}

types::Account Site::account(const Address& address) {
    const auto value = value_at(*this, guest::account_key(address));
    return value ? types::decode_account(*value).value() : types::Account{};
}

U256 Site::asset(const Address& address, const messaging::AssetId& asset) {
    const auto value = value_at(*this, guest::asset_key(address, asset));
    return value ? U256::from_be(*value) : U256{};
}

Ledger::Ledger() {
    chain::GenesisConfig config;
    config.chain_id = l1_chain;
    config.timestamp = 1'700'000'000;
    const U256 balance = U256{1'000'000} * U256{coin};
    const auto fund = [&](const Address& address) {
        config.accounts.push_back({.address = address, .balance = Amount{balance}});
        supply_ = supply_ + balance;
        know(address);
    };
    for (std::uint64_t i = 0; i < actors; ++i) fund(make_actor(i).address);
    config.data_availability.committee = {data_availability::sole_member(make_actor(0).address)};
    for (const std::uint64_t id : {payments_chain, exchange_chain, thief_chain}) fund(make_actor(id).address);
    fund(token_owner().address);
    config.data_availability.committee = {
        {.address = committee().address, .stake = 1, .endpoint = "127.0.0.1:1", .tls_key_hash = {}}};
    know(guest::program_address);
    const auto genesis = chain::make_genesis(config, chain::enshrined_protocol(cache())).value();
    view_.apply(genesis.changes);
    for (const state::NewNode& node : genesis.tree.created) nodes_.emplace(node.hash, node.preimage);
    headers_.push_back(genesis.block.header);
}

Site& Ledger::add_rollup(std::uint64_t id, const std::string& program) {
    const ProgramFiles files = load_program(program);
    const Actor sequencer = make_actor(id);
    codec::abi::Encoder arguments{6};
    arguments.u64(id).bytes(files.elf).bytes(files.genesis).address(sequencer.address).u64(0).bytes(as_bytes(program));
    auto site = std::make_unique<Site>(id, sequencer, files);
    const types::Receipt receipt =
        send(sequencer, {.to = system::rollup_registry_address,
                         .data = encode_call("register(uint64 rollup, bytes program, bytes genesis, address sequencer, "
                                             "uint8 policy, string name)",
                                             arguments)});
    ENSHRINE_ASSERT(receipt.status);
    return *sites_.emplace(id, std::move(site)).first->second;
}

chain::ExecutedBlock Ledger::produce(std::span<const chain::BlockTransaction> transactions) {
    const chain::Protocol protocol = chain::enshrined_protocol(cache());
    const types::BlockHeader& parent = headers_.back();
    const std::uint64_t timestamp = parent.timestamp + 1;
    const auto context = chain::next_block_context(view_, parent, timestamp, proposer);
    MapNodes nodes{nodes_};
    auto block = chain::execute_block(
        {.view = view_, .nodes = nodes, .header = parent},
        {.timestamp = timestamp, .proposer = proposer, .extra = {}, .transactions = transactions}, protocol);
    ENSHRINE_ASSERT(block.has_value());
    for (const auto& skipped : block->skipped) require(false, "skipped: " + std::string{skipped.reason.message()});
    view_.apply(block->changes);
    for (const state::NewNode& node : block->tree.created) nodes_.emplace(node.hash, node.preimage);
    const types::BlockHeader& header = block->block.header;
    burned_ = burned_ + context.base_fee * U256{header.gas_used} + context.blob_base_fee * U256{header.blob_gas_used};
    headers_.push_back(header);
    return *std::move(block);
}

types::Receipt Ledger::transact(const Actor& from, const L1Call& call) {
    const types::Account before = system::load_account(view_, from.address);
    types::Transaction txn;
    txn.type = call.blobs.empty() ? types::TxnType::dynamic_fee : types::TxnType::blob;
    txn.chain_id = l1_chain;
    txn.nonce = before.nonce;
    txn.max_priority_fee_per_gas = U256{1'000'000};
    txn.max_fee_per_gas = U256{1'000'000'000'000};
    txn.gas_limit = call.gas_limit;
    txn.to = call.to;
    txn.value = Amount{call.value};
    txn.data = call.data;
    std::vector<types::BlobRecord> blobs;
    for (const Bytes& blob : call.blobs) {
        const Hash32 content_root = data_availability::content_root(blob);
        blobs.push_back({.versioned_hash = versioned_hash_of(content_root), .content_root = content_root});
        txn.blob_versioned_hashes.push_back(blobs.back().versioned_hash);
        txn.max_fee_per_blob_gas = U256{1'000'000'000};
    }
    txn.signature = crypto::sign(types::signing_hash(txn), from.key).value();
    const auto valid = chain::validate_transaction(types::encode_transaction(txn), l1_chain);
    ENSHRINE_ASSERT(valid.has_value());
    const chain::BlockTransaction item{.txn = &*valid, .blobs = blobs};
    chain::ExecutedBlock block = produce({&item, 1});
    ENSHRINE_ASSERT(block.receipts.size() == 1);
    if (!block.receipts[0].status) audit_refusal(block, from.address, before);
    return block.receipts[0];
}

types::Receipt Ledger::send(const Actor& from, const L1Call& call) {
    types::Receipt receipt = transact(from, call);
    audit();
    return receipt;
}

void Ledger::idle(std::uint64_t blocks) {
    for (std::uint64_t i = 0; i < blocks; ++i) (void)produce({});
    audit();
}

U256 Ledger::l1_balance(const Address& address) const {
    return system::load_account(view_, address).balance.wei();
}

types::Receipt Ledger::deposit(const Actor& from, std::uint64_t rollup, const Address& receiver, const U256& value) {
    return send(from, {.to = system::inbox_address,
                       .value = value,
                       .data = encode_call("deposit(uint64 rollup, address receiver)",
                                           codec::abi::Encoder{2}.u64(rollup).address(receiver))});
}

types::Receipt Ledger::force(const Actor& from, std::uint64_t rollup, BytesView transaction) {
    return send(from, {.to = system::inbox_address,
                       .data = encode_call("send(uint64 rollup, bytes transaction)",
                                           codec::abi::Encoder{2}.u64(rollup).bytes(transaction))});
}

Bytes Ledger::sign(Site& site, const Actor& from, const Address& to, const U256& value, Bytes data) const {
    std::uint64_t waiting = 0;
    for (const Bytes& encoded : site.pending) {
        const auto other = types::decode_transaction(encoded);
        if (!other || other->chain_id != site.id) continue;
        const auto sender = types::recover_sender(*other);
        if (sender && *sender == from.address) ++waiting;
    }
    types::Transaction txn;
    txn.type = types::TxnType::dynamic_fee;
    txn.chain_id = site.id;
    txn.nonce = site.account(from.address).nonce + waiting;
    txn.max_priority_fee_per_gas = U256{1'000'000};
    txn.max_fee_per_gas = U256{100'000'000};
    txn.gas_limit = data.empty() ? 21'000 : 500'000;
    txn.to = to;
    txn.value = Amount{value};
    txn.data = std::move(data);
    txn.signature = crypto::sign(types::signing_hash(txn), from.key).value();
    return types::encode_transaction(txn);
}

void Ledger::queue(Site& site, const Actor& from, const Address& to, const U256& value, Bytes data) {
    site.pending.push_back(sign(site, from, to, value, std::move(data)));
}

sequencing::PayloadScheme Ledger::scheme_for(const Site& site, BytesView payload) const {
    if (scheme_) return *scheme_;
    const Hash32 drawn = hash::sha256(hash::sha256(payload).view(), site.root().view());
    return drawn[0] % 2 == 0 ? sequencing::PayloadScheme::native : sequencing::PayloadScheme::eip4844;
}

std::expected<Batch, std::string> Ledger::try_build(Site& site, const Bytes& payload, std::uint64_t anchor_height) {
    rollup_node::BatchInputs inputs;
    sequencing::BatchHeader& header = inputs.header;
    header.scheme = scheme_for(site, payload);
    header.payload_bytes = narrow<std::uint32_t>(payload.size());
    rollup_node::PublishedPayload published = rollup_node::publish_payload(header.scheme, payload);
    header.references = std::move(published.references);
    inputs.payload_preimages = std::move(published.preimages);
    auto batch = try_build_over(site, std::move(inputs), anchor_height);
    if (batch && batch->inputs.header.scheme == sequencing::PayloadScheme::eip4844) {
        batch->blobs = sequencing::pack_blobs(payload);
    }
    return batch;
}

std::expected<Batch, std::string> Ledger::try_build_over(Site& site, rollup_node::BatchInputs payload,
                                                         std::uint64_t anchor_height) {
    const types::BlockHeader& anchor = headers_.at(anchor_height);
    Batch out;
    out.inputs = std::move(payload);
    rollup_node::BatchInputs& inputs = out.inputs;
    inputs.inbox_first = site.inbox_end();
    inputs.inbox_start = site.inbox_rolling;
    inputs.previous_state_root = site.root();
    inputs.l1_timestamp = anchor.timestamp;
    const std::uint64_t count = messaging::load_inbox_count(view_, site.id);
    std::uint64_t end = inputs.inbox_first;
    while (end < count && inputs.inbox_messages.size() < sequencing::inbox_messages_per_batch_max &&
           messaging::load_inbox_entry(view_, site.id, end)->l1_height <= anchor_height) {
        inputs.inbox_messages.push_back(messaging::load_inbox_message(view_, site.id, end).value());
        ++end;
    }
    sequencing::BatchHeader& header = inputs.header;
    header.rollup = site.id;
    header.sequence = site.batches.size() + 1;
    if (!site.batches.empty()) header.previous_hash = site.batches.back().result.batch_hash;
    header.anchor_height = anchor_height;
    header.anchor_hash = types::block_hash(anchor);
    header.inbox_end = end;
    header.fee_recipient = site.sequencer.address;
    auto result = site.executor->execute(inputs, site);
    if (!result) return std::unexpected{result.error()};
    out.result = *std::move(result);
    return out;
}

Batch Ledger::build(Site& site, const Bytes& payload, std::uint64_t anchor_height) {
    auto batch = try_build(site, payload, anchor_height);
    ENSHRINE_ASSERT(batch.has_value());  // there is no honest claim for it, the rollup would stand still
    return *std::move(batch);
}

Batch Ledger::build(Site& site) {
    const Bytes payload = site.pending.empty() ? Bytes{} : sequencing::encode_payload(site.pending);
    site.pending.clear();
    return build(site, payload, height());
}

types::Receipt Ledger::submit(Site& site, const Batch& batch) {
    const auto certificate = sequencing::make_certificate(batch.result.batch_hash, {&site.sequencer.key, 1}).value();
    return submit_as(site, batch, site.sequencer, certificate);
}

types::Receipt Ledger::submit_as(Site& site, const Batch& batch, const Actor& from, BytesView certificate) {
    codec::abi::Encoder arguments{2};
    arguments.bytes(sequencing::encode_batch_header(batch.inputs.header)).bytes(certificate);
    const sequencing::BatchHeader& header = batch.inputs.header;
    if (needs_publication(header)) {
        require(publish(from, header.rollup, header.references.front(), header.payload_bytes).status,
                "a certified matrix was not published");
    }
    types::Receipt receipt =
        transact(from, {.to = system::rollup_registry_address,
                        .data = encode_call("submitBatch(bytes header, bytes certificate)", arguments),
                        .blobs = batch.blobs});
    if (receipt.status) {
        site.batches.push_back(batch);
        site.inbox_rolling = messaging::load_rolling_hash(view_, site.id, site.inbox_end());
        for (const Bytes& bytes : batch.result.offered) site.keep(bytes);
    }
    audit();
    return receipt;
}

bool Ledger::needs_publication(const sequencing::BatchHeader& header) const {
    if (header.scheme != sequencing::PayloadScheme::native || header.references.empty()) return false;
    const data_availability::PublishedBlob blob{.name_space = data_availability::namespace_of_rollup(header.rollup),
                                                .size = header.payload_bytes};
    const auto known = data_availability::load_publication(view_, header.references.front(), {&blob, 1});
    return !known || known->height + rollup_registry::publication_age_blocks_max <= height();
}

types::Receipt Ledger::publish(const Actor& from, std::uint64_t rollup, const Hash32& commitment, std::uint64_t size) {
    const data_availability::PublishedBlob blob{.name_space = data_availability::namespace_of_rollup(rollup),
                                                .size = size};
    const data_availability::Publication publication{.commitment = commitment, .blobs = {blob}};
    const Hash32 digest = data_availability::publication_digest(l1_chain, publication);
    const Bytes certificate = crypto::make_quorum_certificate(digest, {&committee().key, 1}).value();
    const U256 fee = data_availability::fee_of(view_, data_availability::shape_of(size).value().data_bytes()).wei();
    codec::abi::Encoder arguments{4};
    arguments.bytes32(blob.name_space).bytes32(commitment).u64(size).bytes(certificate);
    types::Receipt receipt = transact(
        from, {.to = system::data_availability_address,
               .value = fee + fee,  // what is above the fee comes back
               .data = encode_call("publish(bytes32 namespace, bytes32 commitment, uint64 size, bytes certificate)",
                                   arguments)});
    if (receipt.status) burned_ = burned_ + fee;
    audit();
    return receipt;
}

types::Receipt Ledger::void_payload(const Actor& from, const Site& site, std::uint64_t sequence,
                                    const data_availability::MalformationEvidence& evidence) {
    codec::abi::Encoder arguments{5};
    arguments.u64(site.id).u64(sequence).bytes32(evidence.row_root).bytes(evidence.combinations);
    arguments.bytes(data_availability::encode_row_proofs(evidence.rows));
    return send(from, {.to = system::rollup_registry_address,
                       .data = encode_call("voidPayload(uint64 rollup, uint64 sequence, bytes32 rowRoot, bytes "
                                           "combinations, bytes rows)",
                                           arguments)});
}

types::Receipt Ledger::claim(Site& site, const Actor& from, const ClaimFields& fields) {
    codec::abi::Encoder arguments{8};
    arguments.u64(site.id).u64(fields.sequence).bytes32(fields.state_root).bytes32(fields.outbox_root);
    arguments.bytes32(fields.receipts_root).u64(fields.steps).bytes32(fields.machine_root).bytes(fields.witness);
    types::Receipt receipt = transact(
        from, {.to = system::rollup_registry_address,
               .data = encode_call("claim(uint64 rollup, uint64 sequence, bytes32 stateRoot, bytes32 outboxRoot, "
                                   "bytes32 receiptsRoot, uint64 steps, bytes32 machineRoot, bytes witness)",
                                   arguments)});
    if (receipt.status) ++site.settled;
    audit();
    return receipt;
}

types::Receipt Ledger::claim_next(Site& site) {
    return claim(site, site.sequencer, honest_claim(site.batches.at(site.settled)));
}

void Ledger::settle_all() {
    for (const auto& [id, site] : sites_) {
        while (site->settled < site->batches.size()) {
            const types::Receipt receipt = claim_next(*site);
            require(receipt.status, "an honest claim was refused: " + codec::format_hex(receipt.revert_data));
            if (!receipt.status) return;
        }
    }
}

std::vector<Ledger::Emitted> Ledger::emitted(const Site& site, std::size_t batches) const {
    std::vector<Emitted> out;
    for (std::size_t i = 0; i < batches; ++i) {
        const auto& outbox = site.batches[i].result.outbox;
        for (std::size_t k = 0; k < outbox.size(); ++k) {
            auto message = messaging::decode_message(outbox[k]);
            if (message) out.push_back({i + 1, k, outbox[k], *std::move(message)});
        }
    }
    return out;
}

types::Receipt Ledger::consume(std::string_view declaration, const Actor& from, const Site& site,
                               const Emitted& emitted) {
    std::vector<Hash32> leaves;
    for (const Bytes& message : site.batches.at(emitted.batch - 1).result.outbox) {
        leaves.push_back(messaging::message_hash(message));
    }
    codec::abi::Encoder arguments{4};
    arguments.bytes(emitted.bytes)
        .u64(emitted.batch)
        .u64(emitted.index)
        .words(crypto::merkle_proof(leaves, emitted.index));
    return send(from, {.to = system::message_hub_address, .data = encode_call(declaration, arguments)});
}

types::Receipt Ledger::withdraw(const Actor& from, const Site& site, const Emitted& emitted) {
    return consume("withdraw(bytes message, uint64 batch, uint64 index, bytes32[] siblings)", from, site, emitted);
}

types::Receipt Ledger::relay(const Actor& from, const Site& site, const Emitted& emitted) {
    return consume("relay(bytes message, uint64 batch, uint64 index, bytes32[] siblings)", from, site, emitted);
}

void Ledger::require(bool holds, const std::string& what) {
    if (!holds) problems_.push_back("L1 block " + std::to_string(height()) + ": " + what);
}

}  // namespace enshrine::conformance
