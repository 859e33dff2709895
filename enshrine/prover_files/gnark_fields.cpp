// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/prover_files/gnark_fields.hpp>

namespace enshrine::prover_files {

namespace bn254 = algebra::bn254;

namespace {

std::string with_reason(const std::string& name, const Error& error) {
    return name + ": " + std::string{error.message()};
}

/// Without the flags of a compressed point the file is of another form.
template <class Point>
FileResult<Bytes> encoded(const std::string& name, const Result<Point>& point) {
    if (point) return to_bytes(bn254::encode(*point).view());
    if (point.error().is(bn254::PointError::bad_flags)) return unusable(with_reason(name, point.error()));
    return refused(with_reason(name, point.error()));
}

std::unexpected<FileError> ended(const std::string& name) {
    return unusable(name + ": the file ends here");
}

}  // namespace

FileResult<Bytes> GnarkFields::g1(const std::string& name) {
    ENSHRINE_TRY(const auto bytes, take(name, bn254::g1_compressed_bytes));
    return encoded(name, bn254::decode_g1_compressed(bytes));
}

FileResult<Bytes> GnarkFields::g2(const std::string& name) {
    ENSHRINE_TRY(const auto bytes, take(name, bn254::g2_compressed_bytes));
    return encoded(name, bn254::decode_g2_compressed(bytes));
}

FileResult<Bytes> GnarkFields::scalar(const std::string& name) {
    ENSHRINE_TRY(const auto bytes, take(name, bn254::field_bytes));
    const auto decoded = bn254::decode_fr(bytes);
    if (!decoded) return refused(with_reason(name, decoded.error()));
    return to_bytes(bytes);
}

FileResult<std::uint32_t> GnarkFields::u32(const std::string& name) {
    const auto value = reader_.u32();
    if (!value) return ended(name);
    return *value;
}

FileResult<std::uint64_t> GnarkFields::u64(const std::string& name) {
    const auto value = reader_.u64();
    if (!value) return ended(name);
    return *value;
}

FileResult<BytesView> GnarkFields::take(const std::string& name, std::size_t size) {
    const auto bytes = reader_.take(size);
    if (!bytes) return ended(name);
    return *bytes;
}

FileResult<void> GnarkFields::finish() const {
    if (left() != 0) return unusable(std::to_string(left()) + " bytes follow the last field");
    return {};
}

}  // namespace enshrine::prover_files
