// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers

package main

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"strconv"
	"syscall"
	"time"

	"github.com/celestiaorg/celestia-app/v9/pkg/rsema1d"
	"github.com/klauspost/reedsolomon"
)

// fibreRows is how many rows a member of Fibre keeps at least: the size of a usual batch to verify.
const fibreRows = 148

func cpuSeconds() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	seconds := func(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }
	return seconds(usage.Utime) + seconds(usage.Stime)
}

// best reports the fastest of several runs, by CPU time. Garbage is collected before each run, outside of its time.
func best(out io.Writer, name string, dataBytes, runs int, prepare func(), body func() error) error {
	cpu, wall := 0.0, 0.0
	for run := range runs {
		prepare()
		runtime.GC()
		started, cpuStarted := time.Now(), cpuSeconds()
		if err := body(); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		cpuUsed, wallUsed := cpuSeconds()-cpuStarted, time.Since(started).Seconds()
		if run == 0 || cpuUsed < cpu {
			cpu, wall = cpuUsed, wallUsed
		}
	}
	_, err := fmt.Fprintf(out, "%s bytes=%d cpu_s=%.6f wall_s=%.6f\n", name, dataBytes, cpu, wall)
	return err
}

func bench(out io.Writer, args []string) error {
	s := shape{4096, 12288, 32768}
	if len(args) != 0 {
		if len(args) != 3 {
			return fmt.Errorf("bench takes K N ROW_BYTES or nothing, got %d arguments", len(args))
		}
		for i, field := range []*int{&s.dataRows, &s.parityRows, &s.rowBytes} {
			var err error
			if *field, err = strconv.Atoi(args[i]); err != nil {
				return err
			}
		}
	}
	runtime.GOMAXPROCS(1)
	coder, err := rsema1d.NewCoder(s.config(), reedsolomon.WithMaxGoroutines(1))
	if err != nil {
		return err
	}
	rows := patternRows(s, 1)
	dataBytes := s.dataRows * s.rowBytes
	var extended *rsema1d.ExtendedData
	clearParity := func() {
		for _, row := range rows[s.dataRows:] {
			clear(row)
		}
	}
	if err := best(out, "encode", dataBytes, 4, clearParity, func() error {
		extended, err = coder.Encode(rows)
		return err
	}); err != nil {
		return err
	}
	if err := benchReconstruct(out, s, rows, dataBytes); err != nil {
		return err
	}
	return benchVerify(out, s, extended)
}

// benchReconstruct gives a quarter of the data rows and as many parity rows as are then needed.
func benchReconstruct(out io.Writer, s shape, rows [][]byte, dataBytes int) error {
	decoder, err := reedsolomon.New(s.dataRows, s.parityRows, reedsolomon.WithLeopardGF16(true),
		reedsolomon.WithMaxGoroutines(1))
	if err != nil {
		return err
	}
	given := make([][]byte, len(rows))
	prepare := func() {
		clear(given)
		for i := 0; i < s.dataRows; i += 4 {
			given[i] = rows[i]
		}
		for i := range s.dataRows - s.dataRows/4 {
			given[s.dataRows+i*s.parityRows/s.dataRows] = rows[s.dataRows+i*s.parityRows/s.dataRows]
		}
	}
	// Only the data rows, without a new commitment: the least work that gives the data back.
	if err := best(out, "reconstruct", dataBytes, 3, prepare, func() error {
		return decoder.ReconstructData(given)
	}); err != nil {
		return err
	}
	for i := range s.dataRows {
		if !bytes.Equal(given[i], rows[i]) {
			return fmt.Errorf("reconstruct: row %d differs", i)
		}
	}
	return nil
}

func benchVerify(out io.Writer, s shape, extended *rsema1d.ExtendedData) error {
	proofs := make([]*rsema1d.RowProof, 0, fibreRows)
	for i := range min(fibreRows, s.dataRows) {
		proof, err := extended.GenerateRowProof(i * (s.dataRows + s.parityRows) / fibreRows)
		if err != nil {
			return err
		}
		proofs = append(proofs, proof)
	}
	verifiedBytes := len(proofs) * s.rowBytes
	var context *rsema1d.VerificationContext
	nothing := func() {}
	if err := best(out, "verify_prepare", verifiedBytes, 10, nothing, func() error {
		var err error
		context, _, err = rsema1d.CreateVerificationContext(extended.RLC(), s.config())
		return err
	}); err != nil {
		return err
	}
	return best(out, "verify", verifiedBytes, 10, nothing, func() error {
		return rsema1d.VerifyRowsWithContext(proofs, extended.Commitment(), context)
	})
}
