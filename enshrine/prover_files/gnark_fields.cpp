// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/hex.hpp>
#include <enshrine/prover_files/gnark_fields.hpp>

#include <algorithm>

namespace enshrine::prover_files {

namespace {

std::unexpected<FileError> ended(const std::string& name, std::size_t expected, std::size_t left) {
    return unusable(name + ": expected " + std::to_string(expected) + " bytes, got " + std::to_string(left) +
                    ": the file ends here");
}

/// The first bytes of a point, by which it can be found in the file.
std::string beginning(BytesView bytes) {
    return codec::format_hex(bytes.first(std::min<std::size_t>(bytes.size(), 8))) + "…";
}

FileResult<Bytes> finite(const std::string& name, FileResult<Bytes> point) {
    if (!point) return point;
    const bool is_infinity = std::ranges::all_of(*point, [](Byte b) { return b == 0; });
    if (is_infinity) return refused(name + ": expected a point other than infinity, got the point at infinity");
    return point;
}

}  // namespace

FileResult<Bytes> GnarkFields::point(const std::string& name, Group group) {
    const std::size_t size = group == Group::g1 ? form_.g1_bytes() : form_.g2_bytes();
    if (reader_.rest().empty()) return ended(name, size, 0);
    const std::string article = form_.form == PointForm::uncompressed ? "an " : "a ";
    const std::string expected = name + ": expected " + article + std::string{to_text(form_.form)} + "point of " +
                                 (group == Group::g1 ? "G1" : "G2") + " on " + std::string{curve_name(form_.curve)} +
                                 ", got ";
    const PointForm form = point_form(form_.curve, reader_.rest()[0]);
    if (form == PointForm::none) {
        return unusable(expected + beginning(reader_.rest()) + ": no point has such flag bits");
    }
    if (form != form_.form) {
        return unusable(expected + beginning(reader_.rest()) + ": by its flag bits " + std::string{to_text(form)} +
                        "and other points of the file are not");
    }
    ENSHRINE_TRY(const auto bytes, take(name, size));
    auto decoded = group == Group::g1 ? form_.decode_g1(bytes) : form_.decode_g2(bytes);
    if (!decoded) return refused(expected + beginning(bytes) + ": " + std::string{decoded.error().message()});
    return *std::move(decoded);
}

FileResult<Bytes> GnarkFields::g1(const std::string& name) {
    return point(name, Group::g1);
}
FileResult<Bytes> GnarkFields::g2(const std::string& name) {
    return point(name, Group::g2);
}
FileResult<Bytes> GnarkFields::finite_g1(const std::string& name) {
    return finite(name, g1(name));
}
FileResult<Bytes> GnarkFields::finite_g2(const std::string& name) {
    return finite(name, g2(name));
}

FileResult<Bytes> GnarkFields::scalar(const std::string& name) {
    ENSHRINE_TRY(const auto bytes, take(name, Hash32::size_bytes));
    const U256& order =
        form_.curve == proofs::Curve::bn254 ? proofs::Bn254::group_order : proofs::Bls12381::group_order;
    if (const U256 value = U256::from_be(bytes); !(value < order)) {
        return refused(name + ": expected a number below " + codec::format_decimal(order) + ", got " +
                       codec::format_decimal(value));
    }
    return to_bytes(bytes);
}

FileResult<std::uint32_t> GnarkFields::u32(const std::string& name) {
    const auto value = reader_.u32();
    if (!value) return ended(name, sizeof(std::uint32_t), left());
    return *value;
}

FileResult<std::uint64_t> GnarkFields::u64(const std::string& name) {
    const auto value = reader_.u64();
    if (!value) return ended(name, sizeof(std::uint64_t), left());
    return *value;
}

FileResult<BytesView> GnarkFields::take(const std::string& name, std::size_t size) {
    const auto bytes = reader_.take(size);
    if (!bytes) return ended(name, size, left());
    return *bytes;
}

FileResult<void> GnarkFields::finish() const {
    if (left() != 0) return unusable(std::to_string(left()) + " bytes follow the last field");
    return {};
}

}  // namespace enshrine::prover_files
