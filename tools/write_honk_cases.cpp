// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// write_honk_cases FOLDER SEED: for both flavours of bb 5.0 a key whose SRS has a known secret, in bb's form (plain.vk,
// zk.vk), its [x]_2 (plain.srs_point, …), and what we say of valid and damaged proofs (plain.cases, …), a line each:
// name;1 or 0;public inputs,;proof. For verifiers that others wrote.
#include <enshrine/codec/hex.hpp>
#include <enshrine/proofs/snark/ultrahonk_for_test.hpp>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace {

using namespace enshrine;
using namespace enshrine::proofs::ultrahonk;
using algebra::bn254::G1Affine;
using test::Item;
using test::Layout;
using test::Trapdoor;

void write_file(const std::filesystem::path& path, BytesView bytes) {
    std::ofstream file{path, std::ios::binary};
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

Bytes key_of_bb(const Trapdoor& trapdoor) {
    const Dialect& form = dialect(trapdoor.header.version);
    const std::size_t inputs = trapdoor.header.input_count + form.accumulator_limbs;
    Bytes out;
    for (const std::size_t word : {std::size_t{trapdoor.header.log_size}, inputs, std::size_t{form.first_input_row}}) {
        append(out, U256{word}.to_be().view());
    }
    append(out, BytesView{trapdoor.key}.subspan(header_bytes + algebra::bn254::g2_bytes));
    return out;
}

class Cases {
public:
    Cases(const std::filesystem::path& path, const Trapdoor& trapdoor) : file_{path}, trapdoor_{trapdoor} {}

    void add(std::string_view name, const std::vector<U256>& inputs, const Bytes& proof) {
        const bool accepted = trapdoor_.decoded.verify(inputs, proof).has_value();
        file_ << name << ';' << (accepted ? '1' : '0') << ';';
        for (const U256& input : inputs) file_ << codec::format_hex(input.to_be().view()) << ',';
        file_ << ';' << codec::format_hex(proof) << '\n';
    }

private:
    std::ofstream file_;
    const Trapdoor& trapdoor_;
};

void add_damaged(Cases& cases, const Layout& layout, algebra::bn254::Draw& draw, const std::vector<U256>& inputs,
                 const Bytes& proof) {
    for (const Item& item : layout.items()) {
        Bytes changed = proof;
        if (!item.is_point) {
            put(changed, item, test::scalar_at(proof, item) + Fr::one());
            cases.add(item.name, inputs, changed);
            continue;
        }
        put(changed, item, draw.g1());
        cases.add(item.name, inputs, changed);
        put(changed, item, G1Affine::infinity());
        cases.add(item.name + " at infinity", inputs, changed);
        changed = proof;
        changed[item.at + item.size() - 1] ^= 1;
        cases.add(item.name + " off the curve", inputs, changed);
    }
}

void write_cases(const std::filesystem::path& folder, Flavour flavour, std::uint64_t seed) {
    const std::string name = flavour == Flavour::plain ? "plain" : "zk";
    algebra::bn254::Draw draw{seed};
    const auto log_size = static_cast<std::uint8_t>(5 + seed % 8);
    const Trapdoor trapdoor = Trapdoor::draw(draw, {Version::bb_5_0, flavour, log_size, 2});
    write_file(folder / (name + ".vk"), key_of_bb(trapdoor));
    write_file(folder / (name + ".srs_point"), BytesView{trapdoor.key}.subspan(header_bytes, algebra::bn254::g2_bytes));

    Cases cases{folder / (name + ".cases"), trapdoor};
    const auto inputs = test::draw_inputs(draw, 2);
    const Bytes proof = trapdoor.prove(draw, inputs);
    const std::vector<Fr> no_accumulator(8);
    cases.add("valid", inputs, proof);
    cases.add("without pairing points", inputs, trapdoor.prove(draw, inputs, no_accumulator));
    cases.add(
        "without lookups", inputs,
        trapdoor.prove(draw, inputs, no_accumulator, {"lookup_inverses", "lookup_read_counts", "lookup_read_tags"}));
    PairingPoints wrong = trapdoor.accumulator(draw);
    std::swap(wrong.first, wrong.second);
    cases.add("wrong pairing points", inputs, trapdoor.prove(draw, inputs, test::limbs_of(Version::bb_5_0, wrong)));
    cases.add("other inputs", {inputs[1], inputs[0]}, proof);
    cases.add("an input less", {inputs[0]}, proof);
    add_damaged(cases, Layout{trapdoor.header}, draw, inputs, proof);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fputs("usage: write_honk_cases FOLDER SEED\n", stderr);
        return 2;
    }
    const std::filesystem::path folder = argv[1];
    std::filesystem::create_directories(folder);
    const std::uint64_t seed = std::strtoull(argv[2], nullptr, 10);
    for (const Flavour flavour : {Flavour::plain, Flavour::zero_knowledge}) write_cases(folder, flavour, seed);
    return 0;
}
