// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
//
// What tools/rsema1d_oracle measures of celestia-app, on our codec: one thread, 128 MiB in 4,096 rows.
// scripts/bench_da.sh runs both.
#include <enshrine/data_availability/matrix.hpp>
#include <enshrine/data_availability/reconstruct.hpp>
#include <enshrine/data_availability/row_proof.hpp>

#include <benchmark/benchmark.h>

#include <cstdlib>

namespace enshrine::data_availability {
namespace {

constexpr Shape shape{4096, 12288, 32768};
/// A member of Fibre keeps at least as many.
constexpr std::size_t batch_rows = 148;

const Bytes& data() {
    static const Bytes bytes = [] {
        Bytes out(shape.data_bytes());
        std::uint64_t x = 1;
        for (Byte& byte : out) {
            x = x * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
            byte = static_cast<Byte>(x >> 56);
        }
        return out;
    }();
    return bytes;
}

const Matrix& encoded() {
    static const Matrix matrix = Matrix::encode(shape, data()).value();
    return matrix;
}

void count_bytes(benchmark::State& run, std::size_t size) {
    run.SetBytesProcessed(run.iterations() * static_cast<std::int64_t>(size));
    run.counters["bytes"] = static_cast<double>(size);
}

/// Into memory of the matrix before, as a publisher works; the oracle does likewise.
void encode(benchmark::State& run) {
    Matrix matrix = Matrix::encode(shape, data()).value();
    for (auto _ : run) {
        matrix = Matrix::encode(shape, data(), {}, std::move(matrix)).value();
        benchmark::DoNotOptimize(matrix.commitment());
    }
    count_bytes(run, shape.data_bytes());
}

/// The oracle's choice of rows: every fourth data row, and parity rows at equal distances.
void reconstruct_from_quarter(benchmark::State& run) {
    const Matrix& matrix = encoded();
    std::vector<IndexedRow> rows;
    for (std::uint32_t i = 0; i < shape.data_rows; i += 4) rows.push_back({i, matrix.row(i)});
    for (std::uint32_t i = 0; rows.size() < shape.data_rows; ++i) {
        const std::uint32_t index = shape.data_rows + i * (shape.parity_rows / shape.data_rows);
        rows.push_back({index, matrix.row(index)});
    }
    Bytes out(shape.data_bytes());
    for (auto _ : run) {
        if (!reconstruct_into(shape, rows, out)) std::abort();
        benchmark::DoNotOptimize(out.data());
        benchmark::ClobberMemory();
    }
    if (out != data()) run.SkipWithError("other bytes than were encoded");
    count_bytes(run, shape.data_bytes());
}

void prepare_verifier(benchmark::State& run) {
    const Matrix& matrix = encoded();
    for (auto _ : run) {
        benchmark::DoNotOptimize(
            RowVerifier::make(shape, matrix.commitment(), matrix.row_root(), matrix.combinations()));
    }
    count_bytes(run, batch_rows * shape.row_bytes);
}

std::vector<std::uint32_t> batch_indices() {
    std::vector<std::uint32_t> out;
    for (std::uint32_t i = 0; i < batch_rows; ++i) out.push_back(i * shape.total_rows() / batch_rows);
    return out;
}

/// Every row with siblings of its own, as the oracle's.
void verify_each(benchmark::State& run) {
    const Matrix& matrix = encoded();
    const RowVerifier verifier =
        RowVerifier::make(shape, matrix.commitment(), matrix.row_root(), matrix.combinations()).value();
    std::vector<RowProof> proofs;
    for (const std::uint32_t index : batch_indices()) proofs.push_back(matrix.prove(index));
    for (auto _ : run) {
        for (const RowProof& proof : proofs) {
            if (!verifier.verify(proof)) std::abort();
        }
    }
    count_bytes(run, batch_rows * shape.row_bytes);
}

/// With shared siblings [DA-CODE.10], as shards travel.
void verify_together(benchmark::State& run) {
    const Matrix& matrix = encoded();
    const RowVerifier verifier =
        RowVerifier::make(shape, matrix.commitment(), matrix.row_root(), matrix.combinations()).value();
    const auto indices = batch_indices();
    const auto siblings = matrix.prove_rows(indices);
    std::vector<IndexedRow> rows;
    for (const std::uint32_t index : indices) rows.push_back({index, matrix.row(index)});
    for (auto _ : run) {
        if (!verifier.verify_rows(rows, siblings)) std::abort();
    }
    count_bytes(run, batch_rows * shape.row_bytes);
}

BENCHMARK(encode)->Unit(benchmark::kMillisecond);
BENCHMARK(reconstruct_from_quarter)->Name("reconstruct")->Unit(benchmark::kMillisecond);
BENCHMARK(prepare_verifier)->Name("verify_prepare")->Unit(benchmark::kMillisecond);
BENCHMARK(verify_each)->Name("verify")->Unit(benchmark::kMillisecond);
BENCHMARK(verify_together)->Name("verify_shared")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace enshrine::data_availability

BENCHMARK_MAIN();
