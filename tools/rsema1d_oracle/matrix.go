// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers

package main

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"github.com/celestiaorg/celestia-app/v9/pkg/rsema1d"
	"github.com/celestiaorg/celestia-app/v9/pkg/rsema1d/merkle"
)

// shape is [DA-SHAPE.1] of docs/spec/data_availability.md.
type shape struct {
	dataRows, parityRows, rowBytes int
}

func (s shape) config() *rsema1d.Config {
	return &rsema1d.Config{K: s.dataRows, N: s.parityRows, RowSize: s.rowBytes, WorkerCount: 1}
}

// pattern is number index of the sequence splitmix64 that starts at seed.
func pattern(seed, index uint64) uint64 {
	x := seed + (index+1)*0x9E3779B97F4A7C15
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}

// patternRows are the data rows, followed by zeroed parity rows, of one contiguous matrix: its 64-bit words,
// little-endian, are the pattern.
func patternRows(s shape, seed uint64) [][]byte {
	rows := make([][]byte, s.dataRows+s.parityRows)
	all := make([]byte, len(rows)*s.rowBytes)
	for i := 0; i < s.dataRows*s.rowBytes; i += 8 {
		binary.LittleEndian.PutUint64(all[i:], pattern(seed, uint64(i/8)))
	}
	for i := range rows {
		rows[i] = all[i*s.rowBytes : (i+1)*s.rowBytes : (i+1)*s.rowBytes]
	}
	return rows
}

type matrix struct {
	*rsema1d.ExtendedData
	rowRoot, combinationRoot, commitment [32]byte
}

func encode(s shape, seed uint64) (*matrix, error) {
	coder, err := rsema1d.NewCoder(s.config())
	if err != nil {
		return nil, err
	}
	extended, err := coder.Encode(patternRows(s, seed))
	if err != nil {
		return nil, err
	}
	proof, err := extended.GenerateRowProof(0)
	if err != nil {
		return nil, err
	}
	rowRoot, err := merkle.ComputeRootFromProof(proof.Row, 0, proof.RowProof)
	if err != nil {
		return nil, err
	}
	config := s.config()
	if err := config.Validate(); err != nil { // computes the padding that the tree asks for
		return nil, err
	}
	combinationRoot := rsema1d.BuildPaddedRLCTree(extended.RLC(), config).Root()
	commitment := extended.Commitment()
	if sha256.Sum256(append(rowRoot[:], combinationRoot[:]...)) != commitment {
		return nil, fmt.Errorf("shape %v: the roots do not give the commitment", s)
	}
	return &matrix{extended, rowRoot, combinationRoot, commitment}, nil
}
