// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/rlp.hpp>
#include <enshrine/types/blob_sidecar.hpp>

#include <gtest/gtest.h>

#include <functional>

namespace enshrine::types {
namespace {

using codec::rlp::Writer;

/// Well-formed, though nobody signed it: decoding does not recover the sender.
Transaction blob_transaction(std::size_t blob_count) {
    Transaction out;
    out.type = TxnType::blob;
    out.chain_id = 1337;
    out.gas_limit = 21000;
    out.to = Address{{1}};
    out.max_fee_per_blob_gas = U256{1};
    out.blob_versioned_hashes.assign(blob_count, Hash32{{blob_hash_version_kzg}});
    out.signature = {.r = U256{1}, .s = U256{1}, .recovery_id = 0};
    return out;
}

NetworkTransaction sample(SidecarVersion version, std::size_t blob_count) {
    BlobSidecar sidecar;
    sidecar.version = version;
    for (std::size_t i = 0; i < blob_count; ++i) {
        sidecar.blobs.emplace_back(crypto::kzg::blob_bytes, static_cast<Byte>(i));
        sidecar.commitments.push_back(crypto::kzg::Commitment{{static_cast<Byte>(i)}});
    }
    sidecar.proofs.resize(blob_count * proofs_per_blob(version));
    return {.transaction = blob_transaction(blob_count), .sidecar = sidecar};
}

class SidecarOfVersion : public testing::TestWithParam<SidecarVersion> {};
INSTANTIATE_TEST_SUITE_P(BothWrappers, SidecarOfVersion,
                         testing::Values(SidecarVersion::eip4844, SidecarVersion::eip7594));

TEST_P(SidecarOfVersion, RoundTrip) {
    for (std::size_t blob_count = 1; blob_count <= blobs_per_txn_max; ++blob_count) {
        const NetworkTransaction network_txn = sample(GetParam(), blob_count);
        const Bytes encoded = encode_network_transaction(network_txn);
        EXPECT_LE(encoded.size(), network_txn_bytes_max);
        const auto decoded = decode_network_transaction(encoded);
        ASSERT_TRUE(decoded.has_value()) << decoded.error().message();
        EXPECT_EQ(decoded->sidecar, network_txn.sidecar);
        EXPECT_EQ(encode_transaction(decoded->transaction), encode_transaction(network_txn.transaction));
        EXPECT_EQ(encode_network_transaction(*decoded), encoded);
    }
}

TEST_P(SidecarOfVersion, CountsHaveToFit) {
    const std::vector<std::pair<std::function<void(BlobSidecar&)>, SidecarError>> changes{
        {[](BlobSidecar& s) { s.blobs.pop_back(); }, SidecarError::blob_count_mismatch},
        {[](BlobSidecar& s) { s.blobs.push_back(s.blobs[0]); }, SidecarError::blob_count_mismatch},
        {[](BlobSidecar& s) { s.commitments.pop_back(); }, SidecarError::commitment_count_mismatch},
        {[](BlobSidecar& s) { s.commitments.emplace_back(); }, SidecarError::commitment_count_mismatch},
        {[](BlobSidecar& s) { s.proofs.pop_back(); }, SidecarError::proof_count_mismatch},
        {[](BlobSidecar& s) { s.proofs.emplace_back(); }, SidecarError::proof_count_mismatch},
        {[](BlobSidecar& s) { s.blobs[1].pop_back(); }, SidecarError::blob_wrong_size},
        {[](BlobSidecar& s) { s.blobs[1].push_back(0); }, SidecarError::blob_wrong_size},
    };
    for (const auto& [change, error] : changes) {
        NetworkTransaction network_txn = sample(GetParam(), 2);
        change(*network_txn.sidecar);
        const auto decoded = decode_network_transaction(encode_network_transaction(network_txn));
        ASSERT_FALSE(decoded.has_value());
        EXPECT_TRUE(decoded.error().is(error)) << decoded.error().message();
    }
}

/// The fields of a wrapper around one blob, for tests that rearrange them.
std::vector<Bytes> wrapper_fields(SidecarVersion version) {
    const Bytes encoded = encode_network_transaction(sample(version, 1));
    codec::rlp::Reader outer{BytesView{encoded}.subspan(1)};
    codec::rlp::Reader fields = outer.list().value();
    std::vector<Bytes> out;
    while (!fields.done()) out.push_back(to_bytes(fields.raw_item().value()));
    return out;
}

Bytes wrap(const std::vector<Bytes>& fields) {
    Bytes payload;
    for (const Bytes& field : fields) append(payload, field);
    return Writer{}.integer(std::uint64_t{3}).list(payload).take();
}

void expect_refused(const Bytes& encoded, SidecarError error) {
    const auto decoded = decode_network_transaction(encoded);
    ASSERT_FALSE(decoded.has_value());
    EXPECT_TRUE(decoded.error().is(error)) << decoded.error().message();
}

TEST(Sidecar, ShapeOfTheWrapper) {
    const std::vector<Bytes> good = wrapper_fields(SidecarVersion::eip7594);
    ASSERT_EQ(good.size(), 5U);
    EXPECT_TRUE(decode_network_transaction(wrap(good)).has_value());

    std::vector<Bytes> fields = good;
    fields[1] = Bytes{0x02};
    expect_refused(wrap(fields), SidecarError::unknown_version);
    fields[1] = Bytes{0x80};
    expect_refused(wrap(fields), SidecarError::unknown_version);
    fields[1] = Bytes{0x81, 0x01};
    expect_refused(wrap(fields), SidecarError::malformed_wrapper);

    fields = good;
    fields.push_back(Bytes{0x80});
    expect_refused(wrap(fields), SidecarError::malformed_wrapper);
    for (std::size_t missing = 4; missing > 0; --missing) {
        fields = good;
        fields.resize(missing);
        expect_refused(wrap(fields), SidecarError::malformed_wrapper);
    }
    Bytes trailing = wrap(good);
    trailing.push_back(0);
    expect_refused(trailing, SidecarError::malformed_wrapper);
}

TEST(Sidecar, SizesOfPoints) {
    const Bytes short_point = Writer{}.list(Writer{}.string(Bytes(47)).take()).take();
    std::vector<Bytes> fields = wrapper_fields(SidecarVersion::eip4844);
    fields[2] = short_point;
    expect_refused(wrap(fields), SidecarError::commitment_wrong_size);
    fields = wrapper_fields(SidecarVersion::eip4844);
    fields[3] = short_point;
    expect_refused(wrap(fields), SidecarError::proof_wrong_size);
    fields[3] = Writer{}.string(Bytes(48)).take();
    expect_refused(wrap(fields), SidecarError::malformed_wrapper);
}

TEST(Sidecar, ErrorsOfTheTransactionInside) {
    std::vector<Bytes> fields = wrapper_fields(SidecarVersion::eip4844);
    fields[0] = Bytes{0xc0};
    EXPECT_TRUE(decode_network_transaction(wrap(fields)).error().is(TxnError::missing_field));
}

TEST(Sidecar, OtherTransactionsPassThrough) {
    Transaction txn = blob_transaction(1);
    const Bytes without_sidecar = encode_transaction(txn);
    const auto blob = decode_network_transaction(without_sidecar);
    ASSERT_TRUE(blob.has_value());
    EXPECT_FALSE(blob->sidecar.has_value());
    EXPECT_EQ(encode_network_transaction(*blob), without_sidecar);

    txn.type = TxnType::dynamic_fee;
    EXPECT_TRUE(decode_network_transaction(encode_transaction(txn)).has_value());
    EXPECT_TRUE(decode_network_transaction({}).error().is(TxnError::empty));
    EXPECT_TRUE(decode_network_transaction(Bytes(network_txn_bytes_max + 1)).error().is(SidecarError::over_size));
    EXPECT_TRUE(decode_network_transaction(Bytes{3}).error().is(TxnError::malformed_envelope));
}

}  // namespace
}  // namespace enshrine::types
