// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/rlp.hpp>
#include <enshrine/types/blob_sidecar.hpp>

#include <utility>

namespace enshrine::types {
namespace {

using codec::rlp::Reader;
using codec::rlp::Writer;

constexpr Byte blob_type_byte = std::to_underlying(TxnType::blob);

Result<Reader> read_list(Reader& fields) noexcept {
    const auto list = fields.list();
    if (!list) return fail(SidecarError::malformed_wrapper);
    return *list;
}

Result<SidecarVersion> read_version(Reader& fields) noexcept {
    // The older wrapper has no version: its blobs, a list, follow the transaction.
    if (fields.next_is_list()) return SidecarVersion::eip4844;
    const auto version = fields.u64();
    if (!version) return fail(SidecarError::malformed_wrapper);
    if (*version != std::to_underlying(SidecarVersion::eip7594)) return fail(SidecarError::unknown_version);
    return SidecarVersion::eip7594;
}

Result<std::vector<crypto::kzg::Blob>> read_blobs(Reader& fields, std::size_t count) noexcept {
    ENSHRINE_TRY(auto list, read_list(fields));
    std::vector<crypto::kzg::Blob> out;
    while (!list.done()) {
        const auto blob = list.string();
        if (!blob) return fail(SidecarError::malformed_wrapper);
        if (blob->size() != crypto::kzg::blob_bytes) return fail(SidecarError::blob_wrong_size);
        if (out.size() == count) return fail(SidecarError::blob_count_mismatch);
        out.push_back(to_bytes(*blob));
    }
    if (out.size() != count) return fail(SidecarError::blob_count_mismatch);
    return out;
}

/// What the lists of commitments and of proofs have in common.
struct PointErrors {
    SidecarError wrong_size;
    SidecarError count_mismatch;
};

template <class Point>
Result<std::vector<Point>> read_points(Reader& fields, std::size_t count, PointErrors errors) noexcept {
    ENSHRINE_TRY(auto list, read_list(fields));
    std::vector<Point> out;
    while (!list.done()) {
        const auto point = list.string();
        if (!point) return fail(SidecarError::malformed_wrapper);
        if (point->size() != Point::size_bytes) return fail(errors.wrong_size);
        if (out.size() == count) return fail(errors.count_mismatch);
        out.push_back(Point::from(*point));
    }
    if (out.size() != count) return fail(errors.count_mismatch);
    return out;
}

Result<BlobSidecar> read_sidecar(Reader& fields, std::size_t blob_count) noexcept {
    constexpr PointErrors commitment_errors{SidecarError::commitment_wrong_size,
                                            SidecarError::commitment_count_mismatch};
    constexpr PointErrors proof_errors{SidecarError::proof_wrong_size, SidecarError::proof_count_mismatch};
    BlobSidecar out;
    ENSHRINE_TRY(out.version, read_version(fields));
    ENSHRINE_TRY(out.blobs, read_blobs(fields, blob_count));
    ENSHRINE_TRY(out.commitments, read_points<crypto::kzg::Commitment>(fields, blob_count, commitment_errors));
    const std::size_t proof_count = blob_count * proofs_per_blob(out.version);
    ENSHRINE_TRY(out.proofs, read_points<crypto::kzg::Proof>(fields, proof_count, proof_errors));
    if (!fields.done()) return fail(SidecarError::malformed_wrapper);
    return out;
}

/// `fields` are those of the wrapper, the transaction's list first.
Result<NetworkTransaction> decode_wrapped(Reader fields) noexcept {
    const auto payload = fields.raw_item();
    if (!payload) return fail(SidecarError::malformed_wrapper);
    Bytes canonical{blob_type_byte};
    append(canonical, *payload);
    NetworkTransaction out;
    ENSHRINE_TRY(out.transaction, decode_transaction(canonical));
    ENSHRINE_TRY(out.sidecar, read_sidecar(fields, out.transaction.blob_versioned_hashes.size()));
    return out;
}

template <class Item>
void write_list(Writer& out, const std::vector<Item>& items) {
    Writer list;
    for (const Item& item : items) list.string(BytesView{item});
    out.list(list.bytes());
}

}  // namespace

const ErrorDomain& error_domain(SidecarError) noexcept {
    static constexpr ErrorDomain domain{"blob_sidecar", [](std::uint16_t code) noexcept -> std::string_view {
                                            switch (SidecarError{code}) {
                                                case SidecarError::over_size:
                                                    return "transaction and blobs over the size limit";
                                                case SidecarError::malformed_wrapper:
                                                    return "the blob wrapper is not a canonical RLP list of its fields";
                                                case SidecarError::unknown_version:
                                                    return "unknown version of the blob wrapper";
                                                case SidecarError::blob_wrong_size:
                                                    return "a blob is not 131072 bytes long";
                                                case SidecarError::commitment_wrong_size:
                                                    return "a blob commitment is not 48 bytes long";
                                                case SidecarError::proof_wrong_size:
                                                    return "a blob proof is not 48 bytes long";
                                                case SidecarError::blob_count_mismatch:
                                                    return "not one blob per versioned hash";
                                                case SidecarError::commitment_count_mismatch:
                                                    return "not one commitment per blob";
                                                case SidecarError::proof_count_mismatch:
                                                    return "the number of proofs does not fit the blobs";
                                            }
                                            return "unknown blob sidecar error";
                                        }};
    return domain;
}

Result<NetworkTransaction> decode_network_transaction(BytesView bytes) noexcept {
    if (bytes.size() > network_txn_bytes_max) return fail(SidecarError::over_size);
    if (!bytes.empty() && bytes[0] == blob_type_byte) {
        Reader outer{bytes.subspan(1)};
        const auto fields = outer.list();
        // Without sidecar the first field is the chain id, a string.
        if (fields && fields->next_is_list()) {
            if (!outer.done()) return fail(SidecarError::malformed_wrapper);
            return decode_wrapped(*fields);
        }
    }
    NetworkTransaction out;
    ENSHRINE_TRY(out.transaction, decode_transaction(bytes));
    return out;
}

Bytes encode_network_transaction(const NetworkTransaction& network_txn) {
    const Bytes canonical = encode_transaction(network_txn.transaction);
    if (!network_txn.sidecar) return canonical;
    const BlobSidecar& sidecar = *network_txn.sidecar;
    ENSHRINE_ASSERT(network_txn.transaction.type == TxnType::blob);
    Writer fields;
    fields.raw(BytesView{canonical}.subspan(1));
    if (sidecar.version == SidecarVersion::eip7594) fields.integer(std::uint64_t{std::to_underlying(sidecar.version)});
    write_list(fields, sidecar.blobs);
    write_list(fields, sidecar.commitments);
    write_list(fields, sidecar.proofs);
    Writer out;
    out.integer(std::uint64_t{blob_type_byte});
    out.list(fields.bytes());
    return out.take();
}

}  // namespace enshrine::types
