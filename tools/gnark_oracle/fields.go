// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers

package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// What a part of a file is.
type part int

const (
	pointG1 part = iota
	pointG2
	scalar
	word       // u32: a length
	doubleWord // u64
	opaque
)

type field struct {
	name  string
	part  part
	bytes []byte
}

func (f field) isPoint() bool { return f.part == pointG1 || f.part == pointG2 }

// A file of gnark as its fields.
type file struct {
	curve  *curve
	fields []field
}

func (f *file) bytes() []byte {
	var out []byte
	for _, field := range f.fields {
		out = append(out, field.bytes...)
	}
	return out
}

func (f *file) clone() *file {
	out := &file{curve: f.curve}
	for _, each := range f.fields {
		out.fields = append(out.fields, field{each.name, each.part, bytes.Clone(each.bytes)})
	}
	return out
}

func (f *file) find(name string) int {
	for i, field := range f.fields {
		if field.name == name {
			return i
		}
	}
	return -1
}

// Takes files apart. What it does not understand is a defect of this program: the files are gnark's own.
type reader struct {
	file
	rest []byte
}

func fieldsOf(c *curve, content []byte, layout func(*reader)) *file {
	r := &reader{file: file{curve: c}, rest: content}
	layout(r)
	if len(r.rest) != 0 {
		panic(fmt.Sprintf("%d bytes left after %s", len(r.rest), r.fields[len(r.fields)-1].name))
	}
	return &r.file
}

func (r *reader) take(name string, part part, size int) []byte {
	out := bytes.Clone(r.rest[:size])
	r.rest = r.rest[size:]
	r.fields = append(r.fields, field{name, part, out})
	return out
}

func (r *reader) point(part part, names ...string) {
	size := r.curve.g1.size
	if part == pointG2 {
		size = r.curve.g2.size
	}
	for _, name := range names {
		if r.curve.isCompressed(r.rest[0]) {
			r.take(name, part, size/2)
		} else {
			r.take(name, part, size)
		}
	}
}

func (r *reader) g1(names ...string) { r.point(pointG1, names...) }
func (r *reader) g2(names ...string) { r.point(pointG2, names...) }
func (r *reader) scalar(name string) { r.take(name, scalar, 32) }
func (r *reader) u64(name string)    { r.take(name, doubleWord, 8) }
func (r *reader) count(name string) int {
	out := int(binary.BigEndian.Uint32(r.take(name, word, 4)))
	if out > len(r.rest) {
		panic(tooLong{name, out})
	}
	return out
}

// A length for which there are no bytes. gnark allocates what a length says before it meets the end of the file.
type tooLong struct {
	name  string
	count int
}

// Whether a file has such a length where gnark would read one.
func hasImpossibleLength(c *curve, content []byte, layout func(*reader)) (out bool) {
	defer func() {
		_, out = recover().(tooLong) // other panics: the file ends
	}()
	layout(&reader{file: file{curve: c}, rest: content})
	return false
}

func numbered(name string, count int) []string {
	var out []string
	for i := range count {
		out = append(out, fmt.Sprintf("%s[%d]", name, i))
	}
	return out
}

func (c *curve) isCompressed(first byte) bool {
	flags := first & c.flags
	return flags != 0 && !(c.flags == 0xe0 && flags == 0x40)
}

func groth16KeyFields(r *reader) {
	r.g1("Alpha", "Beta (G1)")
	r.g2("Beta", "Gamma")
	r.g1("Delta (G1)")
	r.g2("Delta")
	r.g1(numbered("K", r.count("length of K"))...)
	for _, name := range numbered("PublicAndCommitmentCommitted", r.count("PublicAndCommitmentCommitted")) {
		for _, wire := range numbered(name, r.count("length of "+name)) {
			r.u64(wire)
		}
	}
	for _, name := range numbered("CommitmentKeys", r.count("CommitmentKeys")) {
		r.g2(name+".G", name+".GSigmaNeg")
	}
}

func groth16ProofFields(r *reader) {
	r.g1("Ar")
	r.g2("Bs")
	r.g1("Krs")
	r.g1(numbered("Commitments", r.count("number of commitments"))...)
	r.g1("CommitmentPok")
}

func plonkKeyFields(r *reader) {
	r.u64("Size")
	r.scalar("SizeInv")
	r.scalar("Generator")
	r.u64("NbPublicVariables")
	r.scalar("CosetShift")
	r.g1("S[0]", "S[1]", "S[2]", "Ql", "Qr", "Qm", "Qo", "Qk")
	r.g1(numbered("Qcp", r.count("length of Qcp"))...)
	r.g1("Kzg.G1")
	r.g2("Kzg.G2[0]", "Kzg.G2[1]")
	r.take("Kzg.Lines", opaque, 2*2*66*128)
	for _, name := range numbered("CommitmentConstraintIndexes", r.count("length of CommitmentConstraintIndexes")) {
		r.u64(name)
	}
}

func plonkProofFields(r *reader) {
	r.g1("LRO[0]", "LRO[1]", "LRO[2]", "Z", "H[0]", "H[1]", "H[2]", "BatchedProof.H")
	for _, name := range numbered("ClaimedValues", r.count("length of ClaimedValues")) {
		r.scalar(name)
	}
	r.g1("ZShiftedOpening.H")
	r.scalar("ZShiftedOpening.ClaimedValue")
	r.g1(numbered("Bsb22Commitments", r.count("length of Bsb22Commitments"))...)
}

func witnessFields(r *reader) {
	r.count("number of public inputs")
	r.count("number of secret inputs")
	for _, name := range numbered("element", r.count("length")) {
		r.scalar(name)
	}
}
