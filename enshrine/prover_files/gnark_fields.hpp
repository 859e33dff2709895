// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/encoding.hpp>
#include <enshrine/codec/binary.hpp>
#include <enshrine/prover_files/file_error.hpp>

namespace enshrine::prover_files {

/// The fields of a gnark binary on BN254, one after another, with compressed points. Each error names the field. Points
/// come back in the encoding that proofs verifies.
class GnarkFields {
public:
    explicit GnarkFields(BytesView bytes) noexcept : reader_{bytes} {}

    [[nodiscard]] FileResult<Bytes> g1(const std::string& name);
    [[nodiscard]] FileResult<Bytes> g2(const std::string& name);
    /// Below r, as its 32 bytes.
    [[nodiscard]] FileResult<Bytes> scalar(const std::string& name);
    [[nodiscard]] FileResult<std::uint32_t> u32(const std::string& name);
    [[nodiscard]] FileResult<std::uint64_t> u64(const std::string& name);
    [[nodiscard]] FileResult<BytesView> take(const std::string& name, std::size_t size);
    [[nodiscard]] std::size_t left() const noexcept { return reader_.rest().size(); }
    [[nodiscard]] FileResult<void> finish() const;

private:
    codec::BinaryReader reader_;
};

}  // namespace enshrine::prover_files
