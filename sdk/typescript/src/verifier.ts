// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Calls of IProofVerifier for any Ethereum library. Rules: docs/spec/proof_registry.md.
import { encodeFunctionData, keccak256, parseAbi, type Hex } from 'viem';
import { concat, toHex } from './bytes.ts';
import { askContract, isRefusedWith, type Call, type Provider } from './provider.ts';

export const proofVerifierAddress = '0x454e000000000000000000000000000000000005';
export const depositPerKeyByte = 10n ** 13n;

export const proofVerifierAbi = parseAbi([
  'function registerKey(bytes key) payable returns (bytes32 keyId)',
  'function freezeKey(bytes32 keyId)',
  'function unfreezeKey(bytes32 keyId)',
  'function retireKey(bytes32 keyId)',
  'function verify(bytes32 keyId, uint256[] inputs, bytes proof) returns (bytes32 statement, uint64 index)',
  'function status(bytes32 keyId) view returns (uint8 status, uint8 kind, uint8 version, uint64 inputs, uint64 verificationGas, uint64 activeFrom, uint64 holders, uint64 keyBytes)',
  'function holder(bytes32 keyId, address account) view returns (uint256 deposit, uint64 since, bool frozen, uint64 rollups)',
]);

/** Keccak-256("vk" ‖ key). */
export const keyId = (key: Uint8Array): Hex => keccak256(concat(new TextEncoder().encode('vk'), key));

const callOf = (data: Hex, value = 0n): Call => ({ to: proofVerifierAddress, data, value });

/** Registers a key for the account that sends it, with the deposit for its bytes. */
export const registerKeyCall = (key: Uint8Array): Call => callOf(
  encodeFunctionData({ abi: proofVerifierAbi, functionName: 'registerKey', args: [toHex(key)] }), depositPerKeyByte * BigInt(key.length));

/** Has the L1 verify a proof and keep a receipt for the account that sends it. */
export const verifyCall = (id: Hex, inputs: readonly bigint[], proof: Uint8Array): Call => callOf(
  encodeFunctionData({ abi: proofVerifierAbi, functionName: 'verify', args: [id, [...inputs], toHex(proof)] }));

/** Stops settlement of the sender's own rollups with a key that it holds; of nobody else's. */
export const freezeKeyCall = (id: Hex): Call => callOf(encodeFunctionData({ abi: proofVerifierAbi, functionName: 'freezeKey', args: [id] }));

/** Ends the sender's own freeze. */
export const unfreezeKeyCall = (id: Hex): Call => callOf(encodeFunctionData({ abi: proofVerifierAbi, functionName: 'unfreezeKey', args: [id] }));

/** Gives up the sender's registration, unless a rollup of the sender settles with it, and pays its deposit back. */
export const retireKeyCall = (id: Hex): Call => callOf(encodeFunctionData({ abi: proofVerifierAbi, functionName: 'retireKey', args: [id] }));

const keyStatuses = ['unknown', 'probation', 'active', 'frozen', 'retired'] as const;

/** Where a key stands for everybody. */
export interface KeyState {
  status: (typeof keyStatuses)[number];
  inputs: bigint;
  verificationGas: bigint;
  /** The L1 block from which it verifies. */
  activeFrom: bigint;
  holders: bigint;
}
export async function keyState(provider: Provider, id: Hex): Promise<KeyState> {
  const [status, , , inputs, verificationGas, activeFrom, holders] = await askContract<[number, number, number, bigint, bigint, bigint, bigint, bigint]>(
    provider, proofVerifierAddress, proofVerifierAbi, 'status', [id]);
  const name = keyStatuses[status];
  if (name === undefined) throw new Error(`status of key ${id}: expected 0 to ${keyStatuses.length - 1}, got ${status}`);
  return { status: name, inputs, verificationGas, activeFrom, holders };
}

/** An account's own registration of a key. */
export interface KeyHolder {
  deposit: bigint;
  /** The L1 block of its registration. */
  since: bigint;
  frozen: boolean;
  /** How many rollups of the account settle with the key. */
  rollups: bigint;
}
/** undefined when the account has not registered the key. */
export async function keyHolder(provider: Provider, id: Hex, account: Hex): Promise<KeyHolder | undefined> {
  try {
    const [deposit, since, frozen, rollups] = await askContract<[bigint, bigint, boolean, bigint]>(
      provider, proofVerifierAddress, proofVerifierAbi, 'holder', [id, account]);
    return { deposit, since, frozen, rollups };
  } catch (error) {
    if (isRefusedWith(error, 'NotHolder(bytes32,address)')) return undefined;
    throw error;
  }
}
