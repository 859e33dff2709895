// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// JSON of UPA: keys and proofs of Groth16 on BN254, with or without a commitment. docs/spec/proofs/groth16.md.
import { concat, ProverFileError } from './bytes.ts';
import { bn254, g1, g2 } from './curves.ts';
import { groth16Parts } from './gnark.ts';
import { elementsOf, listOf, member, numberOf, unwrapped, type Json } from './json.ts';
import { snarkjsInputs } from './snarkjs.ts';

const pair = (value: unknown, field: string): readonly [bigint, bigint] => {
  const [first, second] = elementsOf(value, field, 2).map((each, i) => numberOf(each, `${field}[${i}]`));
  return [first!, second!];
};
const upaG1 = (value: unknown, field: string): Uint8Array => g1(bn254, ...pair(value, field), field);
const upaG2 = (value: unknown, field: string): Uint8Array => {
  const [x, y] = elementsOf(value, field, 2).map((each, i) => pair(each, `${field}[${i}]`));
  return g2(bn254, x!, y!, field);
};

/** The points of commitments: none, or one. */
function atMostOne(document: Json, name: string): unknown[] {
  if (document[name] === undefined) return [];
  const list = listOf(document[name], name);
  if (list.length > 1) throw new ProverFileError(name, 'at most one commitment', String(list.length));
  return list;
}

/** A key, alone or under `vk`. */
export function upaGroth16Key(file: unknown): Uint8Array {
  const document = unwrapped(file, 'vk');
  const fixed = concat(upaG1(member(document, 'alpha'), 'alpha'), ...['beta', 'gamma', 'delta'].map((name) => upaG2(member(document, name), name)));
  const binding = listOf(member(document, 's'), 's').map((point, i) => upaG1(point, `s[${i}]`));
  const [first, second] = [atMostOne(document, 'h1'), atMostOne(document, 'h2')];
  if (first.length !== second.length) throw new ProverFileError('h1, h2', 'as many points in both', `${first.length} and ${second.length}`);
  if (first.length === 0) return groth16Parts(bn254, fixed, binding, undefined, 's');
  return groth16Parts(bn254, fixed, binding, { hash: 'keccak256', key: concat(upaG2(first[0], 'h1[0]'), upaG2(second[0], 'h2[0]')) }, 's');
}

/** A proof, alone or under `proof`. */
export function upaGroth16Proof(file: unknown): Uint8Array {
  const document = unwrapped(file, 'proof');
  const parts = [upaG1(member(document, 'pi_a'), 'pi_a'), upaG2(member(document, 'pi_b'), 'pi_b'), upaG1(member(document, 'pi_c'), 'pi_c')];
  const [commitment] = atMostOne(document, 'm');
  if (commitment !== undefined) parts.push(upaG1(commitment, 'm[0]'), upaG1(elementsOf(member(document, 'pok'), 'pok', 1)[0], 'pok[0]'));
  return concat(...parts);
}

/** A list of inputs, alone or under `inputs`. */
export const upaInputs = (file: unknown): bigint[] => snarkjsInputs(Array.isArray(file) ? file : member(unwrapped(file, ''), 'inputs'), bn254);
