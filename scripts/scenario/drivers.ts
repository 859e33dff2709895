// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Two ways to send a transaction, both with unmodified tools: Foundry's cast in a process of its own, and viem.
import { parseAbi, type Abi, type Address, type Chain, type Hex } from 'viem';
import { clientOf, walletOf } from './chain.ts';
import type { Account } from './devnet.ts';
import { cast } from './processes.ts';

export type Argument = string | number | bigint | boolean | Hex | readonly Hex[];
export interface Call {
  to: Address;
  /** "deposit(uint64 rollup, address receiver)"; absent for a plain transfer. */
  method?: string;
  args?: Argument[];
  value?: bigint;
  /** Set to skip the estimate, which refuses calls that revert. */
  gas?: bigint;
}
export interface Sent {
  hash: Hex;
  succeeded: boolean;
  block: bigint;
  gasUsed: bigint;
  revertData?: Hex;
}
export interface Driver {
  readonly name: string;
  /** Signs, sends and waits for the receipt. */
  send(chain: Chain, from: Account, call: Call): Promise<Sent>;
}

interface RawReceipt {
  transactionHash: Hex;
  status: Hex | 'success' | 'reverted';
  blockNumber: Hex | bigint;
  gasUsed: Hex | bigint;
  revertData?: Hex;
}
function sentFrom(receipt: RawReceipt): Sent {
  return {
    hash: receipt.transactionHash,
    succeeded: receipt.status === '0x1' || receipt.status === 'success',
    block: BigInt(receipt.blockNumber),
    gasUsed: BigInt(receipt.gasUsed),
    ...(receipt.revertData === undefined ? {} : { revertData: receipt.revertData }),
  };
}

function urlOf(chain: Chain): string {
  const url = chain.rpcUrls.default.http[0];
  if (url === undefined) throw new Error(`${chain.name} has no URL`);
  return url;
}

function castArgument(argument: Argument): string {
  return Array.isArray(argument) ? `[${argument.join(',')}]` : String(argument);
}

/** "deposit(uint64 rollup, address receiver)" → "deposit(uint64,address)" */
function castSignature(method: string): string {
  return method.replace(/\(([^)]*)\)/, (_, list: string) => `(${list.split(',').map((item) => item.trim().split(' ')[0]).join(',')})`);
}

export function castArguments(chain: Chain, from: Account, call: Call): string[] {
  return [
    'send', call.to,
    ...(call.method === undefined ? [] : [castSignature(call.method), ...(call.args ?? []).map(castArgument)]),
    '--value', String(call.value ?? 0n),
    ...(call.gas === undefined ? [] : ['--gas-limit', String(call.gas)]),
    '--private-key', from.key,
    '--rpc-url', urlOf(chain),
  ];
}

export const castDriver: Driver = {
  name: 'cast',
  async send(chain, from, call) {
    return sentFrom(JSON.parse(await cast([...castArguments(chain, from, call), '--json'])) as RawReceipt);
  },
};

export const viemDriver: Driver = {
  name: 'viem',
  async send(chain, from, call) {
    const wallet = walletOf(chain, from);
    const common = { value: call.value ?? 0n, ...(call.gas === undefined ? {} : { gas: call.gas }) };
    let hash: Hex;
    if (call.method === undefined) {
      hash = await wallet.sendTransaction({ to: call.to, ...common });
    } else {
      const abi = parseAbi([`function ${call.method} payable`] as string[]) as Abi;
      const functionName = call.method.slice(0, call.method.indexOf('('));
      hash = await wallet.writeContract({ address: call.to, abi, functionName, args: call.args ?? [], ...common });
    }
    return sentFrom((await clientOf(chain).waitForTransactionReceipt({ hash, timeout: 60_000 })) as unknown as RawReceipt);
  },
};
