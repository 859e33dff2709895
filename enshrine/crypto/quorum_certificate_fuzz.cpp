// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// verify_quorum_certificate against the rule in other words, for a committee whose keys are 1, 2 and 3.
#include <enshrine/base/assert.hpp>
#include <enshrine/crypto/quorum_certificate.hpp>

#include <array>
#include <vector>

using namespace enshrine;
using namespace enshrine::crypto;

namespace {

using Members = std::array<QuorumMember, 3>;

Members make_members() {
    Members out;
    for (std::size_t i = 0; i < out.size(); ++i) {
        SecretKey key;
        key[31] = static_cast<Byte>(i + 1);
        out[i] = {.address = *address_of(key), .stake = i + 1};
    }
    return out;
}

/// Signers are different members, written in order; their stake is 4 of 6 or more.
bool holds(BytesView certificate, const Members& members) {
    std::vector<Address> signers;
    std::uint64_t stake = 0;
    for (; certificate.size() >= signature_bytes; certificate = certificate.subspan(signature_bytes)) {
        const auto signature = decode_signature(certificate.first(signature_bytes));
        if (!signature) return false;
        const auto signer = recover_address(Hash32{}, *signature);
        if (!signer) return false;
        signers.push_back(*signer);
        for (const QuorumMember& member : members) stake += member.address == *signer ? member.stake : 0;
    }
    const auto is_member = [&](const Address& signer) {
        return std::ranges::find(members, signer, &QuorumMember::address) != members.end();
    };
    return certificate.empty() && std::ranges::is_sorted(signers, std::ranges::less_equal{}) &&
           std::ranges::all_of(signers, is_member) && stake >= 4;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Members members = make_members();
    const BytesView input{data, size};
    const bool accepted = verify_quorum_certificate(input, Hash32{}, members).has_value();
    ENSHRINE_ASSERT(accepted == holds(input, members));
    return 0;
}
