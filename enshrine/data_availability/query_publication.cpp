// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/data_availability/byte_price.hpp>
#include <enshrine/data_availability/committee_state.hpp>
#include <enshrine/data_availability/errors.hpp>
#include <enshrine/data_availability/handlers.hpp>
#include <enshrine/data_availability/namespaces.hpp>
#include <enshrine/data_availability/publication_check.hpp>
#include <enshrine/data_availability/publications.hpp>
#include <enshrine/system/values.hpp>

namespace enshrine::data_availability {
namespace {

using system::CallResult;
using Words = std::vector<Hash32>;

Hash32 word_of(const Address& address) noexcept {
    Hash32 out;
    std::ranges::copy(address, out.end() - Address::size_bytes);
    return out;
}
Hash32 word_of(std::uint64_t value) noexcept {
    return U256{value}.to_be();
}

struct CommitteeColumns {
    Words addresses;
    Words stakes;
    Words tls_key_hashes;
    std::string endpoints;  ///< one per line
};
CommitteeColumns columns_of(std::span<const CommitteeMember> committee) {
    CommitteeColumns out;
    for (const CommitteeMember& member : committee) {
        out.addresses.push_back(word_of(member.address));
        out.stakes.push_back(word_of(member.stake));
        out.tls_key_hashes.push_back(member.tls_key_hash);
        out.endpoints.append(out.endpoints.empty() ? "" : "\n").append(member.endpoint);
    }
    return out;
}

}  // namespace

CallResult query_publication(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const auto record = load_publication(context.state, arguments.bytes32(0));
    if (!record) {
        constexpr std::uint64_t none = 0;
        return system::answer(false, none, none, none, none, none, none, Words{}, Words{}, Words{});
    }
    const auto layout = layout_of(sizes_of(record->blobs));
    ENSHRINE_ASSERT(layout.has_value());
    Words namespaces;
    Words sizes;
    Words first_rows;
    for (std::size_t i = 0; i < record->blobs.size(); ++i) {
        namespaces.push_back(record->blobs[i].name_space);
        sizes.push_back(word_of(record->blobs[i].size));
        first_rows.push_back(word_of(layout->first_rows[i]));
    }
    const Shape& shape = layout->shape;
    return system::answer(true, record->height, record->expires_at, record->epoch, std::uint64_t{shape.data_rows},
                          std::uint64_t{shape.parity_rows}, std::uint64_t{shape.row_bytes}, namespaces, sizes,
                          first_rows);
}

CallResult query_committee(system::CallContext& context, const codec::abi::Arguments&) {
    const CommitteeStatus status = load_committee_status(context.state);
    const auto committee = load_committee(context.state, status.epoch);
    ENSHRINE_ASSERT(committee.has_value());
    const CommitteeColumns columns = columns_of(*committee);
    return system::answer(status.epoch, status.administrator, columns.addresses, columns.stakes, columns.tls_key_hashes,
                          std::string_view{columns.endpoints});
}

CallResult query_committee_at(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const auto committee = load_committee(context.state, arguments.u64(0));
    const CommitteeColumns columns = committee ? columns_of(*committee) : CommitteeColumns{};
    return system::answer(committee.has_value(), columns.addresses, columns.stakes, columns.tls_key_hashes,
                          std::string_view{columns.endpoints});
}

CallResult query_retention(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const Hash32 name_space = arguments.bytes32(0);
    const NamespaceRecord record = load_namespace(context.state, name_space);
    const RetentionBounds range = retention_range(context.state, record);
    return system::answer(retention_of(context.state, name_space), range.least, range.most, record.owner);
}

CallResult query_byte_price(system::CallContext& context, const codec::abi::Arguments&) {
    return system::answer(byte_price(context.state));
}

CallResult query_fee(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const std::size_t count = arguments.array_size(0);
    if (count > matrix_blobs_max) {
        return system::refuse<errors::too_many_blobs>(std::uint64_t{matrix_blobs_max}, std::uint64_t{count});
    }
    std::vector<std::uint64_t> sizes;
    for (std::size_t i = 0; i < count; ++i) sizes.push_back(U256::from_be(arguments.array_word(0, i).view()).low_u64());
    ENSHRINE_TRY(const auto layout, check_sizes(sizes));
    const std::uint64_t data_bytes = layout.shape.data_bytes();
    return system::answer(fee_of(context.state, data_bytes), data_bytes);
}

}  // namespace enshrine::data_availability
