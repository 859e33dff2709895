// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//! Which bytes of a proof are what.
use crate::curve::{G1_BYTES, G2_BYTES, WORD};
use crate::fixtures::{Fixture, Vendor};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Selector,
    /// A word that a wrapper compares or hashes: exit code, root, a hash of a path, a word of the ABI.
    Word,
    /// A number below r that the inner proof or its inputs have.
    Scalar,
    G1,
    G2,
    /// What Solidity's encoder fills a word with.
    Padding,
}

#[derive(Clone, Copy, Debug)]
pub struct Part {
    pub name: &'static str,
    pub kind: Kind,
    pub start: usize,
    pub len: usize,
}

#[derive(Default)]
struct Layout {
    parts: Vec<Part>,
    end: usize,
}

impl Layout {
    fn add(&mut self, name: &'static str, kind: Kind) {
        let len = match kind {
            Kind::Selector => 4,
            Kind::Word | Kind::Scalar => WORD,
            Kind::G1 => G1_BYTES,
            Kind::G2 => G2_BYTES,
            Kind::Padding => 28,
        };
        self.parts.push(Part { name, kind, start: self.end, len });
        self.end += len;
    }
    fn groth16(&mut self) {
        self.add("A", Kind::G1);
        self.add("B", Kind::G2);
        self.add("C", Kind::G1);
    }
    fn plonk(&mut self) {
        for name in ["L", "R", "O", "H0", "H1", "H2"] {
            self.add(name, Kind::G1);
        }
        for name in ["l", "r", "o", "s1", "s2"] {
            self.add(name, Kind::Scalar);
        }
        self.add("Z", Kind::G1);
        self.add("z at the next point", Kind::Scalar);
        self.add("opening", Kind::G1);
        self.add("opening at the next point", Kind::G1);
        self.add("qcp", Kind::Scalar);
        self.add("commitment", Kind::G1);
    }
    /// abi.encode of the structure (bytes32[] path, bytes rootSeal).
    fn set(&mut self, path: usize) {
        for name in ["offset of the structure", "offset of the path", "offset of the root seal", "length of the path"] {
            self.add(name, Kind::Word);
        }
        for _ in 0..path {
            self.add("hash of the path", Kind::Word);
        }
        self.add("length of the root seal", Kind::Word);
        self.add("selector of the root seal", Kind::Selector);
        self.groth16();
        self.add("padding", Kind::Padding);
    }
}

/// The bytes of a set inclusion's seal besides its path.
const SET_BYTES: usize = 4 + 5 * WORD + 288;

/// None for a proof that is of none of these forms.
pub fn of(fixture: &Fixture) -> Option<Vec<Part>> {
    let mut layout = Layout::default();
    layout.add("selector", Kind::Selector);
    match (fixture.vendor, fixture.proof.len()) {
        (Vendor::Sp1 | Vendor::Risc0, 260) => layout.groth16(),
        (Vendor::Sp1, 868) => layout.plonk(),
        (Vendor::Sp1, size @ (356 | 964)) => {
            layout.add("exit code", Kind::Word);
            layout.add("root of the recursion keys", Kind::Word);
            layout.add("nonce", Kind::Scalar);
            if size == 356 {
                layout.groth16();
            } else {
                layout.plonk();
            }
        }
        (Vendor::Risc0, size) if size >= SET_BYTES && (size - SET_BYTES) % WORD == 0 => layout.set((size - SET_BYTES) / WORD),
        _ => return None,
    }
    (layout.end == fixture.proof.len()).then_some(layout.parts)
}
