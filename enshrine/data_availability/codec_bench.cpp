// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// The codec on matrices of 4096 and 12288 rows, and its stages. Bytes are those of the data rows, unless said.
#include <enshrine/data_availability/commitment.hpp>
#include <enshrine/data_availability/encode_rows.hpp>
#include <enshrine/data_availability/matrix_for_test.hpp>
#include <enshrine/data_availability/reconstruct.hpp>

#include <benchmark/benchmark.h>

namespace enshrine::data_availability {
namespace {

Shape shape_of_run(const benchmark::State& run) {
    return Shape{4096, 12288, static_cast<std::uint32_t>(run.range(0))};
}
void count_bytes(benchmark::State& run, std::size_t bytes) {
    run.SetBytesProcessed(run.iterations() * static_cast<std::int64_t>(bytes));
}
/// Rows of 1 KiB are a blob of 4 MiB, rows of 32 KiB one of 128 MiB.
void row_sizes(benchmark::internal::Benchmark* bench) {
    bench->Arg(64)->Arg(1024)->Arg(32'768)->Unit(benchmark::kMillisecond)->MinTime(1.0);
}

RowArray array_in(RowMemory& memory, const Shape& shape) {
    return {memory.data(), RowArray::stride_of(shape.row_bytes)};
}
/// Memory that the system has already given.
RowMemory touched(std::size_t size) {
    RowMemory out{size};
    std::memset(out.data(), 7, size);
    return out;
}

void encode_and_commit(benchmark::State& run) {
    const Shape shape = shape_of_run(run);
    const Bytes data = random_bytes(shape.data_bytes(), 1);
    Matrix matrix = Matrix::encode(shape, data).value();
    for (auto _ : run) matrix = Matrix::encode(shape, data, {}, std::move(matrix)).value();
    count_bytes(run, shape.data_bytes());
}
BENCHMARK(encode_and_commit)->Apply(row_sizes);

/// The same from a blob: frame, parity, hashes and commitment.
void publish_blob(benchmark::State& run) {
    const Shape shape = shape_of_run(run);
    const Bytes blob = random_bytes(shape.data_bytes() - frame_header_bytes, 1);
    const MatrixLayout layout{shape, 0, {0}};
    const BytesView view{blob};
    Matrix matrix = Matrix::encode_blobs(layout, {&view, 1}).value();
    for (auto _ : run) matrix = Matrix::encode_blobs(layout, {&view, 1}, {}, std::move(matrix)).value();
    count_bytes(run, shape.data_bytes());
}
BENCHMARK(publish_blob)->Apply(row_sizes);

void encode_and_commit_in_new_memory(benchmark::State& run) {
    const Shape shape = shape_of_run(run);
    const Bytes data = random_bytes(shape.data_bytes(), 1);
    for (auto _ : run) benchmark::DoNotOptimize(Matrix::encode(shape, data).value());
    count_bytes(run, shape.data_bytes());
}
BENCHMARK(encode_and_commit_in_new_memory)->Apply(row_sizes);

/// The code alone: parity is written, nothing is hashed.
void stage_code(benchmark::State& run, const algebra::Gf16Kernel* kernel) {
    const Shape shape = shape_of_run(run);
    RowMemory rows = touched(shape.total_rows() * RowArray::stride_of(shape.row_bytes));
    StripeEncoder encoder{shape, array_in(rows, shape), *kernel};
    for (auto _ : run) {
        for (std::size_t i = 0; i < StripeEncoder::stripe_count(shape); ++i) encoder.encode(i, {});
    }
    count_bytes(run, shape.data_bytes());
}

/// Code and leaf hashes, in one pass over memory.
void stage_code_and_leaves(benchmark::State& run) {
    const Shape shape = shape_of_run(run);
    RowMemory rows = touched(shape.total_rows() * RowArray::stride_of(shape.row_bytes));
    std::vector<Hash32> leaves(shape.total_rows());
    for (auto _ : run) encode_rows(shape, array_in(rows, shape), {}, leaves);
    count_bytes(run, shape.data_bytes());
}
BENCHMARK(stage_code_and_leaves)->Apply(row_sizes);

/// Leaf hashes of all rows, data and parity, from memory.
void stage_leaves(benchmark::State& run) {
    const Shape shape = shape_of_run(run);
    RowMemory rows = touched(shape.total_rows() * RowArray::stride_of(shape.row_bytes));
    std::vector<const Byte*> pointers(shape.total_rows());
    for (std::size_t i = 0; i < pointers.size(); ++i) pointers[i] = array_in(rows, shape).row(i);
    std::vector<Hash32> leaves(shape.total_rows());
    for (auto _ : run) hash::sha256_rows(leaf_prefix, pointers, shape.row_bytes, leaves.data());
    count_bytes(run, shape.data_bytes());
}
BENCHMARK(stage_leaves)->Apply(row_sizes);

/// Coefficients and the combinations of the data rows.
void stage_combinations(benchmark::State& run) {
    const Shape shape = shape_of_run(run);
    RowMemory rows = touched(shape.data_rows * RowArray::stride_of(shape.row_bytes));
    std::vector<algebra::Combination> out(shape.data_rows);
    for (auto _ : run) combine_rows(shape, array_in(rows, shape), Hash32{}, {}, out);
    count_bytes(run, shape.data_bytes());
}
BENCHMARK(stage_combinations)->Apply(row_sizes);

/// The limit of a pass that reads the data rows, and of one that copies them.
void limit_read(benchmark::State& run) {
    const Shape shape = shape_of_run(run);
    RowMemory rows = touched(shape.data_bytes());
    for (auto _ : run) {
        std::array<std::uint64_t, 8> sum{};
        for (std::size_t i = 0; i < rows.size(); i += 64) {
            for (std::size_t k = 0; k < 8; ++k) sum[k] ^= load_le<std::uint64_t>(rows.data() + i + 8 * k);
        }
        benchmark::DoNotOptimize(sum);
    }
    count_bytes(run, shape.data_bytes());
}
BENCHMARK(limit_read)->Apply(row_sizes);

void limit_copy(benchmark::State& run) {
    const Shape shape = shape_of_run(run);
    RowMemory from = touched(shape.data_bytes());
    RowMemory to = touched(shape.data_bytes());
    for (auto _ : run) {
        std::memcpy(to.data(), from.data(), from.size());
        benchmark::ClobberMemory();
    }
    count_bytes(run, shape.data_bytes());
}
BENCHMARK(limit_copy)->Apply(row_sizes);

/// From `run.range(1)` percent of the data rows, the rest parity: every fourth row or whatever gives the share.
void rebuild(benchmark::State& run) {
    const Shape shape = shape_of_run(run);
    const Matrix matrix = matrix_of(shape, 1);
    const auto percent = static_cast<std::uint32_t>(run.range(1));
    std::vector<IndexedRow> rows;
    for (std::uint32_t i = 0; i < shape.data_rows; ++i) {
        if (i % 100 < percent) rows.push_back({i, matrix.row(i)});
    }
    // Parity from everywhere: rows of an odd stride visit all of them once.
    for (std::uint32_t i = 0; rows.size() < shape.data_rows; ++i) {
        const std::uint32_t index = shape.data_rows + i * 4097 % shape.parity_rows;
        rows.push_back({index, matrix.row(index)});
    }
    Bytes out(shape.data_bytes());
    for (auto _ : run) {
        if (!reconstruct_into(shape, rows, out).has_value()) run.SkipWithError("not rebuilt");
    }
    count_bytes(run, shape.data_bytes());
}
BENCHMARK(rebuild)->ArgsProduct({{1024, 32'768}, {0, 25, 50, 99}})->Unit(benchmark::kMillisecond);

/// 148 rows of one matrix, as one storage node gets them. Bytes are those of the rows.
void verify_rows_together(benchmark::State& run) {
    const Shape shape = shape_of_run(run);
    const Matrix matrix = matrix_of(shape, 1);
    const RowVerifier verifier = verifier_of(matrix);
    std::vector<std::uint32_t> indices;
    std::vector<IndexedRow> rows;
    for (std::uint32_t i = 0; i < 148; ++i) {
        indices.push_back(7 + i * 110);
        rows.push_back({indices.back(), matrix.row(indices.back())});
    }
    const auto siblings = matrix.prove_rows(indices);
    for (auto _ : run) {
        if (!verifier.verify_rows(rows, siblings).has_value()) run.SkipWithError("refused");
    }
    count_bytes(run, rows.size() * shape.row_bytes);
    run.SetItemsProcessed(run.iterations() * static_cast<std::int64_t>(rows.size()));
}
BENCHMARK(verify_rows_together)->Apply(row_sizes);

void verify_row_alone(benchmark::State& run) {
    const Shape shape = shape_of_run(run);
    const Matrix matrix = matrix_of(shape, 1);
    const RowVerifier verifier = verifier_of(matrix);
    const RowProof proof = matrix.prove(9000);
    for (auto _ : run) {
        if (!verifier.verify(proof).has_value()) run.SkipWithError("refused");
    }
    count_bytes(run, shape.row_bytes);
    run.SetItemsProcessed(run.iterations());
}
BENCHMARK(verify_row_alone)->Apply(row_sizes);

void make_verifier(benchmark::State& run) {
    const Shape shape = shape_of_run(run);
    const Matrix matrix = matrix_of(shape, 1);
    for (auto _ : run) benchmark::DoNotOptimize(verifier_of(matrix));
}
BENCHMARK(make_verifier)->Apply(row_sizes);

void register_paths() {
    using algebra::Gf16Path;
    for (const Gf16Path path : {Gf16Path::scalar, Gf16Path::avx2, Gf16Path::avx2_gfni, Gf16Path::avx512_gfni}) {
        const algebra::Gf16Kernel* kernel = algebra::gf16_kernel(path);
        if (kernel == nullptr) continue;
        const std::string name = "stage_code/" + std::string{name_of(path)};
        benchmark::RegisterBenchmark(name.c_str(), stage_code, kernel)->Apply(row_sizes);
    }
}

}  // namespace
}  // namespace enshrine::data_availability

int main(int argc, char** argv) {
    enshrine::data_availability::register_paths();
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
