// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine proof --kind ultrahonk` on proofs of Aztec's bb: those of the test data always, and with ENSHRINE_CAMPAIGN=1
// fresh ones, for which compiler and prover are installed (200 MB). ENSHRINE_PROOFS sets how many.
import { strict as assert } from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { inputsOfRecursion, NoirCircuit, writeSrs, type Flavour, type NoirProof } from '../../scripts/scenario/noir.ts';
import { binary, repository } from '../../scripts/scenario/paths.ts';
import { run, type Finished } from '../../scripts/scenario/processes.ts';
import { temporaryFolder } from './environment.ts';

const folder = temporaryFolder('ultrahonk');
const data = (name: string): string => join(repository, 'enshrine', 'prover_files', 'testdata', `bb_5.0_${name}`);
const flavours = ['plain', 'zk'] as const;

function proofOf(circuit: string, flavour: Flavour): NoirProof {
  return { key: data(`${circuit}.vk`), proof: data(`${circuit}_${flavour}.proof`), inputs: data(`${circuit}.public_inputs`) };
}
function verify(files: NoirProof, flavour: Flavour, srs = data('srs_point')): Promise<Finished> {
  return run(binary('enshrine'), ['proof', 'verify', '--kind', 'ultrahonk', '--honk-flavour', flavour, '--srs-g2', srs,
    '--vk', files.key, '--proof', files.proof, '--public', files.inputs]);
}
/** A copy of a file with one byte changed. */
function damaged(path: string, at: number): string {
  const bytes = readFileSync(path);
  bytes[at] = bytes[at]! ^ 1;
  const out = join(folder, 'damaged');
  writeFileSync(out, bytes);
  return out;
}

describe('ultrahonk on files of bb', () => {
  it('accepts proofs, and the pairing points of proofs inside of them', async () => {
    for (const circuit of ['square', 'zoo', 'recursive']) {
      for (const flavour of flavours) {
        const finished = await verify(proofOf(circuit, flavour), flavour);
        assert.equal(finished.status, 0, finished.stderr);
        assert.match(finished.stdout, /accepted/);
      }
    }
    const json = { key: data('square_vk.json'), proof: data('square_proof.json'), inputs: data('square_public_inputs.json') };
    assert.equal((await verify(json, 'zk')).status, 0);
  });

  it('refuses what is not proven, and says why', async () => {
    const files = proofOf('zoo', 'zk');
    const size = readFileSync(files.proof).length;
    for (const [changed, reason] of [
      [{ ...files, inputs: damaged(files.inputs, 31) }, /does not hold for these public inputs/],
      [{ ...files, inputs: data('square.public_inputs') }, /does not hold for these public inputs/],
      [{ ...files, inputs: '/dev/null' }, /number of public inputs/],
      [{ ...files, proof: data('zoo_plain.proof') }, /zoo_plain\.proof: expected 8768 bytes, got 7776, which is a plain proof/],
      [{ ...files, key: data('recursive.vk') }, /expected \d+ bytes, got 8768/],
    ] as const) {
      const finished = await verify(changed, 'zk');
      assert.equal(finished.status, 1, finished.stdout);
      assert.match(finished.stderr, reason);
    }
    for (const at of [31, 8 * 32 + 31, size / 2, size - 1]) {
      assert.equal((await verify({ ...files, proof: damaged(files.proof, at) }, 'zk')).status, 1, `byte ${at}`);
    }
    // Without the option the SRS is that of Aztec's ceremony.
    const { key, proof, inputs } = files;
    const elsewhere = await run(binary('enshrine'), ['proof', 'verify', '--kind', 'ultrahonk', '--vk', key, '--proof', proof, '--public', inputs]);
    assert.equal(elsewhere.status, 1);
  });

  it('tells a file that it cannot use from one that it refuses', async () => {
    const files = proofOf('square', 'plain');
    assert.equal((await verify({ ...files, key: '/dev/null' }, 'plain')).status, 2);
    assert.equal((await verify({ ...files, inputs: files.proof.replace('.proof', '.none') }, 'plain')).status, 2);
    assert.equal((await verify(files, 'plain', files.key)).status, 2);
    assert.equal((await verify({ ...files, key: damaged(files.key, 95) }, 'plain')).status, 2);
  });

  it('shows what a key is for', async () => {
    const finished = await run(binary('enshrine'), ['proof', 'inspect', '--kind', 'ultrahonk', data('recursive.vk'), '--json']);
    assert.equal(finished.status, 0, finished.stderr);
    const shown = JSON.parse(finished.stdout) as Record<string, unknown>;
    assert.deepEqual([shown['version'], shown['flavour'], shown['logSize'], shown['publicInputs'], shown['srs']], ['bb 5.0', 'zero-knowledge', 20, 3, "Aztec's"]);
  });
});

describe('ultrahonk on fresh proofs', { skip: process.env['ENSHRINE_CAMPAIGN'] !== '1' }, () => {
  const count = Number(process.env['ENSHRINE_PROOFS'] ?? 50);
  let srs = '';
  let square: NoirCircuit;
  before(async () => {
    srs = await writeSrs(join(folder, 'srs'), 2 ** 20 + 1, 1 + Math.floor(Math.random() * 2 ** 48));
    square = await NoirCircuit.setUp('square', folder, srs);
  }, { timeout: 1_200_000 });
  const expect = async (files: NoirProof, flavour: Flavour, status: number): Promise<void> => {
    const finished = await verify(files, flavour, join(srs, 'srs_point'));
    assert.equal(finished.status, status, finished.stdout + finished.stderr);
  };

  for (const flavour of flavours) {
    it(`accepts ${count} ${flavour} proofs, each for its own statement alone`, { timeout: 1_800_000 }, async () => {
      let last = await square.prove(flavour);
      for (let i = 0; i < count; i++) {
        const fresh = await square.prove(flavour);
        await expect(fresh, flavour, 0);
        await expect({ ...fresh, inputs: last.inputs }, flavour, 1);
        last = fresh;
      }
    });
  }

  it('accepts proofs of every gate, and of a proof', { timeout: 1_800_000 }, async () => {
    const zoo = await NoirCircuit.setUp('zoo', folder, srs);
    const recursive = await NoirCircuit.setUp('recursive', folder, srs);
    const inner = inputsOfRecursion(await square.prove('inner'));
    for (const flavour of flavours) {
      await expect(await zoo.prove(flavour), flavour, 0);
      await expect(await recursive.prove(flavour, inner), flavour, 0);
    }
  });
});
