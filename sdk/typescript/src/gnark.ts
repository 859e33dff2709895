// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Files of gnark: what WriteTo and WriteRawTo write of Groth16 on BN254 and BLS12-381 and of PLONK on BN254, and JSON of
// Groth16. docs/spec/proofs/groth16.md and plonk_gnark.md.
import { bytesNumber, concat, numberBytes, ProverFileError, Reader, toHex } from './bytes.ts';
import { bls12381, bn254, bn254G2, g1, g2, type Curve } from './curves.ts';
import { inverse, rootOfUnity } from './fields.ts';
import { GnarkReader, isOnG1, pointForm } from './gnark_points.ts';
import { listOf, member, numberOf, objectOf, unwrapped, type Json } from './json.ts';
import { inputsMax } from './snarkjs.ts';

/** How the circuit hashes its commitment to private wires: gnark's default, or that of its Solidity export. */
export type CommitmentHash = 'sha256' | 'keccak256';
const hashNumber = { keccak256: 1, sha256: 2 } as const;

interface Commitment { hash: CommitmentHash; key: Uint8Array }

/** A canonical key of Groth16 from its points. */
export function groth16Parts(curve: Curve, fixed: Uint8Array, binding: Uint8Array[], commitment?: Commitment, field = 'K'): Uint8Array {
  const others = commitment === undefined ? 1 : 2;
  if (binding.length < others || binding.length > inputsMax + others) throw new ProverFileError(field, `${others} to ${inputsMax + others} points`, String(binding.length));
  return concat(
    Uint8Array.of(1, 1, curve.number, commitment === undefined ? 0 : hashNumber[commitment.hash]),
    numberBytes(BigInt(binding.length - others), 2),
    fixed, ...binding, commitment?.key ?? new Uint8Array(),
  );
}

function checkCommitmentCurve(curve: Curve): void {
  if (curve !== bn254) throw new ProverFileError('PublicAndCommitmentCommitted', `no commitment in a key on ${curve.name}`, 'one: they are supported on bn254 alone');
}

/** How well a file fits a curve: 2 when the length of K accounts for its size, 1 when it is one that a key can have, else 0. */
function fit(bytes: Uint8Array, curve: Curve): number {
  const form = pointForm(curve, bytes[0]);
  if (form === undefined) return 0;
  const size = form === 'compressed' ? curve.size : 2 * curve.size;
  const at = 9 * size;
  if (bytes.length < at + 4) return 0;
  const count = Number(bytesNumber(bytes.subarray(at, at + 4)));
  if (count === 0 || count > inputsMax + 2) return 0;
  const tail = bytes.length - at - 4 - count * size;
  return [8, 4 + 4 * size, 8 + 4 * size, 12 + 4 * size].includes(tail) ? 2 : 1;
}

/** A key's file does not name its curve. In a curve that it does not have, the length of K is bytes out of a coordinate. */
function curveOfKey(bytes: Uint8Array): Curve {
  const [bn, bls] = [fit(bytes, bn254), fit(bytes, bls12381)];
  if (bn === 0 && bls === 0) throw new ProverFileError('length of K', `1 to ${inputsMax + 2}, in a key on bn254 or bls12381`);
  return bls > bn ? bls12381 : bn254;
}

/** A verifying key of Groth16, as gnark 0.9 to 0.14 write it, compressed or not. */
export function gnarkGroth16Key(bytes: Uint8Array, hash: CommitmentHash = 'sha256'): Uint8Array {
  const curve = curveOfKey(bytes);
  const reader = new GnarkReader(bytes, curve, bytes[0]);
  const alpha = reader.g1('Alpha');
  reader.g1('Beta (G1)');
  const beta = reader.g2('Beta');
  const gamma = reader.g2('Gamma');
  reader.g1('Delta (G1)');
  const delta = reader.g2('Delta');
  const binding = Array.from({ length: reader.count('length of K', inputsMax + 2) }, (_, i) => reader.g1(`K[${i}]`));
  const lists = reader.count('PublicAndCommitmentCommitted', 1);
  if (lists === 1) {
    checkCommitmentCurve(curve);
    if (reader.number('PublicAndCommitmentCommitted[0]', 4) !== 0n) {
      throw new ProverFileError('PublicAndCommitmentCommitted[0]', 'no public inputs, a commitment to which is not supported');
    }
  }
  // Before 0.11 the key of a commitment is always there; since then it is a list, and its points have changed places.
  const isList = reader.left !== 4 * (pointForm(curve, bytes[0]) === 'compressed' ? curve.size : 2 * curve.size);
  if (isList && reader.count('CommitmentKeys', 1) !== lists) throw new ProverFileError('CommitmentKeys', 'as many as there are commitments');
  let key: Uint8Array = new Uint8Array();
  if (!isList || lists === 1) {
    const first = reader.g2('CommitmentKey.G');
    const second = reader.g2(isList ? 'CommitmentKey.GSigmaNeg' : 'CommitmentKey.GRootSigmaNeg');
    key = isList ? concat(second, first) : concat(first, second);
  }
  reader.end();
  return groth16Parts(curve, concat(alpha, beta, gamma, delta), binding, lists === 1 ? { hash, key } : undefined);
}

