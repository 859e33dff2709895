// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/base/integer.hpp>
#include <enshrine/data_availability/shape.hpp>
#include <enshrine/sequencing/batch.hpp>

#include <cmd/enshrine/da_blobs.hpp>
#include <fmt/format.h>

namespace enshrine::cli {

namespace kzg = crypto::kzg;

namespace {

constexpr std::size_t header_bytes = data_availability::frame_header_bytes;
constexpr std::size_t file_bytes_max = kzg_blobs_max * sequencing::blob_payload_bytes - header_bytes;
static_assert(kzg_blobs_max == sequencing::blobs_per_batch_max);

CliResult<std::vector<Bytes>> split_raw(const std::string& path) {
    ENSHRINE_TRY(const auto content, read_file(path, kzg_blobs_max * kzg::blob_bytes));
    if (content.empty() || content.size() % kzg::blob_bytes != 0) {
        return bad_usage(fmt::format("--raw: expected 1 to {} blobs of {} bytes, got {} bytes", kzg_blobs_max,
                                     kzg::blob_bytes, content.size()));
    }
    std::vector<Bytes> out;
    for (std::size_t at = 0; at < content.size(); at += kzg::blob_bytes) {
        out.push_back(to_bytes(BytesView{content}.subspan(at, kzg::blob_bytes)));
    }
    return out;
}

}  // namespace

CliResult<std::vector<Bytes>> pack_file(const std::string& path, bool raw) {
    if (raw) return split_raw(path);
    ENSHRINE_TRY(const auto content, read_file(path, file_bytes_max));
    if (content.empty()) return bad_usage("the file is empty: expected at least 1 byte");
    Bytes payload(header_bytes);
    store_be(&payload[1], static_cast<std::uint32_t>(content.size()));
    append(payload, content);
    return sequencing::pack_blobs(payload);
}

CliResult<Bytes> unpack_file(const std::vector<Bytes>& blobs) {
    const std::vector<BytesView> views(blobs.begin(), blobs.end());
    const auto payload = sequencing::unpack_blobs(views, views.size() * sequencing::blob_payload_bytes);
    if (!payload) return refused(fmt::format("the blobs: {}", payload.error().message()));
    const std::uint64_t size = load_be<std::uint32_t>(&(*payload)[1]);
    if ((*payload)[0] != 0 || size == 0 || sequencing::blobs_needed(header_bytes + size) != blobs.size()) {
        return refused(fmt::format("the blobs hold no framed file: expected version 0 and a size that fills {} blobs, "
                                   "got {} and {}",
                                   blobs.size(), (*payload)[0], size),
                       "--raw gives the blobs as they are");
    }
    return to_bytes(BytesView{*payload}.subspan(header_bytes, size));
}

CliResult<kzg::Commitment> commit_blob(const Bytes& blob) {
    const auto commitment = kzg::blob_to_commitment(blob);
    if (!commitment) return bad_usage(fmt::format("the blob: {}", commitment.error().message()));
    return *commitment;
}

}  // namespace enshrine::cli
