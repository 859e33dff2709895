// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// kill -9 at any moment: the devnet resumes, keeps what it has acknowledged, and nobody gains or loses a coin.
//   ENSHRINE_KILLS=n   number of kills (8; 50 with ENSHRINE_CAMPAIGN=1)    ENSHRINE_SEED=n   moments of the kills
import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Hex } from 'viem';
import { clientOf, coin, toNumber, walletOf, waitForLevel, type Finality } from '../../scripts/scenario/chain.ts';
import { Devnet, rpc } from '../../scripts/scenario/devnet.ts';
import { castDriver } from '../../scripts/scenario/drivers.ts';
import { Journey } from '../../scripts/scenario/journey.ts';
import { binary } from '../../scripts/scenario/paths.ts';
import { output, sleep, waitFor } from '../../scripts/scenario/processes.ts';
import { temporaryFolder } from './environment.ts';

const kills = Number(process.env['ENSHRINE_KILLS'] ?? (process.env['ENSHRINE_CAMPAIGN'] === '1' ? 50 : 8));
const seed = Number(process.env['ENSHRINE_SEED'] ?? Date.now() % 1_000_000);

/** Numbers in [0, 1) that a seed repeats (mulberry32). */
function generator(state: number): () => number {
  let s = state >>> 0;
  return () => {
    s = (s + 0x6d2b79f5) >>> 0;
    let t = Math.imul(s ^ (s >>> 15), s | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('kill -9', { timeout: 180_000 + kills * 60_000 }, () => {
  it(`resumes after ${kills} kills (seed ${seed})`, async () => {
    const folder = temporaryFolder('kills');
    const random = generator(seed);
    const open = (): Promise<Devnet> => Devnet.open({
      dataDir: join(folder, 'devnet'), args: ['--port', '0', '--block-time-ms', '200', '--batch-interval-ms', '100'],
    });
    let devnet = await open();
    let journey = new Journey(devnet, castDriver);
    const alice = devnet.account('alice');
    const bob = devnet.account('bob');
    await journey.deposit(901, alice, 1_000n * coin);

    const acknowledged: Hex[] = [];
    const amount = coin / 1_000n;
    let nonce = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const wallet = walletOf(journey.chain(901), alice);
      const stopAt = Date.now() + random() * 2_500;
      while (Date.now() < stopAt) {
        acknowledged.push(await wallet.sendTransaction({ to: bob.address, value: amount, gas: 21_000n, nonce, maxFeePerGas: 10n ** 9n, maxPriorityFeePerGas: 0n, type: 'eip1559' }));
        nonce += 1;
        await sleep(random() * 60);
      }
      await devnet.service?.stop('SIGKILL');
      devnet = await open();
      journey = new Journey(devnet, castDriver);
    }

    const url = devnet.rollup(901).rpc;
    for (const hash of acknowledged) {
      const finality: Finality = await waitForLevel(url, hash, 'P4', 120_000);
      assert.equal(finality.status, 'included', `${hash} was acknowledged`);
    }
    assert.equal(await journey.balance(901, bob), amount * BigInt(acknowledged.length), 'every payment arrived, and arrived once');
    assert.equal(await clientOf(journey.chain(901)).getTransactionCount({ address: alice.address }), nonce);

    const status = await rpc<{ settledSequence: Hex; settledStateRoot: Hex }>(devnet.info.l1.rpc, 'rollup_status', ['0x385']);
    const text = await output(binary('enshrine-verifier'), ['--l1', devnet.info.l1.rpc, '--rollup', '901', '--data-dir', join(folder, 'verifier'), '--once', '--sample-cells', '0', '--json'], { timeoutMs: 300_000 });
    const batches = text.trim().split('\n').map((line) => JSON.parse(line) as { sequence: number; stateRoot: Hex; matches: boolean });
    assert.ok(batches.every((batch) => batch.matches));
    assert.equal(batches.find((batch) => batch.sequence === toNumber(status.settledSequence))?.stateRoot, status.settledStateRoot);
    await waitFor('further blocks', 30_000, async () => ((await clientOf(journey.chain(900)).getBlockNumber()) > 0n ? true : undefined));
    await devnet.stop();
  });
});
