// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// viem clients of the L1 and its rollups, and what the project's own methods answer.
import {
  createPublicClient, createWalletClient, decodeErrorResult, defineChain, http,
  type Abi, type Account as ViemAccount, type Chain, type Hex, type HttpTransport, type PublicClient, type WalletClient,
} from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { loadAbi } from './paths.ts';
import { rpc, type Account, type Devnet } from './devnet.ts';
import { waitFor } from './processes.ts';

export type Level = 'P0' | 'P1' | 'P2' | 'P3' | 'P4';
export interface Finality {
  hash: Hex;
  status: 'pending' | 'included' | 'dropped';
  reason?: string;
  level?: Level;
  batch?: Hex;
  times: Partial<Record<Level, Hex | number>>;
}
export interface OutboxEntry {
  index: Hex;
  message: Hex;
  hash: Hex;
}
export interface MessageProof {
  message: Hex;
  batch: Hex;
  index: Hex;
  count: Hex;
  siblings: Hex[];
  outboxRoot: Hex;
  settled: boolean;
}
export interface ClaimInputs {
  stateRoot: Hex;
  outboxRoot: Hex;
  receiptsRoot: Hex;
  steps: Hex;
  machineRoot: Hex;
  witness: Hex;
}
export interface BatchRecord {
  sequence: Hex;
  hash: Hex;
  l1Height: Hex;
  l1Transaction: Hex;
  da: 'native' | 'kzg';
  payloadBytes: Hex;
  references: Hex[];
  versionedHashes: Hex[];
  settled: boolean;
  stateRoot?: Hex;
  outboxRoot?: Hex;
}

export type Wallet = WalletClient<HttpTransport, Chain, ViemAccount>;
export type Client = PublicClient<HttpTransport, Chain>;

export const coin = 10n ** 18n;
export const settleTimeoutMs = 90_000;

export const abis: Record<'IInbox' | 'IRollupRegistry' | 'IDataAvailability' | 'IMessageHub', Abi> = {
  IInbox: loadAbi('IInbox'),
  IRollupRegistry: loadAbi('IRollupRegistry'),
  IDataAvailability: loadAbi('IDataAvailability'),
  IMessageHub: loadAbi('IMessageHub'),
};

export function chainOf(id: number, name: string, url: string): Chain {
  return defineChain({
    id,
    name,
    nativeCurrency: { name: 'Enshrine coin', symbol: 'ENS', decimals: 18 },
    rpcUrls: { default: { http: [url] } },
  });
}

export function clientOf(chain: Chain): Client {
  return createPublicClient({ chain, transport: http(), pollingInterval: 100, cacheTime: 0 });
}

export function walletOf(chain: Chain, account: Account): Wallet {
  return createWalletClient({ chain, transport: http(), pollingInterval: 100, account: privateKeyToAccount(account.key) });
}

export interface Chains {
  l1: Chain;
  rollup: (chainId: number) => Chain;
}
export function chainsOf(devnet: Devnet): Chains {
  return {
    l1: chainOf(devnet.info.l1.chainId, 'Enshrine L1', devnet.info.l1.rpc),
    rollup: (chainId) => {
      const rollup = devnet.rollup(chainId);
      return chainOf(rollup.chainId, rollup.name, rollup.rpc);
    },
  };
}

const levels: Level[] = ['P0', 'P1', 'P2', 'P3', 'P4'];
export function levelReached(finality: Finality, level: Level): boolean {
  return finality.level !== undefined && levels.indexOf(finality.level) >= levels.indexOf(level);
}

/** Waits until a rollup transaction has reached a level. */
export function waitForLevel(url: string, hash: Hex, level: Level, timeoutMs = settleTimeoutMs): Promise<Finality> {
  return waitFor(`${hash} at ${level}`, timeoutMs, async () => {
    const finality = await rpc<Finality>(url, 'rollup_getFinality', [hash]);
    if (finality.status === 'dropped') throw new Error(`dropped: ${finality.reason ?? 'no reason given'}`);
    return levelReached(finality, level) ? finality : undefined;
  });
}

/** "WrongStateRoot(0x…, 0x…)" from revert data. */
export function describeRevert(abi: Abi, data: Hex): string {
  const decoded = decodeErrorResult({ abi, data });
  return `${decoded.errorName}(${(decoded.args ?? []).map(String).join(', ')})`;
}

/** The revert data inside an error of viem (`raw` or `data`, somewhere below `cause`) or of our own rpc(). */
export function revertDataOf(error: unknown): Hex | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { raw, data, cause } = error as { raw?: unknown; data?: unknown; cause?: unknown };
  for (const candidate of [raw, data]) {
    if (typeof candidate === 'string' && /^0x[0-9a-f]{8,}$/i.test(candidate)) return candidate as Hex;
  }
  return revertDataOf(data) ?? revertDataOf(cause);
}

export function toNumber(quantity: Hex | number): number {
  return typeof quantity === 'number' ? quantity : Number(BigInt(quantity));
}
