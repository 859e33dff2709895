// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers

package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
)

// What is put to both verifiers.
type question struct {
	name               string
	key, proof, public []byte
	// What both have to say, where it is known.
	accepted, refused bool
	// The field that was changed, by which rules of ours that are stricter are found.
	field string
}

// A change of the files of a proof that holds.
type change struct {
	name  string
	apply func(*files)
}

// The files of a proof, to be changed.
type files struct {
	key, proof, public *file
	random             *rand.Rand
	from               *fresh
	out                question
}

func filesOf(from *fresh, raw bool, random *rand.Rand) *files {
	key, proof := from.key, from.proof
	if raw {
		key, proof = from.rawKey, from.rawProof
	}
	c := from.system.curve
	return &files{
		key: fieldsOf(c, key, from.system.keyFields), proof: fieldsOf(c, proof, from.system.proofFields),
		public: fieldsOf(c, from.public, witnessFields), random: random, from: from,
	}
}

func (f *files) question() question {
	out := f.out
	for into, from := range map[*[]byte]*file{&out.key: f.key, &out.proof: f.proof, &out.public: f.public} {
		if *into == nil {
			*into = from.bytes()
		}
	}
	return out
}

// Arithmetic on points and numbers as they stand in a file.

func (c *curve) group(part part) *group {
	if part == pointG1 {
		return &c.g1
	}
	return &c.g2
}

// inForm writes a point as `like` is written.
func (c *curve) inForm(part part, raw []byte, like []byte) []byte {
	if c.isCompressed(like[0]) {
		return c.group(part).compress(raw)
	}
	return bytes.Clone(raw)
}

func (c *curve) randomPoint(part part, random *rand.Rand, like []byte) []byte {
	raw := c.group(part).scale(c.group(part).generator, number(random, c.order))
	return c.inForm(part, raw, like)
}

func (c *curve) infinityLike(like []byte) []byte {
	out := make([]byte, len(like))
	switch {
	case c.isCompressed(like[0]):
		out[0] = c.infinity
	case c.flags == 0xe0:
		out[0] = 0x40
	}
	return out
}

// plus adds to a big-endian number; false when it does not fit, or reaches the flags of a point.
func plus(number []byte, summand *big.Int, spared byte) bool {
	sum := new(big.Int).SetBytes(number)
	sum.Add(sum, summand)
	if sum.BitLen() > 8*len(number) {
		return false
	}
	out := sum.FillBytes(make([]byte, len(number)))
	if (out[0]^number[0])&spared != 0 {
		return false
	}
	copy(number, out)
	return true
}

func (f *files) scaled(in *file, name string, by *big.Int) {
	field := &in.fields[in.find(name)]
	c := in.curve
	raw, err := c.group(field.part).expand(field.bytes)
	must(err)
	field.bytes = c.inForm(field.part, c.group(field.part).scale(raw, by), field.bytes)
}

func (f *files) sum(part part, a, b []byte, like []byte) []byte {
	c := f.key.curve
	left, err := c.group(part).expand(a)
	must(err)
	right, err := c.group(part).expand(b)
	must(err)
	return c.inForm(part, c.group(part).add(left, right), like)
}

// Changes of one field.
func pointChanges(of func(*files) *file, at int, field field) []change {
	on := func(name string, work func(f *files, in *file, bytes []byte) []byte) change {
		return change{name + " in " + field.name, func(f *files) {
			in := of(f)
			f.out.field = field.name
			in.fields[at].bytes = work(f, in, bytes.Clone(in.fields[at].bytes))
		}}
	}
	return []change{
		on("infinity", func(f *files, in *file, was []byte) []byte { return in.curve.infinityLike(was) }),
		on("another point", func(f *files, in *file, was []byte) []byte {
			return in.curve.randomPoint(field.part, f.random, was)
		}),
		on("the negation", func(f *files, in *file, was []byte) []byte {
			raw, err := in.curve.group(field.part).expand(was)
			must(err)
			minusOne := new(big.Int).Sub(in.curve.order, big.NewInt(1))
			return in.curve.inForm(field.part, in.curve.group(field.part).scale(raw, minusOne), was)
		}),
		on("the other form", func(f *files, in *file, was []byte) []byte {
			if !in.curve.isCompressed(was[0]) {
				return in.curve.group(field.part).compress(was)
			}
			raw, err := in.curve.group(field.part).expand(was)
			must(err)
			return raw
		}),
		on("a random x", func(f *files, in *file, was []byte) []byte {
			size := len(was)
			if !in.curve.isCompressed(was[0]) {
				size /= 2
			}
			value := number(f.random, in.curve.modulus).FillBytes(make([]byte, in.curve.g1.size/2))
			value[0] |= was[0] & in.curve.flags
			return append(value, was[min(len(value), size):]...)[:len(was)]
		}),
		on("a coordinate plus the modulus", func(f *files, in *file, was []byte) []byte {
			size := in.curve.g1.size / 2
			for coordinate := len(was)/size - 1; coordinate >= 0; coordinate-- {
				spared := byte(0)
				if coordinate == 0 {
					spared = in.curve.flags
				}
				if plus(was[coordinate*size:(coordinate+1)*size], in.curve.modulus, spared) {
					break
				}
			}
			return was
		}),
		on("the last coordinate plus one", func(f *files, in *file, was []byte) []byte {
			plus(was[len(was)-in.curve.g1.size/2:], big.NewInt(1), in.curve.flags)
			return was
		}),
		on("other flags", func(f *files, in *file, was []byte) []byte {
			was[0] ^= byte(1+f.random.IntN(7)) << 5
			return was
		}),
	}
}

