// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// The operator of payments_zk beside batches of others: against an L1 made for the test where only the operator is in
// question, and once through the open lane of a real one, with a real proof.
import { strict as assert } from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { Hex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { State } from '../../rollups/payments_zk/operator/accounts.ts';
import { PaymentKey } from '../../rollups/payments_zk/operator/babyjub.ts';
import type { Message } from '../../rollups/payments_zk/operator/batch.ts';
import { circuitFiles, type CircuitFiles } from '../../rollups/payments_zk/operator/circuit_files.ts';
import { contracts, L1, type Anchor, type L1Access, type Receipt, type Registered, type SettledTo, type Status } from '../../rollups/payments_zk/operator/l1.ts';
import { OrderLog } from '../../rollups/payments_zk/operator/order_log.ts';
import { Operator, type BatchProver } from '../../rollups/payments_zk/operator/operator.ts';
import { domainOf, keyHash, kinds, orderMessage, sizes, type SignedOrder } from '../../rollups/payments_zk/operator/payload.ts';
import { keyStatus, registerKey, registerRollup, verifyingKey } from '../../rollups/payments_zk/operator/register.ts';
import { serve } from '../../rollups/payments_zk/operator/server.ts';
import { batchHash, bytesOf, decodeHeader, encodeHeader, sha256, toHex, word } from '../../rollups/payments_zk/operator/wire.ts';
import { chainOf, coin } from '../../scripts/scenario/chain.ts';
import { rpc, type Account } from '../../scripts/scenario/devnet.ts';
import { viemDriver } from '../../scripts/scenario/drivers.ts';
import { depositMethod } from '../../scripts/scenario/journey.ts';
import { binaries, binary } from '../../scripts/scenario/paths.ts';
import { output, Service, sleep, waitFor } from '../../scripts/scenario/processes.ts';
import { temporaryFolder } from './environment.ts';

const folder = temporaryFolder('zk-operator');
const l1Chain = 900n;
const rollup = 904n;
const ownKey = word(7n);
const files = { digest: '00'.repeat(32) } as CircuitFiles;
const alice = 0xa11cen;
const bob = 0xb0bn;
const aliceKey = new PaymentKey(Buffer.alloc(32, 7));

/** Keeps batches, inbox, publications and settled roots, and believes every claim of the next batch. */
class FakeL1 {
  readonly url = '';
  readonly account = privateKeyToAccount(ownKey);
  sequencer: Hex = this.account.address;
  inbox: Message[] = [];
  registered: Registered[] = [];
  /** The blocks from which batches were asked for. */
  readonly askedFrom: bigint[] = [];
  roots: Hex[] = [word(new State(sizes.depth, l1Chain).root)];
  readonly data = new Map<Hex, Uint8Array>();
  #height = 100n;

  readonly chainId = async (): Promise<bigint> => l1Chain;
  readonly height = async (): Promise<bigint> => ++this.#height;
  readonly anchor = async (): Promise<Anchor> => ({ height: await this.height(), hash: word(1n), timestamp: 5n });
  readonly timestampOf = async (): Promise<bigint> => 5n;
  readonly certify = async (): Promise<Hex> => '0x';
  /** Batch n is registered in block n. */
  readonly batches = async (_: bigint, fromBlock: bigint): Promise<Registered[]> => {
    this.askedFrom.push(fromBlock);
    return this.registered.filter(({ sequence }) => sequence >= fromBlock);
  };
  readonly inboxMessage = async (_: bigint, index: bigint): Promise<{ message: Message; height: bigint }> => ({ message: this.inbox[Number(index)]!, height: 1n });
  readonly status = async (): Promise<Status> => ({
    sequencer: this.sequencer, programId: `0x${files.digest}`, lastSequence: BigInt(this.registered.length), lastBatchHash: this.lastHash(),
    inboxConsumed: this.consumed(), inboxCount: BigInt(this.inbox.length), settledSequence: BigInt(this.roots.length - 1), settledStateRoot: this.roots.at(-1)!,
  });
  readonly batch = async (_: bigint, sequence: bigint): Promise<SettledTo> => {
    const at = Number(sequence);
    return { hash: batchHash(this.registered[at - 1]?.header ?? Buffer.alloc(0)), height: sequence, settled: at < this.roots.length, stateRoot: this.roots[at] ?? word(0n) };
  };
  readonly call = async <T>(_: string, functionName: string): Promise<T> => (functionName === 'count' ? BigInt(this.inbox.length) : [word(0n), []]) as T;
  readonly send = async (_: string, functionName: string, args: unknown[]): Promise<Receipt> => {
    if (functionName === 'submitBatch') {
      this.register(Buffer.from((args[0] as Hex).slice(2), 'hex'));
    } else {
      assert.equal(args[1], BigInt(this.roots.length));
      this.roots.push(args[3] as Hex);
    }
    return { hash: word(0n), block: this.#height, gasUsed: 0n };
  };
  readonly publish = async (_: bigint, data: Uint8Array): Promise<Hex> => {
    const commitment = toHex(sha256(data));
    this.data.set(commitment, data);
    return commitment;
  };
  readonly published = async (commitment: Hex): Promise<Buffer> => {
    const found = this.data.get(commitment);
    if (found === undefined) throw new Error(`nobody keeps the data of ${commitment}`);
    return Buffer.from(found);
  };

  consumed(): bigint { return this.registered.length === 0 ? 0n : decodeHeader(this.registered.at(-1)!.header).inboxEnd; }
  lastHash(): Hex { return this.registered.length === 0 ? word(0n) : batchHash(this.registered.at(-1)!.header); }
  register(header: Buffer, isVoid = false): void { this.registered.push({ sequence: BigInt(this.registered.length + 1), header, isVoid }); }
  /** What a stranger registers: scheme 0 unless it names a matrix. */
  registerForeign(payload: { bytes: number; reference?: Hex; native?: boolean } = { bytes: 0 }): void {
    const header = encodeHeader({
      rollup, sequence: BigInt(this.registered.length + 1), previousHash: this.lastHash(), anchorHeight: 9n, anchorHash: word(1n),
      inboxEnd: BigInt(Math.min(this.inbox.length, Number(this.consumed()) + sizes.inbox)), feeRecipient: `0x${'99'.repeat(20)}`, payloadBytes: payload.bytes,
      ...(payload.reference === undefined ? {} : { reference: payload.reference }),
    });
    if (payload.native !== true) header[117] = 0;
    this.register(header);
  }
}
const proves: BatchProver = {
  prove: async () => ({ proof: new Uint8Array(), inputs: [] }),
  end: async () => undefined,
};
const open = (l1: FakeL1, more: { log?: (line: string) => void; snapshot?: string } = {}): Promise<Operator> =>
  Operator.open({ rollup, l1: l1 as unknown as L1Access, files, prover: proves, ...more });
const deposit = (receiver: bigint, value: bigint): Message => ({ form: 1, chain: l1Chain, receiver, sender: receiver, value });
const setKey = (sender: bigint, key: PaymentKey): Message => ({ form: 1, chain: l1Chain, receiver: keyHash(key.point), sender, value: 0n });
const pay = (amount: bigint, nonce: bigint): SignedOrder => {
  const plain = { kind: kinds.payment, from: alice, to: bob, amount, nonce };
  return { ...plain, key: aliceKey.point, signature: aliceKey.sign(orderMessage(domainOf(l1Chain, rollup), plain)) };
};
const withdraw = (amount: bigint, nonce: bigint): SignedOrder => {
  const plain = { kind: kinds.withdrawal, from: alice, to: bob, amount, nonce };
  return { ...plain, key: aliceKey.point, signature: aliceKey.sign(orderMessage(domainOf(l1Chain, rollup), plain)) };
};
interface SnapshotFile {
  version: number;
  rollup: Hex;
  batches: { hash: Hex }[];
  accounts: string[][];
}
/** Alice with 100 and her key, Bob with 5; batch 1, settled. */
async function started(snapshot?: string): Promise<{ l1: FakeL1; operator: Operator }> {
  const l1 = new FakeL1();
  l1.inbox = [deposit(alice, 100n), setKey(alice, aliceKey), deposit(bob, 5n)];
  const operator = await open(l1, snapshot === undefined ? {} : { snapshot });
  assert.equal((await operator.order())?.sequence, 1n);
  assert.equal((await operator.settle())?.sequence, 1n);
  return { l1, operator };
}

describe('operator of payments_zk beside others', () => {
  // [VALID.6]
  it('proves and settles what a stranger has registered of the inbox, and goes on behind it', async () => {
    const { l1, operator } = await started();
    operator.submit(pay(30n, 0n));
    l1.inbox.push(deposit(bob, 1n));
    l1.registerForeign();
    l1.inbox.push(deposit(bob, 2n));
    l1.registerForeign();
    assert.equal(await operator.order(), undefined, 'two batches are unproven');
    assert.equal(operator.account(bob)?.balance, 8n);
    assert.equal((await operator.settle())?.sequence, 2n);
    const own = await operator.order();
    assert.deepEqual([own?.sequence, own?.inboxCount, operator.account(bob)?.balance], [4n, 0, 38n]);
    while (await operator.settle() !== undefined);
    assert.equal(l1.roots.length, 5);
    assert.equal(l1.roots.at(-1), word(operator.state.root));
    assert.equal((await open(l1)).state.root, operator.state.root);
  });

  it('asks the L1 for what it does not know, and no more', async () => {
    const { l1, operator } = await started();
    for (let sequence = 2n; sequence <= 3n; sequence++) {
      l1.inbox.push(deposit(bob, 1n));
      l1.registerForeign();
      await operator.order();
      assert.equal((await operator.settle())?.sequence, sequence);
    }
    await open(l1);
    assert.deepEqual(l1.askedFrom, [1n, 2n, 0n]);
  });

  it('forgets the oldest outcomes', () => {
    const log = new OrderLog(2);
    log.note(1n, {});
    log.note(2n, {});
    log.note(1n, { batch: 1n });
    log.note(3n, { reason: 'nonce' });
    assert.deepEqual([log.size, log.get(1n), log.get(2n), log.get(3n)], [2, { batch: 1n }, undefined, { reason: 'nonce' }]);
  });

  it('names a batch that it cannot read, settles the ones before and serves what it knows', async () => {
    const unreadable: [string, Parameters<FakeL1['registerForeign']>[0], RegExp][] = [
      ['blobs', { bytes: 1, reference: word(5n) }, /EIP-4844 blobs, which this operator does not read/],
      ['data that nobody keeps', { bytes: 31, reference: word(5n), native: true }, /nobody keeps the data of 0x0/],
      ['another size', { bytes: 31, reference: toHex(sha256('short')), native: true }, /5 bytes are published as its payload of 31/],
      ['too much', { bytes: 1_985, reference: word(5n), native: true }, /1985 bytes is longer than 1984/],
    ];
    for (const [name, payload, reason] of unreadable) {
      const { l1, operator } = await started();
      await l1.publish(rollup, Buffer.from('short'));
      l1.inbox.push(deposit(bob, 1n));
      l1.registerForeign();
      l1.inbox.push(deposit(bob, 2n));
      l1.registerForeign(payload);
      assert.equal(await operator.order(), undefined, name);
      assert.equal((await operator.settle())?.sequence, 2n, name);
      assert.equal(await operator.settle(), undefined, name);
      assert.equal(l1.roots.at(-1), word(operator.state.root));
      const { url, server } = await serve(operator, 0);
      try {
        const status = await rpc<{ settled: Hex; unreadable: { batch: Hex; reason: string } }>(url, 'zk_status', []);
        assert.deepEqual([status.settled, status.unreadable.batch], ['0x2', '0x3']);
        assert.match(status.unreadable.reason, reason);
        assert.equal(await rpc(url, 'eth_getBalance', [toHex(bytesOf(bob, 20))]), '0x6');
      } finally {
        server.close();
      }
      assert.throws(() => operator.submit(pay(30n, 0n)), /batch 3 cannot be read/);
      const lines: string[] = [];
      const another = await open(l1, { log: (line) => lines.push(line) });
      assert.equal(await another.order(), undefined);
      assert.deepEqual([another.batches.length, lines.length], [2, 1]);
      assert.match(lines[0]!, reason);
    }
  });

  // [DA-BATCH.4]
  it('takes a payload that is void for empty', async () => {
    const { l1, operator } = await started();
    operator.submit(pay(30n, 0n));
    await operator.order();
    l1.registered[1]!.isVoid = true;
    l1.data.clear();
    const another = await open(l1);
    assert.deepEqual([another.unreadable, another.account(bob)?.balance, another.claimOf(another.batches[1]!).data], [undefined, 5n, '0x']);
  });

  it('goes on when the data is there again', async () => {
    const { l1, operator } = await started();
    operator.submit(pay(30n, 0n));
    await operator.order();
    const [[commitment, data]] = [...l1.data] as [[Hex, Uint8Array]];
    l1.data.clear();
    const another = await open(l1);
    assert.deepEqual(another.unreadable?.sequence, 2n);
    l1.data.set(commitment, data);
    assert.equal((await another.settle())?.sequence, 2n);
    assert.deepEqual([another.unreadable, another.account(bob)?.balance], [undefined, 35n]);
  });

  it('starts from a snapshot when nobody keeps the payloads', async () => {
    const snapshot = join(folder, 'snapshot.json');
    const { l1, operator } = await started(snapshot);
    operator.submit(pay(30n, 0n));
    operator.submit(withdraw(20n, 1n));
    await operator.order();
    await operator.settle();
    operator.submit(pay(1n, 2n));
    await operator.order();  // registered, not settled: its payload has to be there
    const unsettled = decodeHeader(l1.registered[2]!.header).reference!;
    for (const commitment of [...l1.data.keys()]) if (commitment !== unsettled) l1.data.delete(commitment);

    assert.equal((await open(l1)).unreadable?.sequence, 2n);
    const lines: string[] = [];
    const log = (line: string): void => { lines.push(line); };
    const again = await open(l1, { snapshot, log });
    assert.deepEqual([again.unreadable, again.state.root, again.account(bob)?.balance, again.batches.length], [undefined, operator.state.root, 36n, 3]);
    assert.deepEqual(again.withdrawals(bob), operator.withdrawals(bob));
    assert.equal(again.withdrawals(bob).length, 1);
    assert.equal((await again.settle())?.sequence, 3n);
    again.submit(pay(1n, 3n));
    l1.inbox.push(deposit(bob, 4n));
    await again.order();
    assert.equal((await again.settle())?.sequence, 4n);
    l1.data.clear();
    const last = await open(l1, { snapshot, log });
    assert.deepEqual([last.account(bob)?.balance, last.state.root, lines.filter((line) => line.includes(snapshot))], [41n, again.state.root, []]);
  });

  it('uses no snapshot that the L1 does not confirm', async () => {
    const snapshot = join(folder, 'other.json');
    const { l1, operator } = await started(snapshot);
    const text = readFileSync(snapshot, 'utf8');
    const change = (edit: (file: SnapshotFile) => void): string => {
      const file = JSON.parse(text) as SnapshotFile;
      edit(file);
      return JSON.stringify(file);
    };
    const two128 = 1n << 128n;
    const cases: [string, RegExp][] = [
      ['{', /JSON/],
      [change((file) => { file.version = 2; }), /snapshot.version: expected 1/],
      [change((file) => { file.rollup = '0x1'; }), /snapshot.rollup: expected 904, got "0x1"/],
      [change((file) => { file.accounts[1]![3] = '0x65'; }), /its accounts have the state root/],
      [change((file) => { file.accounts.pop(); }), /its accounts have the state root/],
      [change((file) => { file.accounts[0]!.pop(); }), /account: expected a 0x-hex string, got nothing/],
      // The same hash as the account's, and coins that are not there.
      [change((file) => { file.accounts[1]![3] = `0x${(two128 + 100n).toString(16)}`; }), /accounts\[1\]\[3\]: expected a number below/],
      [change((file) => { file.batches[0]!.hash = word(1n); }), /the L1 has not settled batch 1/],
    ];
    for (const [content, reason] of cases) {
      writeFileSync(snapshot, content);
      const lines: string[] = [];
      const another = await open(l1, { snapshot, log: (line) => lines.push(line) });
      assert.equal(another.state.root, operator.state.root);
      assert.deepEqual(lines.map((line) => reason.test(line)), [true], lines.join('\n'));
      assert.equal(readFileSync(snapshot, 'utf8'), text, 'a good one takes its place');
    }
    l1.roots[1] = word(1n);
    await assert.rejects(open(l1, { snapshot }), /the L1 has settled the state/);
  });

  // [BATCH.8] [VALID.6]
  it('registers the inbox alone for a rollup of another sequencer', async () => {
    const { l1, operator } = await started();
    l1.sequencer = `0x${'77'.repeat(20)}`;
    operator.submit(pay(30n, 0n));
    assert.equal(await operator.order(), undefined);
    l1.inbox.push(deposit(bob, 1n));
    const batch = await operator.order();
    assert.deepEqual([batch?.inboxCount, batch?.payload.length, operator.waiting], [1, 0, 1]);
  });
});

describe('operator of payments_zk behind an open lane', { timeout: 900_000 }, () => {
  const forceWindowBlocks = 64;
  let node: Service | undefined;
  let miner: Promise<void> = Promise.resolve();
  let ended = false;
  after(async () => {
    ended = true;
    await miner.catch(() => undefined);
    await node?.stop();
  });

  it('settles the batch of a stranger, who cannot give it a payload', async () => {
    const circuit = await circuitFiles(join(binaries, '..', '..', 'payments_zk'), binary('enshrine'));
    const { accounts } = JSON.parse(await output(binary('enshrine'), ['keys', 'list', '--json'])) as { accounts: Account[] };
    const person = (name: string): Account => accounts.find((entry) => entry.name === name)!;
    node = new Service('enshrined', binary('enshrined'), ['--dev', '--data-dir', join(folder, 'l1'), '--rpc-port', '0', '--block-mode', 'manual'], join(folder, 'l1.log'));
    const url = await node.announced(/ on (http:\S+)\n/);
    const mine = (blocks: number): Promise<Hex> => rpc<Hex>(url, 'dev_mine', [blocks]);
    miner = (async (): Promise<void> => {
      while (!ended) {
        await mine(1);
        await sleep(100);
      }
    })();

    const l1 = new L1(url, person('carol').key);
    const stranger = new L1(url, person('bob').key);
    const key = await verifyingKey(circuit, binary('enshrine'));
    await registerKey(l1, key);
    await registerRollup(l1, { rollup, key: key.id, sequencer: l1.account.address, name: 'payments_zk' });
    await waitFor('the key to be active', 60_000, async () => ((await keyStatus(l1, key.id)).active ? true : undefined));
    const operator = await Operator.open({ rollup, l1, files: circuit, snapshot: join(folder, 'lane.json') });
    const owner = person('alice').address;
    await viemDriver.send(chainOf(Number(l1Chain), 'L1', url), person('alice'), { to: contracts.IInbox, method: depositMethod, args: [rollup, owner], value: 3n * coin });
    await mine(forceWindowBlocks + 2);

    const payload = Buffer.alloc(31, 1);
    const reference = await stranger.publish(rollup, payload);
    await waitFor('the publication', 60_000, async () => (await rpc(url, 'da_publication', [reference])) ?? undefined);
    const header = async (more: { payloadBytes: number; reference?: Hex }): Promise<Buffer> => {
      const anchor = await stranger.anchor();
      return encodeHeader({
        rollup, sequence: 1n, previousHash: word(0n), anchorHeight: anchor.height, anchorHash: anchor.hash, inboxEnd: 1n, feeRecipient: stranger.account.address, ...more,
      });
    };
    const register = async (bytes: Buffer): Promise<Receipt> => stranger.send('IRollupRegistry', 'submitBatch', [toHex(bytes), '0x']);
    await assert.rejects(register(await header({ payloadBytes: payload.length, reference })), /PayloadOverLimit/);
    const empty = await header({ payloadBytes: 0 });
    empty[117] = 0;  // EIP-4844, without blobs
    await register(empty);

    assert.equal(await operator.order(), undefined);
    const settled = await operator.settle();
    assert.deepEqual([settled?.sequence, settled?.inboxCount], [1n, 1]);
    const status = await l1.status(rollup);
    assert.deepEqual([status.settledSequence, status.settledStateRoot], [1n, word(operator.state.root)]);
    assert.equal(operator.account(BigInt(owner))?.balance, 3n * coin);
    const lines: string[] = [];
    const again = await Operator.open({ rollup, l1, files: circuit, snapshot: join(folder, 'lane.json'), log: (line) => lines.push(line) });
    assert.deepEqual([again.state.root, lines], [operator.state.root, []]);
    await operator.end();
  });
});
