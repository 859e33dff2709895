// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/content.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/rollup_registry/params.hpp>

#include <gtest/gtest.h>
#include <rollups/testing/scenario.hpp>
#include <sdk/guest/host/genesis_file.hpp>

#include <chrono>
#include <fstream>
#include <iterator>

namespace rollups::testing {
namespace {

constexpr std::size_t content_page_bytes = 4096;

class StoredPreimages final : public vm::PreimageSource {
public:
    explicit StoredPreimages(const guest::PreimageStore& store) noexcept : store_{store} {}
    [[nodiscard]] std::optional<BytesView> preimage(const Hash32& hash) noexcept override {
        const Bytes* const found = store_.find(hash);
        if (found == nullptr) return std::nullopt;
        return BytesView{*found};
    }

private:
    const guest::PreimageStore& store_;
};

vm::Program load_image(const std::string& elf) {
    std::ifstream file{std::string{ENSHRINE_BINARY_DIR} + "/rollups/" + elf, std::ios::binary};
    const Bytes bytes{std::istreambuf_iterator<char>{file}, {}};
    auto image = vm::Program::load(bytes);
    if (!image) {
        ADD_FAILURE() << elf << ": " << image.error().message();
        std::abort();
    }
    return *std::move(image);
}

void keep_offer(void* context, BytesView bytes) noexcept {
    static_cast<std::vector<Bytes>*>(context)->push_back(to_bytes(bytes));
}

}  // namespace

Signer make_signer(const crypto::SecretKey& key) {
    return Signer{key, crypto::address_of(key).value()};
}

Signer make_signer(std::uint64_t number) {
    std::array<Byte, 8> seed{};
    store_be(seed.data(), number);
    return make_signer(crypto::SecretKey::from(hash::sha256(seed).view()));
}

types::Transaction make_transaction(std::uint64_t chain_id, std::uint64_t nonce, const Address& to, const U256& value,
                                    Bytes data) {
    types::Transaction out;
    out.type = types::TxnType::dynamic_fee;
    out.chain_id = chain_id;
    out.nonce = nonce;
    out.max_priority_fee_per_gas = U256{1'000'000};
    out.max_fee_per_gas = U256{100'000'000};
    out.gas_limit = data.empty() ? 21'000 : 1'000'000;
    out.to = to;
    out.value = Amount{value};
    out.data = std::move(data);
    return out;
}

Bytes sign(types::Transaction txn, const Signer& signer) {
    txn.signature = crypto::sign(types::signing_hash(txn), signer.key).value();
    return types::encode_transaction(txn);
}

Rollup::Rollup(const guest::Program& program, const std::string& elf, std::uint64_t chain_id)
    : program_{program}, image_{load_image(elf)}, memory_{vm::MachineMemory::make().value()}, chain_id_{chain_id} {
    guest::GenesisState genesis = guest::make_genesis(program, chain_id, l1_chain_id);
    root_ = genesis.root;
    preimages_ = std::move(genesis.preimages);
}

void Rollup::send(messaging::Message message) {
    const Bytes encoded = messaging::encode_message(message);
    Bytes leaf{0};
    append(leaf, encoded);
    const Hash32 hash = preimages_.put(leaf);
    EXPECT_EQ(hash, messaging::message_hash(encoded));
    Bytes link = to_bytes(inbox_end_.view());
    append(link, hash.view());
    inbox_end_ = preimages_.put(link);
    ++inbox_count_;
}

void Rollup::deposit(const Address& receiver, const U256& value) {
    send({.source = l1_chain_id,
          .destination = chain_id_,
          .sender = receiver,
          .receiver = receiver,
          .value = Amount{value}});
}

void Rollup::force(const Bytes& transaction) {
    send({.kind = messaging::MessageKind::forced_transaction,
          .source = l1_chain_id,
          .destination = chain_id_,
          .data = transaction});
}

sequencing::PayloadScheme Rollup::next_scheme() const noexcept {
    if (scheme_) return *scheme_;
    return sequence_ % 2 == 0 ? sequencing::PayloadScheme::native : sequencing::PayloadScheme::eip4844;
}

vm::ProgramArguments Rollup::prepare(BytesView payload) {
    const sequencing::PayloadScheme scheme = next_scheme();
    std::vector<Hash32> references;
    if (scheme == sequencing::PayloadScheme::native && !payload.empty()) {
        const auto shape = data_availability::shape_of(payload.size()).value();
        return prepare_matrix(commit_rows(shape, frame_payload(payload)), payload.size());
    }
    for (const Bytes& blob : sequencing::pack_blobs(payload)) {
        references.push_back(preimages_.put(data_availability::content_index(blob)));
        EXPECT_EQ(references.back(), data_availability::content_root(blob));
        for (std::size_t at = 0; at < blob.size(); at += content_page_bytes) {
            preimages_.put(BytesView{blob}.subspan(at, content_page_bytes));
        }
    }
    return prepare_payload(scheme, payload.size(), std::move(references));
}

vm::ProgramArguments Rollup::prepare_matrix(const ReferenceMatrix& matrix, std::size_t payload_bytes) {
    for (const Bytes& bytes : matrix.preimages) preimages_.put(bytes);
    return prepare_payload(sequencing::PayloadScheme::native, payload_bytes, {matrix.commitment});
}

vm::ProgramArguments Rollup::prepare_payload(sequencing::PayloadScheme scheme, std::size_t payload_bytes,
                                             std::vector<Hash32> references) {
    sequencing::BatchHeader header;
    header.rollup = chain_id_;
    header.sequence = sequence_ + 1;
    header.previous_hash = previous_hash_;
    header.anchor_height = 10 + sequence_;
    header.inbox_end = inbox_first_ + inbox_count_;
    header.fee_recipient = fee_recipient;
    header.scheme = scheme;
    header.payload_bytes = static_cast<std::uint32_t>(payload_bytes);
    header.references = std::move(references);
    vm::ProgramArguments out;
    out.mode = vm::RunMode::batch;
    out.rollup_id = chain_id_;
    out.previous_state_root = root_;
    out.inbox_start = inbox_start_;
    out.inbox_end = inbox_end_;
    out.inbox_first = inbox_first_;
    out.inbox_count = inbox_count_;
    out.batch_hash = preimages_.put(sequencing::encode_batch_header(header));
    out.batch_sequence = header.sequence;
    out.l1_height = header.anchor_height;
    out.l1_timestamp = 1'700'000'000 + sequence_;
    out.weight_max = rollup_registry::batch_weight_max;
    return out;
}

BatchResult Rollup::run_batch() {
    const Bytes payload = transactions_.empty() ? Bytes{} : sequencing::encode_payload(transactions_);
    transactions_.clear();
    return run_payload(payload);
}

BatchResult Rollup::run_payload(BytesView payload) {
    return run_prepared(prepare(payload));
}

BatchResult Rollup::run_prepared(const vm::ProgramArguments& arguments) {
    BatchResult out;
    out.run = run_raw(arguments);
    EXPECT_TRUE(out.run.succeeded()) << "exit " << out.run.exit_code << " panicked " << out.run.panicked;
    EXPECT_TRUE(out.run.state_root.has_value());
    compare_with_machine(arguments, out.run, out);

    for (const Bytes& bytes : out.run.records[0]) out.outbox.push_back(messaging::decode_message(bytes).value());
    for (const Bytes& bytes : out.run.records[1]) {
        out.receipts.push_back(sequencing::decode_receipt_record(bytes).value());
    }
    EXPECT_TRUE(out.run.records[2].empty());
    for (const Bytes& bytes : out.run.offered) preimages_.put(bytes);
    out.root = root_ = out.run.state_root.value_or(root_);
    previous_hash_ = arguments.batch_hash;
    ++sequence_;
    inbox_start_ = inbox_end_;
    inbox_first_ += inbox_count_;
    inbox_count_ = 0;
    return out;
}

guest::HostRun Rollup::run_raw(const vm::ProgramArguments& arguments) const {
    return guest::run_on_host(program_, arguments.encode(), preimages_);
}

void Rollup::compare_with_machine(const vm::ProgramArguments& arguments, const guest::HostRun& host,
                                  BatchResult& figures) {
    const Bytes page = arguments.encode();
    StoredPreimages source{preimages_};
    std::vector<Bytes> offered;
    const vm::RunRequest request{.program = image_,
                                 .argument_page = page,
                                 .limits = {.weight_max = arguments.weight_max},
                                 .offer_sink = keep_offer,
                                 .offer_context = &offered};
    const vm::Recording recorded = vm::record(memory_, request, source);
    const vm::Outcome& outcome = recorded.result.outcome;
    EXPECT_TRUE(outcome.succeeded()) << vm::to_text(outcome.status) << ' ' << vm::to_text(outcome.trap) << " exit "
                                     << outcome.exit_code << " pc " << std::hex << outcome.pc;
    EXPECT_EQ(outcome.state_root, host.state_root);
    EXPECT_EQ(outcome.records, host.records);
    EXPECT_EQ(offered, host.offered);
    figures.steps = outcome.steps;
    figures.weight = outcome.weight;
    figures.witness_bytes = recorded.witness.encode().size();

    const auto start = std::chrono::steady_clock::now();
    const auto replayed = vm::replay(memory_, request, recorded.witness);
    figures.replay_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    ASSERT_TRUE(replayed.has_value());
    EXPECT_EQ(replayed->outcome, outcome);
}

sequencing::ViewAnswer Rollup::view(const sequencing::ViewRequest& request) {
    vm::ProgramArguments arguments;
    arguments.mode = vm::RunMode::view;
    arguments.rollup_id = chain_id_;
    arguments.previous_state_root = root_;
    for (const Bytes& page : sequencing::view_request_pages(sequencing::encode_view_request(request))) {
        arguments.batch_hash = preimages_.put(page);
    }
    arguments.batch_sequence = sequence_;
    arguments.weight_max = 100'000'000;
    const guest::HostRun run = run_raw(arguments);
    EXPECT_TRUE(run.succeeded());
    EXPECT_FALSE(run.state_root.has_value());  // [VIEW.1]
    EXPECT_EQ(run.records[2].size(), 1U);
    BatchResult figures;
    compare_with_machine(arguments, run, figures);
    return sequencing::decode_view_answer(run.records[2].at(0)).value();
}

sequencing::ViewAnswer Rollup::call(const Address& from, Bytes data, const U256& value) {
    return view({.kind = sequencing::ViewKind::call,
                 .from = from,
                 .to = guest::program_address,
                 .value = Amount{value},
                 .data = std::move(data)});
}

U256 Rollup::balance(const Address& address) {
    return view({.kind = sequencing::ViewKind::account, .to = address}).balance.wei();
}

std::uint64_t Rollup::nonce(const Address& address) {
    return view({.kind = sequencing::ViewKind::account, .to = address}).nonce;
}

Bytes encode_call(std::string_view declaration, const codec::abi::Encoder& arguments) {
    return arguments.finish_call(codec::abi::selector(declaration));
}

std::string reason_of(const sequencing::ReceiptRecord& record) {
    return std::string{as_text(record.return_data)};
}

bool is_error(BytesView data, std::string_view declaration) {
    if (data.size() < 4) return false;
    return load_be<std::uint32_t>(data.data()) == codec::abi::selector(declaration);
}

}  // namespace rollups::testing
