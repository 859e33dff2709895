// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Writes proofs for the tests in contracts/test, one JSON file each: of every leaf of blocks with up to nine, of
// absences before, between and behind their leaves, of rows under a commitment, and of receipts under a state root.
#include <enshrine/codec/hex.hpp>
#include <enshrine/crypto/merkle.hpp>
#include <enshrine/data_availability/root_proof.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/proofs/keys.hpp>
#include <enshrine/proofs/receipts.hpp>
#include <enshrine/state/memory_nodes_for_test.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

using namespace enshrine;
using namespace enshrine::data_availability;

constexpr std::size_t leaves_max = 9;

/// Proofs of one kind: NAME_0.json, NAME_1.json, …
struct List {
    std::string name;
    std::vector<std::string> objects;
};

std::string quoted(const Hash32& word) {
    return "\"" + codec::format_hex(word.view()) + "\"";
}
std::string text(bool value) {
    return value ? "true" : "false";
}

std::string siblings_json(std::span<const Hash32> siblings) {
    std::string out = "[";
    for (const Hash32& sibling : siblings) out += (out.size() == 1 ? "" : ",") + quoted(sibling);
    return out + "]";
}

std::string entry_json(const LeafProof& entry) {
    return "{\"namespace\":" + quoted(entry.leaf.name_space) +
           ",\"scheme\":" + std::to_string(static_cast<unsigned>(entry.leaf.scheme)) +
           ",\"commitment\":" + quoted(entry.leaf.commitment) + ",\"size\":" + std::to_string(entry.leaf.size) +
           ",\"index\":" + std::to_string(entry.leaf.index) + ",\"contentRoot\":" + quoted(entry.leaf.content_root) +
           ",\"position\":" + std::to_string(entry.position) + ",\"siblings\":" + siblings_json(entry.siblings) + "}";
}

Hash32 word(Byte first) {
    Hash32 out;
    out[0] = first;
    return out;
}

/// Namespaces 0 (KZG), 2, 2, 4, 4, …; even commitments, so that every odd number is absent.
std::vector<RootLeaf> block(std::size_t count) {
    std::vector<RootLeaf> out(count);
    for (std::size_t i = 0; i < count; ++i) {
        RootLeaf& leaf = out[i];
        leaf.name_space = word(static_cast<Byte>((i + 1) / 2 * 2));
        leaf.scheme = i == 0 ? Scheme::kzg : Scheme::native;
        leaf.commitment = word(static_cast<Byte>(2 + i % 2 * 2));
        leaf.size = (std::uint64_t{1} << 40) + i;
        leaf.index = static_cast<std::uint32_t>(i);
        if (i == 0) leaf.content_root = hash::sha256(Bytes{1});
    }
    sort_leaves(out);
    return out;
}

std::string block_json(std::span<const RootLeaf> leaves) {
    return "{\"root\":" + quoted(root_of_leaves(leaves)) + ",\"leafCount\":" + std::to_string(leaves.size());
}

std::string absence_json(std::span<const RootLeaf> leaves, const AbsentItem& item, const AbsenceProof& proof) {
    std::string out = block_json(leaves) + ",\"namespace\":" + quoted(item.name_space) +
                      ",\"anyCommitment\":" + text(!item.commitment.has_value()) +
                      ",\"commitment\":" + quoted(item.commitment.value_or(Hash32{})) +
                      ",\"hasBelow\":" + text(proof.below.has_value()) +
                      ",\"hasAbove\":" + text(proof.above.has_value());
    if (proof.below) out += ",\"below\":" + entry_json(*proof.below);
    if (proof.above) out += ",\"above\":" + entry_json(*proof.above);
    return out + "}";
}

List inclusions() {
    List out{.name = "inclusions", .objects = {}};
    for (std::size_t count = 1; count <= leaves_max; ++count) {
        const auto leaves = block(count);
        for (std::size_t position = 0; position < count; ++position) {
            const InclusionProof proof = prove_inclusion(leaves, position);
            out.objects.push_back(block_json(leaves) + ",\"entry\":" + entry_json(proof.entry) + "}");
        }
    }
    return out;
}

List absences() {
    List out{.name = "absences", .objects = {}};
    for (std::size_t count = 0; count <= leaves_max; ++count) {
        const auto leaves = block(count);
        const auto add = [&](const AbsentItem& item) {
            if (const auto proof = prove_absence(leaves, item))
                out.objects.push_back(absence_json(leaves, item, *proof));
        };
        for (const Byte name : Bytes{0, 1, 2, 3, 8, 9}) {
            add({.name_space = word(name), .commitment = std::nullopt});
            for (const Byte commitment : Bytes{1, 3, 5})
                add({.name_space = word(name), .commitment = word(commitment)});
        }
    }
    return out;
}

