// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/u256.hpp>

#include <bit>

namespace enshrine {
namespace {

using Wide = std::array<std::uint64_t, 8>;

bool add_carry(U256& out, const U256& a, const U256& b) noexcept {
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const u128 sum = static_cast<u128>(a.limbs[i]) + b.limbs[i] + carry;
        out.limbs[i] = static_cast<std::uint64_t>(sum);
        carry = static_cast<std::uint64_t>(sum >> 64);
    }
    return carry != 0;
}

bool sub_borrow(U256& out, const U256& a, const U256& b) noexcept {
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const u128 difference = static_cast<u128>(a.limbs[i]) - b.limbs[i] - borrow;
        out.limbs[i] = static_cast<std::uint64_t>(difference);
        borrow = static_cast<std::uint64_t>(difference >> 64) & 1;
    }
    return borrow != 0;
}

Wide multiply_wide(const U256& a, const U256& b) noexcept {
    Wide out{};
    for (std::size_t i = 0; i < 4; ++i) {
        std::uint64_t carry = 0;
        for (std::size_t j = 0; j < 4; ++j) {
            const u128 term = static_cast<u128>(a.limbs[i]) * b.limbs[j] + out[i + j] + carry;
            out[i + j] = static_cast<std::uint64_t>(term);
            carry = static_cast<std::uint64_t>(term >> 64);
        }
        out[i + 4] = carry;
    }
    return out;
}

std::size_t limb_count(std::span<const std::uint64_t> limbs) noexcept {
    std::size_t n = limbs.size();
    while (n > 0 && limbs[n - 1] == 0) --n;
    return n;
}

/// Knuth, TAOCP vol. 2, 4.3.1, algorithm D, on 64-bit digits. `numerator` becomes the remainder.
Wide divide_wide(Wide& numerator, const U256& denominator) noexcept {
    Wide quotient{};
    const std::size_t n = limb_count(denominator.limbs);
    const std::size_t m = limb_count(numerator);
    ENSHRINE_ASSERT(n > 0);
    if (m < n) return quotient;
    if (n == 1) {
        u128 rest = 0;
        for (std::size_t i = m; i-- > 0;) {
            const u128 part = (rest << 64) | numerator[i];
            quotient[i] = static_cast<std::uint64_t>(part / denominator.limbs[0]);
            rest = part % denominator.limbs[0];
            numerator[i] = 0;
        }
        numerator[0] = static_cast<std::uint64_t>(rest);
        return quotient;
    }
    const int shift = std::countl_zero(denominator.limbs[n - 1]);
    const auto shifted = [shift](std::uint64_t high, std::uint64_t low) noexcept {
        return shift == 0 ? high : (high << shift) | (low >> (64 - shift));
    };
    std::array<std::uint64_t, 4> v{};
    for (std::size_t i = n; i-- > 0;) v[i] = shifted(denominator.limbs[i], i > 0 ? denominator.limbs[i - 1] : 0);
    std::array<std::uint64_t, 9> u{};
    for (std::size_t i = m + 1; i-- > 0;) u[i] = shifted(i < m ? numerator[i] : 0, i > 0 ? numerator[i - 1] : 0);

    for (std::size_t j = m - n + 1; j-- > 0;) {
        const u128 top = (static_cast<u128>(u[j + n]) << 64) | u[j + n - 1];
        u128 digit = top / v[n - 1];
        u128 rest = top % v[n - 1];
        while ((digit >> 64) != 0 || digit * v[n - 2] > ((rest << 64) | u[j + n - 2])) {
            --digit;
            rest += v[n - 1];
            if ((rest >> 64) != 0) break;
        }
        std::uint64_t borrow = 0;
        std::uint64_t carry = 0;
        for (std::size_t i = 0; i < n; ++i) {
            const u128 product = digit * v[i] + carry;
            carry = static_cast<std::uint64_t>(product >> 64);
            const u128 part = static_cast<u128>(u[i + j]) - static_cast<std::uint64_t>(product) - borrow;
            u[i + j] = static_cast<std::uint64_t>(part);
            borrow = static_cast<std::uint64_t>(part >> 64) & 1;
        }
        const u128 last = static_cast<u128>(u[j + n]) - carry - borrow;
        u[j + n] = static_cast<std::uint64_t>(last);
        if ((static_cast<std::uint64_t>(last >> 64) & 1) != 0) {
            --digit;
            std::uint64_t back = 0;
            for (std::size_t i = 0; i < n; ++i) {
                const u128 sum = static_cast<u128>(u[i + j]) + v[i] + back;
                u[i + j] = static_cast<std::uint64_t>(sum);
                back = static_cast<std::uint64_t>(sum >> 64);
            }
            u[j + n] += back;
        }
        quotient[j] = static_cast<std::uint64_t>(digit);
    }
    numerator = {};
    for (std::size_t i = 0; i < n; ++i) {
        numerator[i] = shift == 0 ? u[i] : (u[i] >> shift) | (u[i + 1] << (64 - shift));
    }
    return quotient;
}

