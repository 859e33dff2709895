#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The Enshrine developers
"""Checks that the sources agree with the declared architecture. Run from anywhere: check_includes.py [repository]

1. A file of enshrine/X includes <enshrine/Y/...> only when Y is X or stands among the DEPS of X's enshrine_module line;
   tests, fuzz targets, benchmarks and what only they include (*_for_test.hpp, testdata/) may also use its TEST_DEPS.
2. Library files of the pure zone include no header of threads, files, clocks, random devices or hash maps, and name
   neither float nor double (docs/architecture.md, "Deterministic core").

There is no list of exemptions. Exit status: 0 clean, 1 violations (one line each), 2 the tree could not be read.
"""

import re
import sys
from pathlib import Path

IMPURE_HEADERS = {
    "thread", "mutex", "shared_mutex", "condition_variable", "future", "atomic", "fstream", "iostream", "random", "chrono",
    "ctime", "filesystem", "unordered_map", "unordered_set", "locale",
}
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')
COMMENT_OR_LITERAL = re.compile(r'//[^\n]*|/\*.*?\*/|R"([^(\s]*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"', re.S)
FLOATING = re.compile(r"\b(float|double)\b")
KEYWORDS = {"PURE", "DEPS", "LIBS", "TEST_DEPS", "TEST_LIBS"}


def declared_module(folder):
    """Name and keyword lists of the enshrine_module line in a folder, or None."""
    text = re.sub(r"#[^\n]*", "", (folder / "CMakeLists.txt").read_text())
    call = re.search(r"enshrine_module\(([^)]*)\)", text)
    if call is None:
        return None
    words = call.group(1).split()
    lists = {keyword: [] for keyword in KEYWORDS}
    current = None
    for word in words[1:]:
        if word in KEYWORDS:
            current = word
            lists[word].append(None) if word == "PURE" else None
        else:
            lists[current].append(word)
    return words[0], lists


def is_for_tests(path):
    stem = path.stem
    return bool(re.search(r"_(test|fuzz|bench|for_test)$", stem)) or "testdata" in path.parts


def blanked(match):
    """Keeps line numbers when a comment or literal is dropped."""
    return "\n" * match.group(0).count("\n")


def check_file(path, shown, name, lists, problems):
    text = path.read_text(encoding="utf-8")
    for_tests = is_for_tests(path)
    allowed = {name, *lists["DEPS"]} | (set(lists["TEST_DEPS"]) if for_tests else set())
    pure = bool(lists["PURE"]) and not for_tests
    for number, line in enumerate(text.split("\n"), 1):
        include = INCLUDE.match(line)
        if include is None:
            continue
        target = include.group(1)
        parts = target.split("/")
        if parts[0] == "enshrine" and len(parts) > 2 and parts[1] not in allowed:
            kind = "DEPS or TEST_DEPS" if for_tests else "DEPS"
            problems.append(f"{shown}:{number}: {name} includes <{target}>, but {parts[1]} is not among its {kind}")
        elif pure and target in IMPURE_HEADERS:
            problems.append(f"{shown}:{number}: the pure zone does not include <{target}>")
    if pure:
        for number, line in enumerate(COMMENT_OR_LITERAL.sub(blanked, text).split("\n"), 1):
            found = FLOATING.search(line)
            if found:
                problems.append(f"{shown}:{number}: the pure zone has no floating point ({found.group(1)})")


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent).resolve()
    folders = sorted(path.parent for path in root.glob("enshrine/*/CMakeLists.txt"))
    if not folders:
        print(f"check_includes: no modules under {root}/enshrine", file=sys.stderr)
        return 2
    problems = []
    files = 0
    for folder in folders:
        module = declared_module(folder)
        if module is None or module[0] != folder.name:
            problems.append(f"enshrine/{folder.name}/CMakeLists.txt: no enshrine_module({folder.name} ...)")
            continue
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".hpp", ".cpp", ".h", ".c"}:
                files += 1
                check_file(path, path.relative_to(root), module[0], module[1], problems)
    for problem in problems:
        print(problem)
    print(f"check_includes: {len(folders)} modules, {files} files, {len(problems)} violations")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
