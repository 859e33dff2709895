// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/network/local_peer.hpp>

#include <fmt/format.h>

namespace enshrine::network {
namespace {

std::unexpected<PeerFault> refused(const RefusalMessage& refusal) {
    return std::unexpected{PeerFault{.code = PeerError::refused, .text = refusal.text}};
}
std::unexpected<PeerFault> cancelled() {
    return std::unexpected{PeerFault{.code = PeerError::cancelled, .text = "given up"}};
}

}  // namespace

PeerResult<PeerInfo> LocalPeer::info() {
    return service_.info();
}

PeerResult<MemberSignature> LocalPeer::upload(const ShardUpload& upload) {
    const auto& matrix = upload.matrix;
    auto begun = service_.begin_upload({.chain_id = upload.chain_id,
                                        .publication = upload.publication,
                                        .row_root = matrix.row_root(),
                                        .combinations = to_bytes(matrix.combinations())});
    if (!begun) return refused(begun.error());
    if (const auto* signature = std::get_if<MemberSignature>(&*begun)) return *signature;
    auto& session = std::get<ShardService::Upload>(*begun);
    const std::uint32_t row_bytes = matrix.shape().row_bytes;
    const std::size_t rows_at_once = rows_per_request(row_bytes);
    Bytes rows;
    for (std::size_t i = 0; i < upload.rows.size(); i += rows_at_once) {
        if (cancelled_) return cancelled();
        const auto indices = upload.rows.subspan(i, std::min(rows_at_once, upload.rows.size() - i));
        rows.clear();
        for (const std::uint32_t index : indices) append(rows, matrix.row(index));
        const auto added = session.add({.indices = {indices.begin(), indices.end()},
                                        .row_bytes = row_bytes,
                                        .rows = rows,
                                        .siblings = matrix.prove_rows(indices)});
        if (!added) return refused(added.error());
    }
    const auto signature = session.finish();
    if (!signature) return refused(signature.error());
    return *signature;
}

PeerResult<std::optional<MatrixHeader>> LocalPeer::header(const Hash32& commitment) {
    if (cancelled_) return cancelled();
    auto found = service_.header(commitment);
    if (!found) return refused(found.error());
    return *std::move(found);
}

PeerResult<ProvenRows> LocalPeer::rows(const Hash32& commitment, std::uint32_t,
                                       std::span<const std::uint32_t> indices) {
    if (cancelled_) return cancelled();
    auto found = service_.rows({.commitment = commitment, .indices = {indices.begin(), indices.end()}});
    if (!found) return refused(found.error());
    return *std::move(found);
}

PeerResult<bool> LocalPeer::has(const Hash32& commitment) {
    return service_.has(commitment);
}

Connect connect_locally(ShardService& service, Connect others) {
    return [&service, others = std::move(others)](
               const data_availability::CommitteeMember& member) -> PeerResult<std::unique_ptr<ShardPeer>> {
        if (member.address == service.address()) return std::make_unique<LocalPeer>(service);
        if (others) return others(member);
        return std::unexpected{
            PeerFault{.code = PeerError::unreachable, .text = fmt::format("{} is not this node", member.endpoint)}};
    };
}

}  // namespace enshrine::network
