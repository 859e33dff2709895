// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Calls of IProofVerifier for any Ethereum library. Rules: docs/spec/proof_registry.md.
import { encodeFunctionData, keccak256, parseAbi, type Hex } from 'viem';
import { concat, toHex } from './bytes.ts';

export const proofVerifierAddress = '0x454e000000000000000000000000000000000005';
export const depositPerKeyByte = 10n ** 13n;

export const proofVerifierAbi = parseAbi([
  'function registerKey(bytes key) payable returns (bytes32 keyId)',
  'function verify(bytes32 keyId, uint256[] inputs, bytes proof) returns (bytes32 statement, uint64 index)',
]);

/** Keccak-256("vk" ‖ key). */
export const keyId = (key: Uint8Array): Hex => keccak256(concat(new TextEncoder().encode('vk'), key));

export interface Call {
  to: Hex;
  data: Hex;
  value: bigint;
}

export const registerKeyCall = (key: Uint8Array): Call => ({
  to: proofVerifierAddress,
  data: encodeFunctionData({ abi: proofVerifierAbi, functionName: 'registerKey', args: [toHex(key)] }),
  value: depositPerKeyByte * BigInt(key.length),
});

export const verifyCall = (id: Hex, inputs: readonly bigint[], proof: Uint8Array): Call => ({
  to: proofVerifierAddress,
  data: encodeFunctionData({ abi: proofVerifierAbi, functionName: 'verify', args: [id, [...inputs], toHex(proof)] }),
  value: 0n,
});
