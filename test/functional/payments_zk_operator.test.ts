// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// The operator of payments_zk without a chain and without proofs: what strangers may do to its queue and to its batches.
import { strict as assert } from 'node:assert';
import { describe, it } from 'node:test';
import { State } from '../../rollups/payments_zk/operator/accounts.ts';
import { PaymentKey } from '../../rollups/payments_zk/operator/babyjub.ts';
import { applyBatch, type Message } from '../../rollups/payments_zk/operator/batch.ts';
import type { L1, Registered } from '../../rollups/payments_zk/operator/l1.ts';
import { Operator } from '../../rollups/payments_zk/operator/operator.ts';
import { domainOf, keyHash, kinds, orderMessage, pack, payloadToWords, sizes, wordsToBytes, type Order, type SignedOrder } from '../../rollups/payments_zk/operator/payload.ts';
import { Waiting, waitingMax, waitingOfAccountMax } from '../../rollups/payments_zk/operator/waiting.ts';
import { encodeHeader, word } from '../../rollups/payments_zk/operator/wire.ts';

const l1Chain = 900n;
const rollup = 904n;
const domain = domainOf(l1Chain, rollup);
const alice = 0xa11cen << 140n;
const bob = 0xb0bn << 140n;
const key = new PaymentKey(Buffer.alloc(32, 7));

const sign = (order: Order, by = key): SignedOrder => ({ ...order, key: by.point, signature: by.sign(orderMessage(domain, order)) });
const pay = (amount: bigint, nonce: bigint, from = alice, to = bob): SignedOrder => sign({ kind: kinds.payment, from, to, amount, nonce });
const deposit = (receiver: bigint, value: bigint): Message => ({ form: 1, chain: l1Chain, receiver, sender: receiver, value });
const setKey = (owner: bigint): Message => ({ form: 1, chain: l1Chain, receiver: keyHash(key.point), sender: owner, value: 0n });
function after(state: State, inbox: Message[], orders: SignedOrder[] = []): State {
  return applyBatch(state, { context: { rollup, sequence: 1n, timestamp: 0n }, inbox, payload: payloadToWords(pack(orders).payload) }).state;
}
const funded = after(new State(sizes.depth, l1Chain), [deposit(alice, 2_000n), setKey(alice), deposit(bob, 5n)]);

describe('transfers that wait', () => {
  it('do something behind those before them', () => {
    const waiting = new Waiting(domain, funded);
    waiting.add(pay(1_500n, 0n));
    waiting.add(sign({ kind: kinds.withdrawal, from: alice, to: bob, amount: 100n, nonce: 1n }));
    waiting.add(pay(1n, 2n, alice, alice));
    const stranger = new PaymentKey(Buffer.alloc(32, 8));
    for (const [order, reason] of [
      [pay(401n, 3n), 'balance'], [pay(1n, 0n), 'nonce'], [pay(0n, 3n), 'amount'], [pay(1n, 3n, alice, 77n), 'unknown receiver'],
      [pay(1n, 3n, alice, 0n), 'unknown receiver'], [pay(1n, 0n, 77n), 'unknown sender'], [pay(1n, 0n, 0n), 'unknown sender'],
      [sign({ kind: kinds.payment, from: alice, to: bob, amount: 1n, nonce: 3n }, stranger), 'key'],
      [{ ...pay(1n, 3n), amount: 2n }, 'signature'], [{ ...pay(1n, 3n), kind: 3 }, 'kind'],
    ] as const) {
      assert.throws(() => { waiting.add(order); }, new RegExp(`would do nothing: ${reason}$`));
    }
    waiting.add(pay(400n, 3n));
    assert.equal(waiting.orders.length, 4);
  });

  it('go on behind a batch, without those that are done or do nothing any more', () => {
    const waiting = new Waiting(domain, funded);
    const orders = [pay(10n, 0n), pay(1_900n, 1n), pay(20n, 2n)];
    for (const order of orders) waiting.add(order);
    const leave = { ...deposit(alice, 0n) };
    const poor = after(after(funded, [], orders.slice(0, 1)), [leave, deposit(alice, 30n)]);
    const ids = orders.map((order) => orderMessage(domain, order));
    const refused = waiting.moveTo(poor, (id) => id === ids[0]);
    assert.deepEqual([...refused], [[ids[1], 'balance'], [ids[2], 'nonce']]);
    assert.deepEqual(waiting.orders, []);
    waiting.add(pay(30n, 1n));
  });

  it('have limits, of an account and together', () => {
    const waiting = new Waiting(domain, funded);
    // The limits come before the signature: what is over them costs nothing to refuse.
    for (let nonce = 0n; nonce < BigInt(waitingOfAccountMax); nonce++) waiting.add(pay(1n, nonce));
    const more = { ...pay(1n, 0n), nonce: BigInt(waitingOfAccountMax) };
    assert.throws(() => { waiting.add(more); }, new RegExp(`of the sender wait: at most ${waitingOfAccountMax}`));
    assert.throws(() => { waiting.add(pay(1n, 0n, bob, alice)); }, /would do nothing: key/);
    assert.ok(waitingMax > waitingOfAccountMax);
    waiting.moveTo(funded, () => true);
    waiting.add(pay(1n, 0n));
  });
});

