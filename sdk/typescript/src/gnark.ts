// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Files of gnark on BN254: what WriteTo writes (compressed points), and JSON of Groth16. docs/spec/proofs/groth16.md and
// plonk_gnark.md.
import { concat, numberBytes, ProverFileError, Reader } from './bytes.ts';
import { bn254, decompressG1, decompressG2, g1, g2, scalar } from './curves.ts';
import { listOf, member, numberOf, objectOf, type Json } from './json.ts';
import { inputsMax } from './snarkjs.ts';

/** How the circuit hashes its commitment to private wires: gnark's default, or that of its Solidity export. */
export type CommitmentHash = 'sha256' | 'keccak256';
const hashNumber = { keccak256: 1, sha256: 2 } as const;

const pointG1 = (reader: Reader, field: string): Uint8Array => decompressG1(reader.take(field, 32), field);
const pointG2 = (reader: Reader, field: string): Uint8Array => decompressG2(reader.take(field, 64), field);
const number = (reader: Reader, field: string): Uint8Array => scalar(bn254, reader.number(field, 32), field);

function groth16Parts(commitment: CommitmentHash | undefined, fixed: Uint8Array, binding: Uint8Array[], keys: Uint8Array): Uint8Array {
  const others = commitment === undefined ? 1 : 2;
  if (binding.length < others || binding.length > inputsMax + 2) throw new ProverFileError('K', `${others} to ${inputsMax + 2} points`, String(binding.length));
  return concat(
    Uint8Array.of(1, 1, 1, commitment === undefined ? 0 : hashNumber[commitment]),
    numberBytes(BigInt(binding.length - others), 2),
    fixed, ...binding, keys,
  );
}

/** A verifying key of Groth16, as gnark 0.9 to 0.13 write it. */
export function gnarkGroth16Key(bytes: Uint8Array, hash: CommitmentHash = 'sha256'): Uint8Array {
  const reader = new Reader(bytes);
  const alpha = pointG1(reader, 'Alpha');
  pointG1(reader, 'Beta (G1)');
  const beta = pointG2(reader, 'Beta');
  const gamma = pointG2(reader, 'Gamma');
  pointG1(reader, 'Delta (G1)');
  const delta = pointG2(reader, 'Delta');
  const binding = Array.from({ length: reader.count('length of K', inputsMax + 2) }, (_, i) => pointG1(reader, `K[${i}]`));
  const lists = reader.count('PublicAndCommitmentCommitted', 1);
  if (lists === 1 && reader.number('PublicAndCommitmentCommitted[0]', 4) !== 0n) {
    throw new ProverFileError('PublicAndCommitmentCommitted[0]', 'no public inputs, a commitment to which is not supported');
  }
  // Before 0.11 the key of a commitment is always there; since then it is a list, and its points have changed places.
  const isList = reader.left === 4 + 128 * lists;
  if (isList && reader.count('CommitmentKeys', 1) !== lists) throw new ProverFileError('CommitmentKeys', 'as many as there are commitments');
  let keys: Uint8Array = new Uint8Array();
  if (!isList || lists === 1) {
    const first = pointG2(reader, 'CommitmentKey.G');
    const second = pointG2(reader, isList ? 'CommitmentKey.GSigmaNeg' : 'CommitmentKey.GRootSigmaNeg');
    keys = isList ? concat(second, first) : concat(first, second);
  }
  reader.end();
  const fixed = concat(alpha, beta, gamma, delta);
  return lists === 1 ? groth16Parts(hash, fixed, binding, keys) : groth16Parts(undefined, fixed, binding, new Uint8Array());
}

export function gnarkGroth16Proof(bytes: Uint8Array): Uint8Array {
  const reader = new Reader(bytes);
  const parts = [pointG1(reader, 'Ar'), pointG2(reader, 'Bs'), pointG1(reader, 'Krs')];
  const commitments = reader.count('number of commitments', 1);
  if (commitments === 1) parts.push(pointG1(reader, 'Commitments[0]'));
  const knowledge = pointG1(reader, 'CommitmentPok');
  if (commitments === 1) parts.push(knowledge);
  reader.end();
  return concat(...parts);
}

/** A public witness. */
export function gnarkInputs(bytes: Uint8Array): bigint[] {
  const reader = new Reader(bytes);
  const count = reader.count('number of public inputs', inputsMax);
  if (reader.count('number of secret inputs', 0xffffffff) !== 0) throw new ProverFileError('number of secret inputs', '0: a public witness');
  if (reader.count('length', inputsMax) !== count) throw new ProverFileError('length', 'the number of public inputs');
  const out = Array.from({ length: count }, (_, i) => reader.number(`element ${i}`, 32));
  reader.end();
  return out;
}

const jsonG1 = (object: Json, name: string): Uint8Array => {
  const point = objectOf(member(object, name), name);
  return g1(bn254, numberOf(member(point, 'X'), `${name}.X`), numberOf(member(point, 'Y'), `${name}.Y`), name);
};
const jsonG2 = (object: Json, name: string): Uint8Array => {
  const point = objectOf(member(object, name), name);
  const part = (axis: 'X' | 'Y'): readonly [bigint, bigint] => {
    const value = objectOf(member(point, axis), `${name}.${axis}`);
    return [numberOf(member(value, 'A0'), `${name}.${axis}.A0`), numberOf(member(value, 'A1'), `${name}.${axis}.A1`)];
  };
  return g2(bn254, part('X'), part('Y'), name);
};

