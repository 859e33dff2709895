// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/bn254/fixed_points.hpp>
#include <enshrine/algebra/bn254/lane_code.hpp>
#include <enshrine/algebra/bn254/lanes.hpp>
#include <enshrine/algebra/bn254/msm.hpp>
#include <enshrine/algebra/bn254/pairing.hpp>
#include <enshrine/algebra/bn254/random_for_test.hpp>
#include <enshrine/algebra/bn254/scalars.hpp>

#include <benchmark/benchmark.h>

namespace enshrine::algebra::bn254 {
namespace {

void fp_product(benchmark::State& run) {
    Draw draw{1};
    Fp a = draw.fp();
    const Fp b = draw.fp();
    for (auto _ : run) benchmark::DoNotOptimize(a = a * b);
}
BENCHMARK(fp_product);

void fp_inverse(benchmark::State& run) {
    Fp a = Draw{1}.fp();
    for (auto _ : run) benchmark::DoNotOptimize(a = a.inverse());
}
BENCHMARK(fp_inverse);

void fp2_product(benchmark::State& run) {
    Draw draw{1};
    Fp2 a = draw.fp2();
    const Fp2 b = draw.fp2();
    for (auto _ : run) benchmark::DoNotOptimize(a = a * b);
}
BENCHMARK(fp2_product);

void fp12_product(benchmark::State& run) {
    Draw draw{1};
    Fp12 a = draw.fp12();
    const Fp12 b = draw.fp12();
    for (auto _ : run) benchmark::DoNotOptimize(a = a * b);
}
BENCHMARK(fp12_product);

void g1_multiply(benchmark::State& run) {
    Draw draw{1};
    const G1Affine p = draw.g1();
    const Fr k = draw.fr();
    for (auto _ : run) benchmark::DoNotOptimize(multiply(p, k));
}
BENCHMARK(g1_multiply)->Unit(benchmark::kMicrosecond);

void g2_membership(benchmark::State& run) {
    const G2Affine q = Draw{1}.g2();
    for (auto _ : run) benchmark::DoNotOptimize(in_subgroup(q));
}
BENCHMARK(g2_membership)->Unit(benchmark::kMicrosecond);

void miller(benchmark::State& run) {
    Draw draw{1};
    std::vector<Pair> pairs;
    for (std::int64_t i = 0; i < run.range(0); ++i) pairs.push_back({draw.g1(), draw.g2()});
    for (auto _ : run) benchmark::DoNotOptimize(miller_loop(pairs));
}
BENCHMARK(miller)->Arg(1)->Arg(4)->Arg(64)->Unit(benchmark::kMicrosecond);

void miller_prepared(benchmark::State& run) {
    Draw draw{1};
    const PreparedG2 q{draw.g2()};
    const PreparedPair pair{draw.g1(), &q};
    for (auto _ : run) benchmark::DoNotOptimize(miller_loop({}, {&pair, 1}));
}
BENCHMARK(miller_prepared)->Unit(benchmark::kMicrosecond);

void final_exponentiation_alone(benchmark::State& run) {
    Fp12 f = Draw{1}.fp12();
    for (auto _ : run) benchmark::DoNotOptimize(f = final_exponentiation(f));
}
BENCHMARK(final_exponentiation_alone)->Unit(benchmark::kMicrosecond);

void pairing_alone(benchmark::State& run) {
    Draw draw{1};
    const Pair pair{draw.g1(), draw.g2()};
    for (auto _ : run) benchmark::DoNotOptimize(final_exponentiation(miller_loop({&pair, 1})));
}
BENCHMARK(pairing_alone)->Unit(benchmark::kMicrosecond);

void check_of_four_pairs(benchmark::State& run) {
    Draw draw{1};
    std::vector<Pair> pairs;
    for (int i = 0; i < 4; ++i) pairs.push_back({draw.g1(), draw.g2()});
    for (auto _ : run) benchmark::DoNotOptimize(pairing_product_is_one(pairs));
}
BENCHMARK(check_of_four_pairs)->Unit(benchmark::kMicrosecond);

void prepare(benchmark::State& run) {
    const G2Affine q = Draw{1}.g2();
    for (auto _ : run) benchmark::DoNotOptimize(PreparedG2{q});
}
BENCHMARK(prepare)->Unit(benchmark::kMicrosecond);

struct Terms {
    explicit Terms(std::int64_t count) {
        Draw draw{1};
        for (std::int64_t i = 0; i < count; ++i) {
            points.push_back(draw.g1());
            scalars.push_back(draw.fr());
        }
    }
    std::vector<G1Affine> points;
    std::vector<Fr> scalars;
};

void multi_scalar(benchmark::State& run) {
    const Terms terms{run.range(0)};
    for (auto _ : run) benchmark::DoNotOptimize(multi_scalar_product(terms.points, terms.scalars));
}
BENCHMARK(multi_scalar)->Arg(2)->Arg(16)->Arg(64)->Arg(128)->Arg(1024)->Unit(benchmark::kMicrosecond);

void fixed_points(benchmark::State& run) {
    const Terms terms{run.range(0)};
    const FixedPoints fixed{terms.points};
    for (auto _ : run) benchmark::DoNotOptimize(fixed.combination(terms.scalars));
}
BENCHMARK(fixed_points)->Arg(2)->Arg(16)->Unit(benchmark::kMicrosecond);

void fixed_points_prepare(benchmark::State& run) {
    const std::array point{Draw{1}.g1()};
    for (auto _ : run) benchmark::DoNotOptimize(FixedPoints{point});
}
BENCHMARK(fixed_points_prepare)->Unit(benchmark::kMicrosecond);

/// Per point; on the code of this processor.
void per_point(benchmark::State& run) {
    run.SetLabel(lane_code() == nullptr ? "one by one" : lane_code()->name);
    run.SetItemsProcessed(run.iterations() * run.range(0));
}
std::vector<Fr> weights(Draw& draw, std::size_t count) {
    std::vector<Fr> out;
    for (std::size_t i = 0; i < count; ++i) {
        out.push_back(Fr::from(draw.word()) + Fr::from(draw.word()) * Fr::from(glv_lambda));
    }
    return out;
}
struct Many {
    std::vector<Pair> pairs;
    std::vector<G1Affine> p;
    std::vector<G2Affine> q;
    std::vector<Fr> scalars;
    std::vector<Fr> weights;

