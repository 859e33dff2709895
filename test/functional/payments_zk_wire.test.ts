// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// The parts of payments_zk's operator that need no circuit: hashes and signatures against known values, encodings, orders from
// strangers.
import { strict as assert } from 'node:assert';
import { describe, it } from 'node:test';
import type { Account } from '../../rollups/payments_zk/operator/accounts.ts';
import { add, base, groupOrder, multiply, onCurve, PaymentKey, verify, type Point } from '../../rollups/payments_zk/operator/babyjub.ts';
import { reduce } from '../../rollups/payments_zk/operator/field.ts';
import { bytesToWords, domainOf, keyHash, kinds, orderMessage, pack, payloadBytes, payloadToWords, wordsToBytes, wordsToPayload, type SignedOrder } from '../../rollups/payments_zk/operator/payload.ts';
import { poseidon } from '../../rollups/payments_zk/operator/poseidon.ts';
import { Queue } from '../../rollups/payments_zk/operator/queue.ts';
import { readOrder } from '../../rollups/payments_zk/operator/server.ts';
import { signTransfer } from '../../rollups/payments_zk/operator/wallet.ts';
import { decodeHeader, encodeHeader, merkleProof, merkleRoot, sha256, word } from '../../rollups/payments_zk/operator/wire.ts';

const key = new PaymentKey(Buffer.alloc(32, 7));
const order = (from: bigint, to: bigint, nonce = 0n): SignedOrder => ({
  kind: kinds.payment, from, to, amount: (1n << 128n) - 1n, nonce, key: key.point, signature: key.sign(nonce),
});