/** A proof for a key on that curve. */
export function gnarkGroth16Proof(bytes: Uint8Array, curve: Curve = bn254): Uint8Array {
  const reader = new GnarkReader(bytes, curve, bytes[0]);
  const parts = [reader.g1('Ar'), reader.g2('Bs'), reader.g1('Krs')];
  const commitments = reader.count('number of commitments', 1);
  if (commitments === 1) parts.push(reader.g1('Commitments[0]'));
  const knowledge = reader.g1('CommitmentPok');
  if (commitments === 1) parts.push(knowledge);
  reader.end();
  return concat(...parts);
}

/** A public witness of either curve. */
export function gnarkInputs(bytes: Uint8Array): bigint[] {
  const reader = new Reader(bytes);
  const count = reader.count('number of public inputs', inputsMax);
  if (reader.count('number of secret inputs', 0xffffffff) !== 0) throw new ProverFileError('number of secret inputs', '0: a public witness');
  if (reader.count('length', inputsMax) !== count) throw new ProverFileError('length', 'the number of public inputs');
  const out = Array.from({ length: count }, (_, i) => reader.number(`element ${i}`, 32));
  reader.end();
  return out;
}

const jsonCoordinates = (object: Json, name: string): readonly [bigint, bigint] => {
  const point = objectOf(member(object, name), name);
  return [numberOf(member(point, 'X'), `${name}.X`), numberOf(member(point, 'Y'), `${name}.Y`)];
};
const jsonG1 = (curve: Curve, object: Json, name: string): Uint8Array => g1(curve, ...jsonCoordinates(object, name), name);
const jsonG2 = (curve: Curve, object: Json, name: string): Uint8Array => {
  const point = objectOf(member(object, name), name);
  const part = (axis: 'X' | 'Y'): readonly [bigint, bigint] => {
    const value = objectOf(member(point, axis), `${name}.${axis}`);
    return [numberOf(member(value, 'A0'), `${name}.${axis}.A0`), numberOf(member(value, 'A1'), `${name}.${axis}.A1`)];
  };
  return g2(curve, part('X'), part('Y'), name);
};
/** JSON does not name the curve: no coordinates satisfy the equations of both. */
const jsonCurve = (object: Json, name: string): Curve => (isOnG1(bls12381, ...jsonCoordinates(object, name)) ? bls12381 : bn254);

/** Since gnark 0.11 the keys of commitments are a list, and their points have changed places. */
function jsonCommitmentKey(document: Json): Uint8Array {
  if (document['CommitmentKeys'] === undefined) {
    const pedersen = objectOf(member(document, 'CommitmentKey'), 'CommitmentKey');
    return concat(jsonG2(bn254, pedersen, 'G'), jsonG2(bn254, pedersen, 'GRootSigmaNeg'));
  }
  const keys = listOf(document['CommitmentKeys'], 'CommitmentKeys');
  if (keys.length !== 1) throw new ProverFileError('CommitmentKeys', 'as many as there are commitments', String(keys.length));
  const pedersen = objectOf(keys[0], 'CommitmentKeys[0]');
  return concat(jsonG2(bn254, pedersen, 'GSigmaNeg'), jsonG2(bn254, pedersen, 'G'));
}

/** encoding/json of a verifying key. */
export function gnarkGroth16KeyOfJson(file: unknown, hash: CommitmentHash = 'sha256'): Uint8Array {
  const document = unwrapped(file, 'vk');
  const first = objectOf(member(document, 'G1'), 'G1');
  const second = objectOf(member(document, 'G2'), 'G2');
  const curve = jsonCurve(first, 'Alpha');
  const fixed = concat(jsonG1(curve, first, 'Alpha'), ...['Beta', 'Gamma', 'Delta'].map((name) => jsonG2(curve, second, name)));
  const binding = listOf(member(first, 'K'), 'K').map((point, i) => jsonG1(curve, { [`K[${i}]`]: point }, `K[${i}]`));
  const lists = Array.isArray(document['PublicAndCommitmentCommitted']) ? document['PublicAndCommitmentCommitted'] as unknown[] : [];
  if (lists.length > 1) throw new ProverFileError('PublicAndCommitmentCommitted', 'at most one commitment', String(lists.length));
  if (lists.length === 0) return groth16Parts(curve, fixed, binding);
  if (listOf(lists[0], 'PublicAndCommitmentCommitted[0]').length > 0) throw new ProverFileError('PublicAndCommitmentCommitted[0]', 'no public inputs, a commitment to which is not supported');
  checkCommitmentCurve(curve);
  return groth16Parts(curve, fixed, binding, { hash, key: jsonCommitmentKey(document) });
}

