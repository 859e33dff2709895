// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Brings the rollup to the L1: its verifying key, then the rollup itself, with policy `validity`.
import { type Hex } from 'viem';
import { output } from '../../../scripts/scenario/processes.ts';
import { depositPerKeyByte, encodeValidity, policies } from '../../../sdk/typescript/src/index.ts';
import { State } from './accounts.ts';
import { circuitText, type CircuitFiles } from './circuit_files.ts';
import { L1 } from './l1.ts';
import { outboxMax, payloadBytes, sizes } from './payload.ts';
import { fromHex, toHex, word } from './wire.ts';

export interface VerifyingKey {
  id: Hex;
  bytes: Hex;
}

/** The key in the L1's encoding. */
export async function verifyingKey(files: CircuitFiles, enshrine: string): Promise<VerifyingKey> {
  const shown = JSON.parse(await output(enshrine, ['proof', 'inspect', '--kind', 'groth16', files.verifyingKey, '--json'])) as { key: Hex; keyId: Hex };
  return { id: shown.keyId, bytes: shown.key };
}

export interface KeyStatus {
  active: boolean;
  activeFrom: bigint;
}
export async function keyStatus(l1: L1, key: Hex): Promise<KeyStatus> {
  const answer = await l1.call<readonly unknown[]>('IProofVerifier', 'status', [key]);
  return { active: Number(answer[0]) === 2, activeFrom: answer[5] as bigint };
}

/** Whether the account of `l1` holds a registration of the key, which a rollup's owner needs. */
export async function holdsKey(l1: L1, key: Hex): Promise<boolean> {
  try {
    await l1.call('IProofVerifier', 'holder', [key, l1.account.address]);
    return true;
  } catch (error) {
    if (/NotHolder|UnknownKey/.test(String(error))) return false;
    throw error;
  }
}

export function registerKey(l1: L1, key: VerifyingKey): ReturnType<L1['send']> {
  return l1.send('IProofVerifier', 'registerKey', [key.bytes], BigInt(fromHex(key.bytes).length) * depositPerKeyByte);
}

export async function registerRollup(l1: L1, options: { rollup: bigint; key: Hex; sequencer: Hex; name: string }): ReturnType<L1['send']> {
  const genesis = word(new State(sizes.depth, await l1.chainId()).root);
  const validity = encodeValidity({ mapping: 'words', keyId: options.key, inboxMax: sizes.inbox, outboxMax, payloadMax: payloadBytes });
  return l1.send('IRollupRegistry', 'registerProven',
    [options.rollup, toHex(circuitText()), genesis, options.sequencer, policies.validity, toHex(validity), options.name]);
}
