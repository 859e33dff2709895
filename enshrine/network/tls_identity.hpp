// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>

#include <expected>
#include <filesystem>
#include <memory>
#include <string>

struct ssl_ctx_st;
struct evp_pkey_st;

/// Keys that storage nodes are known by. Rules: docs/spec/data_availability.md [DA-NET.1].
namespace enshrine::network {

struct TlsContextDeleter {
    void operator()(ssl_ctx_st* context) const noexcept;
};
using TlsContext = std::unique_ptr<ssl_ctx_st, TlsContextDeleter>;

/// A key pair and the self-signed certificate that carries it.
class TlsIdentity {
public:
    /// Reads the key from the file, or makes one and writes it there, readable by its owner alone.
    [[nodiscard]] static std::expected<TlsIdentity, std::string> load_or_make(const std::filesystem::path& key_file);
    /// A key that is kept nowhere.
    [[nodiscard]] static std::expected<TlsIdentity, std::string> make();

    /// SHA-256 of the SubjectPublicKeyInfo: CommitteeMember::tls_key_hash.
    [[nodiscard]] const Hash32& key_hash() const noexcept { return key_hash_; }
    /// Accepts TLS 1.3 connections with this identity.
    [[nodiscard]] ssl_ctx_st* context() const noexcept { return context_.get(); }

private:
    TlsIdentity(TlsContext context, const Hash32& key_hash) noexcept
        : context_{std::move(context)}, key_hash_{key_hash} {}
    [[nodiscard]] static std::expected<TlsIdentity, std::string> from_key(evp_pkey_st* key);
    TlsContext context_;
    Hash32 key_hash_;
};

/// Opens TLS 1.3 connections; the key of the other side is checked after the handshake, by its hash.
[[nodiscard]] TlsContext make_client_context();

}  // namespace enshrine::network
