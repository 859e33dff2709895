// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// A devnet takes the files of every prover: key registered, proof verified in a block, receipt read back, and a proof of
// another statement refused.
import { strict as assert } from 'node:assert';
import { after, before, describe, it } from 'node:test';
import type { Hex } from 'viem';
import { binary } from '../../scripts/scenario/paths.ts';
import { rpc, type Devnet } from '../../scripts/scenario/devnet.ts';
import { output, run, waitFor, type Finished } from '../../scripts/scenario/processes.ts';
import { startDevnet, temporaryFolder } from './environment.ts';
import { proverFiles, type Files } from './prover_files_for_test.ts';

const folder = temporaryFolder('proofs-on-chain');
const accounts = ['alice', 'bob', 'carol', 'account_3', 'account_4', 'account_5'];

describe('proofs of every prover on the L1', { timeout: 180_000 }, () => {
  let devnet: Devnet;
  let url: string;
  const all = Object.entries(proverFiles(folder));
  const { kept, refused } = { kept: all.filter(([name]) => name !== 'ultrahonk of bb 3.0'), refused: all.filter(([name]) => name === 'ultrahonk of bb 3.0') };

  const key = ({ kind, vk, more }: Files): string[] => ['--kind', kind, '--vk', vk, ...more ?? []];
  const enshrine = (...args: string[]): Promise<Finished> => run(binary('enshrine'), ['proof', ...args, '--l1', url, '--json']);
  /** Does one thing for each set of files: as many at a time as there are accounts, each with its own. */
  async function forEach(sets: [string, Files][], action: (name: string, files: Files, account: string) => Promise<void>): Promise<void> {
    await Promise.all(accounts.map(async (account, i) => {
      for (let at = i; at < sets.length; at += accounts.length) await action(...sets[at]!, account);
    }));
  }
  const keyIds = new Map<string, Hex>();

  before(async () => {
    devnet = await startDevnet(folder);
    url = devnet.info.l1.rpc;
  }, { timeout: 120_000 });
  after(async () => { await devnet?.stop(); });

  it('registers the keys', async () => {
    await forEach(kept, async (name, files, account) => {
      const judged = await output(binary('enshrine'), ['proof', 'verify', ...key(files), '--proof', files.proof, '--public', files.public, '--json']);
      const { keyId } = JSON.parse(judged) as { keyId: Hex };
      keyIds.set(name, keyId);
      const finished = await enshrine('register-key', ...key(files), '--proof', files.proof, '--key', account);
      assert.equal(finished.status, 0, `${name}: ${finished.stdout}${finished.stderr}`);
      assert.equal((JSON.parse(finished.stdout) as { keyId: Hex }).keyId, keyId, name);
    });
  });

  it('does not register what proves nothing', async () => {
    for (const [name, files] of refused) {
      const finished = await enshrine('register-key', ...key(files), '--key', 'alice');
      assert.equal(finished.status, 1, name);
      assert.match(finished.stdout, /KeyRefused/, name);
    }
  });

  it('verifies the proofs, keeps receipts, and refuses another statement', async () => {
    for (const keyId of keyIds.values()) {
      await waitFor('the key', 60_000, async () => ((await rpc<{ status: string }>(url, 'proof_getKey', [keyId])).status === 'active' ? true : undefined));
    }
    const failures: string[] = [];
    await forEach(kept, async (name, files, account) => {
      const finished = await enshrine('submit', ...key(files), '--proof', files.proof, '--public', files.public, '--key', account);
      if (finished.status !== 0) {
        failures.push(`${name}: ${finished.stdout}${finished.stderr}`);
        return;
      }
      const made = JSON.parse(finished.stdout) as { keyId: Hex; statement: Hex; source: Hex; index: number; height: number };
      assert.equal(made.keyId, keyIds.get(name));
      const receipt = JSON.parse(await output(binary('enshrine'), ['proof', 'receipt', made.source, made.statement, '--l1', url, '--json'])) as { keyId: Hex; height: Hex };
      assert.deepEqual([receipt.keyId, Number(receipt.height)], [made.keyId, made.height]);
      const again = await enshrine('submit', ...key(files), '--proof', files.proof, '--public', files.public, '--key', account);
      if (again.status !== 1 || !again.stdout.includes('AlreadyVerified')) failures.push(`${name}: a second time: ${again.stdout}`);
    });
    assert.equal(failures.join('\n'), '');
  });

  it('refuses proofs under the key of another statement', async () => {
    const sets = new Map(kept);
    const groth16 = sets.get('groth16 of snarkjs')!;
    const other = await enshrine('submit', ...key(groth16), '--proof', sets.get('groth16 of gnark')!.proof, '--public', groth16.public, '--key', 'publisher');
    assert.equal(other.status, 1, other.stdout);
    assert.match(other.stdout, /ProofRefused/);
    const sp1 = sets.get('sp1 in parts')!;
    const said = await enshrine('submit', ...key(sp1), '--proof', sp1.proof, '--public', sp1.vk, '--key', 'publisher');
    assert.equal(said.status, 1, said.stdout);
    assert.match(said.stdout, /ProofRefused/);
  });

  it('takes one file of a program for all', async () => {
    const { kind, proof } = new Map(kept).get('risc0')!;
    const finished = await enshrine('submit', '--kind', kind, '--proof', proof, '--key', 'proposer');
    assert.equal(finished.status, 0, finished.stdout);
    const missing = await enshrine('submit', '--kind', 'groth16', '--proof', proof, '--key', 'proposer');
    assert.equal(missing.status, 2);
    assert.match(missing.stdout, /--vk is required/);
  });
});
