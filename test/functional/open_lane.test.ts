// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// A stranger registers a batch through the open lane while the sequencer runs [BATCH.8]: the sequencer notices, catches
// up and goes on, and what it had promised comes behind the stranger's batch in the same order.
import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { concatHex, encodeFunctionData, numberToHex, type Address, type Chain, type Hex } from 'viem';
import { abis, chainOf, clientOf, coin, levelReached, toNumber, waitForLevel, walletOf, type BatchRecord, type Client, type Finality } from '../../scripts/scenario/chain.ts';
import { rpc, type Account } from '../../scripts/scenario/devnet.ts';
import { viemDriver } from '../../scripts/scenario/drivers.ts';
import { depositMethod } from '../../scripts/scenario/journey.ts';
import { binary, rollupBuild } from '../../scripts/scenario/paths.ts';
import { output, Service, sleep, waitFor } from '../../scripts/scenario/processes.ts';
import { temporaryFolder } from './environment.ts';

const inbox: Address = '0x454e000000000000000000000000000000000001';
const registry: Address = '0x454e000000000000000000000000000000000002';
const id = 901;
const idHex: Hex = '0x385';
const forceWindowBlocks = 64;

interface Status {
  lastSequence: Hex;
  lastBatchHash: Hex;
  inboxCount: Hex;
  settledSequence: Hex;
  settledStateRoot: Hex;
}