/// Rows under a commitment by [DA-CODE.4] and [DA-CODE.6]; the combinations are not what this is about.
List rows() {
    List out{.name = "rows", .objects = {}};
    constexpr std::size_t total = 16;
    std::vector<Bytes> content(total);
    std::vector<Hash32> leaves;
    for (std::size_t i = 0; i < total; ++i) {
        content[i] = Bytes(64, static_cast<Byte>(i + 1));
        leaves.push_back(hash::sha256(Bytes{0x00}, content[i]));
    }
    const Hash32 row_root = crypto::merkle_root(leaves);
    const Hash32 combination_root = hash::sha256(Bytes{2});
    const Hash32 commitment = hash::sha256(row_root.view(), combination_root.view());
    for (std::size_t i = 0; i < total; ++i) {
        out.objects.push_back("{\"commitment\":" + quoted(commitment) + ",\"rowRoot\":" + quoted(row_root) +
                              ",\"combinationRoot\":" + quoted(combination_root) +
                              ",\"totalRows\":" + std::to_string(total) + ",\"index\":" + std::to_string(i) +
                              ",\"data\":\"" + codec::format_hex(content[i]) +
                              "\",\"siblings\":" + siblings_json(crypto::merkle_proof(leaves, i)) + "}");
    }
    return out;
}

/// The receipts of a source beside other entries of the state [PRCPT.3].
List receipts() {
    List out{.name = "receipts", .objects = {}};
    const state::MemoryView empty;
    state::Overlay contents{empty};
    for (std::uint64_t i = 0; i < 20; ++i) contents.put(state::Key{state::Module::account}.u64(i), Bytes{1});
    const Hash32 source = proofs::source_of_rollup(901);
    const state::Key list = proofs::keys::receipt_list(source);
    for (std::uint64_t count = 1; count <= leaves_max; ++count) {
        const proofs::Receipt newest{
            .statement = word(static_cast<Byte>(count)), .key_id = word(0xee), .height = 1'000 + count};
        if (!proofs::append_receipt(contents, source, newest)) return out;
        state::MemoryNodes nodes;
        const auto tree = state::update(nodes, state::empty_root, state::path_changes(contents.changes()));
        if (!tree || !nodes.apply(*tree)) return out;
        const auto proof = state::prove(nodes, tree->root, state::path_of(list));
        if (!proof) return out;
        for (std::uint64_t index = 0; index < count; ++index) {
            const proofs::Receipt receipt = *proofs::load_receipt(contents, source, index);
            out.objects.push_back(
                "{\"stateRoot\":" + quoted(tree->root) + ",\"source\":" + quoted(source) +
                ",\"statement\":" + quoted(receipt.statement) + ",\"keyId\":" + quoted(receipt.key_id) +
                ",\"height\":" + std::to_string(receipt.height) + ",\"index\":" + std::to_string(index) +
                ",\"siblings\":" + siblings_json(proofs::prove_receipt(contents, source, index)) + ",\"list\":\"" +
                codec::format_hex(*contents.get(list)) + "\",\"stateSiblings\":" + siblings_json(proof->siblings) +
                "}");
        }
    }
    return out;
}

bool write_file(const std::filesystem::path& path, const std::string& content) {
    std::ofstream file{path, std::ios::binary};
    file << content << "\n";
    file.close();
    if (!file.good()) std::fprintf(stderr, "cannot write %s\n", path.c_str());
    return file.good();
}

}  // namespace

int main(int argument_count, char** arguments) {
    if (argument_count != 2) {
        std::fprintf(stderr, "usage: %s FOLDER\n", arguments[0]);
        return 2;
    }
    const std::filesystem::path folder = arguments[1];
    std::string counts;
    for (const List& list : {inclusions(), absences(), rows(), receipts()}) {
        counts += (counts.empty() ? "{\"" : ",\"") + list.name + "\":" + std::to_string(list.objects.size());
        for (std::size_t i = 0; i < list.objects.size(); ++i) {
            if (!write_file(folder / (list.name + "_" + std::to_string(i) + ".json"), list.objects[i])) return 1;
        }
    }
    return write_file(folder / "counts.json", counts + "}") ? 0 : 1;
}
