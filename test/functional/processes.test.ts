// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// The same system as separate programs: enshrined, one enshrine-sequencer per rollup, enshrine-verifier. One rollup
// publishes as sequencers do by themselves, in rows that enshrined keeps, the other in EIP-4844 blobs.
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Address, Hex } from 'viem';
import { chainOf, clientOf, coin, waitForLevel, type Finality } from '../../scripts/scenario/chain.ts';
import { rpc, type Account } from '../../scripts/scenario/devnet.ts';
import { castDriver } from '../../scripts/scenario/drivers.ts';
import { depositMethod } from '../../scripts/scenario/journey.ts';
import { binary, rollupBuild } from '../../scripts/scenario/paths.ts';
import { output, Service, waitFor } from '../../scripts/scenario/processes.ts';
import { temporaryFolder } from './environment.ts';

const lanes = [
  { id: 901, name: 'payments', sequencer: 'sequencer_901', da: [] },
  { id: 902, name: 'exchange', sequencer: 'sequencer_902', da: ['--da', 'kzg'] },
];

describe('separate programs', { timeout: 600_000 }, () => {
  const folder = temporaryFolder('processes');
  const services: Service[] = [];
  let l1Url = '';
  const rollupUrls = new Map<number, string>();
  let accounts: Account[] = [];

  function account(name: string): Account {
    const found = accounts.find((entry) => entry.name === name);
    assert.ok(found !== undefined, name);
    return found;
  }
  function serve(name: string, program: string, args: string[]): Service {
    const service = new Service(name, binary(program), args, join(folder, `${name}.log`));
    services.push(service);
    return service;
  }

  before(async () => {
    accounts = (JSON.parse(await output(binary('enshrine'), ['keys', 'list', '--json'])) as { accounts: Account[] }).accounts;
    const l1 = serve('enshrined', 'enshrined', ['--dev', '--data-dir', join(folder, 'l1'), '--rpc-port', '0', '--block-time-ms', '300']);
    l1Url = await l1.announced(/ on (http:\S+)\n/);
    for (const lane of lanes) {
      await output(binary('enshrine'), ['rollup', 'register', join(rollupBuild, `${lane.name}.elf`), '--id', String(lane.id), '--sequencer', lane.sequencer, '--key', lane.sequencer, '--l1', l1Url]);
      const service = serve(lane.sequencer, 'enshrine-sequencer', ['--l1', l1Url, '--rollup', String(lane.id), '--key', lane.sequencer, '--data-dir', join(folder, 'sequencer'), '--port', '0', '--batch-interval-ms', '200', ...lane.da]);
      rollupUrls.set(lane.id, await service.announced(/ready: rollup \d+ at (\S+)\n/));
    }
  });
  after(async () => {
    for (const service of services.reverse()) await service.stop();
  });

  for (const lane of lanes) {
    it(`deposit and payment settle on ${lane.name}`, async () => {
      const l1 = chainOf(900, 'L1', l1Url);
      const url = rollupUrls.get(lane.id) ?? '';
      const rollup = chainOf(lane.id, lane.name, url);
      const inbox: Address = '0x454e000000000000000000000000000000000001';
      const deposit = await castDriver.send(l1, account('alice'), { to: inbox, method: depositMethod, args: [lane.id, account('alice').address], value: 5n * coin });
      assert.ok(deposit.succeeded);
      await waitFor('the deposit', 60_000, async () => ((await clientOf(rollup).getBalance({ address: account('alice').address })) === 5n * coin ? true : undefined));
      const payment = await castDriver.send(rollup, account('alice'), { to: account('bob').address, value: coin });
      assert.ok(payment.succeeded);
      const finality: Finality = await waitForLevel(url, payment.hash, 'P4');
      assert.equal(finality.status, 'included');
    });
  }

  it('the verifier computes the roots that the L1 has settled', async () => {
    const before = await rpc<{ settledSequence: Hex; settledStateRoot: Hex }>(l1Url, 'rollup_status', ['0x385']);
    const text = await output(binary('enshrine-verifier'), ['--l1', l1Url, '--rollup', '901', '--rollup', '902', '--data-dir', join(folder, 'verifier'), '--once', '--json'], { timeoutMs: 300_000 });
    const batches = text.trim().split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as { rollup: number; sequence: number; stateRoot: Hex; matches: boolean; cellsSampled: number; rowsSampled: number });
    assert.ok(batches.every((batch) => batch.matches));
    assert.equal(batches.find((batch) => batch.rollup === 901 && batch.sequence === Number(before.settledSequence))?.stateRoot, before.settledStateRoot);
    assert.ok(batches.some((batch) => batch.rollup === 901 && batch.rowsSampled >= 8), 'a matrix was sampled');
    assert.ok(batches.every((batch) => batch.rollup !== 901 || batch.cellsSampled === 0), 'payments publishes no blobs');
    assert.ok(batches.some((batch) => batch.rollup === 902 && batch.cellsSampled >= 8), 'a blob was sampled');
  });

  it('every program ends with status 0 on SIGTERM', async () => {
    for (const service of [...services].reverse()) {
      await service.stop('SIGTERM', 15_000);
      assert.equal(service.exited?.code, 0, `${service.name}: ${readFileSync(service.log, 'utf8').split('\n').slice(-5).join('\n')}`);
    }
  });
});
