// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/data_availability/malformation.hpp>
#include <enshrine/rollup_registry/errors.hpp>
#include <enshrine/rollup_registry/events.hpp>
#include <enshrine/rollup_registry/handlers.hpp>
#include <enshrine/rollup_registry/params.hpp>
#include <enshrine/rollup_registry/records.hpp>
#include <enshrine/sequencing/batch.hpp>
#include <enshrine/system/values.hpp>

namespace enshrine::rollup_registry {
namespace {

using data_availability::MalformationEvidence;
using sequencing::BatchHeader;
using sequencing::PayloadScheme;
using system::refuse;

struct Target {
    std::uint64_t rollup = 0;
    std::uint64_t sequence = 0;
};

/// A batch that is registered, not settled, and names a matrix that is not void yet.
std::expected<BatchRecord, system::Revert> load_target(const system::CallContext& context, const Target& target) {
    const auto progress = load_progress(context.state, target.rollup);
    if (!progress) return refuse<errors::unknown_rollup>(target.rollup);
    auto batch = load_batch(context.state, target.rollup, target.sequence);
    if (!batch) return refuse<errors::batch_unknown>(target.rollup, target.sequence);
    if (target.sequence <= progress->settled_sequence) {
        return refuse<errors::already_settled>(target.sequence, progress->settled_sequence);
    }
    if (batch->payload_void) return refuse<errors::already_void>(target.sequence);
    return *std::move(batch);
}

BatchHeader header_of(const BatchRecord& batch) {
    auto header = sequencing::decode_batch_header(batch.header);
    ENSHRINE_ASSERT(header.has_value());  // registration decoded the same bytes
    return *std::move(header);
}

}  // namespace

// [DA-BATCH.4]
system::CallResult apply_void_payload(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const Target target{.rollup = arguments.u64(0), .sequence = arguments.u64(1)};
    ENSHRINE_TRY(auto batch, load_target(context, target));
    const BatchHeader header = header_of(batch);
    if (header.scheme != PayloadScheme::native || header.references.empty()) {
        return refuse<errors::no_matrix>(target.sequence);
    }
    const auto shape = data_availability::shape_of(header.payload_bytes);
    ENSHRINE_ASSERT(shape.has_value());  // the size is that of a publication
    const std::uint64_t gas = void_payload_byte_gas * shape->data_bytes();
    if (!context.charge(gas)) return system::out_of_gas(context.gas_limit(), gas);

    auto rows = data_availability::decode_row_proofs(*shape, arguments.bytes(4));
    if (!rows) return refuse<errors::evidence_refused>(rows.error().message());
    const MalformationEvidence evidence{
        .row_root = arguments.bytes32(2), .combinations = to_bytes(arguments.bytes(3)), .rows = *std::move(rows)};
    const auto malformed = data_availability::verify_malformation(*shape, header.references.front(), evidence);
    if (!malformed) return refuse<errors::evidence_refused>(malformed.error().message());

    // What a proof or a run has shown of the payload that counted until now holds no longer [POLICY.6]. It is about the
    // first batch that is not settled [POLICY.5].
    const auto progress = load_progress(context.state, target.rollup);
    if (target.sequence == progress->settled_sequence + 1) erase_agreement(context.state, target.rollup);
    batch.payload_void = true;
    store_batch(context.state, target.rollup, target.sequence, batch);
    system::emit<events::payload_voided>(context, target.rollup, target.sequence, header.references.front());
    return Bytes{};
}

}  // namespace enshrine::rollup_registry
