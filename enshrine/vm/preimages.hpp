// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/vm/hash_index.hpp>
#include <enshrine/vm/witness.hpp>

#include <cstdint>
#include <optional>

/// Access policies for `reveal`: where a machine takes preimages from. Each hash is checked once, at its first reveal.
namespace enshrine::vm {

/// Where revealed preimages come from in `run` and `record`; not trusted. Returned views stay valid until the next
/// call.
class PreimageSource {
public:
    virtual ~PreimageSource() = default;
    [[nodiscard]] virtual std::optional<BytesView> preimage(const Hash32& hash) noexcept = 0;
};

/// The policy as the calls see it.
class Preimages {
public:
    virtual ~Preimages() = default;
    /// Bytes whose SHA-256 is `hash` [VM-CALL.2]; empty optional when there are none. Valid until the next call.
    [[nodiscard]] virtual std::optional<BytesView> reveal(const Hash32& hash) = 0;
};

/// Policies `run` and `record`: asks a source and keeps what it says, which is the witness.
class SourcedPreimages final : public Preimages {
public:
    explicit SourcedPreimages(PreimageSource& source) noexcept : source_{source} {}
    [[nodiscard]] std::optional<BytesView> reveal(const Hash32& hash) override;
    [[nodiscard]] Witness take_witness() noexcept { return std::move(opened_); }

private:
    PreimageSource& source_;
    Witness opened_;
    HashIndex index_;
};

/// Policy `replay`: consumes a witness in order [VM-WIT.2].
class WitnessedPreimages final : public Preimages {
public:
    explicit WitnessedPreimages(const Witness& witness) noexcept : witness_{witness} {}
    [[nodiscard]] std::optional<BytesView> reveal(const Hash32& hash) override;
    /// Why the witness is refused; to be asked when the run has ended.
    [[nodiscard]] std::optional<WitnessFault> fault() const noexcept;

private:
    const Witness& witness_;
    HashIndex index_;
    std::optional<WitnessFault> fault_;
};

}  // namespace enshrine::vm
