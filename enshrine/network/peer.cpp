// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/network/peer.hpp>

namespace enshrine::network {
namespace {

std::string_view message(std::uint16_t code) noexcept {
    switch (PeerError{code}) {
        case PeerError::unreachable:
            return "the storage node cannot be reached";
        case PeerError::wrong_identity:
            return "the TLS key is not the one that the committee lists";
        case PeerError::timed_out:
            return "the storage node stalled";
        case PeerError::closed:
            return "the storage node closed the connection";
        case PeerError::malformed:
            return "the storage node sent what the protocol does not allow";
        case PeerError::refused:
            return "the storage node refused";
        case PeerError::lied:
            return "the storage node sent what does not verify";
        case PeerError::cancelled:
            return "given up";
    }
    return "unknown peer error";
}

}  // namespace

const ErrorDomain& error_domain(PeerError) noexcept {
    static constexpr ErrorDomain domain{"network.peer", message};
    return domain;
}

}  // namespace enshrine::network
