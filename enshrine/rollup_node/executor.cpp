// SPDX-License-Identifier: Apache-2.0
#include <enshrine/hash/sha256.hpp>
#include <enshrine/messaging/message.hpp>
#include <enshrine/rollup_node/executor.hpp>
#include <enshrine/rollup_registry/params.hpp>

#include <fmt/format.h>

#include <cstring>
#include <unordered_map>

namespace enshrine::rollup_node {
namespace {

struct DigestBucket {
    std::size_t operator()(const Hash32& hash) const noexcept {
        std::size_t out = 0;
        std::memcpy(&out, hash.data(), sizeof out);  // digests are uniformly distributed
        return out;
    }
};

/// The preimages of one run's inputs in front of those of the state.
class InputSource final : public vm::PreimageSource {
public:
    explicit InputSource(vm::PreimageSource& state) noexcept : state_{state} {}

    Hash32 add(Bytes bytes) {
        const Hash32 hash = hash::sha256(bytes);
        inputs_.insert_or_assign(hash, std::move(bytes));
        return hash;
    }

    std::optional<BytesView> preimage(const Hash32& hash) noexcept override {
        const auto found = inputs_.find(hash);
        if (found != inputs_.end()) return BytesView{found->second};
        return state_.preimage(hash);
    }

private:
    vm::PreimageSource& state_;
    std::unordered_map<Hash32, Bytes, DigestBucket> inputs_;
};

/// [MSG.2]: links of the rolling hash, and messages behind their leaf prefix.
Hash32 add_inbox(InputSource& source, const BatchInputs& inputs) {
    Hash32 rolling = inputs.inbox_start;
    for (const Bytes& message : inputs.inbox_messages) {
        Bytes leaf{0x00};
        append(leaf, message);
        const Hash32 message_hash = source.add(std::move(leaf));
        Bytes link = to_bytes(rolling.view());
        append(link, message_hash.view());
        rolling = source.add(std::move(link));
    }
    return rolling;
}

std::string describe_end(const vm::Outcome& outcome) {
    std::string text = fmt::format("program {}", vm::to_text(outcome.status));
    if (outcome.trap != vm::Trap::none) text += fmt::format(": {}", vm::to_text(outcome.trap));
    if (outcome.status == vm::Status::halted) text += fmt::format(" with exit code {}", outcome.exit_code);
    return text + fmt::format(" at pc {:#x} after {} steps", outcome.pc, outcome.steps);
}

void collect(void* context, BytesView bytes) noexcept {
    static_cast<std::vector<Bytes>*>(context)->push_back(to_bytes(bytes));
}

}  // namespace

std::expected<std::unique_ptr<Executor>, std::string> Executor::make(std::uint64_t rollup, BytesView elf) {
    auto program = vm::Program::load(elf);
    if (!program) return std::unexpected{fmt::format("program of rollup {}: {}", rollup, program.error().message())};
    auto memory = vm::MachineMemory::make();
    if (!memory) return std::unexpected{std::string{memory.error().message()}};
    return std::unique_ptr<Executor>{new Executor{rollup, *std::move(program), *std::move(memory)}};
}

std::expected<BatchResult, std::string> Executor::execute(const BatchInputs& inputs, vm::PreimageSource& state) {
    InputSource source{state};
    BatchResult result;
    result.batch_hash = source.add(sequencing::encode_batch_header(inputs.header));
    for (const Bytes& bytes : inputs.payload_preimages) source.add(bytes);

    const vm::ProgramArguments arguments{
        .mode = vm::RunMode::batch,
        .rollup_id = rollup_,
        .previous_state_root = inputs.previous_state_root,
        .inbox_start = inputs.inbox_start,
        .inbox_end = add_inbox(source, inputs),
        .inbox_first = inputs.inbox_first,
        .inbox_count = inputs.inbox_messages.size(),
        .batch_hash = result.batch_hash,
        .batch_sequence = inputs.header.sequence,
        .l1_height = inputs.header.anchor_height,
        .l1_timestamp = inputs.l1_timestamp,
        .weight_max = rollup_registry::batch_weight_max,
        .payload_void = inputs.payload_void,
    };
    const Bytes page = arguments.encode();
    const std::scoped_lock lock{mutex_};
    const vm::Recording recording = vm::record(memory_,
                                               {.program = program_,
                                                .argument_page = page,
                                                .limits = {.weight_max = rollup_registry::batch_weight_max},
                                                .compute_machine_root = true,
                                                .offer_sink = collect,
                                                .offer_context = &result.offered},
                                               source);
    const vm::Outcome& outcome = recording.result.outcome;
    if (!outcome.succeeded()) return std::unexpected{describe_end(outcome)};
    if (!outcome.state_root) return std::unexpected{std::string{"program halted without committing a state root"}};

    result.state_root = *outcome.state_root;
    result.outbox_root = outcome.record_roots[static_cast<std::size_t>(vm::RecordKind::outbox)];
    result.receipts_root = outcome.record_roots[static_cast<std::size_t>(vm::RecordKind::receipt)];
    result.machine_root = recording.result.machine_root.value_or(Hash32{});
    result.steps = outcome.steps;
    result.weight = outcome.weight;
    result.witness = recording.witness.encode();
    result.outbox = outcome.records[static_cast<std::size_t>(vm::RecordKind::outbox)];
    for (const Bytes& record : outcome.records[static_cast<std::size_t>(vm::RecordKind::receipt)]) {
        auto decoded = sequencing::decode_receipt_record(record);
        if (!decoded) return std::unexpected{fmt::format("receipt record: {}", decoded.error().message())};
        result.receipts.push_back(*std::move(decoded));
    }
    return result;
}

std::expected<sequencing::ViewAnswer, std::string> Executor::view(const ViewContext& context,
                                                                  const sequencing::ViewRequest& request,
                                                                  vm::PreimageSource& state) {
    InputSource source{state};
    if (request.data.size() > sequencing::view_data_bytes_max) {
        return std::unexpected{fmt::format("data: expected at most {} bytes, got {}", sequencing::view_data_bytes_max,
                                           request.data.size())};
    }
    Hash32 first_page;
    for (Bytes& page : sequencing::view_request_pages(sequencing::encode_view_request(request))) {
        first_page = source.add(std::move(page));
    }
    const vm::ProgramArguments arguments{
        .mode = vm::RunMode::view,
        .rollup_id = rollup_,
        .previous_state_root = context.state_root,
        .batch_hash = first_page,
        .batch_sequence = context.batch_sequence,
        .l1_height = context.l1_height,
        .l1_timestamp = context.l1_timestamp,
        .weight_max = view_weight_max,
    };
    const Bytes page = arguments.encode();
    const std::scoped_lock lock{mutex_};
    const vm::RunResult run = vm::run(
        memory_, {.program = program_, .argument_page = page, .limits = {.weight_max = view_weight_max}}, source);
    if (!run.outcome.succeeded()) return std::unexpected{describe_end(run.outcome)};
    const auto& answers = run.outcome.records[static_cast<std::size_t>(vm::RecordKind::view_answer)];
    if (answers.size() != 1) {
        return std::unexpected{fmt::format("program gave {} view answers, expected 1", answers.size())};
    }
    auto answer = sequencing::decode_view_answer(answers.front());
    if (!answer) return std::unexpected{fmt::format("view answer: {}", answer.error().message())};
    return *std::move(answer);
}

}  // namespace enshrine::rollup_node
