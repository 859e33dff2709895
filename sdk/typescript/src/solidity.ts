// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Keys out of verifiers of Solidity: constants of the contracts that gnark (SP1) and snarkjs (RISC Zero) export. Names:
// docs/spec/proofs/groth16.md and plonk_gnark.md.
import { concat, numberBytes, ProverFileError } from './bytes.ts';
import { bn254, bn254G2, g1, g2 } from './curves.ts';
import { inverse, mod, rootOfUnity } from './fields.ts';
import { groth16Parts } from './gnark.ts';
import { member, numberOf, objectOf, type Json } from './json.ts';
import { inputsMax } from './snarkjs.ts';

/** Source of a contract, or its constants: an object of their names and values. */
export type SolidityVerifier = string | Readonly<Record<string, unknown>>;

/** The words and signs of source: comments and literals are one each, so that nothing in them is taken for a statement. */
const tokens = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?|[A-Za-z0-9_$.]+|\S/g;

/** The numbers that a contract declares, `uint256 constant NAME = VALUE;`, as texts. */
export function solidityConstants(source: string): Record<string, string> {
  const out = new Map<string, string>();
  let statement: string[] = [];
  for (const [token] of source.matchAll(tokens)) {
    if (token.startsWith('//') || token.startsWith('/*')) continue;
    if (!/^[;{}]$/.test(token)) {
      statement.push(token);
      continue;
    }
    const [type, ...words] = statement;
    statement = [];
    if (token !== ';' || (type !== 'uint256' && type !== 'uint')) continue;
    const at = words.findIndex((word) => !['constant', 'private', 'internal', 'public'].includes(word));
    const [name, sign, ...expression] = words.slice(at);
    if (at < 1 || name === undefined || sign !== '=' || expression.length === 0 || !words.slice(0, at).includes('constant')) continue;
    const value = expression.join(' ').replace(/^[0-9].*/, (digits) => digits.replaceAll('_', ''));
    const other = out.get(name);
    if (other !== undefined && other !== value) throw new ProverFileError(name, 'one value', `${other} and ${value}: has the file more than one verifier?`);
    out.set(name, value);
  }
  return Object.fromEntries(out);
}

/** Constants by their names, which every error has. */
class Constants {
  private readonly members: Json;

  constructor(file: SolidityVerifier) {
    this.members = typeof file === 'string' ? solidityConstants(file) : objectOf(file, 'constants');
  }

  has(name: string): boolean {
    return this.members[name] !== undefined;
  }

  number(name: string, most: bigint = (1n << 256n) - 1n): bigint {
    const value = numberOf(member(this.members, name), name);
    if (value > most) throw new ProverFileError(name, `at most ${most}`, String(value));
    return value;
  }

  /** A number that follows from others, and must. */
  check(name: string, expected: bigint): void {
    const value = this.number(name);
    if (value !== expected) throw new ProverFileError(name, String(expected), String(value));
  }

  g1(name: string, endings: readonly [string, string]): Uint8Array {
    return g1(bn254, this.number(name + endings[0]), this.number(name + endings[1]), name);
  }

  /** Real parts first, whatever the order in the file. */
  g2(name: string, endings: readonly [string, string, string, string], sign: 1n | -1n = 1n): Uint8Array {
    const [x0, x1, y0, y1] = endings.map((ending) => this.number(name + ending));
    const signed = (value: bigint): bigint => (sign === 1n || value >= bn254.modulus ? value : mod(-value, bn254.modulus));
    return g2(bn254, [x0!, x1!], [signed(y0!), signed(y1!)], name);
  }

  /** Points that are numbered from 0 on, without a gap. */
  numbered(name: (i: number) => string, endings: readonly [string, string], most: number): Uint8Array[] {
    const out: Uint8Array[] = [];
    for (let i = 0; i <= most; i += 1) {
      if (!endings.some((ending) => this.has(name(i) + ending))) continue;
      if (out.length !== i) throw new ProverFileError(name(i - 1) + endings[0], 'a constant of that name', `${name(i)}${endings[0]} alone`);
      if (i === most) throw new ProverFileError(name(i) + endings[0], `at most ${most} points`);
      out.push(this.g1(name(i), endings));
    }
    return out;
  }
}

const gnarkG1 = ['_X', '_Y'] as const;
/** gnark has the coordinate of u last in its Groth16, first in its PLONK; snarkjs has it first. */
const gnarkG2 = ['_X_0', '_X_1', '_Y_0', '_Y_1'] as const;
const gnarkPlonkG2 = ['_X_1', '_X_0', '_Y_1', '_Y_0'] as const;
const snarkjsG1 = ['x', 'y'] as const;
const snarkjsG2 = ['x2', 'x1', 'y2', 'y1'] as const;