describe('operator of payments_zk', () => {
  it('computes Poseidon as circomlib does', () => {
    assert.equal(poseidon([1n, 2n]), 7853200120776062878684798364095072458815029376092732009249414926327459813530n);
    assert.equal(poseidon([1n, 2n, 3n, 4n]), 18821383157269793795438455681495246036402687001665670618754263018637548127333n);
  });

  it('computes on BabyJubJub', () => {
    assert.ok(onCurve(base));
    assert.deepEqual(multiply(base, groupOrder), [0n, 1n]);
    assert.deepEqual(add(base, base), multiply(base, 2n));
    const points = Array.from({ length: 20 }, (_, i) => multiply(base, BigInt(i)));
    points.reduce((sum, point) => { assert.deepEqual(point, sum); return add(sum, base); }, [0n, 1n] as Point);
    const small: Point = [0n, reduce(-1n)];  // of order two
    assert.deepEqual([multiply(small, 3n), multiply(small, 4n)], [small, [0n, 1n]]);
    assert.ok(!onCurve([5n, 5n]));
  });

  it('verifies what was signed, and nothing else', () => {
    const signature = key.sign(42n);
    assert.ok(verify(key.point, 42n, signature));
    assert.ok(!verify(key.point, 43n, signature));
    assert.ok(!verify(new PaymentKey(Buffer.alloc(32, 8)).point, 42n, signature));
    assert.ok(!verify(key.point, 42n, { ...signature, s: signature.s + groupOrder }));
    assert.ok(!verify([0n, 1n], 42n, { r: [0n, 1n], s: 0n }));
  });

  it('reads the payloads that it writes', () => {
    const { payload, packed } = pack([order(5n, 9n), order(9n, 5n, 1n), order(2n, 5n, 2n)]);
    assert.equal(packed, 3);
    assert.deepEqual(payload.table, [2n, 5n, 9n]);
    const words = payloadToWords(payload);
    const bytes = wordsToBytes(words);
    assert.ok(bytes.length < payloadBytes);
    assert.deepEqual(bytesToWords(bytes), words);
    const read = wordsToPayload(words);
    assert.deepEqual(read.transfers.slice(0, 3), payload.transfers);
    assert.equal(wordsToBytes(payloadToWords({ table: [], transfers: [] })).length, 0);
  });

  it('packs as many orders as accounts and transfers fit', () => {
    const strangers = Array.from({ length: 8 }, (_, i) => order(BigInt(2 * i + 1), BigInt(2 * i + 2)));
    assert.equal(pack(strangers).packed, 4);
    assert.equal(pack(Array.from({ length: 12 }, (_, i) => order(1n, 2n, BigInt(i)))).packed, 8);
  });

  it('bounds what waits, and verifies behind everything that costs less', () => {
    const owner = new PaymentKey(Buffer.alloc(32, 9));
    const account = (address: bigint, balance: bigint): [bigint, Account] => [address, { address, next: 0n, key: keyHash(owner.point), balance, nonce: 0n }];
    const accounts = new Map([account(5n, 100n), account(6n, 100n), account(7n, 0n)]);
    const domain = domainOf(900n, 904n);
    const signed = (from: bigint, nonce: bigint, amount = 1n, to = 7n): SignedOrder => {
      const plain = { kind: kinds.payment, from, to, amount, nonce };
      return { ...plain, key: owner.point, signature: owner.sign(orderMessage(domain, plain)) };
    };
    const add = (queue: Queue, one: SignedOrder): void => queue.add(one, orderMessage(domain, one));
    const queue = new Queue(accounts, { total: 4, account: 3 });
    const unsigned = { r: base, s: 0n };
    // Every refusal but the last holds whatever the signature is.
    const cases: [SignedOrder, RegExp][] = [
      [{ ...signed(5n, 1n), signature: unsigned }, /would do nothing: nonce$/],
      [{ ...signed(5n, 0n), signature: unsigned, key: key.point }, /would do nothing: key$/],
      [{ ...signed(5n, 0n, 101n), signature: unsigned }, /would do nothing: balance$/],
      [{ ...signed(5n, 0n, 1n, 8n), signature: unsigned }, /would do nothing: unknown receiver$/],
      [{ ...signed(8n, 0n), signature: unsigned }, /would do nothing: unknown sender$/],
      [{ ...signed(5n, 0n), signature: unsigned }, /would do nothing: signature$/],
    ];
    for (const [one, reason] of cases) assert.throws(() => add(queue, one), reason);
    for (const nonce of [0n, 1n, 2n]) add(queue, signed(5n, nonce, 30n));
    assert.throws(() => add(queue, signed(5n, 3n)), /at most 3 transfers of one account wait/);
    add(queue, signed(7n, 0n, 90n, 6n));  // what waits has paid it
    assert.throws(() => add(queue, signed(6n, 0n)), /the queue is full: at most 4 transfers wait/);
    assert.equal(queue.size, 4);

    // A batch has taken the first two, and the inbox has emptied the account.
    accounts.set(5n, { ...accounts.get(5n)!, balance: 0n, nonce: 2n });
    accounts.set(7n, { ...accounts.get(7n)!, balance: 60n });
    const taken = new Set([0n, 1n].map((nonce) => orderMessage(domain, signed(5n, nonce, 30n))));
    const refused = queue.rebase(accounts, (message) => taken.has(message));
    assert.deepEqual(refused.map(({ reason }) => reason), ['balance', 'balance']);
    assert.deepEqual(queue.orders, []);
    add(queue, signed(6n, 0n));
  });

  it('looks at a signature again when it is another one', () => {
    const accounts = new Map([[5n, { address: 5n, next: 0n, key: keyHash(key.point), balance: 9n, nonce: 0n }]]);
    const queue = new Queue(accounts);
    const plain = { kind: kinds.withdrawal, from: 5n, to: 6n, amount: 1n, nonce: 0n };
    const message = orderMessage(1n, plain);
    const signature = key.sign(message);
    queue.add({ ...plain, key: key.point, signature }, message);
    assert.ok(queue.verify(key.point, message, signature));
    assert.ok(!queue.verify(key.point, message, { ...signature, s: signature.s + 1n }));
    assert.ok(!queue.verify(key.point, message, { ...signature, r: base }));
    assert.ok(!queue.verify(base, message, signature));
  });

  it('encodes headers and Merkle lists', () => {
    const header = {
      rollup: 904n, sequence: 3n, previousHash: word(1n), anchorHeight: 5n, anchorHash: word(2n), inboxEnd: 6n,
      feeRecipient: '0x00000000000000000000000000000000000000aa', payloadBytes: 31, reference: word(9n),
    } as const;
    assert.deepEqual(decodeHeader(encodeHeader(header)), { ...header, native: true });
    const leaves = Array.from({ length: 5 }, (_, i) => sha256(String(i)));
    const node = (left: Buffer, right: Buffer): Buffer => sha256(Uint8Array.of(1), left, right);
    const [a, b, c, d, e] = leaves as [Buffer, Buffer, Buffer, Buffer, Buffer];
    const four = node(node(a, b), node(c, d));
    assert.deepEqual(merkleRoot(leaves), node(four, e));
    assert.deepEqual(merkleProof(leaves, 4), [four]);
    assert.deepEqual(merkleProof(leaves, 2), [d, node(a, b), e]);
    assert.deepEqual(merkleRoot([]), Buffer.alloc(32));
  });

  it('names what is wrong with an order', () => {
    const good = signTransfer(key, 1n, { kind: kinds.withdrawal, from: 5n, to: 6n, amount: 7n, nonce: 8n });
    assert.equal(readOrder(good).amount, 7n);
    const cases: [unknown, RegExp][] = [
      [null, /transfer: expected an object/],
      [{ ...good, kind: 'gift' }, /kind: expected "payment" or "withdrawal", got "gift"/],
      [{ ...good, from: `0x1${'0'.repeat(40)}` }, /from: expected a number below 2\^160/],
      [{ ...good, amount: 7 }, /amount: expected a 0x-hex string, got 7/],
      [{ ...good, amount: `0x1${'0'.repeat(32)}` }, /amount: expected a number below 2\^128/],
      [{ ...good, nonce: undefined }, /nonce: expected a 0x-hex string/],
      [{ ...good, key: ['0x1'] }, /key: expected two coordinates/],
      [{ ...good, r: ['0x1', `0x${'f'.repeat(64)}`] }, /r\[1\]: expected a number below the order/],
      [{ ...good, s: 'x' }, /s: expected a 0x-hex string/],
    ];
    for (const [value, reason] of cases) assert.throws(() => readOrder(value), reason);
  });
});
