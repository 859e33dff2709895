// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/data_availability/byte_price.hpp>
#include <enshrine/data_availability/errors.hpp>
#include <enshrine/data_availability/events.hpp>
#include <enshrine/data_availability/handlers.hpp>
#include <enshrine/data_availability/namespaces.hpp>
#include <enshrine/data_availability/params.hpp>
#include <enshrine/data_availability/publication_check.hpp>
#include <enshrine/data_availability/publications.hpp>
#include <enshrine/system/accounts.hpp>
#include <enshrine/system/values.hpp>

#include <algorithm>

namespace enshrine::data_availability {
namespace {

using system::CallResult;
using system::refuse;

/// The work of a publication, paid before it is done.
Checked<void> charge_work(system::CallContext& context, std::size_t blobs, std::size_t certificate_bytes) {
    const std::uint64_t signatures = (certificate_bytes + crypto::signature_bytes - 1) / crypto::signature_bytes;
    const std::uint64_t gas = blobs * published_blob_gas + signatures * certificate_signature_gas;
    if (!context.charge(gas)) return system::out_of_gas(context.gas_limit(), gas);
    return {};
}

/// [DA-RET.4]
std::uint64_t longest_retention(const state::StateView& state, std::span<const PublishedBlob> blobs) {
    std::uint64_t out = 0;
    for (const PublishedBlob& blob : blobs) out = std::max(out, retention_of(state, blob.name_space));
    return out;
}

/// [DA-FEE.5] The fee vanishes from the contract's account, on which the value of the call lies; the rest goes back.
void settle_value(system::CallContext& context, const Amount& fee) {
    const auto rest = checked_sub(context.value, fee);
    ENSHRINE_ASSERT(rest.has_value());
    const auto burned = system::debit(context.state, context.self, fee);
    ENSHRINE_ASSERT(burned.has_value());
    // It came from this account within this call, so that it fits its balance again.
    const auto returned = system::transfer(context.state, context.self, context.caller, *rest);
    ENSHRINE_ASSERT(returned.has_value());
}

void emit_publication(system::CallContext& context, const Publication& publication, const MatrixLayout& layout,
                      const Amount& fee, std::uint64_t expires_at) {
    system::emit<events::matrix_published>(
        context, publication.commitment, context.caller, std::uint64_t{publication.blobs.size()},
        std::uint64_t{layout.shape.data_bytes()}, fee, publication.epoch, expires_at);
    for (std::size_t i = 0; i < publication.blobs.size(); ++i) {
        system::emit<events::blob_published>(context, publication.blobs[i].name_space, publication.commitment,
                                             publication.blobs[i].size, std::uint64_t{layout.first_rows[i]});
    }
}

CallResult publish(system::CallContext& context, Publication publication, BytesView certificate) {
    ENSHRINE_TRY(const auto layout, check_sizes(sizes_of(publication.blobs)));
    ENSHRINE_CHECK(charge_work(context, publication.blobs.size(), certificate.size()));
    if (publication.commitment.is_zero()) return refuse<errors::zero_commitment>();
    ENSHRINE_CHECK(check_namespaces(context.state, publication.blobs));
    const std::uint64_t data_bytes = layout.shape.data_bytes();  // [DA-FEE.1]
    ENSHRINE_CHECK(check_room(context.state, data_bytes));
    ENSHRINE_TRY(const auto fee, check_fee(context, data_bytes));
    ENSHRINE_TRY(publication.epoch, check_certificate(context, publication, certificate));

    settle_value(context, fee);
    store_block_bytes(context.state, load_block_bytes(context.state) + data_bytes);
    const std::uint64_t expires_at =
        record_publication(context.state, publication.commitment,
                           {.height = context.block.height,
                            .epoch = publication.epoch,
                            .expires_at = context.block.height + longest_retention(context.state, publication.blobs),
                            .blobs = publication.blobs});
    emit_publication(context, publication, layout, fee, expires_at);
    return system::answer(expires_at);
}

}  // namespace

CallResult apply_publish(system::CallContext& context, const codec::abi::Arguments& arguments) {
    Publication publication;
    publication.blobs = {{.name_space = arguments.bytes32(0), .size = arguments.u64(2)}};
    publication.commitment = arguments.bytes32(1);
    return publish(context, std::move(publication), arguments.bytes(3));
}

CallResult apply_publish_matrix(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const std::size_t count = arguments.array_size(0);
    const std::size_t sizes = arguments.array_size(1);
    if (sizes != count) {
        return refuse<errors::wrong_length>(std::string_view{"sizes"}, std::uint64_t{count}, std::uint64_t{sizes});
    }
    if (count > matrix_blobs_max) {  // before memory is spent on them
        return refuse<errors::too_many_blobs>(std::uint64_t{matrix_blobs_max}, std::uint64_t{count});
    }
    Publication publication;
    for (std::size_t i = 0; i < count; ++i) {
        const U256 size = U256::from_be(arguments.array_word(1, i).view());
        publication.blobs.push_back({.name_space = arguments.array_word(0, i), .size = size.low_u64()});
    }
    publication.commitment = arguments.bytes32(2);
    return publish(context, std::move(publication), arguments.bytes(3));
}

}  // namespace enshrine::data_availability
