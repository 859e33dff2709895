// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers

package main

import (
	"encoding/hex"
	"math/big"
	"os"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"
	"github.com/consensys/gnark/backend/plonk"
	plonk_bn254 "github.com/consensys/gnark/backend/plonk/bn254"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/scs"
)

// A reference string whose secret is known: for tests alone. All keys made here share [x]_2.
func referenceString(ccs constraint.ConstraintSystem) (*kzg.SRS, *kzg.SRS) {
	size := ecc.NextPowerOfTwo(uint64(ccs.GetNbConstraints() + ccs.GetNbPublicVariables()))
	canonical, err := kzg.NewSRS(size+3, big.NewInt(20_261_125))
	must(err)
	points := make([]bn254.G1Affine, size)
	copy(points, canonical.Pk.G1)
	lagrange := &kzg.SRS{Vk: canonical.Vk}
	lagrange.Pk.G1, err = kzg.ToLagrangeG1(points)
	must(err)
	return canonical, lagrange
}

func writePlonk(stem string, commit bool) {
	ccs, err := frontend.Compile(ecc.BN254.ScalarField(), scs.NewBuilder, &circuit{commit: commit})
	must(err)
	canonical, lagrange := referenceString(ccs)
	pk, vk, err := plonk.Setup(ccs, canonical, lagrange)
	must(err)
	all, public := witnesses()
	proof, err := plonk.Prove(ccs, pk, all)
	must(err)
	must(plonk.Verify(proof, vk, public))
	write(stem+".vk", vk)
	write(stem+".proof", proof)
	write(stem+".pub", public)
	// The proof as gnark's Solidity verifier takes it.
	text := hex.EncodeToString(proof.(*plonk_bn254.Proof).MarshalSolidity()) + "\n"
	must(os.WriteFile(stem+".calldata", []byte(text), 0o644))
}
