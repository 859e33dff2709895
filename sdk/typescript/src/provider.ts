// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Calls and views of system contracts, for any Ethereum library.
import { decodeFunctionResult, encodeFunctionData, toFunctionSelector, type Abi, type Hex } from 'viem';

/** A transaction that somebody signs and sends. */
export interface Call {
  to: Hex;
  data: Hex;
  value: bigint;
}

/** What asks a node: a client of viem, a wallet in a browser, anything with EIP-1193's `request`. */
export interface Provider {
  request(args: { method: 'eth_call'; params: [{ to: Hex; data: Hex }, 'latest'] }): Promise<unknown>;
}

/** Calls a view of a contract on the newest state. Fails with the node's error, which names what the contract refuses. */
export async function askContract<T>(provider: Provider, contract: Hex, abi: Abi, functionName: string, args: readonly unknown[]): Promise<T> {
  const data = encodeFunctionData({ abi, functionName, args });
  const answer = await provider.request({ method: 'eth_call', params: [{ to: contract, data }, 'latest'] });
  return decodeFunctionResult({ abi, functionName, data: answer as Hex }) as T;
}

/** Whether a call was refused with this error of a contract, wherever the library has put the revert data. */
export function isRefusedWith(error: unknown, declaration: string): boolean {
  const selector = toFunctionSelector(declaration);
  const found = (value: unknown, depth: number): boolean => {
    if (typeof value === 'string') return value.startsWith(selector);
    if (typeof value !== 'object' || value === null || depth === 0) return false;
    const { data, cause, error: inner } = value as { data?: unknown; cause?: unknown; error?: unknown };
    return [data, cause, inner].some((each) => found(each, depth - 1));
  };
  return found(error, 8);
}
