// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//! The verdicts of SP1's and RISC Zero's own verifiers.
use crate::cases::Case;
use crate::fixtures::Vendor;
use sha2::{Digest as _, Sha256};
use std::panic::{catch_unwind, AssertUnwindSafe};

pub type Verdict = Result<(), String>;
pub type Selector = [u8; 4];

fn text<E: std::fmt::Debug>(result: Result<(), E>) -> Verdict {
    result.map_err(|error| format!("{error:?}"))
}

fn first_bytes(digest: &[u8]) -> Selector {
    digest[..4].try_into().expect("a digest has four bytes")
}

/// What a release of sp1-verifier takes: proof, public values, the program's key as hex, its verifying key.
type Sp1Verify = fn(&[u8], &[u8], &str, &[u8]) -> Verdict;

struct Sp1Release {
    name: &'static str,
    key: &'static [u8],
    verify: Sp1Verify,
}

macro_rules! sp1_releases {
    ($($krate:ident),*) => {
        vec![$(
            Sp1Release {
                name: concat!(stringify!($krate), " groth16"),
                key: *$krate::GROTH16_VK_BYTES,
                verify: |proof, values, program, key| text($krate::Groth16Verifier::verify(proof, values, program, key)),
            },
            Sp1Release {
                name: concat!(stringify!($krate), " plonk"),
                key: *$krate::PLONK_VK_BYTES,
                verify: |proof, values, program, key| text($krate::PlonkVerifier::verify(proof, values, program, key)),
            },
        )*]
    };
}

macro_rules! risc0_release {
    ($krate:ident) => {
        pub mod $krate {
            use super::{first_bytes, text, Selector, Verdict};
            use $krate::sha::{Digest, Digestible};
            use $krate::{Groth16Receipt, Groth16ReceiptVerifierParameters, MaybePruned, ReceiptClaim, VerifierContext};

            pub fn selector() -> Selector {
                first_bytes(Groth16ReceiptVerifierParameters::default().digest().as_bytes())
            }
            /// The seal begins with a selector, of which this crate knows nothing.
            pub fn verify(program: [u8; 32], journal: &[u8], seal: &[u8]) -> Verdict {
                let claim = ReceiptClaim::ok(Digest::from(program), journal.to_vec());
                let parameters = Groth16ReceiptVerifierParameters::default();
                let digest = parameters.digest();
                let context = VerifierContext::empty().with_groth16_verifier_parameters(parameters);
                let receipt = Groth16Receipt::new(seal[4..].to_vec(), MaybePruned::Value(claim), digest);
                text(receipt.verify_integrity_with_context(&context))
            }
        }
    };
}
risc0_release!(risc0_2);
risc0_release!(risc0_3);

/// Sets whose root is a receipt of RISC Zero 3.0, the release that this one of risc0-aggregation is for.
mod set {
    use super::{first_bytes, text, Selector, Verdict};
    use alloy_sol_types::SolValue;
    use risc0_3::sha::{Digest, Digestible};
    use risc0_3::{
        Groth16Receipt, Groth16ReceiptVerifierParameters, InnerReceipt, MaybePruned, Receipt, ReceiptClaim, VerifierContext,
    };
    use risc0_aggregation::{
        decode_set_inclusion_seal, merkle_path_root, GuestState, MerkleMountainRange, Seal, SetInclusionReceiptVerifierParameters,
    };

    /// set-builder-image-id of the set verifier 0.9 in contracts/deployment.toml of risc0/risc0-ethereum.
    const BUILDER: &str = "70909b25db0db00f1d4b4016aeb876f53568a3e5a8e6397cb562d79947a02cc9";

