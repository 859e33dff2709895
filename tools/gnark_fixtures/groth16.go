// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers

package main

import (
	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/backend/groth16"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
)

func writeGroth16(stem string, commit bool) {
	ccs, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &circuit{commit: commit})
	must(err)
	pk, vk, err := groth16.Setup(ccs)
	must(err)
	all, public := witnesses()
	proof, err := groth16.Prove(ccs, pk, all)
	must(err)
	must(groth16.Verify(proof, vk, public))
	write(stem+".vk", vk)
	write(stem+".proof", proof)
	write(stem+".pub", public)
}
