// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers

// Pairings and Groth16 with gnark, for scripts/bench_proofs.sh. One thread, CPU time, the least of several runs; one
// line each: NAME cpu_us=N.
package main

import (
	"bytes"
	"fmt"
	"math/big"
	"runtime"
	"runtime/debug"
	"syscall"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark/backend/groth16"
	"github.com/consensys/gnark/backend/plonk"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/frontend/cs/scs"
	"github.com/consensys/gnark/logger"
	"github.com/consensys/gnark/test/unsafekzg"
)

// cubic says y = x^3 + x + 5 and z = 2x: two public inputs.
type cubic struct {
	X frontend.Variable
	Y frontend.Variable `gnark:",public"`
	Z frontend.Variable `gnark:",public"`
}

func (c *cubic) Define(api frontend.API) error {
	api.AssertIsEqual(c.Y, api.Add(api.Mul(c.X, c.X, c.X), c.X, 5))
	api.AssertIsEqual(c.Z, api.Mul(c.X, 2))
	return nil
}

func must[T any](value T, err error) T {
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func cpuSeconds() float64 {
	var usage syscall.Rusage
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	seconds := func(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }
	return seconds(usage.Utime) + seconds(usage.Stime)
}

func best(name string, calls int, body func()) {
	least := 0.0
	for run := range 8 {
		runtime.GC()
		started := cpuSeconds()
		for range calls {
			body()
		}
		if used := (cpuSeconds() - started) / float64(calls); run == 0 || used < least {
			least = used
		}
	}
	fmt.Printf("%s cpu_us=%.2f\n", name, least*1e6)
}

func pairings() {
	_, _, g1, g2 := bn254.Generators()
	var p []bn254.G1Affine
	var q []bn254.G2Affine
	for i := range 64 {
		scalar := new(big.Int).Exp(big.NewInt(7), big.NewInt(int64(90+i)), nil)
		var p1 bn254.G1Affine
		var q1 bn254.G2Affine
		p = append(p, *p1.ScalarMultiplication(&g1, scalar))
		q = append(q, *q1.ScalarMultiplication(&g2, scalar))
	}
	best("gnark_pairing", 100, func() { must(bn254.Pair(p[:1], q[:1])) })
	best("gnark_check_4", 50, func() { must(bn254.PairingCheck(p[:4], q[:4])) })
	best("gnark_check_64", 4, func() { must(bn254.PairingCheck(p, q)) })
	best("gnark_g2_membership", 200, func() { q[1].IsInSubGroup() })
}

func groth16Proof() {
	circuit := must(frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &cubic{}))
	provingKey, verifyingKey, err := groth16.Setup(circuit)
	check(err)
	witness := must(frontend.NewWitness(&cubic{X: 3, Y: 35, Z: 6}, ecc.BN254.ScalarField()))
	proof := must(groth16.Prove(circuit, provingKey, witness))
	public := must(witness.Public())
	best("gnark_groth16", 50, func() { check(groth16.Verify(proof, verifyingKey, public)) })
	var raw bytes.Buffer
	must(proof.WriteRawTo(&raw))
	best("gnark_groth16_from_bytes", 50, func() {
		read := groth16.NewProof(ecc.BN254)
		must(read.ReadFrom(bytes.NewReader(raw.Bytes())))
		check(groth16.Verify(read, verifyingKey, public))
	})
}

func plonkProof() {
	circuit := must(frontend.Compile(ecc.BN254.ScalarField(), scs.NewBuilder, &cubic{}))
	srs, lagrange, err := unsafekzg.NewSRS(circuit)
	check(err)
	provingKey, verifyingKey, err := plonk.Setup(circuit, srs, lagrange)
	check(err)
	witness := must(frontend.NewWitness(&cubic{X: 3, Y: 35, Z: 6}, ecc.BN254.ScalarField()))
	proof := must(plonk.Prove(circuit, provingKey, witness))
	public := must(witness.Public())
	best("gnark_plonk", 50, func() { check(plonk.Verify(proof, verifyingKey, public)) })
}

func main() {
	runtime.GOMAXPROCS(1)
	debug.SetGCPercent(400)
	logger.Disable()
	pairings()
	groth16Proof()
	plonkProof()
}
