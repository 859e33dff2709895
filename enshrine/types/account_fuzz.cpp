// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/assert.hpp>
#include <enshrine/types/account.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace enshrine;
    const BytesView input{data, size};
    const auto account = types::decode_account(input);
    ENSHRINE_ASSERT(account.has_value() == (size == types::account_bytes));
    if (account) ENSHRINE_ASSERT(equal(types::encode_account(*account), input));
    return 0;
}
