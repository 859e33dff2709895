// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/prover_files/development_setup.hpp>
#include <enshrine/prover_files/fixed_base.hpp>

#include <bit>
#include <string_view>

namespace enshrine::prover_files {
namespace {

using algebra::bn254::Fp;
using algebra::bn254::Fp2;
using algebra::bn254::Fr;
using algebra::bn254::G1Affine;
using algebra::bn254::G2Affine;
using algebra::bn254::Limbs;

constexpr std::size_t two_adicity = 28;  // of the scalars' group
constexpr std::uint64_t generator = 5;   // snarkjs's choice of a non-residue
constexpr std::size_t word_bytes = 32;

/// A primitive root of unity of order 2^power, the one that snarkjs uses.
Fr root_of_unity(std::size_t power) {
    Limbs exponent = Fr::modulus;  // (r - 1) / 2^power
    exponent[0] -= 1;
    for (std::size_t i = 0; i < power; ++i) {
        for (std::size_t word = 0; word < 4; ++word) {
            const std::uint64_t carried = word + 1 < 4 ? exponent[word + 1] << 63 : 0;
            exponent[word] = (exponent[word] >> 1) | carried;
        }
    }
    return Fr::from(generator).power(exponent);
}

/// The values at a point of the polynomials that are 1 at one element of the group of order 2^power and 0 at the
/// others.
std::vector<Fr> lagrange_values(std::size_t power, const Fr& at) {
    const std::uint64_t size = std::uint64_t{1} << power;
    const Fr root = root_of_unity(power);
    std::vector<Fr> out;
    out.reserve(size);
    Fr element = Fr::one();
    for (std::uint64_t i = 0; i < size; ++i) {
        out.push_back((at - element) * Fr::from(size));
        element = element * root;
    }
    algebra::bn254::invert_all<Fr>(out);
    const Fr vanishing = at.power(Limbs{size, 0, 0, 0}) - Fr::one();
    element = vanishing;
    for (Fr& value : out) {
        value = value * element;
        element = element * root;
    }
    return out;
}

/// What the wires' polynomials are at τ.
struct WirePolynomials {
    std::vector<Fr> a;
    std::vector<Fr> b;
    std::vector<Fr> c;
};

/// Behind the constraints stands one for each public wire, which binds it although no constraint may mention it.
std::size_t domain_power(const ConstraintSystem& system) {
    const std::uint64_t rows = system.constraints.size() + system.public_wires + 1;
    return static_cast<std::size_t>(std::bit_width(rows - 1));
}

WirePolynomials wire_polynomials(const ConstraintSystem& system, const std::vector<Fr>& lagrange) {
    WirePolynomials out{std::vector<Fr>(system.wires), std::vector<Fr>(system.wires), std::vector<Fr>(system.wires)};
    for (std::size_t row = 0; row < system.constraints.size(); ++row) {
        const auto& [a, b, c] = system.constraints[row];
        for (const LinearTerm& term : a) out.a[term.wire] = out.a[term.wire] + term.factor * lagrange[row];
        for (const LinearTerm& term : b) out.b[term.wire] = out.b[term.wire] + term.factor * lagrange[row];
        for (const LinearTerm& term : c) out.c[term.wire] = out.c[term.wire] + term.factor * lagrange[row];
    }
    for (std::size_t wire = 0; wire <= system.public_wires; ++wire) {
        out.a[wire] = out.a[wire] + lagrange[system.constraints.size() + wire];
    }
    return out;
}

/// A file of snarkjs: numbers little-endian, coordinates in Montgomery form.
class ZkeyWriter {
public:
    explicit ZkeyWriter(std::uint32_t sections) {
        append(bytes_, as_bytes("zkey"));
        u32(1);
        u32(sections);
    }
    void begin_section(std::uint32_t type) {
        u32(type);
        start_ = bytes_.size();
        number(0, 8);
    }
    void end_section() {
        const std::uint64_t size = bytes_.size() - start_ - 8;
        for (std::size_t i = 0; i < 8; ++i) bytes_[start_ + i] = static_cast<Byte>(size >> (8 * i));
    }
    void number(std::uint64_t value, std::size_t width) {
        for (std::size_t i = 0; i < width; ++i) bytes_.push_back(static_cast<Byte>(value >> (8 * i)));
    }
    void u32(std::uint64_t value) { number(value, 4); }
    void words(const Limbs& limbs) {
        for (const std::uint64_t limb : limbs) number(limb, 8);
    }
    void point(const G1Affine& p) {
        words(p.x.montgomery());
        words(p.y.montgomery());
    }
    void point(const G2Affine& p) {
        for (const Fp& coordinate : {p.x.c0, p.x.c1, p.y.c0, p.y.c1}) words(coordinate.montgomery());
    }
    template <class Affine>
    void points(std::uint32_t section, const std::vector<Affine>& list) {
        begin_section(section);
        for (const Affine& p : list) point(p);
        end_section();
    }
    [[nodiscard]] Bytes take() { return std::move(bytes_); }

private:
    Bytes bytes_;
    std::size_t start_ = 0;
};

void write_coefficient(ZkeyWriter& writer, std::uint32_t matrix, std::size_t row, const LinearTerm& term) {
    writer.u32(matrix);
    writer.u32(row);
    writer.u32(term.wire);
    // The factor times R twice: it is in Montgomery form, and so are its words read as a number.
    U256 once;
    once.limbs = term.factor.montgomery();
    writer.words(Fr::from(once).montgomery());
}

void write_coefficients(ZkeyWriter& writer, const ConstraintSystem& system) {
    std::uint64_t count = system.public_wires + 1;
    for (const auto& [a, b, c] : system.constraints) count += a.size() + b.size();
    writer.begin_section(4);
    writer.u32(count);
    for (std::size_t row = 0; row < system.constraints.size(); ++row) {
        for (const LinearTerm& term : system.constraints[row][0]) write_coefficient(writer, 0, row, term);
        for (const LinearTerm& term : system.constraints[row][1]) write_coefficient(writer, 1, row, term);
    }
    for (std::uint32_t wire = 0; wire <= system.public_wires; ++wire) {
        write_coefficient(writer, 0, system.constraints.size() + wire, {wire, Fr::one()});
    }
    writer.end_section();
}

struct Bases {
    FixedBase<Fp> g1{algebra::bn254::g1_generator};
    FixedBase<Fp2> g2{algebra::bn254::g2_generator};
    [[nodiscard]] G1Affine one(const Fr& scalar) const { return g1.times(scalar).affine(); }
    [[nodiscard]] G2Affine two(const Fr& scalar) const { return g2.times(scalar).affine(); }
};

void write_header(ZkeyWriter& writer, const ConstraintSystem& system, const SetupSecrets& secrets, const Bases& bases) {
    writer.begin_section(1);
    writer.u32(1);  // Groth16
    writer.end_section();
    writer.begin_section(2);
    writer.u32(word_bytes);
    writer.words(Fp::modulus);
    writer.u32(word_bytes);
    writer.words(Fr::modulus);
    writer.u32(system.wires);
    writer.u32(system.public_wires);
    writer.u32(std::uint64_t{1} << domain_power(system));
    writer.point(bases.one(secrets.alpha));
    writer.point(bases.one(secrets.beta));
    writer.point(bases.two(secrets.beta));
    writer.point(bases.two(Fr::one()));
    writer.point(bases.one(secrets.delta));
    writer.point(bases.two(secrets.delta));
    writer.end_section();
}

}  // namespace

SetupSecrets development_secrets(BytesView r1cs) {
    const Hash32 circuit = hash::sha256(r1cs);
    const auto secret = [&](std::string_view name) {
        Bytes text = to_bytes(as_bytes("enshrine development setup, not secret: "));
        append(text, as_bytes(name));
        return Fr::from(U256::from_be(hash::sha256(text, circuit.view()).view()));
    };
    return {.tau = secret("tau"), .alpha = secret("alpha"), .beta = secret("beta"), .delta = secret("delta")};
}

Bytes make_zkey(const ConstraintSystem& system, const SetupSecrets& secrets) {
    const std::size_t power = domain_power(system);
    ENSHRINE_ASSERT(power < two_adicity);
    const WirePolynomials wires = wire_polynomials(system, lagrange_values(power, secrets.tau));
    const Fr by_delta = secrets.delta.inverse();
    std::vector<Fr> inputs;
    std::vector<Fr> others;
    for (std::size_t wire = 0; wire < system.wires; ++wire) {
        const Fr joined = secrets.beta * wires.a[wire] + secrets.alpha * wires.b[wire] + wires.c[wire];
        if (wire <= system.public_wires) {
            inputs.push_back(joined);
        } else {
            others.push_back(joined * by_delta);
        }
    }
    // snarkjs's prover gives the values of a b - c at the odd elements of the group of twice the size.
    std::vector<Fr> quotient;
    const std::vector<Fr> finer = lagrange_values(power + 1, secrets.tau);
    for (std::size_t i = 1; i < finer.size(); i += 2) quotient.push_back(finer[i] * by_delta);

    const Bases bases;
    ZkeyWriter writer{10};
    write_header(writer, system, secrets, bases);
    writer.points(3, bases.g1.times_all(inputs));
    write_coefficients(writer, system);
    writer.points(5, bases.g1.times_all(wires.a));
    writer.points(6, bases.g1.times_all(wires.b));
    writer.points(7, bases.g2.times_all(wires.b));
    writer.points(8, bases.g1.times_all(others));
    writer.points(9, bases.g1.times_all(quotient));
    writer.begin_section(10);  // contributions of a ceremony: there was none
    for (int i = 0; i < 64; ++i) writer.number(0, 1);
    writer.u32(0);
    writer.end_section();
    return writer.take();
}

}  // namespace enshrine::prover_files
