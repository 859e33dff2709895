// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//! Points and numbers of BN254 as proofs write them: big-endian words, the imaginary part of a number of Fq2 first.
use crate::random::Random;
use ark_bn254::{Fq, Fq2, Fr, G1Affine, G2Affine};
use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::{BigInteger, Field, PrimeField};

pub const WORD: usize = 32;
pub const G1_BYTES: usize = 64;
pub const G2_BYTES: usize = 128;

fn word(value: Fq) -> Vec<u8> {
    value.into_bigint().to_bytes_be()
}

pub fn g1(bytes: &[u8]) -> G1Affine {
    G1Affine::new_unchecked(Fq::from_be_bytes_mod_order(&bytes[..32]), Fq::from_be_bytes_mod_order(&bytes[32..64]))
}

pub fn g1_bytes(point: G1Affine) -> Vec<u8> {
    point.xy().map_or_else(|| vec![0; G1_BYTES], |(x, y)| [word(x), word(y)].concat())
}

pub fn g2(bytes: &[u8]) -> G2Affine {
    let part = |i: usize| Fq::from_be_bytes_mod_order(&bytes[32 * i..32 * i + 32]);
    G2Affine::new_unchecked(Fq2::new(part(1), part(0)), Fq2::new(part(3), part(2)))
}

pub fn g2_bytes(point: G2Affine) -> Vec<u8> {
    let words = |(x, y): (Fq2, Fq2)| [word(x.c1), word(x.c0), word(y.c1), word(y.c0)].concat();
    point.xy().map_or_else(|| vec![0; G2_BYTES], words)
}

pub fn scalar(random: &mut Random) -> Fr {
    Fr::from(random.next()) * Fr::from(random.next()) + Fr::from(1u64)
}

/// A proof of Groth16 is malleable: A times s and B divided by s satisfy the same equation.
pub fn malleated(proof: &[u8], s: Fr) -> Vec<u8> {
    let a = (g1(&proof[..64]) * s).into_affine();
    let b = (g2(&proof[64..192]) * s.inverse().expect("s is not 0")).into_affine();
    [g1_bytes(a), g2_bytes(b), proof[192..256].to_vec()].concat()
}

/// A point of the twist that is not in the subgroup of order r.
pub fn outside_subgroup(random: &mut Random) -> Vec<u8> {
    loop {
        let x = Fq2::new(Fq::from(random.next()), Fq::from(random.next()));
        if let Some(point) = G2Affine::get_point_from_x_unchecked(x, random.next() % 2 == 0) {
            if !point.is_in_correct_subgroup_assuming_on_curve() {
                return g2_bytes(point);
            }
        }
    }
}

pub fn q() -> Vec<u8> {
    Fq::MODULUS.to_bytes_be()
}

pub fn r() -> Vec<u8> {
    Fr::MODULUS.to_bytes_be()
}

/// The sum of two words, unless it needs more than 256 bits.
pub fn sum(a: &[u8], b: &[u8]) -> Option<Vec<u8>> {
    let mut carry = 0;
    let mut out = vec![0; WORD];
    for i in (0..WORD).rev() {
        let digit = u16::from(a[i]) + u16::from(b[i]) + carry;
        out[i] = (digit & 0xff) as u8;
        carry = digit >> 8;
    }
    (carry == 0).then_some(out)
}
