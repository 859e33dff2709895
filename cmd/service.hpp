// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/codec/hex.hpp>
#include <enshrine/crypto/secp256k1.hpp>
#include <enshrine/node/dev_accounts.hpp>
#include <enshrine/sequencing/batch.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <expected>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <thread>

/// What every long-running program needs: an orderly end, and a key to sign with.
namespace enshrine::service {

/// SIGINT and SIGTERM reach whoever waits for them, instead of ending the process. To be made before any thread starts.
class Signals {
public:
    Signals() noexcept {
        ::sigemptyset(&set_);
        ::sigaddset(&set_, SIGINT);
        ::sigaddset(&set_, SIGTERM);
        ::pthread_sigmask(SIG_BLOCK, &set_, nullptr);
        std::signal(SIGPIPE, SIG_IGN);
    }
    /// Waits for the first one. From then on a second one ends the process at once.
    int wait() const noexcept {
        int signal = 0;
        ::sigwait(&set_, &signal);
        end_at_the_next();
        return signal;
    }
    /// Waits at most `milliseconds`; 0 when none came.
    int wait_for(unsigned milliseconds) const noexcept {
        const timespec limit{.tv_sec = milliseconds / 1000,
                             .tv_nsec = static_cast<long>(milliseconds % 1000) * 1'000'000};
        const int signal = ::sigtimedwait(&set_, nullptr, &limit);
        if (signal <= 0) return 0;
        end_at_the_next();
        return signal;
    }

private:
    void end_at_the_next() const noexcept {
        std::thread{[set = set_] {
            int signal = 0;
            ::sigwait(&set, &signal);
            ::_exit(128 + signal);
        }}.detach();
    }
    sigset_t set_{};
};

/// `--da`: where batches are published.
inline void add_da_option(CLI::App& command, sequencing::PayloadScheme& scheme) {
    using sequencing::PayloadScheme;
    const std::map<std::string, PayloadScheme> names{{"native", PayloadScheme::native}, {"kzg", PayloadScheme::eip4844}};
    command
        .add_option("--da", scheme,
                    "where batches are published: native (rows with the storage nodes of the committee) or kzg "
                    "(EIP-4844 blobs)")
        ->transform(CLI::CheckedTransformer(names).description("native|kzg"))
        ->default_str(std::string{sequencing::to_text(scheme)});
}

/// A secret key as 64 hex digits, the name or number of a devnet account, or "@FILE" with one of these in its first
/// line.
[[nodiscard]] inline std::expected<crypto::SecretKey, std::string> parse_key(std::string text) {
    if (text.starts_with('@')) {
        const std::string path = text.substr(1);
        std::ifstream file{path};
        if (!std::getline(file, text)) return std::unexpected{fmt::format("cannot read a key from {}", path)};
    }
    if (const auto account = node::find_dev_account(text)) return account->key;
    const auto key = codec::parse_hex_fixed<32>(text);
    if (!key) {
        return std::unexpected{
            fmt::format("key: expected 64 hex digits, @FILE, or the name of a devnet account (enshrine keys list): {}",
                        key.error().message())};
    }
    const auto secret = crypto::SecretKey::from(key->view());
    if (const auto address = crypto::address_of(secret); !address) {
        return std::unexpected{fmt::format("key: {}", address.error().message())};
    }
    return secret;
}

}  // namespace enshrine::service
