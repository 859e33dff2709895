// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//! Our verdicts, from one process of tools/proof_verdicts.
use crate::cases::Case;
use crate::fixtures::Vendor;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

pub struct Ours {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    folder: PathBuf,
}

impl Ours {
    pub fn start(program: &str, folder: &str) -> Self {
        let mut process = Command::new(program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{program}: {error}"));
        let input = process.stdin.take().expect("a pipe");
        let output = BufReader::new(process.stdout.take().expect("a pipe"));
        Ours { process, input, output, folder: folder.into() }
    }

    pub fn judge(&mut self, case: &Case) -> Result<(), String> {
        self.ask(case);
        self.answer()
    }

    fn ask(&mut self, case: &Case) {
        let (kind, number, names) = match case.vendor {
            Vendor::Sp1 => ("sp1", 6, ["vkey", "proof", "publicValues"]),
            Vendor::Risc0 => ("risc0", 7, ["imageId", "seal", "journal"]),
        };
        let key = [&[number, 1][..], &case.selector, &case.program].concat();
        let fixture = format!(
            "{{\"{}\": \"0x{}\", \"{}\": \"0x{}\", \"{}\": \"0x{}\"}}",
            names[0],
            hex::encode(&case.program),
            names[1],
            hex::encode(&case.proof),
            names[2],
            hex::encode(&case.output)
        );
        let (key_path, proof_path) = (self.folder.join("key"), self.folder.join("proof.json"));
        fs::write(&key_path, hex::encode(key)).expect("a file for the key");
        fs::write(&proof_path, fixture).expect("a file for the proof");
        let proof_path = proof_path.display();
        writeln!(self.input, "{kind} {} {proof_path} {proof_path}", key_path.display()).expect("proof_verdicts reads");
        self.input.flush().expect("proof_verdicts reads");
    }

    fn answer(&mut self) -> Result<(), String> {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("proof_verdicts writes");
        match line.trim_end() {
            "accepted" => Ok(()),
            refused if refused.starts_with("refused: ") || refused.starts_with("unusable: ") => Err(refused.to_string()),
            other => panic!("proof_verdicts answers \"{other}\""),
        }
    }
}

impl Drop for Ours {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
