// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Makes enshrine/prover_files/testdata/bb_<version>_* anew: ENSHRINE_BIN=build/dev/bin node tools/bb_fixtures/make.ts VERSION [CRS]
// Takes minutes and 4 GB of memory; the circuit that verifies a proof has a million rows. CRS is a folder with
// bn254_g1.dat (512 points) of Aztec's ceremony, as bb keeps it in ~/.bb-crs, and srs_point: with it the proofs
// bb_<version>_aztec_* are made besides, by a bb of which nothing is replaced.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bb, srsPoint, writeSrs, type NoirProof } from '../../scripts/scenario/bb.ts';
import { inputsOfRecursion, NoirCircuit, randomInputs } from '../../scripts/scenario/noir.ts';
import { repository } from '../../scripts/scenario/paths.ts';

const [version, crs] = process.argv.slice(2);
if (version !== '3.0' && version !== '5.0') throw new Error(`usage: make.ts VERSION [CRS]; VERSION: expected 3.0 or 5.0, got ${version}`);
const folder = mkdtempSync(join(tmpdir(), 'bb-fixtures-'));
const keep = (from: string, name: string): void => {
  copyFileSync(from, join(repository, 'enshrine', 'prover_files', 'testdata', `bb_${version}_${name}`));
};

/** Both flavours of a statement have one key and one list of public inputs. */
async function make(name: string, circuit: NoirCircuit, inputs = randomInputs(circuit.name)): Promise<void> {
  let last: NoirProof | undefined;
  for (const flavour of ['plain', 'zk'] as const) {
    last = await circuit.prove(flavour, inputs);
    keep(last.proof, `${name}_${flavour}.proof`);
  }
  keep(last!.key, `${name}.vk`);
  keep(last!.inputs, `${name}.public_inputs`);
}

if (crs !== undefined) {
  const bb = await Bb.setUp(version, crs);
  mkdirSync(join(folder, 'aztec'));
  await make('aztec_square', await NoirCircuit.setUp('square', bb, join(folder, 'aztec')));
  await bb.stop();
}
const bb = await Bb.setUp(version, await writeSrs(join(folder, 'srs'), 2 ** 20 + 1, 20261125));
keep(srsPoint(bb.srs), 'srs_point');
const square = await NoirCircuit.setUp('square', bb, folder);
await make('square', square);
const json = await square.prove('zk', randomInputs('square'), 'json');
keep(json.key, 'square_vk.json');
keep(json.proof, 'square_proof.json');
keep(json.inputs, 'square_public_inputs.json');
await make('zoo', await NoirCircuit.setUp('zoo', bb, folder));
const inner = await square.prove('inner');
await make('recursive', await NoirCircuit.setUp('recursive', bb, folder), inputsOfRecursion(inner));
await bb.stop();
rmSync(folder, { recursive: true });
