// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// The L1 as an operator sees it: ordinary transactions and calls of the system contracts.
import { createPublicClient, createWalletClient, defineChain, http, parseEventLogs, type Abi, type Hex, type Log } from 'viem';
import { privateKeyToAccount, sign, serializeSignature, type PrivateKeyAccount } from 'viem/accounts';
import { loadAbi } from '../../../scripts/scenario/paths.ts';
import { rpc } from '../../../scripts/scenario/devnet.ts';
import type { Message } from './batch.ts';
import { fromHex, readInboxMessage, toHex, word } from './wire.ts';

export const contracts = {
  IInbox: '0x454e000000000000000000000000000000000001',
  IRollupRegistry: '0x454e000000000000000000000000000000000002',
  IMessageHub: '0x454e000000000000000000000000000000000004',
  IProofVerifier: '0x454e000000000000000000000000000000000005',
} as const;
type ContractName = keyof typeof contracts;
const abis = Object.fromEntries(Object.keys(contracts).map((name) => [name, loadAbi(name)])) as Record<ContractName, Abi>;

export interface Status {
  sequencer: Hex;
  programId: Hex;
  lastSequence: bigint;
  lastBatchHash: Hex;
  inboxConsumed: bigint;
  inboxCount: bigint;
  settledSequence: bigint;
  settledStateRoot: Hex;
}
export interface Anchor {
  height: bigint;
  hash: Hex;
  timestamp: bigint;
}
export interface Registered {
  sequence: bigint;
  header: Buffer;
  /** The payload has been shown to be malformed, and counts as empty [DA-BATCH.4]. */
  isVoid: boolean;
}
export interface SettledTo {
  hash: Hex;
  /** The L1 block that registered it. */
  height: bigint;
  settled: boolean;
  stateRoot: Hex;
}
export interface Receipt {
  hash: Hex;
  block: bigint;
  gasUsed: bigint;
}

type Clients = { read: ReturnType<typeof createPublicClient>; write: ReturnType<typeof createWalletClient> };

export class L1 {
  readonly url: string;
  readonly account: PrivateKeyAccount;
  readonly #key: Hex;
  readonly #clients: Promise<Clients>;
  /** Transactions of one account go one behind the other. */
  #sending: Promise<unknown> = Promise.resolve();

  constructor(url: string, key: Hex) {
    this.url = url;
    this.#key = key;
    this.account = privateKeyToAccount(key);
    this.#clients = this.#connect();
    this.#clients.catch(() => undefined);  // reported where it is awaited
  }

