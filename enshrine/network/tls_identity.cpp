// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/network/tls_identity.hpp>

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace enshrine::network {
namespace {

namespace fs = std::filesystem;

struct KeyDeleter {
    void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
};
using Key = std::unique_ptr<EVP_PKEY, KeyDeleter>;
struct CertificateDeleter {
    void operator()(X509* certificate) const noexcept { X509_free(certificate); }
};
using Certificate = std::unique_ptr<X509, CertificateDeleter>;
struct BioDeleter {
    void operator()(BIO* bio) const noexcept { BIO_free(bio); }
};
using Memory = std::unique_ptr<BIO, BioDeleter>;

constexpr long lifetime_seconds = 100L * 365 * 24 * 3600;  // the committee decides how long a key is good
constexpr std::size_t read_buffer_bytes = 128 * 1024;

std::unexpected<std::string> tls_error(std::string_view what) {
    char text[256] = "";
    ERR_error_string_n(ERR_get_error(), text, sizeof text);
    return std::unexpected{fmt::format("{}: {}", what, text)};
}

void configure(SSL_CTX* context) {
    SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
    SSL_CTX_set_ciphersuites(context, "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256");
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context, 0);
    // Many records per system call.
    SSL_CTX_set_read_ahead(context, 1);
    SSL_CTX_set_default_read_buffer_len(context, read_buffer_bytes);
}

Certificate self_signed(EVP_PKEY* key) {
    Certificate certificate{X509_new()};
    if (!certificate) return nullptr;
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -24L * 3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), lifetime_seconds);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME* name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("enshrine-storage"), -1,
                               -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    if (X509_sign(certificate.get(), key, EVP_sha256()) == 0) return nullptr;
    return certificate;
}

std::expected<std::string, std::string> read_text(const fs::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return std::unexpected{fmt::format("{}: {}", path.string(), std::strerror(errno))};
    std::string text(64 * 1024, '\0');
    const ssize_t size = ::read(file, text.data(), text.size());
    ::close(file);
    if (size < 0) return std::unexpected{fmt::format("{}: {}", path.string(), std::strerror(errno))};
    text.resize(static_cast<std::size_t>(size));
    return text;
}

/// Complete or not at all: a name of its own first, then renamed.
std::expected<void, std::string> write_secret(const fs::path& path, std::string_view text) {
    const fs::path fresh = path.string() + ".new";
    const int file = ::open(fresh.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0) return std::unexpected{fmt::format("{}: {}", fresh.string(), std::strerror(errno))};
    const bool written =
        ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
    const int cause = errno;
    ::close(file);
    if (!written) return std::unexpected{fmt::format("{}: {}", fresh.string(), std::strerror(cause))};
    std::error_code error;
    fs::rename(fresh, path, error);
    if (error) return std::unexpected{fmt::format("{}: {}", path.string(), error.message())};
    return {};
}

Hash32 hash_of_key(EVP_PKEY* key) {
    unsigned char* encoded = nullptr;
    const int size = i2d_PUBKEY(key, &encoded);
    ENSHRINE_ASSERT(size > 0);
    const Hash32 out = hash::sha256({encoded, static_cast<std::size_t>(size)});
    OPENSSL_free(encoded);
    return out;
}

}  // namespace

void TlsContextDeleter::operator()(ssl_ctx_st* context) const noexcept {
    SSL_CTX_free(context);
}

std::expected<TlsIdentity, std::string> TlsIdentity::from_key(EVP_PKEY* key) {
    TlsContext context{SSL_CTX_new(TLS_server_method())};
    if (!context) return tls_error("TLS");
    configure(context.get());
    const Certificate certificate = self_signed(key);
    if (!certificate || SSL_CTX_use_certificate(context.get(), certificate.get()) != 1 ||
        SSL_CTX_use_PrivateKey(context.get(), key) != 1) {
        return tls_error("TLS certificate");
    }
    return TlsIdentity{std::move(context), hash_of_key(key)};
}

std::expected<TlsIdentity, std::string> TlsIdentity::make() {
    const Key key{EVP_EC_gen("P-256")};
    if (!key) return tls_error("TLS key");
    return from_key(key.get());
}

std::expected<TlsIdentity, std::string> TlsIdentity::load_or_make(const fs::path& key_file) {
    if (fs::exists(key_file)) {
        const auto text = read_text(key_file);
        if (!text) return std::unexpected{text.error()};
        const Memory memory{BIO_new_mem_buf(text->data(), static_cast<int>(text->size()))};
        const Key key{PEM_read_bio_PrivateKey(memory.get(), nullptr, nullptr, nullptr)};
        if (!key) return tls_error(fmt::format("{}: not a private key in PEM", key_file.string()));
        return from_key(key.get());
    }
    const Key key{EVP_EC_gen("P-256")};
    const Memory memory{BIO_new(BIO_s_mem())};
    if (!key || !memory ||
        PEM_write_bio_PrivateKey(memory.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1) {
        return tls_error("TLS key");
    }
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &data);
    if (auto written = write_secret(key_file, {data, static_cast<std::size_t>(size)}); !written) {
        return std::unexpected{written.error()};
    }
    return from_key(key.get());
}

TlsContext make_client_context() {
    TlsContext context{SSL_CTX_new(TLS_client_method())};
    ENSHRINE_ASSERT(context != nullptr);
    configure(context.get());
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr);  // there are no authorities: TlsStream::key_hash
    return context;
}

}  // namespace enshrine::network
