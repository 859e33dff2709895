// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// write_srs FOLDER COUNT NUMBER: an SRS for tests, whose secret is the NUMBER: COUNT powers of it in G1 as bb reads
// them (bn254_g1.dat), and [x]_2 (srs_point).
#include <enshrine/algebra/bn254/encoding.hpp>
#include <enshrine/algebra/bn254/groups.hpp>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <vector>

namespace {

using namespace enshrine;
using namespace enshrine::algebra::bn254;

constexpr std::size_t window_values = 256;
constexpr std::size_t windows = 32;

/// Multiples of the generator by every byte at every place of a scalar.
std::vector<G1Affine> window_table() {
    std::vector<G1> out;
    G1 base{g1_generator};
    for (std::size_t window = 0; window < windows; ++window) {
        G1 multiple;
        for (std::size_t value = 0; value < window_values; ++value) {
            out.push_back(multiple);
            multiple = multiple + base;
        }
        base = multiple;
    }
    return to_affine<Fp>(out);
}

G1 times_generator(const std::vector<G1Affine>& table, const Fr& scalar) {
    const Hash32 bytes = encode(scalar);
    G1 out;
    for (std::size_t window = 0; window < windows; ++window) {
        const Byte value = bytes[windows - 1 - window];
        if (value != 0) out = out + table[window * window_values + value];
    }
    return out;
}

void write(std::ofstream& file, BytesView bytes) {
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

void write_powers(const std::filesystem::path& path, std::size_t count, const Fr& secret) {
    constexpr std::size_t batch = 4096;  // share an inversion
    const auto table = window_table();
    std::ofstream file{path, std::ios::binary};
    std::vector<G1> points;
    Fr power = Fr::one();
    for (std::size_t i = 1; i <= count; ++i) {
        points.push_back(times_generator(table, power));
        power = power * secret;
        if (points.size() < batch && i < count) continue;
        for (const G1Affine& point : to_affine<Fp>(points)) write(file, encode(point).view());
        points.clear();
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fputs("usage: write_srs FOLDER COUNT NUMBER\n", stderr);
        return 2;
    }
    const std::filesystem::path folder = argv[1];
    const Fr secret = Fr::from(std::uint64_t{std::strtoull(argv[3], nullptr, 10)});
    std::filesystem::create_directories(folder);
    write_powers(folder / "bn254_g1.dat", std::strtoull(argv[2], nullptr, 10), secret);
    std::ofstream point{folder / "srs_point", std::ios::binary};
    write(point, encode(multiply(g2_generator, secret).affine()).view());
    return 0;
}