  async #connect(): Promise<Clients> {
    const chain = defineChain({
      id: Number(await rpc<Hex>(this.url, 'eth_chainId')), name: 'L1',
      nativeCurrency: { name: 'Enshrine coin', symbol: 'ENS', decimals: 18 }, rpcUrls: { default: { http: [this.url] } },
    });
    return {
      read: createPublicClient({ chain, transport: http(), pollingInterval: 100, cacheTime: 0 }),
      write: createWalletClient({ chain, transport: http(), pollingInterval: 100, account: this.account }),
    };
  }

  async chainId(): Promise<bigint> {
    return BigInt((await this.#clients).read.chain!.id);
  }
  async height(): Promise<bigint> {
    return (await this.#clients).read.getBlockNumber();
  }
  /** The block before the last: the newest one whose hash contracts know already, in a call as in the next block. */
  async anchor(): Promise<Anchor> {
    const block = await (await this.#clients).read.getBlock({ blockNumber: await this.height() - 1n });
    return { height: block.number, hash: block.hash, timestamp: block.timestamp };
  }
  async timestampOf(height: bigint): Promise<bigint> {
    return (await (await this.#clients).read.getBlock({ blockNumber: height })).timestamp;
  }

  async call<T>(contract: ContractName, functionName: string, args: unknown[]): Promise<T> {
    const { read } = await this.#clients;
    return await read.readContract({ address: contracts[contract], abi: abis[contract], functionName, args }) as T;
  }

  /** Sends a transaction that has to succeed; one that would revert is refused before it is paid for. */
  send(contract: ContractName, functionName: string, args: unknown[], value = 0n): Promise<Receipt> {
    const sent = this.#sending.then(async () => {
      const { read, write } = await this.#clients;
      const request = { address: contracts[contract], abi: abis[contract], functionName, args, value, account: this.account } as const;
      await read.simulateContract(request);
      const hash = await write.writeContract({ ...request, chain: read.chain! });
      const receipt = await read.waitForTransactionReceipt({ hash, timeout: 120_000 });
      if (receipt.status !== 'success') throw new Error(`${contract}.${functionName}: transaction ${hash} was included and reverted`);
      return { hash, block: receipt.blockNumber, gasUsed: receipt.gasUsed };
    });
    this.#sending = sent.catch(() => undefined);
    return sent;
  }

  async status(rollup: bigint): Promise<Status> {
    const answer = await this.call<readonly unknown[]>('IRollupRegistry', 'status', [rollup]);
    return {
      sequencer: answer[2] as Hex,
      programId: answer[4] as Hex,
      lastSequence: answer[6] as bigint,
      lastBatchHash: answer[7] as Hex,
      inboxConsumed: answer[8] as bigint,
      inboxCount: answer[9] as bigint,
      settledSequence: answer[10] as bigint,
      settledStateRoot: answer[11] as Hex,
    };
  }

  /** A registered batch, with the state that it is settled to. */
  async batch(rollup: bigint, sequence: bigint): Promise<SettledTo> {
    const [hash, height, settled, stateRoot] = await this.call<[Hex, bigint, boolean, Hex]>('IRollupRegistry', 'batch', [rollup, sequence]);
    return { hash, height, settled, stateRoot };
  }

  async inboxMessage(rollup: bigint, index: bigint): Promise<{ message: Message; height: bigint }> {
    const [bytes, height] = await this.call<[Hex, bigint]>('IInbox', 'message', [rollup, index]);
    return { message: readInboxMessage(fromHex(bytes)), height };
  }

  /** Batches that the L1 has registered of a rollup from one of its blocks on, in order. */
  async batches(rollup: bigint, fromBlock: bigint): Promise<Registered[]> {
    const logs = await rpc<Log[]>(this.url, 'eth_getLogs', [{ address: contracts.IRollupRegistry, fromBlock: `0x${fromBlock.toString(16)}`, toBlock: 'latest', topics: [null, word(rollup)] }]);
    const events = parseEventLogs({ abi: abis.IRollupRegistry, logs, eventName: 'BatchSubmitted' }) as unknown as { args: { sequence: bigint; header: Hex } }[];
    const voided = parseEventLogs({ abi: abis.IRollupRegistry, logs, eventName: 'PayloadVoided' }) as unknown as { args: { sequence: bigint } }[];
    const isVoid = new Set(voided.map(({ args }) => args.sequence));
    return events.map(({ args }) => ({ sequence: args.sequence, header: fromHex(args.header), isVoid: isVoid.has(args.sequence) }));
  }

  /** Publishes data in the namespace of a rollup, with the node's account; returns the commitment. */
  async publish(rollup: bigint, data: Uint8Array): Promise<Hex> {
    const answer = await rpc<{ commitment: Hex } | { commitment: Hex }[]>(this.url, 'da_submit', [word(rollup), toHex(data)]);
    return (Array.isArray(answer) ? answer[0]! : answer).commitment;
  }
  async published(commitment: Hex): Promise<Buffer> {
    const [blob] = await rpc<{ data: Hex }[]>(this.url, 'da_getByCommitment', [commitment]);
    if (blob === undefined) throw new Error(`nobody keeps the data of ${commitment}`);
    return fromHex(blob.data);
  }

  /** Signs a digest as the sequencer's committee of one: r ‖ s ‖ v [CERT.1]. */
  async certify(digest: Hex): Promise<Hex> {
    return serializeSignature(await sign({ hash: digest, privateKey: this.#key }));
  }
}

/** What the operator asks of an L1. */
export type L1Access = Pick<L1, keyof L1>;
