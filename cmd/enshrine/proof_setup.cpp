// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
//
// `enshrine proof development-setup`: a Groth16 key for a circuit, in seconds, for development networks alone.
#include <enshrine/prover_files/development_setup.hpp>

#include <cmd/enshrine/proof_setup.hpp>
#include <fmt/format.h>

namespace enshrine::cli {
namespace {

constexpr std::size_t r1cs_bytes_max = std::size_t{1} << 31;

struct SetupOptions {
    std::string circuit;
    std::string key;
};

CliResult<Report> set_up(const SetupOptions& options) {
    const auto content = read_file(options.circuit, r1cs_bytes_max);
    if (!content) return std::unexpected{content.error()};
    const auto system = prover_files::read_r1cs(*content);
    if (!system) return bad_usage(fmt::format("{}: {}", options.circuit, system.error().message));
    const Bytes key = prover_files::make_zkey(*system, prover_files::development_secrets(*content));
    const auto written = write_file(options.key, key);
    if (!written) return std::unexpected{written.error()};
    return Report{.json = Json{{"constraints", system->constraints.size()},
                               {"wires", system->wires},
                               {"publicInputs", system->public_wires},
                               {"key", options.key}},
                  .text = fmt::format("{} constraints, {} wires, {} public inputs\n{}: for development only, its "
                                      "secrets are known to everybody\n",
                                      system->constraints.size(), system->wires, system->public_wires, options.key)};
}

}  // namespace

void add_development_setup(CLI::App& group, Session& session) {
    auto options = std::make_shared<SetupOptions>();
    CLI::App& command = add_command(group, session, "development-setup",
                                    "make a Groth16 proving key without a ceremony, for development",
                                    [options] { return set_up(*options); });
    command.add_option("--r1cs", options->circuit, "constraint system that circom has compiled, over BN254")
        ->required();
    command.add_option("--zkey", options->key, "where to write the key, in snarkjs's format")->required();
    command.footer(
        "Its secrets follow from the circuit, so everybody can make proofs of false statements for this key.\n"
        "A network with value needs the ceremony of snarkjs in its place.");
}

}  // namespace enshrine::cli