    explicit Many(benchmark::State& run) {
        Draw draw{1};
        for (std::int64_t i = 0; i < run.range(0); ++i) {
            pairs.push_back({draw.g1(), draw.g2()});
            p.push_back(pairs.back().p);
            q.push_back(pairs.back().q);
            scalars.push_back(draw.fr());
        }
        weights = algebra::bn254::weights(draw, p.size());
    }
};

void lanes_miller(benchmark::State& run) {
    const Many many{run};
    for (auto _ : run) benchmark::DoNotOptimize(miller_loop_of_many(many.pairs).value);
    per_point(run);
}
BENCHMARK(lanes_miller)->Arg(8)->Arg(64)->Arg(256)->Unit(benchmark::kMicrosecond);

void lanes_multiply_by_weights(benchmark::State& run) {
    const Many many{run};
    for (auto _ : run) benchmark::DoNotOptimize(multiply_each(many.p, many.weights));
    per_point(run);
}
BENCHMARK(lanes_multiply_by_weights)->Arg(8)->Arg(64)->Unit(benchmark::kMicrosecond);

void lanes_sum_with_weights(benchmark::State& run) {
    const Many many{run};
    for (auto _ : run) benchmark::DoNotOptimize(multi_scalar_product_of_many(many.p, many.weights));
    per_point(run);
}
BENCHMARK(lanes_sum_with_weights)->Arg(8)->Arg(64)->Unit(benchmark::kMicrosecond);

void lanes_sum(benchmark::State& run) {
    const Many many{run};
    for (auto _ : run) benchmark::DoNotOptimize(multi_scalar_product_of_many(many.p, many.scalars));
    per_point(run);
}
BENCHMARK(lanes_sum)->Arg(16)->Arg(64)->Arg(1024)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace enshrine::algebra::bn254

BENCHMARK_MAIN();
