// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/crypto/bls12_381.hpp>

#include <memory>

namespace enshrine::crypto::bls12_381 {

/// The lines of a fixed point of G2: a pairing with it does not compute them. 39 kB, worth it for points of a verifying
/// key.
class PreparedG2 {
public:
    explicit PreparedG2(const G2& q);
    PreparedG2(PreparedG2&&) noexcept;
    PreparedG2& operator=(PreparedG2&&) noexcept;
    ~PreparedG2();

    struct Lines;
    [[nodiscard]] const Lines* lines() const noexcept { return lines_.get(); }  ///< none for infinity

private:
    std::unique_ptr<const Lines> lines_;
};

struct PreparedPair {
    G1 p;
    const PreparedG2* q = nullptr;
};
/// Whether the product of the pairings of members is one. Infinity contributes nothing; true for no pairs.
[[nodiscard]] bool pairing_product_is_one(std::span<const PreparedPair> pairs) noexcept;

}  // namespace enshrine::crypto::bls12_381
