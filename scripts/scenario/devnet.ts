// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// The devnet as a client sees it: devnet.json, and a process that was started for it or found running.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Address, Hex } from 'viem';
import { binary } from './paths.ts';
import { Service, waitFor } from './processes.ts';

export interface Account {
  name: string;
  address: Address;
  key: Hex;
}
export interface RollupInfo {
  chainId: number;
  name: string;
  rpc: string;
  program: Address;
  programId: Hex;
  sequencer: Address;
}
export interface DevnetInfo {
  pid: number;
  dataDir: string;
  l1: { chainId: number; rpc: string };
  da: 'native' | 'kzg';
  contracts: Record<'IInbox' | 'IRollupRegistry' | 'IDataAvailability' | 'IMessageHub' | 'IProofVerifier', Address>;
  rollups: RollupInfo[];
  accounts: Account[];
}

/** Answers of a JSON-RPC endpoint that are no business of an Ethereum client library. */
export async function rpc<T>(url: string, method: string, params: unknown[] = []): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    signal: AbortSignal.timeout(30_000),
  });
  const answer = (await response.json()) as { result?: T; error?: { code: number; message: string; data?: unknown } };
  if (answer.error !== undefined) {
    throw new RpcFailure(method, answer.error);
  }
  return answer.result as T;
}

export class RpcFailure extends Error {
  readonly code: number;
  readonly data: unknown;
  constructor(method: string, error: { code: number; message: string; data?: unknown }) {
    super(`${method}: ${error.message} (${error.code})`);
    this.code = error.code;
    this.data = error.data;
  }
}

function readInfo(path: string): DevnetInfo | undefined {
  if (!existsSync(path)) return undefined;
  return JSON.parse(readFileSync(path, 'utf8')) as DevnetInfo;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function answers(info: DevnetInfo): Promise<boolean> {
  try {
    await rpc(info.l1.rpc, 'eth_chainId');
    for (const rollup of info.rollups) await rpc(rollup.rpc, 'eth_chainId');
    return true;
  } catch {
    return false;
  }
}

export class Devnet {
  readonly info: DevnetInfo;
  readonly service: Service | undefined;

  private constructor(info: DevnetInfo, service: Service | undefined) {
    this.info = info;
    this.service = service;
  }

  /** Takes the devnet that runs in `dataDir`, or starts one there. */
  static async open(options: { dataDir: string; args?: string[]; fresh?: boolean }): Promise<Devnet> {
    const path = join(options.dataDir, 'devnet.json');
    const running = readInfo(path);
    // Its port may be somebody else's by now.
    if (running !== undefined && isAlive(running.pid) && (await answers(running))) return new Devnet(running, undefined);
    if (options.fresh === true) rmSync(options.dataDir, { recursive: true, force: true });
    mkdirSync(options.dataDir, { recursive: true });
    rmSync(path, { force: true });
    const log = join(dirname(options.dataDir), 'devnet.out');
    const service = new Service('enshrine devnet', binary('enshrine'), ['devnet', 'up', '--data-dir', options.dataDir, ...(options.args ?? [])], log);
    try {
      const info = await waitFor('devnet', 60_000, async () => {
        service.assertRunning();
        const found = readInfo(path);
        return found !== undefined && (await answers(found)) ? found : undefined;
      });
      return new Devnet(info, service);
    } catch (error) {
      await service.stop();
      if (service.exited?.code !== null && service.exited?.code !== 0) service.assertRunning();
      throw error;
    }
  }

  account(name: string): Account {
    const found = this.info.accounts.find((account) => account.name === name);
    if (found === undefined) throw new Error(`devnet.json has no account ${name}`);
    return found;
  }

  rollup(chainId: number): RollupInfo {
    const found = this.info.rollups.find((rollup) => rollup.chainId === chainId);
    if (found === undefined) throw new Error(`devnet.json has no rollup ${chainId}`);
    return found;
  }

  async stop(): Promise<void> {
    await this.service?.stop();
  }
}
