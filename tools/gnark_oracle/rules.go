// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers

package main

import (
	"math/rand/v2"
	"strings"
)

// A rule of ours that refuses what gnark accepts. It is known by our words, and where these say no more than that a proof
// does not hold, by the field that was changed.
type rule struct {
	name   string // with its reason
	kind   string // of keys; any when empty
	words  string // of ours
	change string // in the name of the change
	field  string // in the name of the field
}

var strictRules = []rule{
	{name: "a file ends after its last field: gnark reads a stream and leaves the rest", words: "bytes follow the last field"},
	{name: "a witness has the bytes of its elements: gnark leaves the rest", words: "bytes of the elements"},
	{name: "a witness has as many public inputs as it says: gnark ignores the number", words: "length: the number of public inputs"},
	{name: "a witness is a public one: gnark ignores the number of secret inputs", words: "number of secret inputs"},
	{name: "points of a file have one form: gnark's readers take each as it is", words: "other points of the file are not"},
	{name: "points of a file have one form: gnark's readers take each as it is", change: "the other form in", words: "length of K"},
	{name: "no infinity in proofs and keys, where it leaves something unbound [GROTH.3, GROTH.6, PLONK-GNARK.3, PLONK-GNARK.7]",
		words: "the point at infinity"},
	{name: "a proof has commitments exactly when its key does [GROTH.6]: gnark leaves that to its caller",
		kind: "groth16", words: "number of commitments"},
	{name: "γ, δ, β are independent [GROTH.4]: else anyone can forge", kind: "groth16", words: "anyone could forge proofs for it"},
	{name: "a key has as many commitment keys as commitments: gnark compares no counts, and without keys checks no commitment",
		kind: "groth16", words: "CommitmentKeys: as many as"},
	{name: "infinity has its flag, where a curve has one", kind: "groth16", words: "the flag bits of a point are wrong"},
	{name: "the gate of a commitment is one of the circuit's [PLONK-GNARK.2]: gnark takes its number modulo Size",
		kind: "plonk-gnark", words: "CommitmentConstraintIndexes[0]: expected less than Size"},
	{name: "at most one commitment", words: "expected at most 1 commitment"},
	{name: "a commitment on BN254 alone [GROTH.1]", kind: "groth16", words: "they are supported on bn254 alone"},
	{name: "a commitment to private wires alone", words: "a commitment to public inputs is not supported"},
	{name: "Kzg.G2 is what counts, not its lines: gnark pairs with the lines", kind: "plonk-gnark", field: "Kzg.G2"},
}

func strictRule(system *system, q *question, ours string) *rule {
	for i, rule := range strictRules {
		if (rule.kind == "" || rule.kind == system.kind) && strings.Contains(ours, rule.words) &&
			strings.Contains(q.name, rule.change) && strings.Contains(q.field, rule.field) {
			return &strictRules[i]
		}
	}
	return nil
}

// Fields that follow from others and are not part of what we verify, so that gnark may refuse for them alone: the first
// claimed value, which the verifier computes, and the lines of the pairing, which we make from the point.
func isRedundant(field string) bool {
	return field == "ClaimedValues[0]" || field == "Kzg.Lines"
}

// Circuits whose keys we do not take.
func unsupportedShapes(system *system, random *rand.Rand) []shape {
	base := func(commitments int) shape { return randomShape(random, system.curve.order, 2, 8, commitments) }
	two, public, unused := base(2), base(1), base(0)
	public.commitsPublic = true
	unused.unused = true
	out := []shape{two, public, unused}
	if !system.commitments {
		out = append(out, base(1))
	}
	return out
}
