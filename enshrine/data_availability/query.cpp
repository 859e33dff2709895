// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/crypto/kzg.hpp>
#include <enshrine/data_availability/blob_records.hpp>
#include <enshrine/data_availability/errors.hpp>
#include <enshrine/data_availability/handlers.hpp>
#include <enshrine/system/values.hpp>

namespace enshrine::data_availability {

using system::CallResult;
using system::refuse;

namespace kzg = crypto::kzg;

CallResult query_blob_info(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const auto info = load_blob_info(context.state, arguments.bytes32(0));
    const BlobInfo known = info.value_or(BlobInfo{});
    return system::answer(info.has_value(), known.height, known.index, known.content_root);
}

CallResult query_verify_sample(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const Hash32 versioned_hash = arguments.bytes32(0);
    const BytesView commitment_bytes = arguments.bytes(1);
    const std::uint64_t index = arguments.u64(2);
    const BytesView cell_bytes = arguments.bytes(3);
    const BytesView proof_bytes = arguments.bytes(4);
    if (!load_blob_info(context.state, versioned_hash)) return refuse<errors::unknown_blob>(versioned_hash);
    struct Size {
        std::string_view argument;
        std::uint64_t expected;
        std::uint64_t got;
    };
    for (const Size& size : {Size{"commitment", kzg::Commitment::size_bytes, commitment_bytes.size()},
                             Size{"cell", kzg::cell_bytes, cell_bytes.size()},
                             Size{"proof", kzg::Proof::size_bytes, proof_bytes.size()}}) {
        if (size.got != size.expected) return refuse<errors::wrong_size>(size.argument, size.expected, size.got);
    }
    const auto commitment = kzg::Commitment::from(commitment_bytes);
    const Hash32 committed = kzg::versioned_hash(commitment);
    if (committed != versioned_hash) return refuse<errors::commitment_mismatch>(versioned_hash, committed);
    if (index >= kzg::cells_per_ext_blob) {
        return refuse<errors::cell_index_out_of_range>(std::uint64_t{kzg::cells_per_ext_blob}, index);
    }
    const kzg::CellStatement statement{.commitment = commitment,
                                       .index = index,
                                       .cell = kzg::Cell::from(cell_bytes),
                                       .proof = kzg::Proof::from(proof_bytes)};
    const auto verified = kzg::verify_cells(std::span{&statement, 1});
    if (!verified) return refuse<errors::sample_refused>(verified.error().message());
    return system::answer(true);
}

}  // namespace enshrine::data_availability
