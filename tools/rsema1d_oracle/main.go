// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers

// Asks celestia-app's pkg/rsema1d, the implementation that the native scheme must equal bit for bit.
package main

import (
	"fmt"
	"os"
)

const usage = `usage: rsema1d_oracle COMMAND

  vectors                           roots and commitments of many matrices
  rows                              rows that the members of many committees keep
  prove K N ROW_BYTES SEED INDEX…   a proof file: every proof of these rows
  verify FILE                       checks every proof of a proof file
  bench [K N ROW_BYTES]             speed on one core
`

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "rsema1d_oracle:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("no command\n%s", usage)
	}
	switch args[0] {
	case "vectors":
		return printVectors(os.Stdout)
	case "rows":
		return printRows(os.Stdout)
	case "prove":
		return prove(os.Stdout, args[1:])
	case "verify":
		if len(args) != 2 {
			return fmt.Errorf("verify takes one file, got %d", len(args)-1)
		}
		return verify(args[1])
	case "bench":
		return bench(os.Stdout, args[1:])
	}
	return fmt.Errorf("unknown command %q\n%s", args[0], usage)
}
