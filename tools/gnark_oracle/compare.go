// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers

package main

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"time"
)

type options struct {
	program string
	seed    uint64
	proofs  int
	changes int
	steps   int
	keep    string
}

// Our side: tools/proof_verdicts, which answers a line for a line.
type judge struct {
	folder string
	ask    io.WriteCloser
	answer *bufio.Reader
	stop   func() error
}

func startJudge(program, folder string) (*judge, error) {
	command := exec.Command(program)
	command.Stderr = os.Stderr
	ask, err := command.StdinPipe()
	if err != nil {
		return nil, err
	}
	answers, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	out := &judge{folder: folder, ask: ask, answer: bufio.NewReader(answers), stop: command.Wait}
	return out, command.Start()
}

func (q *question) write(folder string) (paths [3]string, err error) {
	for i, content := range [][]byte{q.key, q.proof, q.public} {
		paths[i] = filepath.Join(folder, []string{"vk", "proof", "public"}[i])
		if err = os.WriteFile(paths[i], content, 0o644); err != nil {
			return
		}
	}
	return
}

func (j *judge) verdict(kind string, q *question) (string, error) {
	paths, err := q.write(j.folder)
	if err != nil {
		return "", err
	}
	if _, err := fmt.Fprintln(j.ask, kind, paths[0], paths[1], paths[2]); err != nil {
		return "", err
	}
	line, err := j.answer.ReadString('\n')
	return strings.TrimSpace(line), err
}

// The run, and what it has counted.
type comparison struct {
	options
	judge   *judge
	random  *rand.Rand
	seen    counts
	stricts map[string]int
	failed  int
}

type counts struct{ fresh, changed, accepted, refused, strict, redundant int }

func (r *comparison) report(system *system, q *question, gnark error, ours string, what string) {
	r.failed++
	fmt.Printf("gnark_oracle: %s: %s: %s\n  gnark: %s\n  ours: %s\n", what, system.name, q.name, words(gnark), ours)
	if r.keep != "" {
		folder := filepath.Join(r.keep, fmt.Sprintf("%s_%d", system.kind, r.failed))
		must(os.MkdirAll(folder, 0o755))
		_, err := q.write(folder)
		must(err)
	}
}

func words(verdict error) string {
	if verdict == nil {
		return "accepted"
	}
	return "refused: " + verdict.Error()
}

// put puts a question to both.
func (r *comparison) put(system *system, q *question) error {
	gnark := make(chan error, 1)
	go func() { gnark <- system.verdict(q.key, q.proof, q.public) }()
	ours, err := r.judge.verdict(system.kind, q)
	if err != nil {
		return fmt.Errorf("%s: %w", r.program, err)
	}
	theirs := <-gnark
	weAccept, theyAccept := ours == "accepted", theirs == nil
	switch {
	case q.accepted && !(weAccept && theyAccept) || q.refused && (weAccept || theyAccept):
		r.report(system, q, theirs, ours, "not what it must be")
	case weAccept && theyAccept:
		r.seen.accepted++
	case !weAccept && !theyAccept:
		r.seen.refused++
	case theyAccept:
		rule := strictRule(system, q, ours)
		if rule == nil {
			r.report(system, q, theirs, ours, "gnark accepts what we refuse, by no rule that is stricter here")
			return nil
		}
		r.seen.strict++
		r.stricts[rule.name]++
	case isRedundant(q.field):
		r.seen.redundant++
	default:
		r.report(system, q, theirs, ours, "WE ACCEPT WHAT GNARK REFUSES")
	}
	return nil
}

// How many public inputs the next circuit has: none, one, two, few, many, as many as a key can have.
func publicsOf(number int, random *rand.Rand) int {
	switch number % 6 {
	case 0:
		return 1
	case 1:
		return 0
	case 2:
		return 2
	case 3:
		return 3 + random.IntN(6)
	case 4:
		return 10 + random.IntN(30)
	}
	if number%24 == 5 {
		return 256
	}
	return 1 + random.IntN(20)
}

func (r *comparison) system(system *system) error {
	started := time.Now()
	r.seen, r.stricts = counts{}, map[string]int{}
	for number := range r.proofs {
		commitments := 0
		if system.commitments {
			commitments = number / 2 % 2
		}
		shape := randomShape(r.random, system.curve.order, publicsOf(number, r.random), r.steps, commitments)
		fresh := system.prove(r.random, shape)
		for _, raw := range []bool{false, true} {
			q := filesOf(&fresh, raw, r.random).question()
			q.name = fmt.Sprintf("fresh, %d public inputs, %d commitments, raw: %t", shape.publics, shape.commitments, raw)
			q.accepted = true
			if err := r.put(system, &q); err != nil {
				return err
			}
		}
		r.seen.fresh++
		raw := number%2 == 1
		changes := changesOf(&fresh, raw, r.random)
		r.random.Shuffle(len(changes), func(i, j int) { changes[i], changes[j] = changes[j], changes[i] })
		share := (r.changes*(number+1))/r.proofs - (r.changes*number)/r.proofs
		for _, change := range changes[:min(share, len(changes))] {
			f := filesOf(&fresh, raw, r.random)
			change.apply(f)
			q := f.question()
			q.name = fmt.Sprintf("%s (raw: %t, %d public inputs, %d commitments)", change.name, raw, shape.publics,
				shape.commitments)
			r.seen.changed++
			if err := r.put(system, &q); err != nil {
				return err
			}
		}
	}
	for _, unsupported := range unsupportedShapes(system, r.random) {
		fresh := system.prove(r.random, unsupported)
		q := filesOf(&fresh, false, r.random).question()
		q.name = "a key that we do not take"
		if err := r.put(system, &q); err != nil {
			return err
		}
	}
	fmt.Printf("gnark_oracle: %s: %d fresh proofs in two forms, %d changes; both accept %d, both refuse %d; "+
		"stricter here %d, redundant fields %d (%.1f s)\n", system.name, r.seen.fresh, r.seen.changed, r.seen.accepted,
		r.seen.refused, r.seen.strict, r.seen.redundant, time.Since(started).Seconds())
	names := make([]string, 0, len(r.stricts))
	for name := range r.stricts {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Printf("  stricter %4d times: %s\n", r.stricts[name], name)
	}
	return nil
}

func compare(options options) error {
	if options.seed == 0 {
		options.seed = rand.Uint64()
	}
	fmt.Printf("gnark_oracle: seed %d\n", options.seed)
	folder, err := os.MkdirTemp("", "gnark_oracle")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	judge, err := startJudge(options.program, folder)
	if err != nil {
		return err
	}
	r := &comparison{options: options, judge: judge, random: rand.New(rand.NewPCG(options.seed, 1))}
	for _, system := range systems {
		if err := r.system(system); err != nil {
			return err
		}
	}
	judge.ask.Close()
	if err := judge.stop(); err != nil {
		return fmt.Errorf("%s: %w", options.program, err)
	}
	if r.failed != 0 {
		return fmt.Errorf("%d disagreements (seed %d)", r.failed, options.seed)
	}
	return nil
}