describe('open lane', { timeout: 600_000 }, () => {
  const folder = temporaryFolder('open-lane');
  const services: Service[] = [];
  let l1Url = '';
  let url = '';
  let l1: Chain;
  let payments: Chain;
  let sequencer: Service;
  let accounts: Account[] = [];
  let mining = true;
  let miner: Promise<void> = Promise.resolve();
  let ended = false;

  const account = (name: string): Account => {
    const found = accounts.find((entry) => entry.name === name);
    assert.ok(found !== undefined, name);
    return found;
  };
  const serve = (name: string, program: string, args: string[]): Service => {
    const service = new Service(name, binary(program), args, join(folder, `${name}.log`));
    services.push(service);
    return service;
  };
  const mine = (blocks: number): Promise<Hex> => rpc<Hex>(l1Url, 'dev_mine', [blocks]);
  const status = (): Promise<Status> => rpc<Status>(l1Url, 'rollup_status', [idHex]);
  const balance = (name: string): Promise<bigint> => clientOf(payments).getBalance({ address: account(name).address });
  const waitForBalance = (name: string, expected: bigint): Promise<true> =>
    waitFor(`${name} with ${expected}`, 90_000, async () => ((await balance(name)) === expected ? true : undefined));

  /** A batch of inbox messages alone, by somebody who is not the sequencer; waits in the L1's mempool, in front. */
  async function submitAsStranger(): Promise<Hex> {
    const { lastSequence, lastBatchHash, inboxCount } = await status();
    const anchor = await (clientOf(l1) as Client).getBlock();
    const stranger = account('carol');
    const header = concatHex([
      numberToHex(2, { size: 1 }), numberToHex(id, { size: 8 }), numberToHex(toNumber(lastSequence) + 1, { size: 8 }), lastBatchHash,
      numberToHex(anchor.number, { size: 8 }), anchor.hash, numberToHex(BigInt(inboxCount), { size: 8 }), stranger.address,
      numberToHex(0, { size: 1 }), numberToHex(0, { size: 4 }), numberToHex(0, { size: 4 }),
    ]);
    const data = encodeFunctionData({ abi: abis.IRollupRegistry, functionName: 'submitBatch', args: [header, '0x'] });
    return walletOf(l1, stranger).sendTransaction({ to: registry, data, gas: 5_000_000n, maxFeePerGas: 10n ** 12n, maxPriorityFeePerGas: 10n ** 11n });
  }
  /** A deposit that nobody takes for so long that the lane opens. The sequencer does not see it happen. */
  async function openLane(value: bigint): Promise<void> {
    mining = false;
    sequencer.child.kill('SIGSTOP');
    const alice = account('alice');
    const data = encodeFunctionData({ abi: abis.IInbox, functionName: 'deposit', args: [BigInt(id), alice.address] });
    await walletOf(l1, alice).sendTransaction({ to: inbox, data, value, gas: 500_000n });
    await mine(forceWindowBlocks + 2);
  }

  before(async () => {
    accounts = (JSON.parse(await output(binary('enshrine'), ['keys', 'list', '--json'])) as { accounts: Account[] }).accounts;
    const node = serve('enshrined', 'enshrined', ['--dev', '--data-dir', join(folder, 'l1'), '--rpc-port', '0', '--block-mode', 'manual']);
    l1Url = await node.announced(/ on (http:\S+)\n/);
    l1 = chainOf(900, 'L1', l1Url);
    miner = (async (): Promise<void> => {
      while (!ended) {
        if (mining) await mine(1);
        await sleep(150);
      }
    })();
    await output(binary('enshrine'), ['rollup', 'register', join(rollupBuild, 'payments.elf'), '--id', String(id), '--sequencer', 'sequencer_901', '--key', 'sequencer_901', '--l1', l1Url]);
    sequencer = serve('sequencer', 'enshrine-sequencer', ['--l1', l1Url, '--rollup', String(id), '--key', 'sequencer_901', '--data-dir', join(folder, 'sequencer'), '--port', '0', '--batch-interval-ms', '100', '--da', 'kzg']);
    url = await sequencer.announced(/ready: rollup \d+ at (\S+)\n/);
    payments = chainOf(id, 'payments', url);
    await viemDriver.send(l1, account('alice'), { to: inbox, method: depositMethod, args: [id, account('alice').address], value: 5n * coin });
    await waitForBalance('alice', 5n * coin);
    await waitFor('settlement', 90_000, async () => ((await status()).settledSequence === '0x1' ? true : undefined));
  });
  after(async () => {
    ended = true;
    sequencer?.child.kill('SIGCONT');
    const mined = await Promise.allSettled([miner]);
    for (const service of services.reverse()) await service.stop();
    assert.deepEqual(mined, [{ status: 'fulfilled', value: undefined }]);
  });

  it('a sequencer that was asleep goes on behind the batch', async () => {
    await openLane(coin);
    const hash = await submitAsStranger();
    await mine(1);
    const receipt = await clientOf(l1).getTransactionReceipt({ hash });
    assert.equal(receipt.status, 'success');
    assert.equal((await status()).lastSequence, '0x2');
    sequencer.child.kill('SIGCONT');
    mining = true;
    await waitFor('catching up', 60_000, async () => (/: caught up\n/.test(sequencer.tail(100) + '\n') ? true : undefined));
    await waitForBalance('alice', 6n * coin);
    const paid = await viemDriver.send(payments, account('alice'), { to: account('bob').address, value: coin });
    assert.ok(paid.succeeded);
    await waitForLevel(url, paid.hash, 'P4');
    assert.equal(await balance('bob'), coin);
  });

  it('a sequencer whose own batches lose gives them up and keeps what it has accepted', async () => {
    const alice = account('alice');
    const last = toNumber((await status()).lastSequence);
    await openLane(coin);
    const hash = await submitAsStranger();
    sequencer.child.kill('SIGCONT');
    const wallet = walletOf(payments, alice);
    const sent: Hex[] = [];
    for (let nonce = 1; nonce <= 3; nonce += 1) {
      sent.push(await wallet.sendTransaction({ to: account('bob').address, value: coin, gas: 21_000n, nonce, maxFeePerGas: 10n ** 9n, maxPriorityFeePerGas: 0n, type: 'eip1559' }));
      const own = sent[nonce - 1];
      await waitFor('a batch of its own', 60_000, async () => {
        const finality = await rpc<Finality>(url, 'rollup_getFinality', [own]);
        return levelReached(finality, 'P1') ? true : undefined;
      });
    }
    mining = true;
    await waitFor("the stranger's batch", 60_000, async () => {
      const receipt = await rpc<{ status: Hex } | null>(l1Url, 'eth_getTransactionReceipt', [hash]);
      if (receipt !== null) assert.equal(receipt.status, '0x1');
      return receipt ?? undefined;
    });
    const finalities: Finality[] = [];
    for (const payment of sent) finalities.push(await waitForLevel(url, payment, 'P4'));
    assert.ok(finalities.every((finality) => finality.status === 'included' && toNumber(finality.batch!) > last + 1));
    assert.equal(await balance('bob'), 4n * coin);
    const foreign = await rpc<BatchRecord>(l1Url, 'rollup_getBatch', [idHex, numberToHex(last + 1)]);
    assert.equal(foreign.l1Transaction, hash);
    sequencer.assertRunning();
    assert.equal(sequencer.tail(100).match(/: caught up/g)?.length, 2);
  });

  it('the verifier computes the roots that the L1 has settled', async () => {
    const settled = await status();
    const text = await output(binary('enshrine-verifier'), ['--l1', l1Url, '--rollup', String(id), '--data-dir', join(folder, 'verifier'), '--once', '--json'], { timeoutMs: 300_000 });
    const batches = text.trim().split('\n').map((line) => JSON.parse(line) as { sequence: number; stateRoot: Hex; matches: boolean });
    assert.ok(batches.every((batch) => batch.matches));
    assert.equal(batches.find((batch) => batch.sequence === toNumber(settled.settledSequence))?.stateRoot, settled.settledStateRoot);
  });
});
