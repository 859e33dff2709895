// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// What users do with value: bring it to a rollup, pay, move it to another rollup, swap it, take it home. Each function does
// one thing through public endpoints and returns when its effect can be seen there.
import { strict as assert } from 'node:assert';
import { formatEther, type Chain, type Hex } from 'viem';
import { abis, chainsOf, clientOf, settleTimeoutMs, toNumber, waitForLevel, type MessageProof, type OutboxEntry } from './chain.ts';
import { rpc, type Account, type Devnet } from './devnet.ts';
import type { Driver, Sent } from './drivers.ts';
import { waitFor } from './processes.ts';

export const depositMethod = 'deposit(uint64 rollup, address receiver)';
export const relayMethod = 'relay(bytes message, uint64 batch, uint64 index, bytes32[] siblings)';
export const withdrawMethod = 'withdraw(bytes message, uint64 batch, uint64 index, bytes32[] siblings)';

export class Journey {
  readonly devnet: Devnet;
  readonly driver: Driver;

  constructor(devnet: Devnet, driver: Driver) {
    this.devnet = devnet;
    this.driver = driver;
  }

  chain(chainId: number): Chain {
    const chains = chainsOf(this.devnet);
    return chainId === this.devnet.info.l1.chainId ? chains.l1 : chains.rollup(chainId);
  }

  balance(chainId: number, owner: Account): Promise<bigint> {
    return clientOf(this.chain(chainId)).getBalance({ address: owner.address });
  }

  /** Sends a transaction that has to succeed. */
  async must(what: string, chainId: number, from: Account, call: Parameters<Driver['send']>[2]): Promise<Sent> {
    const sent = await this.driver.send(this.chain(chainId), from, call);
    assert.ok(sent.succeeded, `${what}: transaction ${sent.hash} was included and reverted (${sent.revertData ?? 'no revert data'})`);
    return sent;
  }

  async deposit(rollup: number, from: Account, value: bigint): Promise<Sent> {
    const before = await this.balance(rollup, from);
    const sent = await this.must('deposit', this.devnet.info.l1.chainId, from, {
      to: this.devnet.info.contracts.IInbox, method: depositMethod, args: [rollup, from.address], value,
    });
    await this.waitForBalance(rollup, from, before + value);
    return sent;
  }

  waitForBalance(chainId: number, owner: Account, expected: bigint): Promise<bigint> {
    return waitFor(`${formatEther(expected)} coins of ${owner.name} on ${chainId}`, settleTimeoutMs, async () => {
      const balance = await this.balance(chainId, owner);
      return balance >= expected ? balance : undefined;
    });
  }

  async pay(rollup: number, from: Account, to: Account, value: bigint): Promise<Sent> {
    const before = await this.balance(rollup, to);
    const sent = await this.must('payment', rollup, from, { to: to.address, value });
    assert.equal(await this.balance(rollup, to), before + value, `${to.name} on ${rollup} behind the payment`);
    return sent;
  }

  /** A message that the rollup program of `source` emits; `destination` 900 means the L1. */
  bridge(source: number, destination: number, from: Account, receiver: Account, value: bigint): Promise<Sent> {
    const to = this.devnet.rollup(source).program;
    return destination === this.devnet.info.l1.chainId
      ? this.must('withdraw', source, from, { to, method: 'withdraw(address receiver)', args: [receiver.address], value })
      : this.must('bridge', source, from, { to, method: 'bridge(uint64 destination, address receiver)', args: [destination, receiver.address], value });
  }

  /** Waits until the batch with the transaction has settled, and returns the Merkle proof of the message that it emitted. */
  async provenMessage(source: number, txn: Hex, which = 0): Promise<MessageProof> {
    const url = this.devnet.rollup(source).rpc;
    const finality = await waitForLevel(url, txn, 'P4');
    assert.ok(finality.batch !== undefined, `${txn} is settled and names no batch`);
    const outbox = await rpc<OutboxEntry[]>(url, 'msg_getOutbox', [finality.batch]);
    const entry = outbox[which];
    assert.ok(entry !== undefined, `batch ${toNumber(finality.batch)} of ${source} has no message ${which}`);
    const proof = await waitFor(`proof of message ${entry.hash}`, settleTimeoutMs, async () => {
      const found = await rpc<MessageProof>(url, 'msg_getProof', [entry.hash]);
      return found.settled ? found : undefined;
    });
    const [root] = (await clientOf(this.chain(this.devnet.info.l1.chainId)).readContract({
      address: this.devnet.info.contracts.IMessageHub, abi: abis.IMessageHub, functionName: 'outboxRoot',
      args: [source, BigInt(proof.batch)],
    })) as [Hex, bigint];
    assert.equal(proof.outboxRoot, root, 'outbox root of the proof against the one that the L1 settled');
    return proof;
  }

  proofArguments(proof: MessageProof): [Hex, bigint, bigint, Hex[]] {
    return [proof.message, BigInt(proof.batch), BigInt(proof.index), proof.siblings];
  }

  /** Anyone may carry a message; `carrier` pays for it. */
  relay(carrier: Account, proof: MessageProof): Promise<Sent> {
    return this.must('relay', this.devnet.info.l1.chainId, carrier, {
      to: this.devnet.info.contracts.IMessageHub, method: relayMethod, args: this.proofArguments(proof),
    });
  }

  collect(carrier: Account, proof: MessageProof): Promise<Sent> {
    return this.must('withdrawal', this.devnet.info.l1.chainId, carrier, {
      to: this.devnet.info.contracts.IMessageHub, method: withdrawMethod, args: this.proofArguments(proof),
    });
  }

  /** Swaps native coins for the token of the exchange; accepts one percent less than quoted. */
  async swap(rollup: number, trader: Account, amountIn: bigint, abi: typeof abis.IInbox): Promise<{ sent: Sent; quoted: bigint; received: bigint }> {
    const client = clientOf(this.chain(rollup));
    const address = this.devnet.rollup(rollup).program;
    const read = (functionName: string, args: unknown[]): Promise<bigint> => client.readContract({ address, abi, functionName, args }) as Promise<bigint>;
    await waitFor('liquidity of the exchange', settleTimeoutMs, async () => {
      const [native] = (await client.readContract({ address, abi, functionName: 'reserves' })) as [bigint];
      return native > 0n ? native : undefined;
    });
    const quoted = await read('quote', [true, amountIn]);
    const before = await read('tokenBalanceOf', [trader.address]);
    const sent = await this.must('swap', rollup, trader, {
      to: address, method: 'swapExactIn(bool nativeIn, uint256 amountIn, uint256 amountOutMin)',
      args: [true, amountIn, (quoted * 99n) / 100n], value: amountIn,
    });
    const received = (await read('tokenBalanceOf', [trader.address])) - before;
    assert.ok(received >= (quoted * 99n) / 100n, `swap: quoted ${quoted}, received ${received}`);
    return { sent, quoted, received };
  }
}
