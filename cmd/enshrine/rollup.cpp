// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine rollup`: make a program. Other commands have files of their own, rollup_*.cpp.
#include <enshrine/node/dev_accounts.hpp>
#include <enshrine/sequencing/runtime.hpp>

#include <cmd/enshrine/rollup_batch.hpp>
#include <cmd/enshrine/rollup_register.hpp>
#include <cmd/enshrine/rollup_settle.hpp>
#include <cmd/enshrine/rollup_status.hpp>
#include <cmd/enshrine/rollup_step.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace enshrine::cli {
namespace {

namespace fs = std::filesystem;

/// The repository that this program was built in; empty when it lies elsewhere.
std::string find_sdk() {
    for (fs::path at = executable_path().parent_path(); at.has_relative_path(); at = at.parent_path()) {
        if (fs::exists(at / "sdk" / "guest" / "rollup.mk")) return at.string();
    }
    return {};
}

struct NewOptions {
    std::string name;
    std::string template_name = "payments";
    std::uint64_t chain_id = 903;
    std::string folder;
    std::string sdk = find_sdk();
};

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

/// Replaces the rest of the line behind `prefix`.
void set_line(std::string& text, std::string_view prefix, std::string_view value) {
    const std::size_t at = text.find(prefix);
    if (at == std::string::npos) return;
    const std::size_t end = std::min(text.find('\n', at), text.size());
    text.replace(at, end - at, std::string{prefix} + std::string{value});
}

bool good_name(std::string_view name) {
    const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
    return !name.empty() && name.size() <= 32 && letter(name.front()) &&
           std::ranges::all_of(name, [&](char c) { return letter(c) || c == '_' || (c >= '0' && c <= '9'); });
}

std::string available_templates(const fs::path& rollups) {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator{rollups, error}) {
        if (fs::exists(entry.path() / "Makefile")) names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    return fmt::format("{}", fmt::join(names, ", "));
}

/// What a template file becomes in a program of its own: another name, and its own headers beside it.
std::string adapted(std::string text, const NewOptions& options, bool is_makefile) {
    if (is_makefile) {
        set_line(text, "NAME :=", " " + options.name);
        set_line(text, "CHAIN_ID :=", " " + std::to_string(options.chain_id));
        set_line(text, "SDK ?=", " " + fs::absolute(options.sdk).string());
        return text;
    }
    const std::string include = "#include <rollups/" + options.template_name + "/";
    for (std::size_t at = text.find(include); at != std::string::npos; at = text.find(include, at)) {
        text[text.find('>', at)] = '"';
        text.replace(at, include.size(), "#include \"");
    }
    replace_all(text, "rollups::" + options.template_name, "rollups::" + options.name);
    return text;
}

CliResult<Report> make_new(const NewOptions& options) {
    if (!good_name(options.name)) {
        return bad_usage(fmt::format(
            "name: expected a lower-case letter, then letters, digits and _, at most 32; got \"{}\"", options.name));
    }
    if (options.sdk.empty())
        return bad_usage("the enshrine repository is not where this program lies", "name it with --sdk");
    const fs::path source = fs::path{options.sdk} / "rollups" / options.template_name;
    if (!fs::exists(source / "Makefile")) {
        return bad_usage(fmt::format("there is no template {} in {}", options.template_name, options.sdk),
                         fmt::format("templates: {}", available_templates(fs::path{options.sdk} / "rollups")));
    }
    const fs::path folder = options.folder.empty() ? fs::path{options.name} : fs::path{options.folder};
    if (fs::exists(folder))
        return refused(fmt::format("{} exists already", folder.string()), "choose another --folder");
    if (options.chain_id == 0 || options.chain_id > sequencing::rollup_id_max ||
        options.chain_id == node::dev_chain_id) {
        return bad_usage(fmt::format("--id: expected 1 to {}, but not {}, which is the L1 of a devnet; got {}",
                                     sequencing::rollup_id_max, node::dev_chain_id, options.chain_id));
    }
    std::error_code error;
    if (!fs::create_directories(folder, error)) {
        return refused(fmt::format("cannot make {}: {}", folder.string(), error.message()));
    }
    Json files = Json::array();
    for (const auto& entry : fs::directory_iterator{source}) {
        const std::string name = entry.path().filename().string();
        const bool is_code = name.ends_with(".cpp") || name.ends_with(".hpp");
        const bool is_test = name.ends_with("_test.cpp") || name.ends_with("_fuzz.cpp") || name.ends_with("_bench.cpp");
        if (name != "Makefile" && name != "example_inbox.json" && (!is_code || is_test)) continue;
        const auto content = read_file(entry.path(), 16 * 1024 * 1024);
        if (!content) return std::unexpected{content.error()};
        std::string text{as_text(*content)};
        if (name != "example_inbox.json") text = adapted(std::move(text), options, name == "Makefile");
        if (auto written = write_file(folder / name, as_bytes(text)); !written) return std::unexpected{written.error()};
        files.push_back(name);
    }
    const std::string elf = fmt::format("build/{}.elf", options.name);
    const Json next = {
        fmt::format("cd {}", folder.string()), "make -j2",
        fmt::format("enshrine rollup register {} --id {} --sequencer carol --key carol", elf, options.chain_id),
        fmt::format("enshrine-sequencer --rollup {} --key carol", options.chain_id)};
    std::string text = fmt::format("{} is in {}. Next:\n", options.name, folder.string());
    for (const Json& line : next) text += fmt::format("  {}\n", line.get<std::string>());
    return Report{.json = {{"name", options.name},
                           {"folder", fs::absolute(folder).string()},
                           {"chainId", options.chain_id},
                           {"files", std::move(files)},
                           {"next", next}},
                  .text = std::move(text)};
}

}  // namespace

void add_rollup(CLI::App& app, Session& session) {
    CLI::App& group = add_group(app, "rollup", "rollups: make, try, register, settle, look at");

    auto fresh = std::make_shared<NewOptions>();
    CLI::App& making = add_command(group, session, "new", "make a rollup program from a template",
                                   [fresh] { return make_new(*fresh); });
    making.add_option("name", fresh->name, "name of the program")->required();
    making.add_option("--template", fresh->template_name, "payments, exchange")->capture_default_str();
    making.add_option("--id", fresh->chain_id, "chain id that it will have")->capture_default_str();
    making.add_option("--folder", fresh->folder, "where to; default: the name");
    making.add_option("--sdk", fresh->sdk, "root of the enshrine repository")->capture_default_str();

    add_rollup_step(group, session);
    add_rollup_register(group, session);

    add_rollup_status(group, session);
    add_rollup_settle(group, session);
    add_rollup_submit_batch(group, session);
}

}  // namespace enshrine::cli
