// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/data_availability/byte_price.hpp>
#include <enshrine/data_availability/committee_state.hpp>
#include <enshrine/data_availability/errors.hpp>
#include <enshrine/data_availability/namespaces.hpp>
#include <enshrine/data_availability/params.hpp>
#include <enshrine/data_availability/publication_check.hpp>
#include <enshrine/system/values.hpp>

#include <numeric>

namespace enshrine::data_availability {

using system::refuse;

Checked<MatrixLayout> check_sizes(std::span<const std::uint64_t> sizes) {
    if (sizes.empty()) return refuse<errors::no_blobs>();
    if (sizes.size() > matrix_blobs_max) {
        return refuse<errors::too_many_blobs>(std::uint64_t{matrix_blobs_max}, std::uint64_t{sizes.size()});
    }
    for (std::uint64_t i = 0; i < sizes.size(); ++i) {
        if (sizes[i] == 0) return refuse<errors::empty_blob>(i);
        if (sizes[i] > native_blob_bytes_max) return refuse<errors::blob_too_large>(i, native_blob_bytes_max, sizes[i]);
    }
    auto layout = layout_of(sizes);
    if (!layout) {  // each blob fits, so that they do not fit together
        const std::uint64_t sum = std::accumulate(sizes.begin(), sizes.end(), std::uint64_t{0});
        return refuse<errors::matrix_too_large>(std::uint64_t{matrix_bytes_max}, sum);
    }
    return *std::move(layout);
}

Checked<void> check_namespaces(const state::StateView& state, std::span<const PublishedBlob> blobs) {
    for (std::uint64_t i = 0; i < blobs.size(); ++i) {
        const auto rollup = rollup_of_namespace(blobs[i].name_space);
        if (!rollup) continue;
        if (*rollup == 0) return refuse<errors::zero_namespace>(i);
        const bool registered = !load_namespace(state, blobs[i].name_space).owner.is_zero();
        if (!registered) return refuse<errors::unknown_rollup>(i, *rollup);
    }
    return {};
}

Checked<void> check_room(const state::StateView& state, std::uint64_t data_bytes) {
    const std::uint64_t used = load_block_bytes(state);
    if (data_bytes > block_data_bytes_max - used) {
        return refuse<errors::block_full>(block_data_bytes_max, used, data_bytes);
    }
    return {};
}

Amount fee_of(const state::StateView& state, std::uint64_t data_bytes) {
    constexpr U256 all_ones{~std::uint64_t{0}, ~std::uint64_t{0}, ~std::uint64_t{0}, ~std::uint64_t{0}};
    const auto fee = checked_mul(Amount{byte_price(state)}, data_bytes);
    return fee ? *fee : Amount{all_ones};
}

Checked<Amount> check_fee(const system::CallContext& context, std::uint64_t data_bytes) {
    const Amount fee = fee_of(context.state, data_bytes);
    if (context.value < fee) return refuse<errors::fee_too_low>(fee, context.value, byte_price(context.state));
    return fee;
}

Checked<std::uint64_t> check_certificate(const system::CallContext& context, Publication publication,
                                         BytesView certificate) {
    const CommitteeStatus status = load_committee_status(context.state);
    std::string_view reason;
    for (const std::uint64_t epoch : certifying_epochs(status, context.block.height)) {
        const auto committee = load_committee(context.state, epoch);
        ENSHRINE_ASSERT(committee.has_value());
        publication.epoch = epoch;
        const Hash32 digest = publication_digest(context.block.chain_id, publication);
        const auto verified = verify_publication_certificate(certificate, digest, *committee);
        if (verified) return epoch;
        if (reason.empty()) reason = verified.error().message();
    }
    return refuse<errors::bad_certificate>(reason, status.epoch);
}

}  // namespace enshrine::data_availability
