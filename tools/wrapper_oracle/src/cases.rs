// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//! A real proof and what is made of it: every part changed in every way that a verifier might miss.
use crate::curve::{self, WORD};
use crate::fixtures::{Fixture, Vendor};
use crate::layout::{self, Kind, Part};
use crate::random::Random;
use crate::vendors::Selector;

#[derive(Clone)]
pub struct Case {
    /// The fixture, and what was done to it.
    pub name: String,
    pub change: String,
    pub vendor: Vendor,
    /// The selector that the key names, which is that of the proof unless it is what was changed.
    pub selector: Selector,
    pub program: Vec<u8>,
    pub proof: Vec<u8>,
    pub output: Vec<u8>,
}

/// How many of the cases are taken: one in `any`, and one in `costly` of those that are well formed, so that a verifier
/// has to compute before it refuses. Where the numbers are not 1, every run takes others.
#[derive(Clone, Copy)]
pub struct Share {
    pub any: u64,
    pub costly: u64,
}

struct Maker<'a> {
    original: Case,
    parts: Vec<Part>,
    random: &'a mut Random,
    share: Share,
    out: Vec<Case>,
}

impl Maker<'_> {
    /// A case that every run takes.
    fn push(&mut self, change: impl Into<String>, edit: impl FnOnce(&mut Case)) {
        let mut case = Case { change: change.into(), ..self.original.clone() };
        edit(&mut case);
        self.out.push(case);
    }
    fn chosen(&mut self, one_in: u64) -> bool {
        self.random.next() % one_in == 0
    }
    /// Other bytes in place of a part.
    fn replace(&mut self, change: impl Into<String>, start: usize, bytes: &[u8]) {
        let end = start + bytes.len();
        if self.original.proof[start..end] != *bytes {
            self.push(change, |case| case.proof[start..end].copy_from_slice(bytes));
        }
    }
    fn replace_some(&mut self, one_in: u64, change: impl Into<String>, start: usize, bytes: &[u8]) {
        if self.chosen(one_in) {
            self.replace(change, start, bytes);
        }
    }

    fn flip_bits(&mut self, part: Part) {
        for i in part.start..part.start + part.len {
            let bit = 1 << (self.random.next() % 8);
            let one_in = if part.kind == Kind::Scalar { self.share.costly } else { self.share.any };
            if self.chosen(one_in) {
                self.push(format!("{}: a bit", part.name), |case| case.proof[i] ^= bit);
            }
        }
    }

    /// Numbers at the edges, and the same number written with a multiple of the modulus in it.
    fn rewrite_word(&mut self, name: &str, start: usize, modulus: (&str, Vec<u8>), costly: bool) {
        let one_in = if costly { self.share.costly } else { self.share.any };
        let mut one = vec![0; WORD];
        one[WORD - 1] = 1;
        for (as_name, bytes) in [("0", vec![0; WORD]), ("1", one), (modulus.0, modulus.1.clone()), ("2^256 - 1", vec![0xff; WORD])] {
            self.replace_some(one_in, format!("{name}: {as_name}"), start, &bytes);
        }
        let mut larger = self.original.proof[start..start + WORD].to_vec();
        while let Some(next) = curve::sum(&larger, &modulus.1) {
            self.replace_some(one_in, format!("{name}: + {}", modulus.0), start, &next);
            larger = next;
        }
    }

    fn rewrite_part(&mut self, part: Part) {
        let bytes = self.original.proof[part.start..part.start + part.len].to_vec();
        match part.kind {
            Kind::Word | Kind::Scalar => self.rewrite_word(part.name, part.start, ("r", curve::r()), part.kind == Kind::Scalar),
            Kind::G1 => {
                use ark_ec::{AffineRepr, CurveGroup};
                let point = curve::g1(&bytes);
                let generator = ark_bn254::G1Affine::generator();
                for (name, other) in [
                    ("negated", -point),
                    ("the generator", generator),
                    ("doubled", (point + point).into_affine()),
                    ("plus the generator", (point + generator).into_affine()),
                ] {
                    self.replace_some(self.share.costly, format!("{}: {name}", part.name), part.start, &curve::g1_bytes(other));
                }
                self.replace(format!("{}: infinity", part.name), part.start, &[0; curve::G1_BYTES]);
                let swapped = [&bytes[WORD..], &bytes[..WORD]].concat();
                self.replace(format!("{}: x and y swapped", part.name), part.start, &swapped);
                for i in 0..2 {
                    self.rewrite_word(&format!("coordinate of {}", part.name), part.start + i * WORD, ("q", curve::q()), false);
                }
            }
            Kind::G2 => {
                use ark_ec::{AffineRepr, CurveGroup};
                let point = curve::g2(&bytes);
                for (name, other) in [
                    ("negated", -point),
                    ("the generator", ark_bn254::G2Affine::generator()),
                    ("doubled", (point + point).into_affine()),
                ] {
                    self.replace_some(self.share.costly, format!("{}: {name}", part.name), part.start, &curve::g2_bytes(other));
                }
                self.replace(format!("{}: infinity", part.name), part.start, &[0; curve::G2_BYTES]);
                for _ in 0..4 {
                    let outside = curve::outside_subgroup(self.random);
                    // Such a point, and the right one moved by it: on the curve, and outside.
                    let moved = (curve::g2(&outside) + point).into_affine();
                    self.replace(format!("{}: outside the subgroup", part.name), part.start, &outside);
                    self.replace(format!("{}: outside the subgroup", part.name), part.start, &curve::g2_bytes(moved));
                }
                let parts: Vec<&[u8]> = bytes.chunks(WORD).collect();
                let swapped = [parts[1], parts[0], parts[3], parts[2]].concat();
                self.replace(format!("{}: real part first", part.name), part.start, &swapped);
                for i in 0..4 {
                    self.rewrite_word(&format!("coordinate of {}", part.name), part.start + i * WORD, ("q", curve::q()), false);
                }
            }
            Kind::Selector | Kind::Padding => {}
        }
    }

    /// Two parts of one kind in each other's place.
    fn swap_parts(&mut self) {
        for i in 0..self.parts.len() {
            let first = self.parts[i];
            let Some(&second) = self.parts[i + 1..].iter().find(|part| part.kind == first.kind) else { continue };
            if first.kind == Kind::Selector {
                continue;
            }
            let proof = self.original.proof.clone();
            let change = format!("{} and {} swapped", first.name, second.name);
            if proof[first.start..][..first.len] != proof[second.start..][..second.len] {
                if self.chosen(self.share.costly) {
                    self.push(change, |case| {
                        case.proof[first.start..][..first.len].copy_from_slice(&proof[second.start..][..second.len]);
                        case.proof[second.start..][..second.len].copy_from_slice(&proof[first.start..][..first.len]);
                    });
                }
            }
        }
    }

    /// Other proofs of the same statement, which is no secret: a verifier accepts them.
    fn malleate(&mut self) {
        let Some(a) = self.parts.iter().position(|part| part.name == "A") else { return };
        let start = self.parts[a].start;
        let body = self.original.proof[start..start + 256].to_vec();
        let scalars = [-ark_bn254::Fr::from(1u64), curve::scalar(self.random), curve::scalar(self.random)];
        for s in scalars {
            self.replace("another proof of the same", start, &curve::malleated(&body, s));
        }
    }

    /// One number written with the modulus in it.
    fn lift_scalar(&mut self) {
        let scalars: Vec<Part> = self.parts.iter().copied().filter(|part| part.kind == Kind::Scalar).collect();
        if scalars.is_empty() {
            return;
        }
        let part = scalars[(self.random.next() % scalars.len() as u64) as usize];
        if let Some(larger) = curve::sum(&self.original.proof[part.start..][..WORD], &curve::r()) {
            self.replace(format!("{}: + r", part.name), part.start, &larger);
        }
    }

    fn resize(&mut self) {
        let size = self.original.proof.len();
        for len in [0, 3, 4, size - 1, size - WORD] {
            self.push("truncated", |case| case.proof.truncate(len));
        }
        for more in [1, 28, WORD, 96, size] {
            self.push("bytes behind", |case| case.proof.resize(size + more, 0));
        }
        self.push("twice", |case| case.proof.extend_from_within(..));
        self.push("without selector", |case| drop(case.proof.drain(..4)));
    }

    fn change_output(&mut self) {
        let size = self.original.output.len();
        for i in (0..size).step_by(size.div_ceil(24).max(1)) {
            let bit = 1 << (self.random.next() % 8);
            if self.chosen(self.share.costly) {
                self.push("output: a bit", |case| case.output[i] ^= bit);
            }
        }
        for (change, output) in [
            ("output: longer", [&self.original.output[..], &[0]].concat()),
            ("output: empty", Vec::new()),
            ("output: shorter", self.original.output[..size.saturating_sub(1)].to_vec()),
        ] {
            if output != self.original.output && self.chosen(self.share.any) {
                self.push(change, |case| case.output = output);
            }
        }
    }

    fn change_program(&mut self) {
        for i in 0..WORD {
            let bit = 1 << (self.random.next() % 8);
            if self.chosen(self.share.costly) {
                self.push("program: a bit", |case| case.program[i] ^= bit);
            }
        }
        if self.chosen(self.share.any) {
            self.push("program: 0", |case| case.program.fill(0));
        }
        if let Some(larger) = curve::sum(&self.original.program, &curve::r()) {
            self.push("program: + r", |case| case.program.copy_from_slice(&larger));
        }
    }

    fn change_selectors(&mut self, selectors: &[Selector]) {
        for &selector in selectors {
            if selector == self.original.selector {
                continue;
            }
            self.push("key of another version", |case| case.selector = selector);
            self.push("proof of another version", |case| case.proof[..4].copy_from_slice(&selector));
            self.push("key and proof of another version", |case| {
                case.selector = selector;
                case.proof[..4].copy_from_slice(&selector);
            });
            let inner: Vec<Part> = self.parts.iter().copied().filter(|part| part.name == "selector of the root seal").collect();
            for part in inner {
                self.replace("root seal of another version", part.start, &selector);
            }
        }
    }

    /// Paths of other lengths, in the encoding that belongs to them.
    fn change_path(&mut self) {
        let hashes: Vec<Vec<u8>> = self.named("hash of the path").iter().map(|p| self.original.proof[p.start..][..WORD].to_vec()).collect();
        let Some(&length) = self.named("length of the root seal").first() else { return };
        let tail = self.original.proof[length.start..].to_vec();
        let head = self.original.proof[..4].to_vec();
        let word = |value: usize| [vec![0; WORD - 8], (value as u64).to_be_bytes().to_vec()].concat();
        let encode = |path: &[Vec<u8>]| {
            let start = [head.clone(), word(32), word(64), word(32 * (3 + path.len())), word(path.len())].concat();
            [start, path.concat(), tail.clone()].concat()
        };
        let mut paths = vec![("path: longer", [hashes.clone(), vec![vec![7; WORD]]].concat())];
        paths.push(("path: 33 hashes", vec![vec![7; WORD]; 33]));
        if let Some((_, shorter)) = hashes.split_last() {
            paths.push(("path: shorter", shorter.to_vec()));
            paths.push(("path: twice", [hashes.clone(), hashes.clone()].concat()));
        }
        for (change, path) in paths {
            let proof = encode(&path);
            self.push(change, |case| case.proof = proof);
        }
        let without_root = [&self.original.proof[..length.start], &[0; WORD][..]].concat();
        self.push("no root seal", |case| case.proof = without_root);
    }
    fn named(&self, name: &str) -> Vec<Part> {
        self.parts.iter().copied().filter(|part| part.name == name).collect()
    }
}

/// The fixture as it is, first, and everything that is made of it; None for a form that is not known.
pub fn of(fixture: &Fixture, selectors: &[Selector], random: &mut Random, share: Share) -> Option<Vec<Case>> {
    let parts = layout::of(fixture)?;
    let original = Case {
        name: fixture.name.clone(),
        change: "as it is".to_string(),
        vendor: fixture.vendor,
        selector: fixture.proof[..4].try_into().ok()?,
        program: fixture.program.clone(),
        proof: fixture.proof.clone(),
        output: fixture.output.clone(),
    };
    let mut maker = Maker { out: vec![original.clone()], original, parts: parts.clone(), random, share };
    for part in parts {
        maker.flip_bits(part);
        maker.rewrite_part(part);
    }
    maker.swap_parts();
    maker.malleate();
    maker.lift_scalar();
    maker.resize();
    maker.change_output();
    maker.change_program();
    maker.change_selectors(selectors);
    maker.change_path();
    Some(maker.out)
}
