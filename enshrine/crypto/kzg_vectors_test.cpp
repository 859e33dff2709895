// SPDX-License-Identifier: Apache-2.0
// The reference tests of the consensus specifications: kzg/<function>/kzg-mainnet/<case>/data.yaml inside kzg.tar.xz.
// An output of null means that the function must refuse the input, false that the proof does not hold.
#include <enshrine/codec/hex.hpp>
#include <enshrine/crypto/kzg.hpp>
#include <enshrine/crypto/kzg_challenge.hpp>

#include <gtest/gtest.h>
#include <unistd.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>

namespace enshrine::crypto::kzg {
namespace {

namespace fs = std::filesystem;

std::string folder_of_vectors() {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): one thread
    const char* configured = std::getenv("ENSHRINE_VECTORS");
    return configured != nullptr ? configured : ENSHRINE_SOURCE_DIR "/../shared/vectors";
}

/// A folder that is removed with everything in it.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string name = (fs::temp_directory_path() / "enshrine-kzg-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a temporary folder");
        path_ = name;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

/// Thrown when an input does not even fit its type: a refusal, like an error of the function.
struct Refused {};

Bytes bytes(const YAML::Node& node) {
    return codec::parse_hex(node.as<std::string>()).value();
}

template <class Fixed>
Fixed fixed(const YAML::Node& node) {
    const Bytes value = bytes(node);
    if (value.size() != Fixed::size_bytes) throw Refused{};
    return Fixed::from(value);
}

template <class Fixed>
std::vector<Fixed> fixed_list(const YAML::Node& node) {
    std::vector<Fixed> out;
    for (const auto& item : node) out.push_back(fixed<Fixed>(item));
    return out;
}

template <class T>
T accepted(Result<T> result) {
    if (!result) {
        EXPECT_FALSE(result.error().is(KzgError::bad_proof)) << "computations have no proof to refuse";
        throw Refused{};
    }
    return *std::move(result);
}

/// "true", "false", or a refusal.
YAML::Node verdict(const Result<void>& result) {
    if (!result && !result.error().is(KzgError::bad_proof)) throw Refused{};
    return YAML::Node(result ? "true" : "false");
}

YAML::Node hex(BytesView value) {
    return YAML::Node(codec::format_hex(value));
}

template <class Fixed>
YAML::Node hex_list(const std::vector<Fixed>& values) {
    YAML::Node out(YAML::NodeType::Sequence);
    for (const Fixed& value : values) out.push_back(hex(value.view()));
    return out;
}

YAML::Node cells_and_proofs(const CellsAndProofs& value) {
    YAML::Node out(YAML::NodeType::Sequence);
    out.push_back(hex_list(value.cells));
    out.push_back(hex_list(value.proofs));
    return out;
}

YAML::Node run_commitment(const YAML::Node& in) {
    return hex(accepted(blob_to_commitment(bytes(in["blob"]))).view());
}
YAML::Node run_blob_proof(const YAML::Node& in) {
    const auto commitment = fixed<Commitment>(in["commitment"]);
    return hex(accepted(compute_blob_proof(bytes(in["blob"]), commitment)).view());
}
YAML::Node run_verify_blob_proof(const YAML::Node& in) {
    const auto commitment = fixed<Commitment>(in["commitment"]);
    const auto proof = fixed<Proof>(in["proof"]);
    return verdict(verify_blob_proof(bytes(in["blob"]), commitment, proof));
}
YAML::Node run_verify_blob_proof_batch(const YAML::Node& in) {
    std::vector<Bytes> blobs;
    for (const auto& blob : in["blobs"]) blobs.push_back(bytes(blob));
    const std::vector<BytesView> views(blobs.begin(), blobs.end());
    const auto commitments = fixed_list<Commitment>(in["commitments"]);
    const auto proofs = fixed_list<Proof>(in["proofs"]);
    return verdict(verify_blob_proof_batch(views, commitments, proofs));
}
YAML::Node run_proof(const YAML::Node& in) {
    const auto opening = accepted(compute_proof(bytes(in["blob"]), fixed<Hash32>(in["z"])));
    YAML::Node out(YAML::NodeType::Sequence);
    out.push_back(hex(opening.proof.view()));
    out.push_back(hex(opening.y.view()));
    return out;
}
YAML::Node run_verify_proof(const YAML::Node& in) {
    Evaluation claim;
    claim.commitment = fixed<Commitment>(in["commitment"]);
    claim.z = fixed<Hash32>(in["z"]);
    claim.y = fixed<Hash32>(in["y"]);
    return verdict(verify_proof(claim, fixed<Proof>(in["proof"])));
}
YAML::Node run_cells(const YAML::Node& in) {
    return hex_list(accepted(compute_cells(bytes(in["blob"]))));
}
YAML::Node run_cells_and_proofs(const YAML::Node& in) {
    return cells_and_proofs(accepted(compute_cells_and_proofs(bytes(in["blob"]))));
}
YAML::Node run_verify_cells(const YAML::Node& in) {
    const auto commitments = fixed_list<Commitment>(in["commitments"]);
    const auto indices = in["cell_indices"].as<std::vector<std::uint64_t>>();
    const auto cells = fixed_list<Cell>(in["cells"]);
    const auto proofs = fixed_list<Proof>(in["proofs"]);
    // One list of statements instead of four lists: lists of unequal length cannot be written down.
    if (indices.size() != commitments.size() || cells.size() != commitments.size() ||
        proofs.size() != commitments.size()) {
        throw Refused{};
    }
    std::vector<CellStatement> statements;
    for (std::size_t i = 0; i < indices.size(); ++i) {
        statements.push_back({commitments[i], indices[i], cells[i], proofs[i]});
    }
    return verdict(verify_cells(statements));
}
YAML::Node run_recover(const YAML::Node& in) {
    const auto indices = in["cell_indices"].as<std::vector<std::uint64_t>>();
    return cells_and_proofs(accepted(recover_cells_and_proofs(indices, fixed_list<Cell>(in["cells"]))));
}
YAML::Node run_challenge(const YAML::Node& in) {
    return hex(accepted(blob_challenge(bytes(in["blob"]), fixed<Commitment>(in["commitment"]))).view());
}
YAML::Node run_cell_challenge(const YAML::Node& in) {
    const auto commitments = fixed_list<Commitment>(in["commitments"]);
    const auto commitment_indices = in["commitment_indices"].as<std::vector<std::uint64_t>>();
    const auto cell_indices = in["cell_indices"].as<std::vector<std::uint64_t>>();
    std::vector<Cell> cells;
    for (const auto& elements : in["cosets_evals"]) {
        Bytes cell;
        for (const auto& element : elements) append(cell, bytes(element));
        if (cell.size() != cell_bytes) throw Refused{};
        cells.push_back(Cell::from(cell));
    }
    const auto proofs = fixed_list<Proof>(in["proofs"]);
    return hex(accepted(cell_batch_challenge({commitments, commitment_indices, cell_indices, cells, proofs})).view());
}

using Runner = YAML::Node (*)(const YAML::Node&);

const std::map<std::string, Runner>& runners() {
    static const std::map<std::string, Runner> table{
        {"blob_to_kzg_commitment", run_commitment},
        {"compute_blob_kzg_proof", run_blob_proof},
        {"verify_blob_kzg_proof", run_verify_blob_proof},
        {"verify_blob_kzg_proof_batch", run_verify_blob_proof_batch},
        {"compute_kzg_proof", run_proof},
        {"verify_kzg_proof", run_verify_proof},
        {"compute_cells", run_cells},
        {"compute_cells_and_kzg_proofs", run_cells_and_proofs},
        {"verify_cell_kzg_proof_batch", run_verify_cells},
        {"recover_cells_and_kzg_proofs", run_recover},
        {"compute_challenge", run_challenge},
        {"compute_verify_cell_kzg_proof_batch_challenge", run_cell_challenge},
    };
    return table;
}

bool equal_nodes(const YAML::Node& a, const YAML::Node& b) {
    if (a.Type() != b.Type()) return false;
    if (!a.IsSequence()) return a.Scalar() == b.Scalar();
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](const auto& x, const auto& y) { return equal_nodes(x, y); });
}

