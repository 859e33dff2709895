// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//! Real proofs: fixtures of SP1 and receipts of RISC Zero, as JSON with hex text.
use std::fs;
use std::path::Path;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Vendor {
    Sp1,
    Risc0,
}

#[derive(Clone)]
pub struct Fixture {
    pub name: String,
    /// Which of the folders it lies in.
    pub folder: usize,
    pub vendor: Vendor,
    /// The program's vkey, or its image ID.
    pub program: Vec<u8>,
    pub proof: Vec<u8>,
    /// Public values, or the journal.
    pub output: Vec<u8>,
}

/// The bytes of a member of a flat JSON object whose value is hex text.
fn hex_member(json: &str, names: &[&str]) -> Option<Vec<u8>> {
    names.iter().find_map(|name| {
        let behind = json.split_once(&format!("\"{name}\""))?.1.trim_start().strip_prefix(':')?;
        let text = behind.trim_start().strip_prefix('"')?.split_once('"')?.0;
        hex::decode(text.strip_prefix("0x").unwrap_or(text)).ok()
    })
}

fn parse(folder: usize, name: &str, json: &str) -> Option<Fixture> {
    let fixture = |vendor, program, proof, output| Fixture { name: name.to_string(), folder, vendor, program, proof, output };
    if let Some(program) = hex_member(json, &["vkey"]) {
        let proof = hex_member(json, &["proof"])?;
        return Some(fixture(Vendor::Sp1, program, proof, hex_member(json, &["publicValues"])?));
    }
    let program = hex_member(json, &["imageId", "IMAGE_ID"])?;
    let seal = hex_member(json, &["seal", "SEAL"])?;
    Some(fixture(Vendor::Risc0, program, seal, hex_member(json, &["journal", "JOURNAL"])?))
}

/// Every fixture in these folders, in the order of their names; other files are passed over.
pub fn read(folders: &[String]) -> Vec<Fixture> {
    let mut out = Vec::new();
    for (number, folder) in folders.iter().enumerate() {
        let entries = fs::read_dir(Path::new(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
        let mut paths: Vec<_> = entries.map(|entry| entry.expect("a folder's entry").path()).collect();
        paths.sort();
        for path in paths.iter().filter(|path| path.extension().is_some_and(|e| e == "json")) {
            let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            out.extend(parse(number, &path.file_stem().expect("a file's name").to_string_lossy(), &text));
        }
    }
    out
}
