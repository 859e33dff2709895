// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Files of snarkjs (and rapidsnark): docs/spec/proofs/groth16.md, plonk.md, fflonk.md.
import { bytesNumber, concat, numberBytes, ProverFileError } from './bytes.ts';
import { bn254, scalar, type Curve } from './curves.ts';
import { mod, rootOfUnity } from './fields.ts';
import { checkProtocol, listOf, member, numberOf, objectOf, sizeOf, snarkjsCurve, snarkjsG1, snarkjsG2, snarkjsScalar, unwrapped, type Json } from './json.ts';

export const inputsMax = 256;

const header = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes);
const points = (curve: Curve, document: Json, names: string[]): Uint8Array =>
  concat(...names.map((name) => snarkjsG1(curve, member(document, name), name)));
const scalars = (curve: Curve, document: Json, names: string[]): Uint8Array =>
  concat(...names.map((name) => snarkjsScalar(curve, document, name)));

function opened(file: unknown, name: string, protocol: string): Json {
  const document = protocol === 'groth16' ? unwrapped(file, name) : objectOf(file, name);
  checkProtocol(document, protocol);
  return document;
}

const scalarOf = (curve: Curve, document: Json, name: string): bigint => bytesNumber(snarkjsScalar(curve, document, name));

/** k and l of a circuit with 2^k gates and l public inputs; w, which k determines, is compared and not kept. */
function circuitSize(curve: Curve, document: Json): Uint8Array {
  const power = sizeOf(document, 'power', 1, curve.number === 1 ? 28 : 32);
  const inputs = sizeOf(document, 'nPublic', 0, inputsMax);
  if (scalarOf(curve, document, 'w') !== rootOfUnity(curve, power)) {
    throw new ProverFileError('w', `the root of unity that snarkjs takes for 2^${power}`, String(document['w']));
  }
  return concat(header(power), numberBytes(BigInt(inputs), 2));
}

/** Where FFLONK opens its polynomials: a key needs no such roots, but in its file they have to be some. */
function checkRoots(document: Json): void {
  const r = bn254.order;
  const [w, w3, w4, w8, wr] = ['w', 'w3', 'w4', 'w8', 'wr'].map((name) => scalarOf(bn254, document, name));
  const refuse = (name: string, expected: string): never => { throw new ProverFileError(name, expected, String(document[name])); };
  if (mod(w3! * w3! + w3! + 1n, r) !== 0n) refuse('w3', 'a primitive third root of unity');
  if (mod(w4! * w4! + 1n, r) !== 0n) refuse('w4', 'a primitive fourth root of unity');
  if (mod(w8! ** 4n + 1n, r) !== 0n) refuse('w8', 'a primitive eighth root of unity');
  if (mod(wr! ** 3n - w!, r) !== 0n) refuse('wr', 'a third root of w');
}

/** public.json, of any kind that snarkjs makes. */
export function snarkjsInputs(file: unknown, curve: Curve): bigint[] {
  return listOf(file, 'public').map((each, i) => {
    const value = numberOf(each, `public[${i}]`);
    scalar(curve, value, `public[${i}]`);
    return value;
  });
}

export function groth16Key(file: unknown): Uint8Array {
  const document = opened(file, 'vk', 'groth16');
  const curve = snarkjsCurve(document);
  const binding = listOf(member(document, 'IC'), 'IC');
  const inputs = sizeOf(document, 'nPublic', 0, inputsMax);
  if (binding.length !== inputs + 1) throw new ProverFileError('IC', `${inputs + 1} points, one more than nPublic`, String(binding.length));
  return concat(
    header(1, 1, curve.number, 0),
    numberBytes(BigInt(inputs), 2),
    snarkjsG1(curve, member(document, 'vk_alpha_1'), 'vk_alpha_1'),
    ...['vk_beta_2', 'vk_gamma_2', 'vk_delta_2'].map((name) => snarkjsG2(curve, member(document, name), name)),
    ...binding.map((point, i) => snarkjsG1(curve, point, `IC[${i}]`)),
  );
}

/** Proofs of rapidsnark, which knows BN254 alone, do not name their curve. */
export function groth16Proof(file: unknown): Uint8Array {
  const document = opened(file, 'proof', 'groth16');
  const curve = 'curve' in document ? snarkjsCurve(document) : bn254;
  return concat(
    snarkjsG1(curve, member(document, 'pi_a'), 'pi_a'),
    snarkjsG2(curve, member(document, 'pi_b'), 'pi_b'),
    snarkjsG1(curve, member(document, 'pi_c'), 'pi_c'),
  );
}

export function plonkKey(file: unknown): Uint8Array {
  const document = opened(file, 'key', 'plonk');
  const curve = snarkjsCurve(document);
  return concat(
    header(2, 1, curve.number),
    circuitSize(curve, document),
    scalars(curve, document, ['k1', 'k2']),
    points(curve, document, ['Qm', 'Ql', 'Qr', 'Qo', 'Qc', 'S1', 'S2', 'S3']),
    snarkjsG2(curve, member(document, 'X_2'), 'X_2'),
  );
}

export function plonkProof(file: unknown): Uint8Array {
  const document = opened(file, 'proof', 'plonk');
  const curve = snarkjsCurve(document);
  return concat(
    points(curve, document, ['A', 'B', 'C', 'Z', 'T1', 'T2', 'T3', 'Wxi', 'Wxiw']),
    scalars(curve, document, ['eval_a', 'eval_b', 'eval_c', 'eval_s1', 'eval_s2', 'eval_zw']),
  );
}

function onBn254(document: Json): Curve {
  const curve = snarkjsCurve(document);
  if (curve.number !== 1) throw new ProverFileError('curve', 'bn128, the only curve of FFLONK here', curve.name);
  return curve;
}

export function fflonkKey(file: unknown): Uint8Array {
  const document = opened(file, 'key', 'fflonk');
  const curve = onBn254(document);
  const size = circuitSize(curve, document);
  checkRoots(document);
  return concat(
    header(4, 1, 1),
    size,
    scalars(curve, document, ['k1', 'k2']),
    points(curve, document, ['C0']),
    snarkjsG2(curve, member(document, 'X_2'), 'X_2'),
  );
}

export function fflonkProof(file: unknown): Uint8Array {
  const document = opened(file, 'proof', 'fflonk');
  const curve = onBn254(document);
  return concat(
    points(curve, objectOf(member(document, 'polynomials'), 'polynomials'), ['C1', 'C2', 'W1', 'W2']),
    scalars(curve, objectOf(member(document, 'evaluations'), 'evaluations'), ['ql', 'qr', 'qm', 'qo', 'qc', 's1', 's2', 's3', 'a', 'b', 'c', 'z', 'zw', 't1w', 't2w']),
  );
}
