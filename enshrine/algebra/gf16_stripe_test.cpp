// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Every implementation that the processor offers, against the reference on single columns.
#include <enshrine/algebra/gf16_fft.hpp>
#include <enshrine/algebra/gf16_stripe.hpp>
#include <enshrine/algebra/gf16_tables.hpp>
#include <enshrine/algebra/row_combiner.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

namespace enshrine::algebra {
namespace {

std::vector<const Gf16Kernel*> kernels() {
    std::vector<const Gf16Kernel*> out;
    for (const Gf16Path path : {Gf16Path::scalar, Gf16Path::avx2, Gf16Path::avx2_gfni, Gf16Path::avx512_gfni}) {
        if (const Gf16Kernel* kernel = gf16_kernel(path)) out.push_back(kernel);
    }
    return out;
}

class Random {
public:
    explicit Random(std::uint64_t seed) : state_{seed} {}
    std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15;
        std::uint64_t x = state_;
        x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
        x = (x ^ x >> 27) * 0x94d049bb133111eb;
        return x ^ x >> 31;
    }

private:
    std::uint64_t state_;
};

struct alignas(64) Line {
    std::array<Byte, 64> bytes;
};
struct Stripe {
    std::size_t rows;
    std::vector<Line> lines;
    explicit Stripe(std::size_t row_count, std::uint64_t seed)
        : rows{row_count}, lines(stripe_bytes(row_count + 1) / 64) {
        Random random{seed};
        for (Line& line : lines) {
            for (Byte& byte : line.bytes) byte = static_cast<Byte>(random.next());
        }
    }
    [[nodiscard]] Byte* data() { return lines.data()->bytes.data(); }
    [[nodiscard]] std::vector<Gf16> column(std::size_t symbol) {
        std::vector<Gf16> out(rows);
        for (std::size_t i = 0; i < rows; ++i) {
            const Byte* row = data() + stripe_offset(i);
            out[i] = static_cast<Gf16>(row[symbol] | row[stripe_symbols + symbol] << 8);
        }
        return out;
    }
};

struct Case {
    StripeDomain domain;
    std::uint64_t seed = 0;
    std::size_t symbol = 0;
};
Case arbitrary_case(int log_rows_end) {
    Case out;
    out.domain.rows = std::size_t{1} << *rc::gen::inRange(0, log_rows_end);
    out.domain.offset = out.domain.rows * *rc::gen::inRange<std::size_t>(0, 65'536 / out.domain.rows);
    out.seed = *rc::gen::arbitrary<std::uint64_t>();
    out.symbol = *rc::gen::inRange<std::size_t>(0, stripe_symbols);
    return out;
}

RC_GTEST_PROP(Gf16Stripe, TransformsEqualTheReference, ()) {
    const Case c = arbitrary_case(10);
    const Gf16 scale = *rc::gen::element<Gf16>(1, *rc::gen::arbitrary<Gf16>());
    for (const Gf16Kernel* kernel : kernels()) {
        Stripe stripe{c.domain.rows, c.seed};
        auto column = stripe.column(c.symbol);
        gf16_ifft(column, c.domain.offset);
        kernel->ifft(stripe.data(), c.domain, {});
        RC_ASSERT(stripe.column(c.symbol) == column);

        Stripe values{c.domain.rows, c.seed + 1};
        kernel->fft(stripe.data(), values.data(), c.domain, scale, {});
        auto scaled = column;
        for (Gf16& x : scaled) x = gf16_mul(x, scale);
        gf16_fft(scaled, c.domain.offset);
        RC_ASSERT(values.column(c.symbol) == scaled);
        RC_ASSERT(stripe.column(c.symbol) == column);
    }
}

TEST(Gf16Stripe, GreatTransformsEqualTheReference) {
    for (const Gf16Kernel* kernel : kernels()) {
        for (const StripeDomain& domain : {StripeDomain{4096, 16'384}, {8192, 0}, {32'768, 32'768}}) {
            Stripe stripe{domain.rows, domain.offset};
            auto column = stripe.column(5);
            gf16_ifft(column, domain.offset);
            kernel->ifft(stripe.data(), domain, {});
            ASSERT_EQ(stripe.column(5), column) << name_of(kernel->path);
            gf16_fft(column, domain.offset);
            kernel->fft(stripe.data(), stripe.data(), domain, 1, {});
            ASSERT_EQ(stripe.column(5), column) << name_of(kernel->path);
        }
    }
}

/// Counts rows as hooks see them.
struct Seen {
    std::vector<unsigned> rows;
    static void see(void* context, std::size_t first, std::size_t count) noexcept {
        for (std::size_t i = first; i < first + count; ++i) ++static_cast<Seen*>(context)->rows[i];
    }
};

TEST(Gf16Stripe, HooksSeeEveryRowOnce) {
    for (const Gf16Kernel* kernel : kernels()) {
        for (const std::size_t rows : {std::size_t{1}, std::size_t{32}, std::size_t{512}, std::size_t{8192}}) {
            Stripe stripe{rows, 1};
            Seen seen{std::vector<unsigned>(rows)};
            kernel->ifft(stripe.data(), {rows, 0}, {Seen::see, &seen});
            EXPECT_EQ(seen.rows, std::vector<unsigned>(rows, 1));
            kernel->fft(stripe.data(), stripe.data(), {rows, 0}, 1, {Seen::see, &seen});
            EXPECT_EQ(seen.rows, std::vector<unsigned>(rows, 2));
        }
    }
}

RC_GTEST_PROP(Gf16Stripe, RowOperationsEqualTheReference, ()) {
    const Case c = arbitrary_case(9);
    const std::size_t count = std::min(c.domain.rows, stripe_block_rows);
    const auto factors = *rc::gen::container<std::vector<Gf16>>(count, rc::gen::arbitrary<Gf16>());
    for (const Gf16Kernel* kernel : kernels()) {
        Stripe stripe{c.domain.rows, c.seed};
        auto column = stripe.column(c.symbol);
        for (std::size_t i = 0; i < count; ++i) column[i] = gf16_mul(column[i], factors[i]);
        kernel->multiply_rows(stripe.data(), factors.data(), count);
        RC_ASSERT(stripe.column(c.symbol) == column);

        Stripe other{c.domain.rows, c.seed + 1};
        const auto more = other.column(c.symbol);
        for (std::size_t i = 0; i < column.size(); ++i) column[i] ^= more[i];
        kernel->add(other.data(), stripe.data(), c.domain.rows);
        RC_ASSERT(stripe.column(c.symbol) == column);

        gf16_add_derivative(column);
        kernel->add_derivative(stripe.data(), c.domain.rows);
        RC_ASSERT(stripe.column(c.symbol) == column);
    }
}

RC_GTEST_PROP(RowCombiner, EqualsSumsOfProducts, ()) {
    const auto chunks = *rc::gen::inRange<std::size_t>(1, 40);
    const auto row_count = *rc::gen::inRange<std::size_t>(0, 12);
    Random random{*rc::gen::arbitrary<std::uint64_t>()};
    std::vector<Combination> coefficients(chunks * chunk_symbols);
    for (Combination& coefficient : coefficients) {
        for (Byte& byte : coefficient) byte = static_cast<Byte>(random.next());
    }
    std::vector<Bytes> rows(row_count, Bytes(chunks * chunk_bytes));
    std::vector<const Byte*> pointers;
    for (Bytes& row : rows) {
        for (Byte& byte : row) byte = static_cast<Byte>(random.next());
        pointers.push_back(row.data());
    }
    std::vector<Combination> expected(row_count);
    const Gf16Tables& tables = gf16_tables();
    for (std::size_t r = 0; r < row_count; ++r) {
        for (std::size_t limb = 0; limb < combination_limbs; ++limb) {
            Gf16 sum = 0;
            for (std::size_t i = 0; i < coefficients.size(); ++i) {
                const std::size_t at = i / chunk_symbols * chunk_bytes + i % chunk_symbols;
                const auto symbol = static_cast<Gf16>(rows[r][at] | rows[r][at + chunk_symbols] << 8);
                sum ^= multiply(tables, symbol, load_le<Gf16>(coefficients[i].data() + 2 * limb));
            }
            store_le(expected[r].data() + 2 * limb, sum);
        }
    }
    for (const Gf16Kernel* kernel : kernels()) {
        std::vector<Combination> out(row_count);
        RowCombiner{coefficients, *kernel}.combine(pointers, out.data());
        RC_ASSERT(out == expected);
    }
}

// [DA-CODE.2] Both ways, in every implementation.
TEST(Gf16Stripe, PackedRowsComeBack) {
    constexpr std::size_t stride = 3 * chunk_bytes;
    constexpr std::size_t count = 5;
    for (const Gf16Kernel* kernel : kernels()) {
        for (const std::size_t chunks : {std::size_t{1}, std::size_t{2}}) {
            std::vector<Line> matrix(count * stride / sizeof(Line));
            Byte* rows = matrix.data()->bytes.data();
            for (std::size_t i = 0; i < count * stride; ++i) rows[i] = static_cast<Byte>(i * 7 + 1);
            const std::vector<Line> before = matrix;
            std::vector<Line> copy(count * stripe_row_bytes / sizeof(Line));
            Stripe stripe{count, 1};
            const RowBlock block{rows, stride, count, chunks, copy.data()->bytes.data()};
            kernel->pack(block, stripe.data());
            for (std::size_t row = 0; row < count; ++row) {
                for (std::size_t i = 0; i < stripe_symbols; ++i) {
                    const std::size_t at = i / 32 * 64 + i % 32;
                    const bool there = at < chunks * chunk_bytes;
                    const Byte* packed = stripe.data() + row * stripe_row_bytes;
                    EXPECT_EQ(packed[i], there ? rows[row * stride + at] : 0);
                    EXPECT_EQ(packed[stripe_symbols + i], there ? rows[row * stride + at + 32] : 0);
                    const Byte* copied = block.copy + row * stripe_row_bytes;
                    EXPECT_EQ(copied[at], packed[i]);
                    EXPECT_EQ(copied[at + 32], packed[stripe_symbols + i]);
                }
            }
            for (std::size_t row = 0; row < count; ++row) {
                std::fill_n(rows + row * stride, chunks * chunk_bytes, Byte{0});
            }
            std::fill(copy.begin(), copy.end(), Line{});
            kernel->unpack(stripe.data(), block);
            for (std::size_t i = 0; i < matrix.size(); ++i) EXPECT_EQ(matrix[i].bytes, before[i].bytes);
            for (std::size_t row = 0; row < count; ++row) {
                EXPECT_EQ(std::memcmp(block.copy + row * stripe_row_bytes, rows + row * stride, chunks * chunk_bytes),
                          0);
            }
        }
    }
}

// What the decoder uses for rows that lie anywhere.
TEST(Gf16Stripe, SingleRowsArePackedAlike) {
    for (const std::size_t chunks : {std::size_t{1}, std::size_t{2}}) {
        Bytes row(chunks * chunk_bytes);
        for (std::size_t i = 0; i < row.size(); ++i) row[i] = static_cast<Byte>(i);
        std::array<Byte, stripe_row_bytes> packed;
        packed.fill(0xee);
        pack_stripe_row(row.data(), chunks, packed.data());
        for (std::size_t i = 0; i < stripe_symbols; ++i) {
            const std::size_t at = i / 32 * 64 + i % 32;
            EXPECT_EQ(packed[i], at < row.size() ? row[at] : 0);
            EXPECT_EQ(packed[stripe_symbols + i], at < row.size() ? row[at + 32] : 0);
        }
        Bytes back(row.size());
        unpack_stripe_row(packed.data(), chunks, back.data());
        EXPECT_EQ(back, row);
    }
}

}  // namespace
}  // namespace enshrine::algebra
