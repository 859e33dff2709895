// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/data_availability/committee.hpp>
#include <enshrine/data_availability/matrix.hpp>

#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// A storage node as its clients see it. Over TLS: shard_client.hpp; in memory: local_peer.hpp.
/// Rules: docs/spec/data_availability.md [DA-NET.*].
namespace enshrine::network {

enum class PeerError : std::uint16_t {
    unreachable = 1,  ///< no connection
    wrong_identity,   ///< its TLS key is not the one that the committee lists
    timed_out,        ///< stalled longer than the options allow
    closed,           ///< the connection ended in the middle of an exchange
    malformed,        ///< it sent what the protocol does not allow
    refused,          ///< it answered with an error, which the text quotes
    lied,             ///< it sent rows, headers or signatures that do not verify
    cancelled,        ///< we gave up: no fault of the peer
};
const ErrorDomain& error_domain(PeerError) noexcept;

struct PeerFault {
    PeerError code = PeerError::unreachable;
    std::string text;                                        ///< says what was expected and what came
    operator Error() const noexcept { return Error{code}; }  // NOLINT(google-explicit-constructor): for ENSHRINE_TRY
};
template <class T>
using PeerResult = std::expected<T, PeerFault>;

/// r ‖ s ‖ v over publication_digest [DA-CERT.2].
using MemberSignature = FixedBytes<65, struct MemberSignatureTag>;

struct PeerInfo {
    std::uint16_t protocol = 0;
    std::uint64_t chain_id = 0;
    Address address;  ///< whose signatures it makes
    std::uint64_t matrices = 0;
    std::uint64_t stored_bytes = 0;
    std::uint64_t damaged_rows = 0;
};

/// What verifies the rows of a matrix.
struct MatrixHeader {
    data_availability::Publication publication;
    Hash32 row_root;
    Bytes combinations;
};

/// Rows of strictly ascending indices with shared siblings [DA-CODE.10].
struct ProvenRows {
    std::vector<std::uint32_t> indices;
    Bytes rows;  ///< one after the other
    std::vector<Hash32> siblings;
};

/// What a submitter hands to one member.
struct ShardUpload {
    std::uint64_t chain_id = 0;
    const data_availability::Publication& publication;
    const data_availability::Matrix& matrix;
    std::span<const std::uint32_t> rows;  ///< the member's rows, ascending
};

/// One connection. One call at a time; `cancel` may be called meanwhile by another thread.
class ShardPeer {
public:
    virtual ~ShardPeer() = default;
    [[nodiscard]] virtual PeerResult<PeerInfo> info() = 0;
    [[nodiscard]] virtual PeerResult<MemberSignature> upload(const ShardUpload& upload) = 0;
    /// nullopt when the node does not keep the matrix.
    [[nodiscard]] virtual PeerResult<std::optional<MatrixHeader>> header(const Hash32& commitment) = 0;
    /// Those of the rows that the node has intact; `row_bytes` bounds the answer. At most rows_per_request(row_bytes).
    [[nodiscard]] virtual PeerResult<ProvenRows> rows(const Hash32& commitment, std::uint32_t row_bytes,
                                                      std::span<const std::uint32_t> indices) = 0;
    [[nodiscard]] virtual PeerResult<bool> has(const Hash32& commitment) = 0;
    /// Makes the running call and all later ones fail with `cancelled`.
    virtual void cancel() noexcept = 0;
    /// Bytes that went over the wire, encrypted, both ways together; 0 for peers in memory.
    [[nodiscard]] virtual std::uint64_t wire_bytes() const noexcept { return 0; }
};

/// Opens a connection to a member and checks its identity.
using Connect = std::function<PeerResult<std::unique_ptr<ShardPeer>>(const data_availability::CommitteeMember& member)>;

/// How one peer did, for reports.
struct PeerReport {
    Address address;
    std::string endpoint;
    std::optional<PeerFault> fault;  ///< the last one; without one the peer did all that was asked of it
    std::size_t rows = 0;            ///< that were accepted from it, or by it
    std::uint64_t wire_bytes = 0;
};

}  // namespace enshrine::network
