// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/client/contract_view.hpp>
#include <enshrine/client/data_availability_contract.hpp>
#include <enshrine/system/addresses.hpp>

namespace enshrine::client {
namespace {

using codec::abi::Arguments;
using codec::abi::Encoder;
using data_availability::Committee;
using data_availability::CommitteeMember;
using data_availability::Publication;
using data_availability::PublicationRecord;
using rpc::RpcResult;

RpcResult<ViewAnswer> ask(L1Client& l1, std::string_view declaration, std::string_view returns,
                          const Encoder& arguments) {
    return client::ask(l1, {system::data_availability_address, declaration, returns}, arguments);
}

std::optional<std::uint64_t> number_of(const Hash32& word) noexcept {
    const U256 value = U256::from_be(word.view());
    if (value > U256{UINT64_MAX}) return std::nullopt;
    return value.low_u64();
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        out.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

std::vector<Hash32> words_of(std::span<const std::uint64_t> values) {
    std::vector<Hash32> out;
    for (const std::uint64_t value : values) out.push_back(U256{value}.to_be());
    return out;
}

/// Addresses, stakes, key hashes and endpoints, from value `first` on.
RpcResult<std::vector<CommitteeMember>> members_of(const Arguments& values, std::size_t first) {
    const std::size_t count = values.array_size(first);
    const auto endpoints = lines_of(as_text(values.bytes(first + 3)));
    if (values.array_size(first + 1) != count || values.array_size(first + 2) != count || endpoints.size() != count) {
        return bad_view_answer("committee", "its columns have different lengths");
    }
    std::vector<CommitteeMember> out(count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto stake = number_of(values.array_word(first + 1, i));
        if (!stake) return bad_view_answer("committee", "a stake does not fit 64 bits");
        out[i] = {.address = Address::from(values.array_word(first, i).view().last(Address::size_bytes)),
                  .stake = *stake,
                  .endpoint = endpoints[i],
                  .tls_key_hash = values.array_word(first + 2, i)};
    }
    if (const auto valid = data_availability::validate_committee(out); !valid) {
        return bad_view_answer("committee", valid.error().message());
    }
    return out;
}

}  // namespace

RpcResult<std::optional<PublicationRecord>> publication(L1Client& l1, const Hash32& commitment) {
    constexpr std::string_view returns =
        "bool known, uint64 height, uint64 expiresAt, uint64 epoch, uint64 dataRows, uint64 parityRows, uint64 "
        "rowBytes, bytes32[] namespaces, uint64[] sizes, uint64[] firstRows";
    ENSHRINE_TRY(const auto answer,
                 ask(l1, "publication(bytes32 commitment)", returns, Encoder{1}.bytes32(commitment)));
    const Arguments& values = answer.values;
    if (!values.boolean(0)) return std::nullopt;
    PublicationRecord out{.height = values.u64(1), .epoch = values.u64(3), .expires_at = values.u64(2), .blobs = {}};
    if (values.array_size(7) != values.array_size(8)) return bad_view_answer("publication", "namespaces without sizes");
    for (std::size_t i = 0; i < values.array_size(7); ++i) {
        const auto size = number_of(values.array_word(8, i));
        if (!size) return bad_view_answer("publication", "a size does not fit 64 bits");
        out.blobs.push_back({.name_space = values.array_word(7, i), .size = *size});
    }
    return std::optional{std::move(out)};
}

RpcResult<Committee> committee(L1Client& l1) {
    ENSHRINE_TRY(const auto answer,
                 ask(l1, "committee()",
                     "uint64 epoch, address administrator, address[] members, uint64[] stakes, bytes32[] tlsKeyHashes, "
                     "string endpoints",
                     Encoder{0}));
    Committee out{.epoch = answer.values.u64(0), .members = {}};
    ENSHRINE_TRY(out.members, members_of(answer.values, 2));
    return out;
}

RpcResult<std::optional<Committee>> committee_at(L1Client& l1, std::uint64_t epoch) {
    ENSHRINE_TRY(const auto answer,
                 ask(l1, "committeeAt(uint64 epoch)",
                     "bool known, address[] members, uint64[] stakes, bytes32[] tlsKeyHashes, string endpoints",
                     Encoder{1}.u64(epoch)));
    if (!answer.values.boolean(0)) return std::nullopt;
    Committee out{.epoch = epoch, .members = {}};
    ENSHRINE_TRY(out.members, members_of(answer.values, 1));
    return std::optional{std::move(out)};
}

RpcResult<U256> publication_fee(L1Client& l1, std::span<const std::uint64_t> sizes) {
    ENSHRINE_TRY(const auto answer,
                 ask(l1, "fee(uint64[] sizes)", "uint256 amount, uint64 dataBytes", Encoder{1}.words(words_of(sizes))));
    return answer.values.u256(0);
}

Bytes publish_calldata(const Publication& publication, BytesView certificate) {
    Encoder arguments{4};
    if (publication.blobs.size() == 1) {
        const data_availability::PublishedBlob& blob = publication.blobs.front();
        arguments.bytes32(blob.name_space).bytes32(publication.commitment).u64(blob.size).bytes(certificate);
        return arguments.finish_call(
            codec::abi::selector("publish(bytes32 namespace, bytes32 commitment, uint64 size, bytes certificate)"));
    }
    std::vector<Hash32> name_spaces;
    for (const data_availability::PublishedBlob& blob : publication.blobs) name_spaces.push_back(blob.name_space);
    arguments.words(name_spaces).words(words_of(data_availability::sizes_of(publication.blobs)));
    arguments.bytes32(publication.commitment).bytes(certificate);
    return arguments.finish_call(codec::abi::selector(
        "publishMatrix(bytes32[] namespaces, uint64[] sizes, bytes32 commitment, bytes certificate)"));
}

RpcResult<Wallet::Call> publish_call(L1Client& l1, const Publication& publication, BytesView certificate) {
    ENSHRINE_TRY(const U256 fee, publication_fee(l1, data_availability::sizes_of(publication.blobs)));
    return Wallet::Call{.to = system::data_availability_address,
                        .value = Amount{fee + fee},
                        .data = publish_calldata(publication, certificate),
                        .blobs = {},
                        .gas_limit = {},
                        .nonce = {}};
}

}  // namespace enshrine::client
