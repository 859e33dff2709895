// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/data_availability/committee.hpp>
#include <enshrine/system/context.hpp>

#include <expected>

/// What publish, publishMatrix and fee refuse, each with the error that names it. Rules:
/// docs/spec/data_availability.md [DA-PUB.*], [DA-FEE.*].
namespace enshrine::data_availability {

template <class T>
using Checked = std::expected<T, system::Revert>;

/// [DA-PUB.2] Reverts: NoBlobs, TooManyBlobs, EmptyBlob, BlobTooLarge, MatrixTooLarge.
[[nodiscard]] Checked<MatrixLayout> check_sizes(std::span<const std::uint64_t> sizes);
/// [DA-PUB.3] Reverts: ZeroNamespace, UnknownRollup.
[[nodiscard]] Checked<void> check_namespaces(const state::StateView& state, std::span<const PublishedBlob> blobs);
/// [DA-FEE.4] Reverts: BlockFull.
[[nodiscard]] Checked<void> check_room(const state::StateView& state, std::uint64_t data_bytes);
/// What this many bytes cost now; all ones when that does not fit 256 bits.
[[nodiscard]] Amount fee_of(const state::StateView& state, std::uint64_t data_bytes);
/// [DA-FEE.5] Reverts: FeeTooLow.
[[nodiscard]] Checked<Amount> check_fee(const system::CallContext& context, std::uint64_t data_bytes);
/// The epoch for which the certificate holds [DA-CERT.5]. Reverts: BadCertificate.
[[nodiscard]] Checked<std::uint64_t> check_certificate(const system::CallContext& context, Publication publication,
                                                       BytesView certificate);

}  // namespace enshrine::data_availability
