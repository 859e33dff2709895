// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/u256.hpp>
#include <enshrine/prover_files/r1cs_file.hpp>

#include <algorithm>
#include <optional>

namespace enshrine::prover_files {
namespace {

using algebra::bn254::Fr;
constexpr std::size_t field_bytes = 32;
constexpr std::size_t term_bytes = 4 + field_bytes;
constexpr std::uint32_t header_section = 1;
constexpr std::uint32_t constraints_section = 2;

/// Little-endian numbers from the front. Once the bytes have run out every further read gives zero.
class Source {
public:
    explicit Source(BytesView bytes) noexcept : rest_{bytes} {}
    [[nodiscard]] bool failed() const noexcept { return failed_; }
    [[nodiscard]] std::size_t left() const noexcept { return rest_.size(); }
    BytesView take(std::uint64_t count) noexcept {
        if (count > rest_.size()) {
            failed_ = true;
            rest_ = {};
            return {};
        }
        const BytesView out = rest_.first(count);
        rest_ = rest_.subspan(count);
        return out;
    }
    std::uint64_t number(std::size_t width) noexcept {
        const BytesView bytes = take(width);
        std::uint64_t out = 0;
        for (std::size_t i = bytes.size(); i-- > 0;) out = (out << 8) | bytes[i];
        return out;
    }
    std::uint32_t u32() noexcept { return static_cast<std::uint32_t>(number(4)); }
    U256 field() noexcept {
        Bytes bytes = to_bytes(take(field_bytes));
        bytes.resize(field_bytes);
        std::ranges::reverse(bytes);
        return U256::from_be(bytes);
    }

private:
    BytesView rest_;
    bool failed_ = false;
};

U256 scalar_modulus() {
    U256 out;
    out.limbs = Fr::modulus;
    return out;
}

struct Header {
    ConstraintSystem system;
    std::uint32_t constraint_count = 0;
};

FileResult<Header> read_header(BytesView section) {
    Source source{section};
    if (source.u32() != field_bytes || source.field() != scalar_modulus()) {
        return refused("the constraint system is over another field than the scalars of BN254");
    }
    Header out;
    out.system.wires = source.u32();
    const std::uint64_t outputs = source.u32();
    const std::uint64_t inputs = source.u32();
    source.take(4 + 8);  // private inputs, labels
    out.constraint_count = source.u32();
    if (source.failed()) return unusable("the header section ends early");
    if (outputs + inputs >= out.system.wires) return refused("there are more public wires than wires");
    out.system.public_wires = static_cast<std::uint32_t>(outputs + inputs);
    return out;
}

FileResult<LinearCombination> read_combination(Source& source, std::uint32_t wires) {
    const std::uint32_t count = source.u32();
    if (source.failed() || count > source.left() / term_bytes) return unusable("the constraints end early");
    LinearCombination out;
    out.reserve(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint32_t wire = source.u32();
        const U256 factor = source.field();
        if (wire >= wires)
            return refused("wire " + std::to_string(wire) + " of " + std::to_string(wires) + " does not exist");
        if (factor >= scalar_modulus()) return refused("a factor is not below the field's order");
        out.push_back({wire, Fr::from(factor)});
    }
    return out;
}

FileResult<ConstraintSystem> read_constraints(Header header, BytesView section) {
    Source source{section};
    ConstraintSystem out = std::move(header.system);
    for (std::uint32_t i = 0; i < header.constraint_count; ++i) {
        Constraint constraint;
        for (LinearCombination& side : constraint) {
            auto read = read_combination(source, out.wires);
            if (!read) return std::unexpected{read.error()};
            side = *std::move(read);
        }
        out.constraints.push_back(std::move(constraint));
    }
    if (source.left() != 0) return unusable("there are bytes behind the last constraint");
    return out;
}

}  // namespace

FileResult<ConstraintSystem> read_r1cs(BytesView content) {
    Source source{content};
    const BytesView magic = source.take(4);
    if (!std::ranges::equal(magic, as_bytes("r1cs")) || source.u32() != 1) {
        return unusable("not a constraint system of circom, version 1");
    }
    const std::uint32_t sections = source.u32();
    std::optional<BytesView> header;
    std::optional<BytesView> constraints;
    for (std::uint32_t i = 0; i < sections && !source.failed(); ++i) {
        const std::uint32_t type = source.u32();
        const BytesView section = source.take(source.number(8));
        if (type == header_section) header = section;
        if (type == constraints_section) constraints = section;
    }
    if (source.failed()) return unusable("a section ends early");
    if (!header || !constraints) return unusable("the header or the constraints are missing");
    auto read = read_header(*header);
    if (!read) return std::unexpected{read.error()};
    return read_constraints(*std::move(read), *constraints);
}

}  // namespace enshrine::prover_files