export function gnarkGroth16ProofOfJson(file: unknown): Uint8Array {
  const document = unwrapped(file, 'proof');
  const curve = jsonCurve(document, 'Ar');
  const parts = [jsonG1(curve, document, 'Ar'), jsonG2(curve, document, 'Bs'), jsonG1(curve, document, 'Krs')];
  const commitments = Array.isArray(document['Commitments']) ? document['Commitments'] as unknown[] : [];
  if (commitments.length > 1) throw new ProverFileError('Commitments', 'at most one', String(commitments.length));
  if (commitments.length === 1) parts.push(jsonG1(curve, { 'Commitments[0]': commitments[0] }, 'Commitments[0]'), jsonG1(curve, document, 'CommitmentPok'));
  return concat(...parts);
}

/** Two points of G2 with the lines of their pairings, which verification makes itself. */
const linesBytes = 2 * 2 * 66 * 128;

/** Size, SizeInv, Generator, NbPublicVariables, CosetShift. */
const firstPointAt = 8 + 32 + 32 + 8 + 32;

/** A verifying key of gnark's PLONK. */
export function gnarkPlonkKey(bytes: Uint8Array): Uint8Array {
  const reader = new GnarkReader(bytes, bn254, bytes[firstPointAt]);
  const size = reader.number('Size', 8);
  const power = size.toString(2).length - 1;
  if (size !== 1n << BigInt(power) || power > 28) throw new ProverFileError('Size', 'a power of two up to 2^28', String(size));
  const follows = (field: string, got: Uint8Array, expected: Uint8Array, what: string): void => {
    if (toHex(got) !== toHex(expected)) throw new ProverFileError(field, what, toHex(got));
  };
  follows('SizeInv', reader.scalar('SizeInv'), numberBytes(inverse(size, bn254.order), 32), '1/Size');
  follows('Generator', reader.scalar('Generator'), numberBytes(rootOfUnity(bn254, power), 32), '5^((r-1)/Size)');
  const inputs = reader.number('NbPublicVariables', 8);
  if (inputs > BigInt(inputsMax)) throw new ProverFileError('NbPublicVariables', `at most ${inputsMax}`, String(inputs));
  if (reader.number('CosetShift', 32) !== 5n) throw new ProverFileError('CosetShift', '5');
  const circuit = ['S[0]', 'S[1]', 'S[2]', 'Ql', 'Qr', 'Qm', 'Qo', 'Qk'].map((name) => reader.g1(name));
  const commitments = reader.count('length of Qcp', 1);
  if (commitments === 1) circuit.push(reader.g1('Qcp[0]'));
  const one = reader.g1('Kzg.G1');
  follows('Kzg.G2[0]', reader.g2('Kzg.G2[0]'), bn254G2, 'the generator of G2');
  const x = reader.g2('Kzg.G2[1]');
  reader.take('Kzg.Lines', linesBytes);
  if (reader.count('length of CommitmentConstraintIndexes', 1) !== commitments) throw new ProverFileError('length of CommitmentConstraintIndexes', 'that of Qcp');
  const gate = commitments === 1 ? reader.number('CommitmentConstraintIndexes[0]', 8) : 0n;
  if (gate >= size) throw new ProverFileError('CommitmentConstraintIndexes[0]', 'less than Size', String(gate));
  reader.end();
  return concat(Uint8Array.of(3, 1, 1, power), numberBytes(inputs, 2), Uint8Array.of(commitments), numberBytes(gate, 4), one, x, ...circuit);
}

/** A proof of gnark's PLONK, into the order of its MarshalSolidity. */
export function gnarkPlonkProof(bytes: Uint8Array): Uint8Array {
  const reader = new GnarkReader(bytes, bn254, bytes[0]);
  const wires = ['LRO[0]', 'LRO[1]', 'LRO[2]'].map((name) => reader.g1(name));
  const z = reader.g1('Z');
  const quotient = ['H[0]', 'H[1]', 'H[2]'].map((name) => reader.g1(name));
  const opening = reader.g1('BatchedProof.H');
  const count = reader.count('length of ClaimedValues', 7);
  if (count < 6) throw new ProverFileError('length of ClaimedValues', '6, or 7 with a commitment', String(count));
  const values = Array.from({ length: count }, (_, i) => reader.scalar(`ClaimedValues[${i}]`));
  const openingNext = reader.g1('ZShiftedOpening.H');
  const zNext = reader.scalar('ZShiftedOpening.ClaimedValue');
  const commitments = reader.count('length of Bsb22Commitments', 1);
  if (commitments !== count - 6) throw new ProverFileError('length of Bsb22Commitments', 'one for each further claimed value', String(commitments));
  const commitment = commitments === 1 ? [values[6] ?? new Uint8Array(), reader.g1('Bsb22Commitments[0]')] : [];
  reader.end();
  return concat(...wires, ...quotient, ...values.slice(1, 6), z, zNext, opening, openingNext, ...commitment);
}
