// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Files of snarkjs (and rapidsnark): docs/spec/proofs/groth16.md, plonk.md, fflonk.md.
import { concat, numberBytes, ProverFileError } from './bytes.ts';
import { bn254, scalar, type Curve } from './curves.ts';
import { checkProtocol, listOf, member, numberOf, objectOf, sizeOf, snarkjsCurve, snarkjsG1, snarkjsG2, snarkjsScalar, type Json } from './json.ts';

export const inputsMax = 256;

const header = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes);
const points = (curve: Curve, document: Json, names: string[]): Uint8Array =>
  concat(...names.map((name) => snarkjsG1(curve, member(document, name), name)));
const scalars = (curve: Curve, document: Json, names: string[]): Uint8Array =>
  concat(...names.map((name) => snarkjsScalar(curve, document, name)));

function opened(file: unknown, name: string, protocol: string): Json {
  const document = objectOf(file, name);
  checkProtocol(document, protocol);
  return document;
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
  const document = opened(file, 'key', 'groth16');
  const curve = snarkjsCurve(document);
  const binding = listOf(member(document, 'IC'), 'IC');
  const inputs = sizeOf(document, 'nPublic', inputsMax);
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
    header(2, 1, curve.number, sizeOf(document, 'power', 32)),
    numberBytes(BigInt(sizeOf(document, 'nPublic', inputsMax)), 2),
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
  return concat(
    header(4, 1, 1, sizeOf(document, 'power', 28)),
    numberBytes(BigInt(sizeOf(document, 'nPublic', inputsMax)), 2),
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