func numberChanges(of func(*files) *file, at int, field field) []change {
	on := func(name string, work func(f *files, in *file, bytes []byte) []byte) change {
		return change{name + " in " + field.name, func(f *files) {
			in := of(f)
			f.out.field = field.name
			in.fields[at].bytes = work(f, in, bytes.Clone(in.fields[at].bytes))
		}}
	}
	out := []change{
		on("one more", func(f *files, in *file, was []byte) []byte {
			plus(was, big.NewInt(1), 0)
			return was
		}),
		on("one less", func(f *files, in *file, was []byte) []byte {
			if new(big.Int).SetBytes(was).Sign() > 0 {
				plus(was, big.NewInt(-1), 0)
			}
			return was
		}),
		on("zero", func(f *files, in *file, was []byte) []byte { return make([]byte, len(was)) }),
	}
	if field.part == scalar {
		out = append(out,
			on("another number", func(f *files, in *file, was []byte) []byte {
				return number(f.random, in.curve.order).FillBytes(was)
			}),
			on("plus the order", func(f *files, in *file, was []byte) []byte {
				plus(was, in.curve.order, 0)
				return was
			}),
			on("the negation", func(f *files, in *file, was []byte) []byte {
				value := new(big.Int).Sub(in.curve.order, new(big.Int).SetBytes(was))
				return value.FillBytes(make([]byte, len(was)))
			}),
		)
	}
	if field.part == doubleWord {
		out = append(out, on("twice", func(f *files, in *file, was []byte) []byte {
			binary.BigEndian.PutUint64(was, 2*binary.BigEndian.Uint64(was))
			return was
		}))
	}
	return out
}

// Bits of one field. Lengths only in their low byte: what a reader allocates for a huge one is another question.
func bitChanges(of func(*files) *file, at int, field field, count int) []change {
	var out []change
	for range count {
		out = append(out, change{"a flipped bit in " + field.name, func(f *files) {
			in := of(f)
			f.out.field = field.name
			was := in.fields[at].bytes
			first := 0
			if field.part == word {
				first = len(was) - 1
			}
			was[first+f.random.IntN(len(was)-first)] ^= 1 << f.random.IntN(8)
		}})
	}
	return out
}

// Changes of a file's single fields, and exchanges of two.
func fieldChanges(of func(*files) *file, sample *file, what string, random *rand.Rand) []change {
	var out []change
	for at, field := range sample.fields {
		switch field.part {
		case pointG1, pointG2:
			out = append(out, pointChanges(of, at, field)...)
		case scalar, word, doubleWord:
			out = append(out, numberChanges(of, at, field)...)
		}
		out = append(out, bitChanges(of, at, field, 3)...)
		var others []int
		for other := range at {
			if sample.fields[other].part == field.part && len(sample.fields[other].bytes) == len(field.bytes) {
				others = append(others, other)
			}
		}
		if len(others) == 0 {
			continue
		}
		other := others[random.IntN(len(others))]
		name := sample.fields[other].name + " and " + field.name
		out = append(out, change{"exchanged " + name, func(f *files) {
			in := of(f)
			f.out.field = name
			in.fields[at].bytes, in.fields[other].bytes = in.fields[other].bytes, in.fields[at].bytes
		}}, change{"equal " + name, func(f *files) {
			in := of(f)
			f.out.field = sample.fields[other].name
			in.fields[other].bytes = bytes.Clone(in.fields[at].bytes)
		}})
	}
	for i := range out {
		out[i].name = what + ": " + out[i].name
	}
	return out
}

