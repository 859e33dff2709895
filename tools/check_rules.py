#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The Enshrine developers
"""Compares the numbered rules of docs/spec with their citations. Run from anywhere: check_rules.py [repository]

Prints the rules that no test cites. Fails when a source or test cites a rule that does not exist, or when a rule is
defined twice. A citation is [NAME.3], a range [NAME.3…5], or a list [NAME.3, NAME.7].

Exit status: 0 consistent, 1 a citation or definition is wrong, 2 the tree could not be read.
"""

import re
import sys
from pathlib import Path

FOLDERS = ("enshrine", "sdk", "rollups", "cmd", "tools", "test", "scripts", "contracts")
SUFFIXES = {".hpp", ".cpp", ".h", ".c", ".S", ".ts", ".sol"}
NAME = r"[A-Z][A-Z0-9]*(?:-[A-Z][A-Z0-9]*)*"
DEFINITION = re.compile(rf"^- `\[({NAME})\.(\d+)\]`", re.M)
CITATION = re.compile(rf"\[({NAME}\.\d+[^\]\n]*)\]")
ITEM = re.compile(rf"({NAME})\.(\d+)(?:(?:…|\.\.\.|–)(\d+))?")


def is_test(path):
    return bool(re.search(r"(_(test|fuzz|for_test)|\.test)$", path.stem)) or "testdata" in path.parts


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent).resolve()
    specs = sorted(root.glob("docs/spec/**/*.md"))
    if not specs:
        print(f"check_rules: no specifications under {root}/docs/spec", file=sys.stderr)
        return 2
    problems = []
    defined = {}
    for spec in specs:
        for name, number in DEFINITION.findall(spec.read_text(encoding="utf-8")):
            rule = (name, int(number))
            if rule in defined:
                problems.append(f"{spec.relative_to(root)}: [{name}.{number}] is also defined in {defined[rule]}")
            defined[rule] = spec.relative_to(root)

    families = {name for name, _ in defined}
    tested = set()
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix not in SUFFIXES or not path.is_file():
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
                for citation in CITATION.findall(line):
                    for name, first, last in ITEM.findall(citation):
                        for n in range(int(first), int(last or first) + 1):
                            if (name, n) in defined:
                                if is_test(path):
                                    tested.add((name, n))
                            else:
                                hint = "" if name in families else f"; there is no family {name}"
                                problems.append(f"{path.relative_to(root)}:{number}: [{name}.{n}] is in no specification{hint}")

    untested = [rule for rule in sorted(defined) if rule not in tested]
    for name, n in untested:
        print(f"{defined[(name, n)]}: no test cites [{name}.{n}]")
    for problem in problems:
        print(problem)
    print(f"check_rules: {len(defined)} rules, {len(untested)} cited by no test, {len(problems)} errors")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