std::optional<YAML::Node> run(Runner runner, const YAML::Node& input) {
    try {
        return runner(input);
    } catch (const Refused&) {
        return std::nullopt;
    }
}

void check_case(Runner runner, const fs::path& file) {
    SCOPED_TRACE(file.string());
    const YAML::Node data = YAML::LoadFile(file.string());
    const YAML::Node expected = data["output"];
    const auto result = run(runner, data["input"]);
    ASSERT_EQ(result.has_value(), !expected.IsNull());
    EXPECT_TRUE(!result || equal_nodes(*result, expected));
}

TEST(KzgReferenceVectors, EveryCaseOfEveryFunction) {
    const fs::path archive = fs::path(folder_of_vectors()) / "kzg.tar.xz";
    if (!fs::exists(archive)) {
        const char* ci = std::getenv("CI");  // NOLINT(concurrency-mt-unsafe): one thread
        if (ci != nullptr && std::string(ci) == "true") FAIL() << archive << " is missing";
        GTEST_SKIP() << archive << " is missing";
    }
    const TemporaryFolder folder;
    const std::string command = "tar xJf '" + archive.string() + "' -C '" + folder.path().string() + "'";
    ASSERT_EQ(std::system(command.c_str()), 0) << command;  // NOLINT(cert-env33-c, concurrency-mt-unsafe)

    std::map<std::string, std::size_t> counts;
    for (const auto& entry : fs::recursive_directory_iterator(folder.path())) {
        if (entry.path().filename() != "data.yaml") continue;
        const std::string function = entry.path().parent_path().parent_path().parent_path().filename().string();
        const auto runner = runners().find(function);
        ASSERT_NE(runner, runners().end()) << "no runner for " << entry.path();
        check_case(runner->second, entry.path());
        ++counts[function];
    }
    std::size_t total = 0;
    for (const auto& [function, count] : counts) {
        std::printf("kzg vectors: %-30s %zu cases\n", function.c_str(), count);
        total += count;
    }
    std::printf("kzg vectors: %zu cases\n", total);
    EXPECT_EQ(counts.size(), runners().size()) << "every function has cases";
}

}  // namespace
}  // namespace enshrine::crypto::kzg
