// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers

// Asks gnark: it makes proofs whose verdicts here have to be its own, and files that the tests of enshrine/prover_files
// read. Other versions of gnark: go get github.com/consensys/gnark@vX.Y.Z.
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/consensys/gnark/logger"
)

const usage = `usage: gnark_oracle COMMAND

  compare PROGRAM [-seed N] [-proofs N] [-changes N] [-steps N] [-keep FOLDER]
                     fresh proofs of every kind and curve, and changed ones, judged by gnark and by PROGRAM
                     (tools/proof_verdicts)
  fixtures PREFIX    writes keys, proofs and witnesses in every form
`

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	logger.Disable()
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "gnark_oracle:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) < 2 {
		return fmt.Errorf("expected a command and its argument, got %d words\n%s", len(args), usage)
	}
	switch args[0] {
	case "fixtures":
		writeFixtures(args[1])
		return nil
	case "compare":
		options := options{program: args[1]}
		flags := flag.NewFlagSet("compare", flag.ContinueOnError)
		flags.Uint64Var(&options.seed, "seed", 0, "of the random numbers that draw circuits and changes; 0: a new one")
		flags.IntVar(&options.proofs, "proofs", 24, "fresh proofs of each kind and curve")
		flags.IntVar(&options.changes, "changes", 240, "changed proofs, keys or inputs of each kind and curve")
		flags.IntVar(&options.steps, "steps", 60, "of a circuit, at most")
		flags.StringVar(&options.keep, "keep", "", "folder for the files of a disagreement")
		if err := flags.Parse(args[2:]); err != nil {
			return err
		}
		return compare(options)
	}
	return fmt.Errorf("unknown command %q\n%s", args[0], usage)
}
