// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers

// Makes keys, proofs and public witnesses of Groth16 with gnark, one circuit without and one with a commitment, as the
// tests of enshrine/prover_files read them: go run . PREFIX writes PREFIX_plain.vk and so on. Other versions of gnark:
// go get github.com/consensys/gnark@vX.Y.Z.
package main

import (
	"os"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/backend/groth16"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
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
func main() {
	for _, commit := range []bool{false, true} {
		name := "plain"
		if commit {
			name = "commitment"
		}
		ccs, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &circuit{commit: commit})
		must(err)
		pk, vk, err := groth16.Setup(ccs)
		must(err)
		w, err := frontend.NewWitness(&circuit{X: 3, Y: 35, Z: 6}, ecc.BN254.ScalarField())
		must(err)
		proof, err := groth16.Prove(ccs, pk, w)
		must(err)
		pub, err := w.Public()
		must(err)
		must(groth16.Verify(proof, vk, pub))
		d := os.Args[1] + "_" + name
		f, _ := os.Create(d + ".vk")
		_, err = vk.WriteTo(f)
		must(err)
		f.Close()
		f, _ = os.Create(d + ".proof")
		_, err = proof.WriteTo(f)
		must(err)
		f.Close()
		f, _ = os.Create(d + ".pub")
		_, err = pub.WriteTo(f)
		must(err)
		f.Close()
	}
}
