// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Rollups that settle by proof: what IRollupRegistry takes and tells. Rules: docs/spec/settlement_by_proof.md.
import { encodeFunctionData, parseAbi, type Hex } from 'viem';
import { bytesNumber, concat, FieldError, fromHex, numberBytes, toHex } from './bytes.ts';
import { askContract, type Call, type Provider } from './provider.ts';

export const rollupRegistryAddress = '0x454e000000000000000000000000000000000002';

export const rollupRegistryAbi = parseAbi([
  'function registerProven(uint64 rollup, bytes program, bytes genesis, address sequencer, uint8 policy, bytes validity, string name)',
  'function claimProven(uint64 rollup, uint64 firstSequence, uint64 lastSequence, bytes32 stateRoot, bytes32 outboxRoot, uint64 outboxCount, bytes32 receiptsRoot, bytes data, bytes outbox, bytes proof)',
  'function settlementInputs(uint64 rollup, uint64 firstSequence, uint64 lastSequence, bytes32 stateRoot, bytes32 outboxRoot, uint64 outboxCount, bytes32 receiptsRoot, bytes data, bytes outbox) view returns (bytes32 statement, uint256[] inputs)',
  'function agreement(uint64 rollup) view returns (uint8 methods, bytes32 stateRoot, bytes32 outboxRoot)',
]);

/** When a batch settles: a proof holds; the L1 has executed it and a proof holds; either. `native` alone takes no key: IRollupRegistry.register. */
export const policies = { validity: 1, nativeAndValidity: 0xa3, nativeOrValidity: 0x93 } as const;
export type Policy = (typeof policies)[keyof typeof policies];

const mappings = { digest: 0, words: 1 } as const;
const inboxHighest = 256;
const outboxHighest = 256;
const payloadHighest = 761_856;
const wordBytes = 31;
const zero: Hex = `0x${'00'.repeat(32)}`;

/** How a rollup's proofs are read. Under `digest` the limits may be left out: any batch that the L1 takes, and no opened outbox. */
export interface Validity {
  /** What a proof shows of the settlement statement: its two halves, or its contents as field elements. */
  mapping: keyof typeof mappings;
  /** Id of a key that the rollup's owner has registered. */
  keyId: Hex;
  /** Inbox messages that a batch consumes at most, 1 to 256. */
  inboxMax?: number;
  /** Outbox messages that a batch sends at most, up to 256; 0 under `digest`. */
  outboxMax?: number;
  /** Payload bytes of a batch at most. */
  payloadMax?: number;
}

function limit(field: string, value: number | undefined, otherwise: number | undefined, lowest: number, highest: number): number {
  const out = value ?? otherwise;
  if (out !== undefined && Number.isInteger(out) && out >= lowest && out <= highest) return out;
  throw new FieldError(field, lowest === highest ? String(lowest) : `${lowest} to ${highest}`, out === undefined ? 'nothing, which digest alone allows' : String(out));
}

function bytesOf(field: string, hex: Hex, size: number): Uint8Array {
  const bytes = fromHex(hex, field);
  if (bytes.length !== size) throw new FieldError(field, `${size} bytes`, String(bytes.length));
  return bytes;
}

function limitsOf({ mapping, inboxMax, outboxMax, payloadMax }: Validity): { inbox: number; outbox: number; payload: number } {
  const digest = mapping === 'digest';
  return {
    inbox: limit('inboxMax', inboxMax, digest ? inboxHighest : undefined, 1, inboxHighest),
    outbox: limit('outboxMax', outboxMax, digest ? 0 : undefined, 0, digest ? 0 : outboxHighest),
    payload: limit('payloadMax', payloadMax, digest ? payloadHighest : undefined, 0, payloadHighest),
  };
}

/** The validity description, 42 bytes [VALID.1]. Throws a FieldError for what the L1 would refuse. */
export function encodeValidity(validity: Validity): Uint8Array {
  const mapping = mappings[validity.mapping];
  if (mapping === undefined) throw new FieldError('mapping', '"digest" or "words"', JSON.stringify(validity.mapping));
  const { inbox, outbox, payload } = limitsOf(validity);
  return concat(
    Uint8Array.of(1, mapping), bytesOf('keyId', validity.keyId, 32),
    numberBytes(BigInt(inbox), 2), numberBytes(BigInt(outbox), 2), numberBytes(BigInt(payload), 4),
  );
}

/** How many public inputs a key has to take for this description [MAP.1] [MAP.2]. */
export function validityInputs(validity: Validity): number {
  const { inbox, outbox, payload } = limitsOf(validity);
  return validity.mapping === 'digest' ? 2 : 5 + 3 * (inbox + outbox) + Math.ceil(payload / wordBytes);
}