// Changes of a file's size.
func sizeChanges(into func(*files) *[]byte, of func(*files) *file, what string) []change {
	on := func(name string, work func(f *files, was []byte) []byte) change {
		return change{what + ": " + name, func(f *files) { *into(f) = work(f, of(f).bytes()) }}
	}
	return []change{
		on("one byte less", func(f *files, was []byte) []byte { return was[:len(was)-1] }),
		on("cut", func(f *files, was []byte) []byte { return was[:f.random.IntN(len(was))] }),
		on("one byte more", func(f *files, was []byte) []byte { return append(was, byte(f.random.Uint32())) }),
		on("many zeros more", func(f *files, was []byte) []byte { return append(was, make([]byte, 64)...) }),
		on("twice", func(f *files, was []byte) []byte { return append(was, was...) }),
		on("another file", func(f *files, was []byte) []byte {
			return [][]byte{f.key.bytes(), f.proof.bytes(), f.public.bytes()}[f.random.IntN(3)]
		}),
	}
}

// A list of a file whose length is a field: one element less, one more.
func listChanges(of func(*files) *file, what, length, element string) []change {
	bound := func(in *file) (int, int) {
		first, last := -1, -1
		for i, field := range in.fields {
			if strings.HasPrefix(field.name, element) {
				if first == -1 {
					first = i
				}
				last = i
			}
		}
		return first, last
	}
	count := func(in *file, by int, names ...string) {
		for _, name := range names {
			at := in.find(name)
			plus(in.fields[at].bytes, big.NewInt(int64(by)), 0)
		}
	}
	lengths := []string{length}
	if length == "length" {
		lengths = append(lengths, "number of public inputs")
	}
	return []change{
		{what + ": without the last " + element, func(f *files) {
			in := of(f)
			if _, last := bound(in); last >= 0 {
				in.fields = append(in.fields[:last:last], in.fields[last+1:]...)
				count(in, -1, lengths...)
			}
		}},
		{what + ": the last " + element + " twice", func(f *files) {
			in := of(f)
			if _, last := bound(in); last >= 0 {
				in.fields = append(in.fields[:last+1:last+1], in.fields[last:]...)
				count(in, 1, lengths...)
			}
		}},
	}
}

func keyOf(f *files) *file    { return f.key }
func proofOf(f *files) *file  { return f.proof }
func publicOf(f *files) *file { return f.public }

// Every change of a proof's files.
func changesOf(from *fresh, raw bool, random *rand.Rand) []change {
	sample := filesOf(from, raw, random)
	out := fieldChanges(proofOf, sample.proof, "proof", random)
	// As many of the key as of the proof, whose fields are fewer than those of a long K.
	ofKey := fieldChanges(keyOf, sample.key, "key", random)
	random.Shuffle(len(ofKey), func(i, j int) { ofKey[i], ofKey[j] = ofKey[j], ofKey[i] })
	out = append(out, ofKey[:min(len(ofKey), len(out))]...)
	ofInputs := fieldChanges(publicOf, sample.public, "inputs", random)
	random.Shuffle(len(ofInputs), func(i, j int) { ofInputs[i], ofInputs[j] = ofInputs[j], ofInputs[i] })
	out = append(out, ofInputs[:min(len(ofInputs), 40)]...)
	out = append(out, sizeChanges(func(f *files) *[]byte { return &f.out.key }, keyOf, "key")...)
	out = append(out, sizeChanges(func(f *files) *[]byte { return &f.out.proof }, proofOf, "proof")...)
	out = append(out, sizeChanges(func(f *files) *[]byte { return &f.out.public }, publicOf, "inputs")...)
	out = append(out, listChanges(publicOf, "inputs", "length", "element")...)
	out = append(out, wholeChanges(from)...)
	if from.system.kind == "groth16" {
		out = append(out, listChanges(keyOf, "key", "length of K", "K[")...)
		out = append(out, groth16Changes(from)...)
	} else {
		out = append(out, listChanges(proofOf, "proof", "length of ClaimedValues", "ClaimedValues")...)
	}
	return out
}

