#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The Enshrine developers
"""Prints enshrine/proofs/adapters/{sp1,risc0}_keys.cpp: the verifying keys that SP1 and RISC Zero have published.

adapter_keys.py sp1 FOLDER      FOLDER holds sp1-vX-{groth16,plonk}_vk.bin.hex, gnark's binaries as SP1 ships them
adapter_keys.py risc0 FILE      FILE holds the constants of RISC Zero's Groth16Verifier.sol as JSON

The points are decompressed here, without the code that verifies with them; the tests compare both.
"""

import hashlib
import json
import sys
from pathlib import Path

P = 0x30644E72E131A029B85045B68181585D97816A916871CA8D3C208C16D87CFD47
WIDTH = 100

# Version, tag of SP1's repository that ships the keys, path there.
SP1 = [
    ("3.0.0", "v3.0.0", "v3.4.0", "crates/verifier/bn254-vk"),
    ("4.0.0", "v4.0.0-rc.3", "v4.2.1", "crates/verifier/bn254-vk"),
    ("5.0.0", "v5.0.0", "v5.2.4", "crates/verifier/bn254-vk"),
    ("6.1.0", "v6.1.0", "v6.1.0", "crates/verifier/vk-artifacts"),
]


def number(data):
    return int.from_bytes(data, "big")


def word(value):
    return value.to_bytes(32, "big")


def square_root(a):
    root = pow(a, (P + 1) // 4, P)
    if root * root % P != a % P:
        raise ValueError("not a square")
    return root


def product(a, b):  # in Fp[u], u^2 = -1
    return ((a[0] * b[0] - a[1] * b[1]) % P, (a[0] * b[1] + a[1] * b[0]) % P)


def square_root_2(a):
    if a[1] == 0:
        raise ValueError("does not occur")
    norm = square_root((a[0] * a[0] + a[1] * a[1]) % P)
    for sign in (norm, -norm):
        half = (a[0] + sign) * pow(2, -1, P) % P
        try:
            x = square_root(half)
        except ValueError:
            continue
        root = (x, a[1] * pow(2 * x, -1, P) % P)
        if product(root, root) == a:
            return root
    raise ValueError("not a square")


def g1(data):
    flags, x = data[0] & 0xC0, number(bytes([data[0] & 0x3F]) + data[1:])
    if flags == 0x40:
        return bytes(64)
    y = square_root(x**3 + 3)
    if (flags == 0xC0) != (y > P - y):
        y = P - y
    return word(x) + word(y)


def g2(data):
    flags = data[0] & 0xC0
    x = (number(data[32:]), number(bytes([data[0] & 0x3F]) + data[1:32]))
    inverse = pow(82, -1, P)  # 3/(9 + u) = 3 (9 - u)/82
    b = (27 * inverse % P, -3 * inverse % P)
    cube = product(product(x, x), x)
    y = square_root_2(((cube[0] + b[0]) % P, (cube[1] + b[1]) % P))
    negated = ((P - y[0]) % P, (P - y[1]) % P)
    larger = y[1] > negated[1] if y[1] != negated[1] else y[0] > negated[0]
    if (flags == 0xC0) != larger:
        y = negated
    return word(x[1]) + word(x[0]) + word(y[1]) + word(y[0])


def groth16_key(data):
    count = number(data[288:292])
    out = bytes([1, 1, 1, 0]) + (count - 1).to_bytes(2, "big")
    out += g1(data[0:32]) + g2(data[64:128]) + g2(data[128:192]) + g2(data[224:288])
    for i in range(count):
        out += g1(data[292 + 32 * i : 324 + 32 * i])
    return out


def plonk_key(data):
    size, inputs = number(data[0:8]), number(data[72:80])
    assert size == 1 << (size.bit_length() - 1) and number(data[80:112]) == 5 and number(data[368:372]) == 1
    gate = number(data[-8:])
    out = bytes([3, 1, 1, size.bit_length() - 1]) + inputs.to_bytes(2, "big") + b"\x01" + gate.to_bytes(4, "big")
    out += g1(data[404:436]) + g2(data[500:564])
    for i in range(8):
        out += g1(data[112 + 32 * i : 144 + 32 * i])
    return out + g1(data[372:404])


def risc0_key(constants):
    def words(*names):
        return b"".join(word(int(constants[name])) for name in names)

    out = bytes([1, 1, 1, 0, 0, 5]) + words("alphax", "alphay")
    for name in ("beta", "gamma", "delta"):
        out += words(*(name + part for part in ("x1", "x2", "y1", "y2")))
    return out + b"".join(words(f"IC{i}x", f"IC{i}y") for i in range(6))


def literal(name, comment, key):
    text = key.hex()
    lines = [f'    "{text[i : i + WIDTH]}"' for i in range(0, len(text), WIDTH)]
    about = "".join(f"// {line}\n" for line in comment)
    return f"{about}constexpr std::string_view {name} =\n" + "\n".join(lines) + ";\n"


HEADER = """// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
//
// Made by tools/adapter_keys.py. Public constants of {owner}, in our canonical encodings ({specs}).
#include <enshrine/proofs/adapters/{name}_keys.hpp>

namespace enshrine::proofs::{name} {{
namespace {{

"""


def print_sp1(folder):
    print(HEADER.format(owner="SP1", specs="docs/spec/proofs/groth16.md, plonk_gnark.md", name="sp1"), end="")
    rows = []
    for version, stem, tag, path in SP1:
        for system, make in (("groth16", groth16_key), ("plonk", plonk_key)):
            data = bytes.fromhex((Path(folder) / f"sp1-{stem}-{system}_vk.bin.hex").read_text().strip())
            digest = hashlib.sha256(data).hexdigest()
            name = f"{system}_{version.replace('.', '_')}"
            comment = [f"succinctlabs/sp1, tag {tag}, {path}/{system}_vk.bin ({len(data)} bytes), SHA-256", digest]
            print(literal(name, comment, make(data)))
            rows.append(f'    {{"{version}", System::{system}, "{digest}", {name}}},\n')
    print("constexpr PublishedKey keys[] = {\n" + "".join(rows) + "};\n")
    print("}  // namespace\n\nstd::span<const PublishedKey> published_keys() noexcept {\n    return keys;\n}\n")
    print("}  // namespace enshrine::proofs::sp1")


def print_risc0(file):
    print(HEADER.format(owner="RISC Zero", specs="docs/spec/proofs/groth16.md", name="risc0"), end="")
    comment = ["risc0/risc0-ethereum, commit 6329676e, contracts/src/groth16/Groth16Verifier.sol"]
    print(literal("key", comment, risc0_key(json.loads(Path(file).read_text()))))
    print("}  // namespace\n\nstd::string_view published_key() noexcept {\n    return key;\n}\n")
    print("}  // namespace enshrine::proofs::risc0")


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in ("sp1", "risc0"):
        print(__doc__, file=sys.stderr)
        return 2
    (print_sp1 if sys.argv[1] == "sp1" else print_risc0)(sys.argv[2])
    return 0


if __name__ == "__main__":
    sys.exit(main())
