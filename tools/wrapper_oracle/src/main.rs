// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//! wrapper_oracle PROOF_VERDICTS WORK_FOLDER FOLDER…
//!
//! Real proofs in the FOLDERs, and changed ones, before the verifiers of SP1 and RISC Zero and before ours. What we
//! accept and the vendor refuses is a failure, always; what we refuse and the vendor accepts is one unless the list of
//! stricter.rs says why, and an entry of the list that no case meets is one, too. ENSHRINE_SEED repeats a run; ENSHRINE_CAMPAIGN=1 takes every case, see share().
mod cases;
mod curve;
mod fixtures;
mod layout;
mod ours;
mod random;
mod stricter;
mod vendors;

use cases::{Case, Share};
use fixtures::Vendor;
use std::collections::BTreeMap;
use std::env;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Mutex;

#[derive(Default)]
struct Tally {
    accepted: usize,
    refused: usize,
    stricter: BTreeMap<&'static str, usize>,
    failures: usize,
}

impl Tally {
    fn add(&mut self, case: &Case, theirs: &vendors::Verdict, ours: &Result<(), String>) {
        let what = format!("{}: {}", case.name, case.change);
        match (theirs, ours) {
            (Ok(()), Ok(())) => self.accepted += 1,
            (Err(_), Err(_)) => self.refused += 1,
            (Err(reason), Ok(())) => self.fail(format!("{what}: we accept, the vendor says {reason}")),
            (Ok(()), Err(reason)) => match stricter::reason(case, reason) {
                Some(why) => *self.stricter.entry(why).or_default() += 1,
                None => self.fail(format!("{what}: the vendor accepts, we say {reason}")),
            },
        }
    }
    fn fail(&mut self, what: String) {
        println!("wrapper_oracle: FAILED: {what}");
        self.failures += 1;
    }
}

fn seed() -> u64 {
    let of_clock = || std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs());
    env::var("ENSHRINE_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or_else(of_clock)
}

/// SP1's curve library divides bit by bit: of its PLONK a refusal takes a tenth of a second, or one and a half where it
/// has to compute, of its Groth16 half of that. Proofs of further folders are there for the versions that they are of.
fn share(fixture: &fixtures::Fixture, thorough: bool) -> Share {
    let further = if fixture.folder == 0 { 1 } else { 8 };
    let (any, costly) = match (fixture.vendor, fixture.proof.len()) {
        _ if thorough => return Share { any: 1, costly: 1 },
        (Vendor::Risc0, _) => (1, 1),
        (Vendor::Sp1, ..=356) => (4, 10),
        (Vendor::Sp1, _) => (20, 40),
    };
    Share { any: any * further, costly: costly * further }
}

/// The vendor's verdicts, in the order of the cases, on every core.
fn judge_all(vendors: &vendors::Vendors, cases: &[Case]) -> Vec<vendors::Verdict> {
    let next = AtomicUsize::new(0);
    let verdicts = Mutex::new(vec![Err(String::new()); cases.len()]);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| loop {
                let i = next.fetch_add(1, Ordering::Relaxed);
                let Some(case) = cases.get(i) else { break };
                let verdict = vendors.judge(case);
                verdicts.lock().expect("no thread panics")[i] = verdict;
            });
        }
    });
    verdicts.into_inner().expect("no thread panics")
}

fn text(verdict: &vendors::Verdict) -> String {
    verdict.as_ref().map_or_else(|reason| format!("refused ({reason})"), |()| "accepted".to_string())
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [program, work, folders @ ..] = arguments.as_slice() else {
        eprintln!("wrapper_oracle PROOF_VERDICTS WORK_FOLDER FOLDER...");
        return ExitCode::from(2);
    };
    std::panic::set_hook(Box::new(|info| {
        // A vendor's verifier that panics is told by its verdict; our own code is not to be silent.
        if info.location().is_some_and(|l| l.file().starts_with("src/")) {
            eprintln!("{info}");
        }
    }));
    let seed = seed();
    let thorough = env::var("ENSHRINE_CAMPAIGN").is_ok_and(|value| value == "1");
    println!("wrapper_oracle: seed {seed}");
    let (mut random, vendors, mut ours) = (random::Random(seed), vendors::Vendors::new(), ours::Ours::start(program, work));
    for vendor in [Vendor::Sp1, Vendor::Risc0] {
        for (name, selector) in vendors.releases(vendor) {
            println!("wrapper_oracle: {name} has the selector {}", hex::encode(selector));
        }
    }
    let mut all = Tally::default();
    for fixture in fixtures::read(folders) {
        let selectors: Vec<_> = vendors.releases(fixture.vendor).iter().map(|r| r.1).chain(stricter::OTHERS).collect();
        let Some(cases) = cases::of(&fixture, &selectors, &mut random, share(&fixture, thorough)) else {
            println!("wrapper_oracle: {}: no proof of a known form, passed over", fixture.name);
            continue;
        };
        let started = std::time::Instant::now();
        let theirs = judge_all(&vendors, &cases);
        let answers: Vec<_> = cases.iter().map(|case| ours.judge(case)).collect();
        for ((case, theirs), answer) in cases.iter().zip(&theirs).zip(&answers) {
            all.add(case, theirs, answer);
        }
        println!("wrapper_oracle: {}: {} cases in {:.1} s", fixture.name, cases.len(), started.elapsed().as_secs_f32());
        println!("    as it is: the vendor: {}; we: {}", text(&theirs[0]), text(&answers[0]));
    }
    println!("wrapper_oracle: both accept {}, both refuse {}", all.accepted, all.refused);
    for (why, count) in &all.stricter {
        println!("wrapper_oracle: stricter in {count}: {why}");
    }
    for why in stricter::reasons().filter(|why| !all.stricter.contains_key(why)) {
        all.failures += 1;
        println!("wrapper_oracle: FAILED: no case any more in which we are stricter: {why}");
    }
    let proven = all.accepted > 0 && all.refused > 0;
    if all.failures == 0 && proven { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
