// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers

package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
)

const dataBytesMax = 1 << 20

// vectorShapes covers every power of two K and K + N up to 16,384 rows with one row size each, the largest matrices of
// the field (the code's points N' + i, where N' is N rounded up to a power of two, must fit 16 bits), and many row sizes
// for K = 4, 16, 64 and 4,096.
func vectorShapes() []shape {
	var out []shape
	sizes := []int{64, 128, 192, 320, 448, 1024, 64 * 21, 64 * 33}
	for dataRows := 1; dataRows <= 8192; dataRows *= 2 {
		for total := 2 * dataRows; total <= 16384; total *= 2 {
			rowBytes := sizes[len(out)%len(sizes)]
			for dataRows*rowBytes > dataBytesMax {
				rowBytes = 64
			}
			out = append(out, shape{dataRows, total - dataRows, rowBytes})
		}
	}
	for _, dataRows := range []int{1, 256, 4096, 16384} {
		out = append(out, shape{dataRows, 32768 - dataRows, 64})
	}
	out = append(out, shape{32768, 32768, 64})
	for rowBytes := 64; rowBytes <= 64*30; rowBytes += 64 {
		out = append(out, shape{4, 12, rowBytes}, shape{16, 48, rowBytes}, shape{64, 192, rowBytes})
	}
	for _, rowBytes := range []int{64, 128, 192, 256, 320, 1024, 4096} {
		out = append(out, shape{4096, 12288, rowBytes})
	}
	return append(out, shape{256, 768, 2048}, shape{1024, 3072, 4032})
}

func printVectors(to io.Writer) error {
	out := bufio.NewWriter(to)
	fmt.Fprintln(out, "# K N row_bytes seed row_root combination_root commitment; printed by tools/rsema1d_oracle")
	for i, s := range vectorShapes() {
		seed := uint64(i + 1)
		m, err := encode(s, seed)
		if err != nil {
			return fmt.Errorf("shape %v: %w", s, err)
		}
		fmt.Fprintf(out, "%d %d %d %d %x %x %x\n", s.dataRows, s.parityRows, s.rowBytes, seed, m.rowRoot,
			m.combinationRoot, m.commitment)
	}
	return out.Flush()
}

// A committee's stakes are drawn below 2^stakeBits, so that some are even and some are dominated by a few members.
type committee struct {
	dataRows, members, stakeBits int
}

func committees() []committee {
	var out []committee
	for _, dataRows := range []int{64, 256, 1024, 4096} {
		for _, members := range []int{1, 2, 4, 7, 34, 100} {
			out = append(out, committee{dataRows, members, 1 + 13*members%40})
		}
	}
	return append(out, committee{4096, 100, 1}, committee{4096, 3, 47}, committee{4096, 50, 47}, committee{8, 5, 3})
}

const (
	minRows      = 148
	thirdOfStake = 3
)

func rowCount(dataRows int, stake, total int64) int {
	rows := (int64(dataRows)*stake*thirdOfStake + total - 1) / total
	return min(max(int(rows), minRows), dataRows)
}

// printRows repeats Set.Assign of celestia-app's fibre/validator, without the consensus engine's types that it wants.
func printRows(to io.Writer) error {
	out := bufio.NewWriter(to)
	fmt.Fprintln(out, "# K seed stakes digest; N = 3 K; the commitment is SHA-256 of LE64(seed); the digest is SHA-256")
	fmt.Fprintln(out, "# over LE32(count) and LE32(index)… of each member; printed by tools/rsema1d_oracle")
	for i, c := range committees() {
		seed := uint64(i + 1)
		stakes := make([]int64, c.members)
		var total int64
		for m := range stakes {
			stakes[m] = int64(pattern(seed, uint64(m))>>(64-c.stakeBits)) + 1
			total += stakes[m]
		}
		commitment := sha256.Sum256(binary.LittleEndian.AppendUint64(nil, seed))
		indices := make([]uint32, 4*c.dataRows)
		for index := range indices {
			indices[index] = uint32(index)
		}
		rand.New(rand.NewChaCha8(commitment)).Shuffle(len(indices), func(a, b int) {
			indices[a], indices[b] = indices[b], indices[a]
		})
		digest := sha256.New()
		offset := 0
		for _, stake := range stakes {
			count := rowCount(c.dataRows, stake, total)
			digest.Write(binary.LittleEndian.AppendUint32(nil, uint32(count)))
			for j := range count {
				digest.Write(binary.LittleEndian.AppendUint32(nil, indices[(offset+j)%len(indices)]))
			}
			offset += count
		}
		fmt.Fprintf(out, "%d %d ", c.dataRows, seed)
		for m, stake := range stakes {
			if m != 0 {
				fmt.Fprint(out, ",")
			}
			fmt.Fprint(out, stake)
		}
		fmt.Fprintf(out, " %x\n", digest.Sum(nil))
	}
	return out.Flush()
}