    fn parameters() -> SetInclusionReceiptVerifierParameters {
        let image_id = Digest::try_from(hex::decode(BUILDER).expect("hex")).expect("32 bytes");
        SetInclusionReceiptVerifierParameters { image_id }
    }
    pub fn selector() -> Selector {
        first_bytes(parameters().digest().as_bytes())
    }
    pub fn verify(program: [u8; 32], journal: &[u8], seal: &[u8]) -> Verdict {
        let set = parameters();
        let claim = ReceiptClaim::ok(Digest::from(program), journal.to_vec());
        let receipt = decode_set_inclusion_seal(seal, claim.clone(), set.digest()).map_err(|error| format!("{error:?}"))?;
        // The crate leaves the root's seal to its caller: decoded with the same decoder, its claim computed from the path.
        let decoded = Seal::abi_decode(&seal[4..]).map_err(|error| format!("{error:?}"))?;
        let root_seal = decoded.root_seal.to_vec();
        let of_root = Groth16ReceiptVerifierParameters::default();
        if root_seal.len() < 4 || root_seal[..4] != first_bytes(of_root.digest().as_bytes()) {
            return Err("root seal of another version, or none".to_string());
        }
        let root = merkle_path_root(claim.digest(), &receipt.merkle_path);
        let state = GuestState { self_image_id: set.image_id, mmr: MerkleMountainRange::new_finalized(root) }.encode();
        let root_claim = ReceiptClaim::ok(set.image_id, state.clone());
        let inner = Groth16Receipt::new(root_seal[4..].to_vec(), MaybePruned::Value(root_claim), of_root.digest());
        let context = VerifierContext::empty().with_groth16_verifier_parameters(of_root);
        let receipt = receipt.with_root(Receipt::new(InnerReceipt::Groth16(inner), state));
        text(receipt.verify_integrity_with_context(&context, set, None))
    }
}

struct Risc0Release {
    name: &'static str,
    selector: Selector,
    verify: fn([u8; 32], &[u8], &[u8]) -> Verdict,
}

pub struct Vendors {
    sp1: Vec<Sp1Release>,
    risc0: Vec<Risc0Release>,
}

impl Vendors {
    pub fn new() -> Self {
        let risc0 = vec![
            Risc0Release { name: "risc0_2", selector: risc0_2::selector(), verify: risc0_2::verify },
            Risc0Release { name: "risc0_3", selector: risc0_3::selector(), verify: risc0_3::verify },
            Risc0Release { name: "set 0.9", selector: set::selector(), verify: set::verify },
        ];
        Vendors { sp1: sp1_releases!(sp1_4, sp1_5, sp1_6), risc0 }
    }

    /// (name, selector) of every release that is here.
    pub fn releases(&self, vendor: Vendor) -> Vec<(&'static str, Selector)> {
        match vendor {
            Vendor::Sp1 => self.sp1.iter().map(|r| (r.name, first_bytes(&Sha256::digest(r.key)))).collect(),
            Vendor::Risc0 => self.risc0.iter().map(|r| (r.name, r.selector)).collect(),
        }
    }

    fn judge_sp1(&self, case: &Case) -> Verdict {
        let known = self.sp1.iter().find(|r| first_bytes(&Sha256::digest(r.key)) == case.selector);
        let release = known.ok_or("no release with this selector is here")?;
        (release.verify)(&case.proof, &case.output, &format!("0x{}", hex::encode(&case.program)), release.key)
    }

    fn judge_risc0(&self, case: &Case) -> Verdict {
        let known = self.risc0.iter().find(|r| r.selector == case.selector);
        let release = known.ok_or("no release with this selector is here")?;
        // What RISC Zero's contracts do before they verify; its crates have receipts without selectors.
        if case.proof.len() < 4 || case.proof[..4] != case.selector {
            return Err("another selector".to_string());
        }
        let program = case.program.as_slice().try_into().map_err(|_| "not 32 bytes".to_string())?;
        (release.verify)(program, &case.output, &case.proof)
    }

    /// A verifier that panics has not accepted.
    pub fn judge(&self, case: &Case) -> Verdict {
        catch_unwind(AssertUnwindSafe(|| match case.vendor {
            Vendor::Sp1 => self.judge_sp1(case),
            Vendor::Risc0 => self.judge_risc0(case),
        }))
        .unwrap_or_else(|_| Err("it panics".to_string()))
    }
}