export interface ProvenRegistration {
  rollup: bigint;
  /** The program (ELF) when the policy names native; else any description of what the key proves, possibly empty. */
  program: Uint8Array;
  /** Entries of the first state when the policy names native; else the first state root, and what helps to rebuild the state. */
  genesis: Uint8Array;
  sequencer: Hex;
  policy: Policy;
  validity: Validity;
  name: string;
}
/** Registers a rollup that settles by proof. The account that sends it owns the rollup, and has registered the key. */
export function registerProvenCall(registration: ProvenRegistration): Call {
  const { rollup, program, genesis, sequencer, policy, validity, name } = registration;
  if (policy !== policies.validity && validity.mapping !== 'digest') throw new FieldError('mapping', '"digest" with a policy of several methods', JSON.stringify(validity.mapping));
  if (policy === policies.validity && genesis.length < 32) throw new FieldError('genesis', '32 bytes and more, the first state root before anything else', `${genesis.length} bytes`);
  const args = [rollup, toHex(program), toHex(genesis), sequencer, policy, toHex(encodeValidity(validity)), name] as const;
  return { to: rollupRegistryAddress, data: encodeFunctionData({ abi: rollupRegistryAbi, functionName: 'registerProven', args }), value: 0n };
}

/** What a claim says of batches; the L1 knows everything else. What is left out: a single batch, nothing sent, no receipts, nothing opened. */
export interface ProvenClaim {
  rollup: bigint;
  /** The batch behind the settled one. */
  firstSequence: bigint;
  lastSequence?: bigint;
  /** Behind the last batch. */
  stateRoot: Hex;
  outboxRoot?: Hex;
  outboxCount?: bigint;
  receiptsRoot?: Hex;
  /** Under `words`: the payload, or the raw data of the batch's reference [MAP.7]. */
  data?: Hex;
  /** Under `words`: the messages out, one behind the other [MAP.8]. */
  outbox?: Hex;
}

/** The arguments of settlementInputs, and of claimProven before its proof. */
export const claimArguments = (claim: ProvenClaim): [bigint, bigint, bigint, Hex, Hex, bigint, Hex, Hex, Hex] => [
  claim.rollup, claim.firstSequence, claim.lastSequence ?? claim.firstSequence, claim.stateRoot, claim.outboxRoot ?? zero, claim.outboxCount ?? 0n,
  claim.receiptsRoot ?? zero, claim.data ?? '0x', claim.outbox ?? '0x',
];

export interface SettlementInputs {
  statement: Hex;
  inputs: readonly bigint[];
}
/** The statement and the public inputs that the L1 would verify a claim's proof against. Fails when the claim has no proof that could hold. */
export async function settlementInputs(provider: Provider, claim: ProvenClaim): Promise<SettlementInputs> {
  const [statement, inputs] = await askContract<[Hex, readonly bigint[]]>(provider, rollupRegistryAddress, rollupRegistryAbi, 'settlementInputs', claimArguments(claim));
  return { statement, inputs };
}

/** High and low half of a statement: the first two public inputs under every mapping [STMT.4]. */
export function statementHalves(statement: Hex): [bigint, bigint] {
  const bytes = bytesOf('statement', statement, 32);
  return [bytesNumber(bytes.subarray(0, 16)), bytesNumber(bytes.subarray(16))];
}

/** Settles batches with a proof in the L1's encoding (groth16Proof() and its neighbours), or records that it holds. Anybody may send it. */
export const claimProvenCall = (claim: ProvenClaim, proof: Uint8Array): Call => ({
  to: rollupRegistryAddress,
  data: encodeFunctionData({ abi: rollupRegistryAbi, functionName: 'claimProven', args: [...claimArguments(claim), toHex(proof)] }),
  value: 0n,
});

/** What fewer methods than the policy asks for have shown of the batch behind the settled one. */
export interface Agreement {
  native: boolean;
  validity: boolean;
  /** Zero while nothing is recorded. */
  stateRoot: Hex;
  outboxRoot: Hex;
}
export async function agreement(provider: Provider, rollup: bigint): Promise<Agreement> {
  const [methods, stateRoot, outboxRoot] = await askContract<[number, Hex, Hex]>(provider, rollupRegistryAddress, rollupRegistryAbi, 'agreement', [rollup]);
  return { native: (methods & 1) !== 0, validity: (methods & 2) !== 0, stateRoot, outboxRoot };
}
