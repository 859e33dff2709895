// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/binary.hpp>
#include <enshrine/types/account.hpp>

namespace enshrine::types {

Bytes encode_account(const Account& account) {
    return codec::BinaryWriter{}.u64(account.nonce).u256(account.balance.wei()).take();
}

Result<Account> decode_account(BytesView bytes) noexcept {
    codec::BinaryReader reader{bytes};
    Account out;
    ENSHRINE_TRY(out.nonce, reader.u64());
    ENSHRINE_TRY(const auto wei, reader.u256());
    out.balance = Amount{wei};
    ENSHRINE_CHECK(reader.finish());
    return out;
}

}  // namespace enshrine::types
