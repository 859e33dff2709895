// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers

package main

import (
	"math/big"
	"math/rand/v2"

	"github.com/consensys/gnark/backend/witness"
	"github.com/consensys/gnark/frontend"
)

// A circuit drawn at random: steps that compute new wires from earlier ones, the first of which are secret inputs. Each
// public input equals a wire.
type shape struct {
	field       *big.Int
	secrets     int
	publics     int
	steps       []step
	outputs     []int // the wire of each public input
	commitments int   // to all secret inputs, each
	// What keys of ours cannot have: a commitment to a public input, and one more public input, which nothing constrains.
	commitsPublic, unused bool
}

// wire a × wire b when product, else coefficient × wire a + wire b + constant.
type step struct {
	a, b        int
	product     bool
	coefficient *big.Int
	constant    *big.Int
}

func number(random *rand.Rand, below *big.Int) *big.Int {
	switch random.IntN(16) {
	case 0:
		return big.NewInt(0)
	case 1:
		return big.NewInt(1)
	case 2:
		return new(big.Int).Sub(below, big.NewInt(1))
	}
	bytes := make([]byte, 48)
	for i := range bytes {
		bytes[i] = byte(random.Uint32())
	}
	return new(big.Int).Mod(new(big.Int).SetBytes(bytes), below)
}

func randomShape(random *rand.Rand, field *big.Int, publics, stepsMax, commitments int) shape {
	s := shape{field: field, secrets: 1 + random.IntN(6), publics: publics, commitments: commitments}
	count := publics + 1 + random.IntN(stepsMax)
	for i := range count {
		wires := s.secrets + i
		s.steps = append(s.steps, step{
			a: random.IntN(wires), b: random.IntN(wires), product: random.IntN(2) == 0,
			coefficient: number(random, field), constant: number(random, field),
		})
	}
	for _, at := range random.Perm(count)[:publics] {
		s.outputs = append(s.outputs, s.secrets+at)
	}
	return s
}

// The public inputs that follow from the secret ones, and the last wire.
func (s *shape) evaluate(secrets []*big.Int) (publics []*big.Int, last *big.Int) {
	wires := append([]*big.Int{}, secrets...)
	for _, step := range s.steps {
		out := new(big.Int)
		if step.product {
			out.Mul(wires[step.a], wires[step.b])
		} else {
			out.Mul(step.coefficient, wires[step.a])
			out.Add(out, wires[step.b]).Add(out, step.constant)
		}
		wires = append(wires, out.Mod(out, s.field))
	}
	for _, wire := range s.outputs {
		publics = append(publics, wires[wire])
	}
	if s.unused {
		publics = append(publics, big.NewInt(7))
	}
	return publics, wires[len(wires)-1]
}

type circuit struct {
	Public []frontend.Variable `gnark:",public"`
	Secret []frontend.Variable
	Last   frontend.Variable // the last wire, so that without public inputs there is something to prove
	shape  *shape
}

func (s *shape) circuit() *circuit {
	publics := s.publics
	if s.unused {
		publics++
	}
	return &circuit{Public: make([]frontend.Variable, publics), Secret: make([]frontend.Variable, s.secrets), shape: s}
}

func (c *circuit) Define(api frontend.API) error {
	wires := append([]frontend.Variable{}, c.Secret...)
	for _, step := range c.shape.steps {
		if step.product {
			wires = append(wires, api.Mul(wires[step.a], wires[step.b]))
		} else {
			wires = append(wires, api.Add(api.Mul(step.coefficient, wires[step.a]), wires[step.b], step.constant))
		}
	}
	for i, wire := range c.shape.outputs {
		api.AssertIsEqual(c.Public[i], wires[wire])
	}
	api.AssertIsEqual(c.Last, wires[len(wires)-1])
	for range c.shape.commitments {
		committed := c.Secret
		if c.shape.commitsPublic {
			committed = append([]frontend.Variable{c.Public[0]}, committed...)
		}
		commitment, err := api.(frontend.Committer).Commit(committed...)
		if err != nil {
			return err
		}
		api.AssertIsDifferent(commitment, c.Secret[0])
	}
	return nil
}

// The whole witness of random secret inputs, and its public part.
func (s *shape) witnesses(random *rand.Rand) (witness.Witness, witness.Witness) {
	assignment := s.circuit()
	var secrets []*big.Int
	for i := range s.secrets {
		value := number(random, s.field)
		secrets = append(secrets, value)
		assignment.Secret[i] = value
	}
	publics, last := s.evaluate(secrets)
	for i, value := range publics {
		assignment.Public[i] = value
	}
	assignment.Last = last
	all, err := frontend.NewWitness(assignment, s.field)
	must(err)
	public, err := all.Public()
	must(err)
	return all, public
}
