// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine devnet up --preset zk-payments`, as a user types it: a rollup that settles by proofs of snarkjs.
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { binary } from '../../scripts/scenario/paths.ts';
import { run } from '../../scripts/scenario/processes.ts';
import { temporaryFolder } from './environment.ts';

interface Outcome {
  succeeded: boolean;
  failure?: string;
  steps: { step: string; what: string; result: string; hash?: string }[];
}

describe('preset zk-payments', () => {
  const folder = temporaryFolder('zk-preset');

  it('shows deposit, payment, proof, settlement and withdrawal', { timeout: 1_800_000 }, async () => {
    const json = join(folder, 'steps.json');
    const finished = await run(binary('enshrine'), ['devnet', 'up', '--preset', 'zk-payments', '--once', '--json', json, '--data-dir', join(folder, 'devnet')], { timeoutMs: 1_700_000 });
    assert.equal(finished.status, 0, finished.stdout + finished.stderr);
    const outcome = JSON.parse(readFileSync(json, 'utf8')) as Outcome;
    assert.ok(outcome.succeeded, outcome.failure);
    const resultOf = (what: string): string => {
      const found = outcome.steps.find((step) => step.what === what);
      assert.ok(found !== undefined, `no step "${what}" in:\n${finished.stdout}`);
      return found.result;
    };
    assert.match(resultOf('another state root'), /^refused: ProofRefused\(/);
    assert.match(resultOf('another proof'), /^refused: ProofRefused\(/);
    assert.match(resultOf('the same claim again'), /^refused: ClaimOutOfOrder\(/);
    assert.equal(resultOf('the operator is killed while it proves'), 'another one reads the L1 and goes on');
    assert.match(resultOf('the same withdrawal again'), /^refused: /);
    assert.equal(resultOf('withdrawal'), '2 coins paid to alice');
    assert.equal(resultOf('a transfer signed by bob, one beyond the balance'), 'refused');
  });

  it('names the preset that does not exist', async () => {
    const finished = await run(binary('enshrine'), ['devnet', 'up', '--preset', 'zk']);
    assert.equal(finished.status, 2);
    assert.match(finished.stderr, /zk-payments/);
  });
});
