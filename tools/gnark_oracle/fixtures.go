// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers

package main

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"regexp"

	"github.com/consensys/gnark-crypto/ecc"
	plonk_bn254 "github.com/consensys/gnark/backend/plonk/bn254"
	"github.com/consensys/gnark/backend/solidity"
	"github.com/consensys/gnark/frontend"
)

// One small circuit, without and with a commitment.
type fixture struct {
	X      frontend.Variable
	Y      frontend.Variable `gnark:",public"`
	Z      frontend.Variable `gnark:",public"`
	commit bool
}

func (c *fixture) Define(api frontend.API) error {
	x3 := api.Mul(c.X, c.X, c.X)
	api.AssertIsEqual(c.Y, api.Add(x3, c.X, 5))
	api.AssertIsEqual(c.Z, api.Mul(c.X, 2))
	if c.commit {
		commitment, err := api.(frontend.Committer).Commit(c.X, x3)
		if err != nil {
			return err
		}
		api.AssertIsDifferent(commitment, c.X)
	}
	return nil
}

// All keys of PLONK made here share [x]_2.
const fixtureSecret = 20_261_125

// Writes what the tests of enshrine/prover_files read: PREFIX_plain.vk, PREFIX_bls12381_plain.vk, PREFIX_plonk_plain.vk and
// so on, each key and proof also as WriteRawTo has it (.raw.vk, .raw.proof), proofs of PLONK also as gnark's Solidity
// verifier takes them (.calldata), keys on BN254 also as the constants of that verifier (.vk.constants.json).
func writeFixtures(prefix string) {
	for i, stem := range []string{prefix, prefix + "_bls12381", prefix + "_plonk"} {
		system := systems[i]
		for _, commit := range []bool{false, true} {
			name := stem + "_plain"
			if commit {
				name = stem + "_commitment"
			}
			system.writeFixture(name, commit)
		}
	}
}

func (s *system) writeFixture(stem string, commit bool) {
	prove, key := s.setup(&fixture{commit: commit}, fixtureSecret)
	all, err := frontend.NewWitness(&fixture{X: 3, Y: 35, Z: 6}, s.curve.order)
	must(err)
	public, err := all.Public()
	must(err)
	proof, err := prove(all)
	must(err)
	must(s.verdict(compressed(key), compressed(proof), compressed(public)))
	must(s.verdict(s.withUncompressedPoints(compressed(key)), uncompressed(proof), compressed(public)))
	write := func(ending string, content []byte) { must(os.WriteFile(stem+ending, content, 0o644)) }
	write(".vk", compressed(key))
	write(".raw.vk", s.withUncompressedPoints(compressed(key)))
	write(".proof", compressed(proof))
	write(".raw.proof", uncompressed(proof))
	write(".pub", compressed(public))
	if s.kind == "groth16" {
		for ending, content := range map[string]any{".vk.json": key, ".proof.json": proof} {
			text, err := json.Marshal(content)
			must(err)
			write(ending, append(text, '\n'))
		}
	}
	if exported, ok := key.(interface {
		ExportSolidity(io.Writer, ...solidity.ExportOption) error
	}); ok && s.curve == curves[ecc.BN254] {
		var source bytes.Buffer
		must(exported.ExportSolidity(&source))
		write(".vk.constants.json", constantsOf(source.Bytes()))
	}
	if ours, ok := proof.(*plonk_bn254.Proof); ok {
		write(".calldata", []byte(hex.EncodeToString(ours.MarshalSolidity())+"\n"))
	}
}

var constant = regexp.MustCompile(`uint256 (?:private )?constant (\w+) *= *([0-9a-fA-Fx]+);`)

// The numbers of a contract by their names.
func constantsOf(source []byte) []byte {
	numbers := map[string]string{}
	for _, found := range constant.FindAllSubmatch(source, -1) {
		numbers[string(found[1])] = string(found[2])
	}
	text, err := json.MarshalIndent(numbers, "", " ")
	must(err)
	return append(text, '\n')
}

// What WriteRawTo is for: in gnark 0.14 that of a key of PLONK compresses all the same, while its reader takes both.
func (s *system) withUncompressedPoints(key []byte) []byte {
	out := fieldsOf(s.curve, key, s.keyFields)
	for i, field := range out.fields {
		if field.isPoint() {
			raw, err := s.curve.group(field.part).expand(field.bytes)
			must(err)
			out.fields[i].bytes = raw
		}
	}
	return out.bytes()
}
