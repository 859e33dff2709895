// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Makes enshrine/prover_files/testdata/bb_5.0_* anew: ENSHRINE_BIN=build/dev/bin node tools/bb_fixtures/make.ts
// Takes minutes and 2 GB of memory; the circuit that verifies a proof has a million rows.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inputsOfRecursion, NoirCircuit, randomInputs, writeSrs, type NoirProof } from '../../scripts/scenario/noir.ts';
import { repository } from '../../scripts/scenario/paths.ts';

const folder = mkdtempSync(join(tmpdir(), 'bb-fixtures-'));
const keep = (from: string, name: string): void => {
  copyFileSync(from, join(repository, 'enshrine', 'prover_files', 'testdata', `bb_5.0_${name}`));
};

/** Both flavours of a statement have one key and one list of public inputs. */
async function make(circuit: NoirCircuit, inputs = randomInputs(circuit.name)): Promise<void> {
  let last: NoirProof | undefined;
  for (const flavour of ['plain', 'zk'] as const) {
    last = await circuit.prove(flavour, inputs);
    keep(last.proof, `${circuit.name}_${flavour}.proof`);
  }
  keep(last!.key, `${circuit.name}.vk`);
  keep(last!.inputs, `${circuit.name}.public_inputs`);
}

const srs = await writeSrs(join(folder, 'srs'), 2 ** 20 + 1, 20261125);
keep(join(srs, 'srs_point'), 'srs_point');
const square = await NoirCircuit.setUp('square', folder, srs);
await make(square);
const json = await square.prove('zk', randomInputs('square'), 'json');
keep(json.key, 'square_vk.json');
keep(json.proof, 'square_proof.json');
keep(json.inputs, 'square_public_inputs.json');
await make(await NoirCircuit.setUp('zoo', folder, srs));
const inner = await square.prove('inner');
await make(await NoirCircuit.setUp('recursive', folder, srs), inputsOfRecursion(inner));
rmSync(folder, { recursive: true });
