// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/data_availability/byte_price.hpp>
#include <enshrine/data_availability/genesis.hpp>
#include <enshrine/data_availability/interface.hpp>
#include <enshrine/data_availability/publications.hpp>
#include <enshrine/system/call_for_test.hpp>

/// A state with a committee of one, whose key is 1, and calls of IDataAvailability, for tests of this module.
namespace enshrine::data_availability {

[[nodiscard]] inline crypto::SecretKey committee_key(Byte number = 1) noexcept {
    crypto::SecretKey out;
    out[31] = number;
    return out;
}
[[nodiscard]] inline Hash32 open_namespace(Byte number) noexcept {
    Hash32 out;
    out[0] = number;
    return out;
}

class PublicationChain : public system::TestChain {
public:
    static constexpr std::string_view publish_declaration =
        "publish(bytes32 namespace, bytes32 commitment, uint64 size, bytes certificate)";
    static constexpr std::string_view publish_matrix_declaration =
        "publishMatrix(bytes32[] namespaces, uint64[] sizes, bytes32 commitment, bytes certificate)";

    PublicationChain() {
        administrator[0] = 0xad;
        publisher[0] = 0xbb;
        GenesisConfig config;
        config.committee = {sole_member(*crypto::address_of(committee_key()))};
        config.administrator = administrator;
        config.retention_blocks_min = 100;
        config.retention_blocks_max = 1'000;
        ENSHRINE_ASSERT(store_genesis(state, config).has_value());
        ENSHRINE_ASSERT(system::credit(state, publisher, Amount{std::uint64_t{1} << 62}).has_value());
    }

    [[nodiscard]] Bytes certificate(const Publication& publication, Byte key = 1) const {
        const crypto::SecretKey secret = committee_key(key);
        return *crypto::make_quorum_certificate(publication_digest(block.chain_id, publication), std::span{&secret, 1});
    }
    system::CallResult publish(const Publication& publication, std::uint64_t value, BytesView signatures) {
        return call(
            {.contract = contract(), .caller = publisher, .method = publish_declaration, .value = Amount{value}},
            publication.blobs[0].name_space, publication.commitment, publication.blobs[0].size, signatures);
    }
    system::CallResult publish(const Publication& publication, std::uint64_t value = std::uint64_t{1} << 40) {
        return publish(publication, value, certificate(publication));
    }
    system::CallResult publish_matrix(const Publication& publication, BytesView signatures,
                                      std::uint64_t value = std::uint64_t{1} << 40) {
        std::vector<Hash32> namespaces;
        std::vector<Hash32> sizes;
        for (const PublishedBlob& blob : publication.blobs) {
            namespaces.push_back(blob.name_space);
            sizes.push_back(U256{blob.size}.to_be());
        }
        return call(
            {.contract = contract(), .caller = publisher, .method = publish_matrix_declaration, .value = Amount{value}},
            namespaces, sizes, publication.commitment, signatures);
    }
    template <class... Values>
    system::CallResult as(const Address& caller, std::string_view method, const Values&... values) {
        return call({.contract = contract(), .caller = caller, .method = method}, values...);
    }
    [[nodiscard]] Amount balance(const Address& address) const { return system::load_account(state, address).balance; }
    /// Ends the block and begins the next one.
    void next_block(std::uint64_t blocks = 1) {
        settle_block_bytes(state);
        block.height += blocks;
    }

    Address administrator;
    Address publisher;
};

[[nodiscard]] inline Publication publication_of(std::vector<PublishedBlob> blobs, Byte commitment = 7) {
    Publication out;
    out.commitment[0] = commitment;
    out.blobs = std::move(blobs);
    return out;
}

}  // namespace enshrine::data_availability
