// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers

package main

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/celestiaorg/celestia-app/v9/pkg/rsema1d"
	"github.com/celestiaorg/celestia-app/v9/pkg/rsema1d/field"
)

// A proof file is text, one statement a line, byte strings in hex, lists of hashes as one byte string, an empty one
// as "-":
//
//	shape K N ROW_BYTES
//	commitment HASH
//	row_root HASH
//	combinations BYTES
//	row INDEX ROW SIBLINGS
//	standalone INDEX ROW SIBLINGS COMBINATION_ROOT COMBINATION_SIBLINGS

func hexOf(parts [][]byte) string {
	var all []byte
	for _, part := range parts {
		all = append(all, part...)
	}
	if len(all) == 0 {
		return "-"
	}
	return hex.EncodeToString(all)
}

func prove(to io.Writer, args []string) error {
	if len(args) < 5 {
		return fmt.Errorf("prove takes K N ROW_BYTES SEED INDEX…, got %d arguments", len(args))
	}
	numbers := make([]int, len(args))
	for i, arg := range args {
		number, err := strconv.Atoi(arg)
		if err != nil {
			return fmt.Errorf("argument %d: expected a number, got %q", i+1, arg)
		}
		numbers[i] = number
	}
	s := shape{numbers[0], numbers[1], numbers[2]}
	m, err := encode(s, uint64(numbers[3]))
	if err != nil {
		return err
	}
	out := bufio.NewWriter(to)
	fmt.Fprintf(out, "shape %d %d %d\n", s.dataRows, s.parityRows, s.rowBytes)
	fmt.Fprintf(out, "commitment %x\nrow_root %x\ncombinations ", m.commitment, m.rowRoot)
	for _, combination := range m.RLC() {
		fmt.Fprintf(out, "%x", field.ToBytes128(combination))
	}
	fmt.Fprintln(out)
	for _, index := range numbers[4:] {
		proof, err := m.GenerateRowProof(index)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "row %d %x %s\n", index, proof.Row, hexOf(proof.RowProof))
		if index >= s.dataRows {
			continue
		}
		standalone, err := m.GenerateStandaloneProof(index)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "standalone %d %x %s %x %s\n", index, standalone.Row, hexOf(standalone.RowProof.RowProof),
			m.combinationRoot, hexOf(standalone.RLCProof))
	}
	return out.Flush()
}

type proofFile struct {
	shape        shape
	commitment   [32]byte
	combinations []field.GF128
	rows         []*rsema1d.RowProof
	standalone   []*rsema1d.StandaloneProof
}

func bytesOf(text string) ([]byte, error) {
	if text == "-" {
		return nil, nil
	}
	return hex.DecodeString(text)
}

func hashesOf(text string) ([][]byte, error) {
	all, err := bytesOf(text)
	if err != nil {
		return nil, err
	}
	if len(all)%32 != 0 {
		return nil, fmt.Errorf("a list of hashes has %d bytes", len(all))
	}
	out := [][]byte{}
	for ; len(all) != 0; all = all[32:] {
		out = append(out, all[:32])
	}
	return out, nil
}

func rowProofOf(words []string) (*rsema1d.RowProof, error) {
	index, err := strconv.Atoi(words[0])
	if err != nil {
		return nil, err
	}
	row, err := bytesOf(words[1])
	if err != nil {
		return nil, err
	}
	siblings, err := hashesOf(words[2])
	if err != nil {
		return nil, err
	}
	return &rsema1d.RowProof{Index: index, Row: row, RowProof: siblings}, nil
}

var wordCounts = map[string]int{"shape": 4, "commitment": 2, "row_root": 2, "combinations": 2, "row": 4, "standalone": 6}

func (f *proofFile) readLine(words []string) error {
	wanted, known := wordCounts[words[0]]
	if !known {
		return fmt.Errorf("unknown statement %q", words[0])
	}
	if len(words) != wanted {
		return fmt.Errorf("%s: expected %d words, got %d", words[0], wanted, len(words))
	}
	switch words[0] {
	case "shape":
		for i, field := range []*int{&f.shape.dataRows, &f.shape.parityRows, &f.shape.rowBytes} {
			var err error
			if *field, err = strconv.Atoi(words[i+1]); err != nil {
				return err
			}
		}
	case "commitment":
		value, err := bytesOf(words[1])
		if err != nil || len(value) != 32 {
			return fmt.Errorf("commitment: expected 32 bytes of hex")
		}
		f.commitment = [32]byte(value)
	case "combinations":
		all, err := bytesOf(words[1])
		if err != nil || len(all)%16 != 0 {
			return fmt.Errorf("combinations: expected a multiple of 16 bytes of hex")
		}
		for ; len(all) != 0; all = all[16:] {
			f.combinations = append(f.combinations, field.FromBytes128([16]byte(all)))
		}
	case "row":
		proof, err := rowProofOf(words[1:])
		if err != nil {
			return err
		}
		f.rows = append(f.rows, proof)
	case "standalone":
		proof, err := rowProofOf(words[1:])
		if err != nil {
			return err
		}
		siblings, err := hashesOf(words[5])
		if err != nil {
			return err
		}
		f.standalone = append(f.standalone, &rsema1d.StandaloneProof{RowProof: *proof, RLCProof: siblings})
	}
	return nil
}

func verify(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var f proofFile
	for number, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if err := f.readLine(strings.Fields(line)); err != nil {
			return fmt.Errorf("%s:%d: %w", path, number+1, err)
		}
	}
	if len(f.rows) == 0 {
		return fmt.Errorf("%s: no rows", path)
	}
	context, _, err := rsema1d.CreateVerificationContext(f.combinations, f.shape.config())
	if err != nil {
		return err
	}
	if err := rsema1d.VerifyRowsWithContext(f.rows, f.commitment, context); err != nil {
		return fmt.Errorf("together: %w", err)
	}
	for _, proof := range f.rows {
		if err := rsema1d.VerifyRowWithContext(proof, f.commitment, context); err != nil {
			return fmt.Errorf("row %d: %w", proof.Index, err)
		}
	}
	for _, proof := range f.standalone {
		if err := rsema1d.VerifyStandaloneProof(proof, f.commitment, f.shape.config()); err != nil {
			return fmt.Errorf("standalone row %d: %w", proof.Index, err)
		}
	}
	fmt.Printf("verified %d rows and %d standalone proofs\n", len(f.rows), len(f.standalone))
	return nil
}
