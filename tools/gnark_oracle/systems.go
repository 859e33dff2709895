// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers

package main

import (
	"bytes"
	"fmt"
	"io"
	"math/big"
	"math/rand/v2"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"
	"github.com/consensys/gnark/backend/groth16"
	"github.com/consensys/gnark/backend/plonk"
	"github.com/consensys/gnark/backend/witness"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/frontend/cs/scs"
)

// A proof system of gnark on a curve.
type system struct {
	name        string
	kind        string // of proof_verdicts
	curve       *curve
	commitments bool // whether we take keys with one
	setup       func(source frontend.Circuit, secret int64) (prover, written)
	verify      func(key, proof, public []byte) error
	keyFields   func(form *reader)
	proofFields func(form *reader)
}

// Makes a proof of a witness.
type prover func(all witness.Witness) (written, error)

// What gnark writes in its two forms.
type written interface {
	io.WriterTo
	WriteRawTo(io.Writer) (int64, error)
}

func compressed(content io.WriterTo) []byte {
	var out bytes.Buffer
	_, err := content.WriteTo(&out)
	must(err)
	return out.Bytes()
}
func uncompressed(content written) []byte {
	var out bytes.Buffer
	_, err := content.WriteRawTo(&out)
	must(err)
	return out.Bytes()
}

func readWitness(id ecc.ID, public []byte) (witness.Witness, error) {
	out, err := witness.New(id.ScalarField())
	must(err)
	return out, out.UnmarshalBinary(public)
}

func groth16On(id ecc.ID, name string, commitments bool) *system {
	return &system{
		name: name, kind: "groth16", curve: curves[id], commitments: commitments,
		setup: func(source frontend.Circuit, _ int64) (prover, written) {
			ccs, err := frontend.Compile(id.ScalarField(), r1cs.NewBuilder, source, frontend.IgnoreUnconstrainedInputs())
			must(err)
			provingKey, key, err := groth16.Setup(ccs)
			must(err)
			return func(all witness.Witness) (written, error) { return groth16.Prove(ccs, provingKey, all) }, key
		},
		verify: func(keyBytes, proofBytes, public []byte) error {
			key, proof := groth16.NewVerifyingKey(id), groth16.NewProof(id)
			if _, err := key.ReadFrom(bytes.NewReader(keyBytes)); err != nil {
				return fmt.Errorf("key: %w", err)
			}
			if _, err := proof.ReadFrom(bytes.NewReader(proofBytes)); err != nil {
				return fmt.Errorf("proof: %w", err)
			}
			inputs, err := readWitness(id, public)
			if err != nil {
				return fmt.Errorf("inputs: %w", err)
			}
			return groth16.Verify(proof, key, inputs)
		},
		keyFields:   groth16KeyFields,
		proofFields: groth16ProofFields,
	}
}

// A reference string whose secret is known: for tests alone.
func referenceString(ccs constraint.ConstraintSystem, secret int64) (*kzg.SRS, *kzg.SRS) {
	size := ecc.NextPowerOfTwo(uint64(ccs.GetNbConstraints() + ccs.GetNbPublicVariables()))
	canonical, err := kzg.NewSRS(size+3, big.NewInt(secret))
	must(err)
	points := make([]bn254.G1Affine, size)
	copy(points, canonical.Pk.G1)
	lagrange := &kzg.SRS{Vk: canonical.Vk}
	lagrange.Pk.G1, err = kzg.ToLagrangeG1(points)
	must(err)
	return canonical, lagrange
}

func plonkOnBn254(name string) *system {
	return &system{
		name: name, kind: "plonk-gnark", curve: curves[ecc.BN254], commitments: true,
		setup: func(source frontend.Circuit, secret int64) (prover, written) {
			ccs, err := frontend.Compile(ecc.BN254.ScalarField(), scs.NewBuilder, source, frontend.IgnoreUnconstrainedInputs())
			must(err)
			canonical, lagrange := referenceString(ccs, secret)
			provingKey, key, err := plonk.Setup(ccs, canonical, lagrange)
			must(err)
			return func(all witness.Witness) (written, error) { return plonk.Prove(ccs, provingKey, all) }, key
		},
		verify: func(keyBytes, proofBytes, public []byte) error {
			key, proof := plonk.NewVerifyingKey(ecc.BN254), plonk.NewProof(ecc.BN254)
			if _, err := key.ReadFrom(bytes.NewReader(keyBytes)); err != nil {
				return fmt.Errorf("key: %w", err)
			}
			if _, err := proof.ReadFrom(bytes.NewReader(proofBytes)); err != nil {
				return fmt.Errorf("proof: %w", err)
			}
			inputs, err := readWitness(ecc.BN254, public)
			if err != nil {
				return fmt.Errorf("inputs: %w", err)
			}
			return plonk.Verify(proof, key, inputs)
		},
		keyFields:   plonkKeyFields,
		proofFields: plonkProofFields,
	}
}

// gnark's answer. Its readers and verifiers panic on some files; that is a refusal. So is a length that no file of that
// size can have, which is not put to it.
func (s *system) verdict(key, proof, public []byte) (err error) {
	for _, each := range []struct {
		content []byte
		layout  func(*reader)
	}{{key, s.keyFields}, {proof, s.proofFields}, {public, witnessFields}} {
		if hasImpossibleLength(s.curve, each.content, each.layout) {
			return fmt.Errorf("a length is more than the file has bytes")
		}
	}
	defer func() {
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("panic: %v", panicked)
		}
	}()
	return s.verify(key, proof, public)
}

var systems = []*system{}

func init() {
	systems = append(systems, groth16On(ecc.BN254, "Groth16 on BN254", true),
		groth16On(ecc.BLS12_381, "Groth16 on BLS12-381", false), plonkOnBn254("PLONK on BN254"))
}

// A statement that gnark proved.
type fresh struct {
	system      *system
	shape       shape
	key, rawKey []byte
	proof       []byte
	rawProof    []byte
	public      []byte
	other       []byte // a proof of another witness
	otherPublic []byte
	otherKey    []byte // of another setup of the same circuit
}

func (s *system) prove(random *rand.Rand, shape shape) fresh {
	out := fresh{system: s, shape: shape}
	prove, key := s.setup(shape.circuit(), 1+random.Int64N(1<<60))
	out.key, out.rawKey = compressed(key), uncompressed(key)
	for _, into := range []struct{ proof, raw, public *[]byte }{{&out.proof, &out.rawProof, &out.public}, {&out.other, nil, &out.otherPublic}} {
		all, public := shape.witnesses(random)
		proof, err := prove(all)
		must(err)
		*into.proof = compressed(proof)
		if into.raw != nil {
			*into.raw = uncompressed(proof)
		}
		*into.public = compressed(public)
	}
	_, again := s.setup(shape.circuit(), 1+random.Int64N(1<<60))
	out.otherKey = compressed(again)
	return out
}