/** gnark's contracts negate what is paired with β, γ and δ in the key, and hash a commitment with Keccak-256. */
function keyOfGnark(constants: Constants): Uint8Array {
  constants.check('P', bn254.modulus);
  constants.check('R', bn254.order);
  const fixed = concat(constants.g1('ALPHA', gnarkG1), ...['BETA_NEG', 'GAMMA_NEG', 'DELTA_NEG'].map((name) => constants.g2(name, gnarkG2, -1n)));
  const hasCommitment = constants.has('PEDERSEN_G_X_0');
  const binding = [constants.g1('CONSTANT', gnarkG1), ...constants.numbered((i) => `PUB_${i}`, gnarkG1, inputsMax + (hasCommitment ? 1 : 0))];
  if (!hasCommitment) return groth16Parts(bn254, fixed, binding, undefined, 'CONSTANT, PUB');
  const generator = constants.g2('PEDERSEN_G', gnarkG2);
  // gnark 0.10 has called them otherwise, and in the other order.
  const isOld = constants.has('PEDERSEN_GROOTSIGMANEG_X_0');
  const other = constants.g2(isOld ? 'PEDERSEN_GROOTSIGMANEG' : 'PEDERSEN_GSIGMANEG', gnarkG2);
  return groth16Parts(bn254, fixed, binding, { hash: 'keccak256', key: isOld ? concat(generator, other) : concat(other, generator) }, 'CONSTANT, PUB');
}

function keyOfSnarkjs(constants: Constants): Uint8Array {
  constants.check('q', bn254.modulus);
  constants.check('r', bn254.order);
  const fixed = concat(constants.g1('alpha', snarkjsG1), ...['beta', 'gamma', 'delta'].map((name) => constants.g2(name, snarkjsG2)));
  return groth16Parts(bn254, fixed, constants.numbered((i) => `IC${i}`, snarkjsG1, inputsMax + 1), undefined, 'IC');
}

/** The key of a Groth16Verifier.sol of gnark or snarkjs. */
export function groth16KeyOfSolidity(file: SolidityVerifier): Uint8Array {
  const constants = new Constants(file);
  if (constants.has('ALPHA_X')) return keyOfGnark(constants);
  if (constants.has('alphax')) return keyOfSnarkjs(constants);
  throw new ProverFileError('ALPHA_X (gnark) or alphax (snarkjs)', 'a constant of that name', 'neither');
}

/** The key of a PlonkVerifier.sol of gnark. */
export function gnarkPlonkKeyOfSolidity(file: SolidityVerifier): Uint8Array {
  const constants = new Constants(file);
  const size = constants.number('VK_DOMAIN_SIZE', 1n << 28n);
  if (constants.has('PROOF_QUOTIENT_POLYNOMIAL_AT_ZETA')) {
    throw new ProverFileError('PROOF_QUOTIENT_POLYNOMIAL_AT_ZETA', 'a verifier of gnark 0.10 or later', 'one whose proofs have this value');
  }
  const power = size.toString(2).length - 1;
  if (size !== 1n << BigInt(power)) throw new ProverFileError('VK_DOMAIN_SIZE', 'a power of two', String(size));
  constants.check('P_MOD', bn254.modulus);
  constants.check('R_MOD', bn254.order);
  constants.check('VK_INV_DOMAIN_SIZE', inverse(size, bn254.order));
  constants.check('VK_OMEGA', rootOfUnity(bn254, power));
  constants.check('VK_COSET_SHIFT', 5n);
  const inputs = constants.number('VK_NB_PUBLIC_INPUTS', BigInt(inputsMax));
  const commitments = constants.number('VK_NB_CUSTOM_GATES', 1n);
  const gate = commitments === 1n ? constants.number('VK_INDEX_COMMIT_API_0', size - 1n) : 0n;
  const one = constants.g2('G2_SRS_0', gnarkPlonkG2);
  if (one.some((byte, i) => byte !== bn254G2[i])) throw new ProverFileError('G2_SRS_0', 'the generator of G2');
  const circuit = ['S1', 'S2', 'S3', 'QL', 'QR', 'QM', 'QO', 'QK'].map((name) => constants.g1(`VK_${name}_COM`, gnarkG1));
  if (commitments === 1n) circuit.push(constants.g1('VK_QCP_0', gnarkG1));
  return concat(
    Uint8Array.of(3, 1, 1, power), numberBytes(inputs, 2), numberBytes(commitments, 1), numberBytes(gate, 4),
    constants.g1('G1_SRS', gnarkG1), constants.g2('G2_SRS_1', gnarkPlonkG2), ...circuit,
  );
}