// Files of other statements, each a good one.
func wholeChanges(from *fresh) []change {
	out := []change{
		{"the proof of another witness", func(f *files) {
			f.out.proof = f.from.other
			f.out.refused = !bytes.Equal(f.from.public, f.from.otherPublic)
		}},
		{"another witness and its proof", func(f *files) {
			f.out.proof, f.out.public, f.out.accepted = f.from.other, f.from.otherPublic, true
		}},
		{"the inputs of another witness", func(f *files) {
			f.out.public = f.from.otherPublic
			f.out.refused = !bytes.Equal(f.from.public, f.from.otherPublic)
		}},
		{"the key of another setup", func(f *files) { f.out.key, f.out.refused = f.from.otherKey, true }},
		{"the proof in its other form", func(f *files) {
			if f.proof.curve.isCompressed(f.proof.fields[0].bytes[0]) {
				f.out.proof = f.from.rawProof
			} else {
				f.out.proof = f.from.proof
			}
			f.out.accepted = true
		}},
		{"the key in its other form", func(f *files) {
			for i, field := range f.key.fields {
				if !field.isPoint() {
					continue
				}
				group := f.key.curve.group(field.part)
				raw, err := group.expand(field.bytes)
				must(err)
				if f.key.curve.isCompressed(field.bytes[0]) {
					f.key.fields[i].bytes = raw
				} else {
					f.key.fields[i].bytes = group.compress(raw)
				}
			}
			f.out.accepted = true
		}},
	}
	if from.system.kind == "groth16" {
		out = append(out, change{"the secret inputs too", func(f *files) {
			plus(f.public.fields[f.public.find("number of secret inputs")].bytes, big.NewInt(1), 0)
			f.out.field = "number of secret inputs"
		}})
	}
	return out
}

func (f *file) named(name string) *field { return &f.fields[f.find(name)] }

// Proofs that prove what a proof proves, and forgeries.
func groth16Changes(from *fresh) []change {
	out := []change{
		{"(-A, -B, C)", func(f *files) {
			minusOne := new(big.Int).Sub(f.proof.curve.order, big.NewInt(1))
			f.scaled(f.proof, "Ar", minusOne)
			f.scaled(f.proof, "Bs", minusOne)
			f.out.accepted = true
		}},
		{"(sA, B/s, C)", func(f *files) {
			s := big.NewInt(2 + f.random.Int64N(1<<60))
			f.scaled(f.proof, "Ar", s)
			f.scaled(f.proof, "Bs", new(big.Int).ModInverse(s, f.proof.curve.order))
			f.out.accepted = true
		}},
		{"(A, B + tδ, C + tA)", func(f *files) {
			t := big.NewInt(2 + f.random.Int64N(1<<60))
			delta, a := f.key.clone(), f.proof.clone()
			f.scaled(delta, "Delta", t)
			f.scaled(a, "Ar", t)
			b, c := f.proof.named("Bs"), f.proof.named("Krs")
			b.bytes = f.sum(pointG2, b.bytes, delta.named("Delta").bytes, b.bytes)
			c.bytes = f.sum(pointG1, c.bytes, a.named("Ar").bytes, c.bytes)
			f.out.accepted = true
		}},
		{"γ = δ", func(f *files) {
			f.key.named("Delta").bytes = bytes.Clone(f.key.named("Gamma").bytes)
			f.out.field = "Delta"
		}},
	}
	if from.shape.commitments > 0 {
		return out
	}
	return append(out,
		// A key whose second phase was left out: (α, β, -L) proves every statement.
		change{"γ = δ with (α, β, -L)", func(f *files) {
			f.key.named("Delta").bytes = bytes.Clone(f.key.named("Gamma").bytes)
			f.out.field = "Delta"
			c := f.proof.named("Krs")
			c.bytes = f.negated(f.forge(), c.bytes)
		}},
		change{"a commitment that the key does not ask for", func(f *files) {
			f.out.field = "number of commitments"
			d := field{"Commitments[0]", pointG1, bytes.Clone(f.proof.named("Ar").bytes)}
			at := f.proof.find("number of commitments")
			plus(f.proof.fields[at].bytes, big.NewInt(1), 0)
			f.proof.fields = slices.Insert(f.proof.fields, at+1, d)
		}},
	)
}

func (f *files) negated(raw, like []byte) []byte {
	c := f.key.curve
	return c.inForm(pointG1, c.g1.scale(raw, new(big.Int).Sub(c.order, big.NewInt(1))), like)
}

// forge sets A = α and B = β and gives L, the sum of K over the public inputs.
func (f *files) forge() []byte {
	c := f.key.curve
	expanded := func(name string) []byte {
		field := f.key.named(name)
		raw, err := c.group(field.part).expand(field.bytes)
		must(err)
		return raw
	}
	a, b := f.proof.named("Ar"), f.proof.named("Bs")
	a.bytes = c.inForm(pointG1, expanded("Alpha"), a.bytes)
	b.bytes = c.inForm(pointG2, expanded("Beta"), b.bytes)
	sum := expanded("K[0]")
	for i, input := range f.public.fields[3:] {
		value := new(big.Int).SetBytes(input.bytes)
		sum = c.g1.add(sum, c.g1.scale(expanded(fmt.Sprintf("K[%d]", i+1)), value))
	}
	return sum
}
