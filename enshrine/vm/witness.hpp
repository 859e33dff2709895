// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>
#include <enshrine/vm/status.hpp>

#include <cstdint>
#include <vector>

/// The revealed preimages of a run. Rules: docs/spec/machine.md [VM-WIT.*].
namespace enshrine::vm {

inline constexpr std::size_t reveal_bytes_max = 4096;
inline constexpr std::size_t witness_bytes_max = 8 * 1024 * 1024;

enum class WitnessError : std::uint16_t {
    too_large = 1,
    malformed,
    item_too_large,
    witness_mismatch,
    witness_truncated,
    witness_trailing
};
const ErrorDomain& error_domain(WitnessError) noexcept;

struct WitnessFault {
    WitnessError error;
    std::uint64_t index = 0;  ///< item at which the fault shows
    Hash32 expected;          ///< hash that the program asked for (mismatch, truncated)
    Status status{};          ///< how the run ended, for whoever meters it
    std::uint64_t weight = 0;
};

/// Items borrow nothing: one contiguous buffer plus offsets.
class Witness {
public:
    void append(BytesView preimage);
    [[nodiscard]] std::size_t size() const noexcept { return ends_.size(); }
    [[nodiscard]] BytesView item(std::size_t i) const noexcept;
    [[nodiscard]] Bytes encode() const;  ///< [VM-WIT.3]
    [[nodiscard]] std::size_t encoded_size() const noexcept;
    /// Refuses what is longer than witness_bytes_max, so a caller that records looks at encoded_size().
    [[nodiscard]] static Result<Witness> decode(BytesView bytes);
    [[nodiscard]] friend bool operator==(const Witness&, const Witness&) noexcept = default;

private:
    Bytes content_;
    std::vector<std::size_t> ends_;
};

}  // namespace enshrine::vm
