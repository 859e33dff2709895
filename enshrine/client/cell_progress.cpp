// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/result.hpp>
#include <enshrine/client/cell_progress.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/crypto/kzg.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <simdjson.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace enshrine::client {
namespace {

std::expected<std::set<std::uint32_t>, std::string> read_cells(const simdjson::dom::element& document,
                                                               std::string_view name) {
    std::set<std::uint32_t> out;
    simdjson::dom::array items;
    if (document[name].get(items) != simdjson::SUCCESS)
        return std::unexpected{fmt::format("{}: expected an array", name)};
    for (const simdjson::dom::element item : items) {
        std::uint64_t index = 0;
        if (item.get(index) != simdjson::SUCCESS || index >= crypto::kzg::cells_per_ext_blob) {
            return std::unexpected{fmt::format("{}: expected numbers below 128, got {}", name, simdjson::minify(item))};
        }
        out.insert(static_cast<std::uint32_t>(index));
    }
    return out;
}

std::expected<CellProgress, std::string> parse_progress(const std::string& text, const Hash32& versioned_hash) {
    simdjson::dom::parser parser;
    simdjson::dom::element document;
    if (parser.parse(text).get(document) != simdjson::SUCCESS) return std::unexpected{std::string{"expected JSON"}};
    const std::string wanted = codec::format_hex(versioned_hash.view());
    std::string_view got;
    if (document["versionedHash"].get(got) != simdjson::SUCCESS || got != wanted) {
        return std::unexpected{
            fmt::format("versionedHash: expected {}, got {}", wanted, got.empty() ? "nothing" : got)};
    }
    CellProgress out{.versioned_hash = versioned_hash, .drawn = {}, .verified = {}};
    ENSHRINE_TRY(out.drawn, read_cells(document, "drawn"));
    ENSHRINE_TRY(out.verified, read_cells(document, "verified"));
    if (!std::ranges::includes(out.drawn, out.verified)) {
        return std::unexpected{std::string{"verified: expected cells that were drawn"}};
    }
    return out;
}

}  // namespace

std::expected<CellProgress, std::string> load_cell_progress(const std::filesystem::path& file,
                                                            const Hash32& versioned_hash) {
    CellProgress none{.versioned_hash = versioned_hash, .drawn = {}, .verified = {}};
    if (file.empty() || !std::filesystem::exists(file)) return none;
    std::ifstream in{file, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    if (!in) return std::unexpected{fmt::format("{}: cannot be read", file.string())};
    auto progress = parse_progress(text, versioned_hash);
    if (!progress) return std::unexpected{fmt::format("{}: {}", file.string(), progress.error())};
    return progress;
}

std::expected<void, std::string> store_cell_progress(const std::filesystem::path& file, const CellProgress& progress) {
    if (file.empty()) return {};
    const std::filesystem::path next = file.string() + ".new";
    std::ofstream out{next, std::ios::binary | std::ios::trunc};
    out << fmt::format("{{\"versionedHash\":\"{}\",\"drawn\":[{}],\"verified\":[{}]}}\n",
                       codec::format_hex(progress.versioned_hash.view()), fmt::join(progress.drawn, ","),
                       fmt::join(progress.verified, ","));
    out.close();
    std::error_code error;
    if (out) std::filesystem::rename(next, file, error);
    if (!out || error) return std::unexpected{fmt::format("{}: cannot be written", file.string())};
    return {};
}

}  // namespace enshrine::client
