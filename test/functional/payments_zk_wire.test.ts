// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// The parts of payments_zk's operator that need no circuit: hashes and signatures against known values, encodings, orders from
// strangers.
import { strict as assert } from 'node:assert';
import { describe, it } from 'node:test';
import { add, base, groupOrder, multiply, onCurve, PaymentKey, verify } from '../../rollups/payments_zk/operator/babyjub.ts';
import { bytesToWords, kinds, pack, payloadBytes, payloadToWords, wordsToBytes, wordsToPayload, type SignedOrder } from '../../rollups/payments_zk/operator/payload.ts';
import { reduce } from '../../rollups/payments_zk/operator/field.ts';
import { poseidon } from '../../rollups/payments_zk/operator/poseidon.ts';
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
    const five = [2n, 3n, 4n, 5n].reduce((sum) => add(sum, base), base);
    assert.deepEqual(multiply(base, 5n), five);
    assert.deepEqual(multiply(five, groupOrder - 1n), [reduce(-five[0]), five[1]]);
    assert.deepEqual(multiply([0n, 1n], 7n), [0n, 1n]);
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
