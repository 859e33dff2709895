// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers

package main

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bls12-381"
	"github.com/consensys/gnark-crypto/ecc/bn254"
)

// A group whose points are bytes in gnark's uncompressed form. Reading takes either form.
type group struct {
	size      int // bytes of an uncompressed point, twice those of a compressed one
	generator []byte
	scale     func(point []byte, by *big.Int) []byte
	add       func(a, b []byte) []byte
	// compress and expand change the form of a member.
	compress func(point []byte) []byte
	expand   func(point []byte) ([]byte, error)
}

// What the affine points of gnark-crypto have in common.
type affine[T any] interface {
	*T
	SetBytes([]byte) (int, error)
	ScalarMultiplication(*T, *big.Int) *T
	Add(a, b *T) *T
	Marshal() []byte
}

func groupOf[T any, P affine[T]](generator T, compressed func(P) []byte) group {
	read := func(point []byte) P {
		out := P(new(T))
		_, err := out.SetBytes(point)
		must(err)
		return out
	}
	raw := P(&generator).Marshal()
	return group{
		size:      len(raw),
		generator: raw,
		scale: func(point []byte, by *big.Int) []byte {
			out := P(new(T))
			out.ScalarMultiplication(read(point), by)
			return out.Marshal()
		},
		add: func(a, b []byte) []byte {
			out := P(new(T))
			out.Add(read(a), read(b))
			return out.Marshal()
		},
		compress: func(point []byte) []byte { return compressed(read(point)) },
		expand: func(point []byte) ([]byte, error) {
			out := P(new(T))
			_, err := out.SetBytes(point)
			return out.Marshal(), err
		},
	}
}

type curve struct {
	id       ecc.ID
	modulus  *big.Int
	order    *big.Int
	g1, g2   group
	flags    byte // the bits of a point's first byte that say its form
	infinity byte // the first byte of the compressed point at infinity
	negation byte // the bits that tell a compressed point from its negation
}

var curves = map[ecc.ID]*curve{}

func init() {
	_, _, bn1, bn2 := bn254.Generators()
	_, _, bls1, bls2 := bls12381.Generators()
	for _, c := range []*curve{
		{
			id: ecc.BN254,
			g1: groupOf(bn1, func(p *bn254.G1Affine) []byte { b := p.Bytes(); return b[:] }),
			g2: groupOf(bn2, func(p *bn254.G2Affine) []byte { b := p.Bytes(); return b[:] }),
			// 10: the smaller y, 11: the larger
			flags: 0xc0, infinity: 0x40, negation: 0x40,
		},
		{
			id: ecc.BLS12_381,
			g1: groupOf(bls1, func(p *bls12381.G1Affine) []byte { b := p.Bytes(); return b[:] }),
			g2: groupOf(bls2, func(p *bls12381.G2Affine) []byte { b := p.Bytes(); return b[:] }),
			// 100: the smaller y, 101: the larger
			flags: 0xe0, infinity: 0xc0, negation: 0x20,
		},
	} {
		c.modulus = c.id.BaseField()
		c.order = c.id.ScalarField()
		curves[c.id] = c
	}
}