/** encoding/json of a verifying key of gnark until 0.10. */
export function gnarkGroth16KeyOfJson(file: unknown, hash: CommitmentHash = 'sha256'): Uint8Array {
  const document = objectOf(file, 'key');
  const first = objectOf(member(document, 'G1'), 'G1');
  const second = objectOf(member(document, 'G2'), 'G2');
  const fixed = concat(jsonG1(first, 'Alpha'), jsonG2(second, 'Beta'), jsonG2(second, 'Gamma'), jsonG2(second, 'Delta'));
  const binding = listOf(member(first, 'K'), 'K').map((point, i) => jsonG1({ [`K[${i}]`]: point }, `K[${i}]`));
  const lists = Array.isArray(document['PublicAndCommitmentCommitted']) ? document['PublicAndCommitmentCommitted'] as unknown[] : [];
  if (lists.length > 1) throw new ProverFileError('PublicAndCommitmentCommitted', 'at most one commitment', String(lists.length));
  if (lists.length === 0) return groth16Parts(undefined, fixed, binding, new Uint8Array());
  if (listOf(lists[0], 'PublicAndCommitmentCommitted[0]').length > 0) throw new ProverFileError('PublicAndCommitmentCommitted[0]', 'no public inputs, a commitment to which is not supported');
  const pedersen = objectOf(member(document, 'CommitmentKey'), 'CommitmentKey');
  return groth16Parts(hash, fixed, binding, concat(jsonG2(pedersen, 'G'), jsonG2(pedersen, 'GRootSigmaNeg')));
}

export function gnarkGroth16ProofOfJson(file: unknown): Uint8Array {
  const document = objectOf(file, 'proof');
  const parts = [jsonG1(document, 'Ar'), jsonG2(document, 'Bs'), jsonG1(document, 'Krs')];
  const commitments = Array.isArray(document['Commitments']) ? document['Commitments'] as unknown[] : [];
  if (commitments.length > 1) throw new ProverFileError('Commitments', 'at most one', String(commitments.length));
  if (commitments.length === 1) parts.push(jsonG1({ 'Commitments[0]': commitments[0] }, 'Commitments[0]'), jsonG1(document, 'CommitmentPok'));
  return concat(...parts);
}

/** Two points of G2 with the lines of their pairings, which verification makes itself. */
const linesBytes = 2 * 2 * 66 * 128;

/** A verifying key of gnark's PLONK. */
export function gnarkPlonkKey(bytes: Uint8Array): Uint8Array {
  const reader = new Reader(bytes);
  const size = reader.number('Size', 8);
  const power = size.toString(2).length - 1;
  if (size !== 1n << BigInt(power) || power > 28) throw new ProverFileError('Size', 'a power of two up to 2^28', String(size));
  number(reader, 'SizeInv');
  number(reader, 'Generator');
  const inputs = reader.number('NbPublicVariables', 8);
  if (inputs > BigInt(inputsMax)) throw new ProverFileError('NbPublicVariables', `at most ${inputsMax}`, String(inputs));
  if (reader.number('CosetShift', 32) !== 5n) throw new ProverFileError('CosetShift', '5');
  const circuit = ['S[0]', 'S[1]', 'S[2]', 'Ql', 'Qr', 'Qm', 'Qo', 'Qk'].map((name) => pointG1(reader, name));
  const commitments = reader.count('length of Qcp', 1);
  if (commitments === 1) circuit.push(pointG1(reader, 'Qcp[0]'));
  const one = pointG1(reader, 'Kzg.G1');
  pointG2(reader, 'Kzg.G2[0]');
  const x = pointG2(reader, 'Kzg.G2[1]');
  reader.take('Kzg.Lines', linesBytes);
  if (reader.count('length of CommitmentConstraintIndexes', 1) !== commitments) throw new ProverFileError('length of CommitmentConstraintIndexes', 'that of Qcp');
  const gate = commitments === 1 ? reader.number('CommitmentConstraintIndexes[0]', 8) : 0n;
  if (gate >= size) throw new ProverFileError('CommitmentConstraintIndexes[0]', 'less than Size', String(gate));
  reader.end();
  return concat(Uint8Array.of(3, 1, 1, power), numberBytes(inputs, 2), Uint8Array.of(commitments), numberBytes(gate, 4), one, x, ...circuit);
}

/** A proof of gnark's PLONK, into the order of its MarshalSolidity. */
export function gnarkPlonkProof(bytes: Uint8Array): Uint8Array {
  const reader = new Reader(bytes);
  const wires = ['LRO[0]', 'LRO[1]', 'LRO[2]'].map((name) => pointG1(reader, name));
  const z = pointG1(reader, 'Z');
  const quotient = ['H[0]', 'H[1]', 'H[2]'].map((name) => pointG1(reader, name));
  const opening = pointG1(reader, 'BatchedProof.H');
  const count = reader.count('length of ClaimedValues', 7);
  if (count < 6) throw new ProverFileError('length of ClaimedValues', '6, or 7 with a commitment', String(count));
  const values = Array.from({ length: count }, (_, i) => number(reader, `ClaimedValues[${i}]`));
  const openingNext = pointG1(reader, 'ZShiftedOpening.H');
  const zNext = number(reader, 'ZShiftedOpening.ClaimedValue');
  const commitments = reader.count('length of Bsb22Commitments', 1);
  if (commitments !== count - 6) throw new ProverFileError('length of Bsb22Commitments', 'one for each further claimed value', String(commitments));
  const commitment = commitments === 1 ? [values[6] ?? new Uint8Array(), pointG1(reader, 'Bsb22Commitments[0]')] : [];
  reader.end();
  return concat(...wires, ...quotient, ...values.slice(1, 6), z, zNext, opening, openingNext, ...commitment);
}
