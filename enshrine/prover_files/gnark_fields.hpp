// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/codec/binary.hpp>
#include <enshrine/prover_files/file_error.hpp>
#include <enshrine/prover_files/gnark_points.hpp>

namespace enshrine::prover_files {

/// The fields of a gnark binary, one after another, with points of one form. Each error names the field. Points come
/// back in the encoding that proofs verifies.
class GnarkFields {
public:
    GnarkFields(BytesView bytes, const GnarkForm& form) noexcept : reader_{bytes}, form_{form} {}

    [[nodiscard]] FileResult<Bytes> g1(const std::string& name);
    [[nodiscard]] FileResult<Bytes> g2(const std::string& name);
    /// A point that is not infinity.
    [[nodiscard]] FileResult<Bytes> finite_g1(const std::string& name);
    [[nodiscard]] FileResult<Bytes> finite_g2(const std::string& name);
    /// Below r, as its 32 bytes.
    [[nodiscard]] FileResult<Bytes> scalar(const std::string& name);
    [[nodiscard]] FileResult<std::uint32_t> u32(const std::string& name);
    [[nodiscard]] FileResult<std::uint64_t> u64(const std::string& name);
    [[nodiscard]] FileResult<BytesView> take(const std::string& name, std::size_t size);
    [[nodiscard]] std::size_t left() const noexcept { return reader_.rest().size(); }
    [[nodiscard]] FileResult<void> finish() const;

private:
    enum class Group { g1, g2 };
    [[nodiscard]] FileResult<Bytes> point(const std::string& name, Group group);

    codec::BinaryReader reader_;
    GnarkForm form_;
};

/// What has been read of a file, or why not. A binary whose counts do not account for its size is a file of something
/// else, whichever of its bytes breaks a rule first.
template <class T>
[[nodiscard]] FileResult<T> unusable_unless(bool has_its_size, FileResult<T> read) {
    if (!read && !has_its_size) read.error().kind = FileError::Kind::unusable;
    return read;
}

}  // namespace enshrine::prover_files