U256 low_half(const Wide& wide) noexcept { return U256{wide[3], wide[2], wide[1], wide[0]}; }
bool has_high_half(const Wide& wide) noexcept { return (wide[4] | wide[5] | wide[6] | wide[7]) != 0; }

}  // namespace

U256 U256::from_be(BytesView bytes) noexcept {
    ENSHRINE_ASSERT(bytes.size() <= 32);
    std::array<Byte, 32> padded{};
    std::copy(bytes.begin(), bytes.end(), padded.begin() + static_cast<std::ptrdiff_t>(32 - bytes.size()));
    U256 out;
    for (std::size_t i = 0; i < 4; ++i) out.limbs[3 - i] = load_be<std::uint64_t>(padded.data() + 8 * i);
    return out;
}

Hash32 U256::to_be() const noexcept {
    Hash32 out;
    for (std::size_t i = 0; i < 4; ++i) store_be(out.data() + 8 * i, limbs[3 - i]);
    return out;
}

unsigned U256::bit_length() const noexcept {
    const std::size_t n = limb_count(limbs);
    return n == 0 ? 0 : static_cast<unsigned>(64 * n) - static_cast<unsigned>(std::countl_zero(limbs[n - 1]));
}

U256 operator+(const U256& a, const U256& b) noexcept {
    U256 out;
    add_carry(out, a, b);
    return out;
}

U256 operator-(const U256& a, const U256& b) noexcept {
    U256 out;
    sub_borrow(out, a, b);
    return out;
}

U256 operator*(const U256& a, const U256& b) noexcept { return low_half(multiply_wide(a, b)); }

U256 operator<<(const U256& a, unsigned shift) noexcept {
    if (shift >= 256) return U256{};
    U256 out;
    const std::size_t words = shift / 64;
    const unsigned bits = shift % 64;
    for (std::size_t i = words; i < 4; ++i) {
        out.limbs[i] = a.limbs[i - words] << bits;
        if (bits != 0 && i > words) out.limbs[i] |= a.limbs[i - words - 1] >> (64 - bits);
    }
    return out;
}

U256 operator>>(const U256& a, unsigned shift) noexcept {
    if (shift >= 256) return U256{};
    U256 out;
    const std::size_t words = shift / 64;
    const unsigned bits = shift % 64;
    for (std::size_t i = 0; i + words < 4; ++i) {
        out.limbs[i] = a.limbs[i + words] >> bits;
        if (bits != 0 && i + words + 1 < 4) out.limbs[i] |= a.limbs[i + words + 1] << (64 - bits);
    }
    return out;
}

U256Division divide(const U256& numerator, const U256& denominator) noexcept {
    Wide rest{numerator.limbs[0], numerator.limbs[1], numerator.limbs[2], numerator.limbs[3], 0, 0, 0, 0};
    const Wide quotient = divide_wide(rest, denominator);
    return {low_half(quotient), low_half(rest)};
}

Result<U256> mul_div(const U256& a, const U256& b, const U256& denominator) noexcept {
    if (denominator.is_zero()) return fail(IntegerError::overflow);
    Wide product = multiply_wide(a, b);
    const Wide quotient = divide_wide(product, denominator);
    if (has_high_half(quotient)) return fail(IntegerError::overflow);
    return low_half(quotient);
}

Result<U256> checked_add(const U256& a, const U256& b) noexcept {
    U256 out;
    if (add_carry(out, a, b)) return fail(IntegerError::overflow);
    return out;
}

Result<U256> checked_sub(const U256& a, const U256& b) noexcept {
    U256 out;
    if (sub_borrow(out, a, b)) return fail(IntegerError::underflow);
    return out;
}

Result<U256> checked_mul(const U256& a, const U256& b) noexcept {
    const Wide wide = multiply_wide(a, b);
    if (has_high_half(wide)) return fail(IntegerError::overflow);
    return low_half(wide);
}

}  // namespace enshrine
