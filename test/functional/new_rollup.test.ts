// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// A rollup of one's own: made from a template outside the repository, built, tried, registered on a live devnet, used.
import { strict as assert } from 'node:assert';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { chainOf, clientOf, coin, waitForLevel } from '../../scripts/scenario/chain.ts';
import type { Devnet } from '../../scripts/scenario/devnet.ts';
import { castDriver } from '../../scripts/scenario/drivers.ts';
import { depositMethod } from '../../scripts/scenario/journey.ts';
import { binary, repository, rollupBuild } from '../../scripts/scenario/paths.ts';
import { output, run, Service, waitFor } from '../../scripts/scenario/processes.ts';
import { runTutorial, startDevnet, startDevnetHere, temporaryFolder } from './environment.ts';

const enshrine = (args: string[], cwd?: string): Promise<string> => output(binary('enshrine'), args, { timeoutMs: 300_000, ...(cwd === undefined ? {} : { cwd }) });

describe('rollup step', { timeout: 120_000 }, () => {
  it('runs the example of payments without a chain', async () => {
    const result = JSON.parse(await enshrine(['rollup', 'step', join(rollupBuild, 'payments.elf'), '--inbox', join(repository, 'rollups', 'payments', 'example_inbox.json'), '--json'])) as {
      steps: number; receipts: { outcome: string }[]; stateDiff: { account?: string }[]; outbox: { destination: number; value: string }[];
    };
    assert.ok(result.steps > 0);
    assert.ok(result.receipts.length >= 4 && result.receipts.every((receipt) => receipt.outcome === 'succeeded'));
    assert.ok(result.stateDiff.some((change) => change.account === '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'), 'the diff names who was paid');
    assert.equal(result.outbox.length, 1);
  });

  it('names what is wrong with an inbox', async () => {
    const finished = await run(binary('enshrine'), ['rollup', 'step', join(rollupBuild, 'payments.elf'), '--inbox', join(repository, 'package.json')]);
    assert.equal(finished.status, 2);
    assert.match(finished.stderr, /chain_id: expected a number/);
  });
});

describe('rollup new', { timeout: 600_000 }, () => {
  const folder = temporaryFolder('new-rollup');
  let devnet: Devnet;
  let sequencer: Service | undefined;
  before(async () => { devnet = await startDevnet(folder); });
  after(async () => {
    await sequencer?.stop();
    await devnet?.stop();
  });

  it('a template becomes a program that builds', async () => {
    await enshrine(['rollup', 'new', 'my_pay', '--template', 'payments', '--id', '903', '--sdk', repository], folder);
    await output('make', ['-j2'], { cwd: join(folder, 'my_pay'), timeoutMs: 500_000 });
  });

  it('a name in use is refused', async () => {
    const finished = await run(binary('enshrine'), ['rollup', 'new', 'my_pay', '--sdk', repository], { cwd: folder });
    assert.equal(finished.status, 1);
    assert.match(finished.stderr, /exists already/);
  });

  it('it is registered on the live devnet and used', async () => {
    const l1 = devnet.info.l1.rpc;
    await enshrine(['rollup', 'register', join(folder, 'my_pay', 'build', 'my_pay.elf'), '--id', '903', '--sequencer', 'carol', '--key', 'carol', '--l1', l1]);
    const service = new Service('sequencer of 903', binary('enshrine-sequencer'), ['--l1', l1, '--rollup', '903', '--key', 'carol', '--port', '0', '--data-dir', join(folder, 'sequencer'), '--batch-interval-ms', '200'], join(folder, 'sequencer.log'));
    sequencer = service;
    const url = await service.announced(/ready: rollup \d+ at (\S+)\n/);
    const chain = chainOf(903, 'my_pay', url);
    const alice = devnet.account('alice');
    await castDriver.send(chainOf(900, 'L1', l1), alice, { to: devnet.info.contracts.IInbox, method: depositMethod, args: [903, alice.address], value: 3n * coin });
    await waitFor('the deposit', 60_000, async () => ((await clientOf(chain).getBalance({ address: alice.address })) === 3n * coin ? true : undefined));
    const paid = await castDriver.send(chain, alice, { to: devnet.account('bob').address, value: coin });
    assert.ok(paid.succeeded);
    await waitForLevel(url, paid.hash, 'P4');
  });
});

describe('the tutorial write_a_rollup', { timeout: 600_000 }, () => {
  const folder = temporaryFolder('write-a-rollup');
  let devnet: Devnet;
  before(async () => { devnet = await startDevnetHere(folder); });
  after(async () => { await devnet?.stop(); });

  it('does what it says', async () => {
    const port = String(await freePort());
    const finished = await runTutorial('write_a_rollup.md', folder, (commands) => commands.replaceAll('8645', port));
    assert.equal(finished.status, 0, finished.stdout + finished.stderr);
    assert.match(finished.stdout, /^3$/m, 'the count');
    assert.match(finished.stderr, /execution reverted/, 'a step of eleven is refused by the program');
    assert.match(finished.stdout, /refused, as it should be/);
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => { server.close(() => { resolve(); }); });
  return port;
}