describe('batches of others', () => {
  const zero = word(0n);
  interface Foreign { payload?: Uint8Array; native?: boolean; inboxEnd: bigint; isVoid?: boolean }
  /** An L1 on which these batches are registered, and nothing is settled. */
  function chainWith(foreign: Foreign[], inbox: Message[]): L1 {
    const batches = foreign.map(({ payload, native = true, inboxEnd, isVoid = false }, i): Registered => {
      const header = encodeHeader({
        rollup, sequence: BigInt(i + 1), previousHash: zero, anchorHeight: 1n, anchorHash: zero, inboxEnd, feeRecipient: '0x0000000000000000000000000000000000000001',
        payloadBytes: payload?.length ?? 0, ...(payload === undefined ? {} : { reference: word(BigInt(i + 1)) }),
      });
      if (!native) header[117] = 0;
      return { sequence: BigInt(i + 1), header, isVoid };
    });
    const fake = {
      account: { address: '0x0000000000000000000000000000000000000001' },
      chainId: () => Promise.resolve(l1Chain),
      status: () => Promise.resolve({ programId: '0xab', lastSequence: BigInt(batches.length), settledSequence: 0n, settledStateRoot: word(new State(sizes.depth, l1Chain).root) }),
      batches: () => Promise.resolve(batches),
      inboxMessage: (_: bigint, index: bigint) => Promise.resolve({ message: inbox[Number(index)]!, height: 1n }),
      timestampOf: () => Promise.resolve(5n),
      published: (commitment: string) => {
        const payload = foreign[Number(BigInt(commitment)) - 1]?.payload;
        return payload === undefined ? Promise.reject(new Error('nobody keeps the data')) : Promise.resolve(Buffer.from(payload));
      },
    };
    return fake as unknown as L1;
  }
  const open = (l1: L1, log?: (line: string) => void): Promise<Operator> =>
    Operator.open({ rollup, l1, files: { digest: 'ab' } as never, ...(log === undefined ? {} : { log }) });
  const inbox = [deposit(alice, 100n), setKey(alice), deposit(bob, 5n)];
  const transfers = wordsToBytes(payloadToWords(pack([pay(30n, 0n)]).payload));

  it('are read, whatever scheme an empty payload names', async () => {
    const operator = await open(chainWith([{ inboxEnd: 3n, native: false }, { inboxEnd: 3n, payload: transfers }], inbox));
    assert.equal(operator.blocked, undefined);
    assert.equal(operator.batches.length, 2);
    assert.deepEqual([operator.account(alice)?.balance, operator.account(bob)?.balance], [70n, 35n]);
  });

  it('have no payload when it is void', async () => {
    const operator = await open(chainWith([{ inboxEnd: 3n }, { inboxEnd: 3n, payload: transfers, isVoid: true }], inbox));
    assert.equal(operator.batches.length, 2);
    assert.deepEqual([operator.account(alice)?.balance, operator.claimOf(operator.batches[1]!).data], [100n, '0x']);
  });

  it('that cannot be read stop nothing before them, and are named', async () => {
    const lines: string[] = [];
    const l1 = chainWith([{ inboxEnd: 3n }, { inboxEnd: 3n, payload: Uint8Array.of(1), native: false }, { inboxEnd: 3n }], inbox);
    const operator = await open(l1, (line) => lines.push(line));
    assert.match(operator.blocked ?? '', /^batch 2 cannot be read: its payload is published as EIP-4844 blobs/);
    assert.equal(operator.batches.length, 1);
    assert.equal(operator.account(alice)?.balance, 100n);
    assert.equal(await operator.order(), undefined);
    assert.equal(lines.length, 1, 'said once');
  });
});
