// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers

// Makes keys, proofs and public witnesses with gnark, of Groth16 and of PLONK, one circuit without and one with a
// commitment, as the tests of enshrine/prover_files read them: go run . PREFIX writes PREFIX_plain.vk,
// PREFIX_plonk_plain.vk and so on. Other versions of gnark: go get github.com/consensys/gnark@vX.Y.Z.
package main

import (
	"io"
	"os"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/backend/witness"
	"github.com/consensys/gnark/frontend"
)

type circuit struct {
	X      frontend.Variable
	Y      frontend.Variable `gnark:",public"`
	Z      frontend.Variable `gnark:",public"`
	commit bool
}

func (c *circuit) Define(api frontend.API) error {
	x3 := api.Mul(c.X, c.X, c.X)
	api.AssertIsEqual(c.Y, api.Add(x3, c.X, 5))
	api.AssertIsEqual(c.Z, api.Mul(c.X, 2))
	if c.commit {
		cm, err := api.(frontend.Committer).Commit(c.X, x3)
		if err != nil {
			return err
		}
		api.AssertIsDifferent(cm, c.X)
	}
	return nil
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// Both witnesses of the circuits: the whole one and its public part.
func witnesses() (witness.Witness, witness.Witness) {
	all, err := frontend.NewWitness(&circuit{X: 3, Y: 35, Z: 6}, ecc.BN254.ScalarField())
	must(err)
	public, err := all.Public()
	must(err)
	return all, public
}

func write(name string, content io.WriterTo) {
	f, err := os.Create(name)
	must(err)
	_, err = content.WriteTo(f)
	must(err)
	must(f.Close())
}

func main() {
	for _, commit := range []bool{false, true} {
		name := "plain"
		if commit {
			name = "commitment"
		}
		writeGroth16(os.Args[1]+"_"+name, commit)
		writePlonk(os.Args[1]+"_plonk_"+name, commit)
	}
}
