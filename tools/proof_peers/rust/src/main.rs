// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers

//! Pairings and Groth16 with arkworks, blst and mcl, for scripts/bench_proofs.sh. One thread, CPU time, the least of
//! several runs; one line each: `NAME cpu_us=N`.

use ark_bn254::{Bn254, Fr, G1Projective, G2Projective};
use ark_ec::{pairing::Pairing, CurveGroup};
use ark_ff::UniformRand;
use ark_groth16::{prepare_verifying_key, Groth16, Proof};
use ark_relations::{
    gr1cs::{ConstraintSynthesizer, ConstraintSystemRef, SynthesisError},
    lc,
};
use ark_serialize::{CanonicalDeserialize, CanonicalSerialize};
use ark_snark::{CircuitSpecificSetupSNARK, SNARK};
use ark_std::rand::{rngs::StdRng, SeedableRng};
use std::hint::black_box;

fn cpu_seconds() -> f64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the clock exists and the structure is ours.
    let failed = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) };
    assert_eq!(failed, 0);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

fn best(name: &str, calls: u32, mut body: impl FnMut()) {
    let mut least = f64::MAX;
    for _ in 0..8 {
        let started = cpu_seconds();
        for _ in 0..calls {
            body();
        }
        least = least.min((cpu_seconds() - started) / f64::from(calls));
    }
    println!("{name} cpu_us={:.2}", least * 1e6);
}

/// y = x^3 + x + 5 and z = 2x: two public inputs.
struct Cubic {
    x: Option<Fr>,
}

impl ConstraintSynthesizer<Fr> for Cubic {
    fn generate_constraints(self, cs: ConstraintSystemRef<Fr>) -> Result<(), SynthesisError> {
        let missing = SynthesisError::AssignmentMissing;
        let x = cs.new_witness_variable(|| self.x.ok_or(missing))?;
        let square = cs.new_witness_variable(|| self.x.map(|x| x * x).ok_or(missing))?;
        let y = cs.new_input_variable(|| self.x.map(|x| x * x * x + x + Fr::from(5)).ok_or(missing))?;
        let z = cs.new_input_variable(|| self.x.map(|x| x + x).ok_or(missing))?;
        let one = ark_relations::gr1cs::Variable::One;
        cs.enforce_r1cs_constraint(|| lc!() + x, || lc!() + x, || lc!() + square)?;
        cs.enforce_r1cs_constraint(|| lc!() + square, || lc!() + x, || lc!() + y - x - (Fr::from(5), one))?;
        cs.enforce_r1cs_constraint(|| lc!() + (Fr::from(2), x), || lc!() + one, || lc!() + z)
    }
}

fn arkworks() {
    let mut rng = StdRng::seed_from_u64(1);
    let g1: Vec<_> = (0..64).map(|_| G1Projective::rand(&mut rng).into_affine()).collect();
    let g2: Vec<_> = (0..64).map(|_| G2Projective::rand(&mut rng).into_affine()).collect();
    best("arkworks_pairing", 50, || {
        let _ = black_box(Bn254::pairing(g1[0], g2[0]));
    });
    for count in [4, 64] {
        best(&format!("arkworks_check_{count}"), if count == 4 { 20 } else { 2 }, || {
            let _ = black_box(Bn254::multi_pairing(&g1[..count], &g2[..count]));
        });
    }

    let (key, verifying_key) = Groth16::<Bn254>::setup(Cubic { x: None }, &mut rng).unwrap();
    let x = Fr::from(3);
    let inputs = [Fr::from(35), Fr::from(6)];
    let proof = Groth16::<Bn254>::prove(&key, Cubic { x: Some(x) }, &mut rng).unwrap();
    let prepared = prepare_verifying_key(&verifying_key);
    best("arkworks_groth16", 20, || {
        assert!(Groth16::<Bn254>::verify_with_processed_vk(&prepared, &inputs, &proof).unwrap());
    });
    let mut bytes = Vec::new();
    proof.serialize_uncompressed(&mut bytes).unwrap();
    best("arkworks_groth16_from_bytes", 20, || {
        let proof = Proof::<Bn254>::deserialize_uncompressed(&bytes[..]).unwrap();
        assert!(Groth16::<Bn254>::verify_with_processed_vk(&prepared, &inputs, &proof).unwrap());
    });
}

fn bls12_381() {
    use blst::*;
    // SAFETY: every structure is ours and written before it is read.
    unsafe {
        let mut p = Vec::new();
        let mut q = Vec::new();
        for i in 0..64u8 {
            let scalar = [i + 1, 7, 1, 9, 2, 5, 8, 3];
            let (mut jacobian1, mut jacobian2) = (blst_p1::default(), blst_p2::default());
            let (mut affine1, mut affine2) = (blst_p1_affine::default(), blst_p2_affine::default());
            blst_p1_mult(&mut jacobian1, blst_p1_generator(), scalar.as_ptr(), 64);
            blst_p2_mult(&mut jacobian2, blst_p2_generator(), scalar.as_ptr(), 64);
            blst_p1_to_affine(&mut affine1, &jacobian1);
            blst_p2_to_affine(&mut affine2, &jacobian2);
            p.push(affine1);
            q.push(affine2);
        }
        let p_pointers: Vec<*const blst_p1_affine> = p.iter().map(|point| point as *const _).collect();
        let q_pointers: Vec<*const blst_p2_affine> = q.iter().map(|point| point as *const _).collect();
        let mut f = blst_fp12::default();
        for count in [1usize, 4, 64] {
            let name = if count == 1 { "blst_bls12_381_pairing".into() } else { format!("blst_bls12_381_check_{count}") };
            best(&name, if count == 64 { 2 } else { 20 }, || {
                blst_miller_loop_n(&mut f, q_pointers.as_ptr(), p_pointers.as_ptr(), count);
                let mut e = blst_fp12::default();
                blst_final_exp(&mut e, &f);
                black_box(e);
            });
        }
    }
}

#[cfg(feature = "mcl")]
fn mcl() {
    use mcl_rust::*;
    extern "C" {
        fn mclBn_millerLoopVec(z: *mut GT, x: *const G1, y: *const G2, n: usize);
    }
    assert!(init(CurveType::SNARK));
    let mut p = Vec::new();
    let mut q = Vec::new();
    for i in 0..64 {
        let (mut on_g1, mut on_g2) = (G1::zero(), G2::zero());
        assert!(on_g1.set_str("1 1 2", 10));
        assert!(on_g2.set_hash_of(format!("{i}").as_bytes()));
        let mut scalar = Fr::zero();
        assert!(scalar.set_hash_of(format!("scalar {i}").as_bytes()));
        let generator = on_g1.clone();
        G1::mul(&mut on_g1, &generator, &scalar);
        let (point1, point2) = (on_g1.clone(), on_g2.clone());
        G1::normalize(&mut on_g1, &point1);
        G2::normalize(&mut on_g2, &point2);
        p.push(on_g1);
        q.push(on_g2);
    }
    let mut f = GT::zero();
    for count in [1usize, 4, 64] {
        let name = if count == 1 { "mcl_pairing".into() } else { format!("mcl_check_{count}") };
        best(&name, if count == 64 { 2 } else { 20 }, || {
            // SAFETY: both lists have `count` elements.
            unsafe { mclBn_millerLoopVec(&mut f, p.as_ptr(), q.as_ptr(), count) };
            let mut e = GT::zero();
            final_exp(&mut e, &f);
            black_box(&e);
        });
    }
}

#[cfg(not(feature = "mcl"))]
fn mcl() {}

fn main() {
    arkworks();
    bls12_381();
    mcl();
}
