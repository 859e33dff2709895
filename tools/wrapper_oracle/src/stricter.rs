// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//! Where we refuse what a vendor's verifier accepts, and why. Nothing else may differ.
use crate::cases::Case;
use crate::vendors::Selector;

/// Selectors of which the releases here know nothing: SP1 6.0; RISC Zero 1.1, 1.2, 2.0, 2.1, 5.0 and set 0.7.
pub const OTHERS: [Selector; 8] = [
    [0x0e, 0x78, 0xf4, 0xdb],
    [0xbb, 0x1a, 0x6f, 0x29],
    [0x50, 0xbd, 0x17, 0x69],
    [0xc1, 0x01, 0xb4, 0x2b],
    [0x9f, 0x39, 0x69, 0x6c],
    [0xf5, 0x36, 0x08, 0x5a],
    [0xc2, 0x7d, 0x1b, 0xc0],
    [0x0f, 0x63, 0xff, 0xd5],
];

struct Entry {
    /// Ends or begins what was done to the proof.
    changes: &'static [&'static str],
    /// The rule with which we refuse it.
    rule: &'static str,
    why: &'static str,
}

const REDUCED: &str = "SP1 reduces numbers modulo r: a proof, a nonce and a program's key have many encodings there";
const TRAILING: &str = "sp1-verifier before 6 reads a PLONK proof from the front and takes any bytes behind it";
const ENCODING: &str = "RISC Zero's decoder, as Solidity's, takes many encodings of one set inclusion";

const LIST: [Entry; 5] = [
    Entry { changes: &[": + r", ": r"], rule: "a number is not below the modulus of its field", why: REDUCED },
    Entry { changes: &["nonce: + r", "nonce: r"], rule: "a public input is not below the order of the group", why: REDUCED },
    Entry { changes: &["program: + r"], rule: "the program's key is not below the order of the group", why: REDUCED },
    Entry { changes: &["bytes behind", "twice"], rule: "the number of bytes is not the one of this version", why: TRAILING },
    Entry {
        changes: &["bytes behind", "twice", "truncated", "padding: ", "offset of the ", "length of the "],
        rule: "the set inclusion is not the ABI encoding of a path and of the Groth16 seal of its root",
        why: ENCODING,
    },
];

pub fn reason(case: &Case, refusal: &str) -> Option<&'static str> {
    let is_of = |change: &&str| case.change.ends_with(*change) || case.change.starts_with(*change);
    LIST.iter().find(|entry| entry.changes.iter().any(is_of) && refusal.contains(entry.rule)).map(|entry| entry.why)
}

pub fn reasons() -> impl Iterator<Item = &'static str> {
    [REDUCED, TRAILING, ENCODING].into_iter()
}
