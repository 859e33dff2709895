// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/base/integer.hpp>
#include <enshrine/crypto/modular_power.hpp>

#include <openssl/bn.h>

#include <memory>

namespace enshrine::crypto {
namespace {

struct Free {
    void operator()(BIGNUM* number) const noexcept { BN_free(number); }
    void operator()(BN_CTX* context) const noexcept { BN_CTX_free(context); }
};
using Number = std::unique_ptr<BIGNUM, Free>;

// Memory that runs out must not become a result that other nodes do not have: it ends the process.
Number to_number(BytesView bytes) {
    Number out{BN_bin2bn(bytes.data(), narrow<int>(bytes.size()), nullptr)};
    ENSHRINE_ASSERT(out != nullptr);
    return out;
}

}  // namespace

Bytes modular_power(BytesView base, BytesView exponent, BytesView modulus) {
    Bytes out(modulus.size());
    const Number m = to_number(modulus);
    if (BN_is_zero(m.get()) || BN_is_one(m.get())) return out;
    const std::unique_ptr<BN_CTX, Free> context{BN_CTX_new()};
    const Number result{BN_new()};
    ENSHRINE_ASSERT(context != nullptr && result != nullptr);
    const Number b = to_number(base);
    const Number e = to_number(exponent);
    const int done = BN_mod_exp(result.get(), b.get(), e.get(), m.get(), context.get());
    ENSHRINE_ASSERT(done == 1);
    const int size = BN_bn2binpad(result.get(), out.data(), narrow<int>(out.size()));
    ENSHRINE_ASSERT(size >= 0);
    return out;
}

}  // namespace enshrine::crypto
