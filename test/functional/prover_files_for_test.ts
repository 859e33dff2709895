// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Files that provers have written: a key, a proof and public inputs of each kind.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../scripts/scenario/paths.ts';

const testdata = (name: string): string => join(repository, 'enshrine', 'prover_files', 'testdata', name);

export const roles = ['vk', 'proof', 'public'] as const;
export type Role = typeof roles[number];
export interface Files extends Record<Role, string> { kind: string; more?: string[] }

const snarkjs = (kind: string, stem: string): Files =>
  ({ kind, vk: testdata(`${stem}_vk.json`), proof: testdata(`${stem}_proof.json`), public: testdata(`${stem}_public.json`) });
const gnark = (kind: string, stem: string): Files =>
  ({ kind, vk: testdata(`${stem}.vk`), proof: testdata(`${stem}.proof`), public: testdata(`${stem.replace('.raw', '')}.pub`) });
const bb = (version: string): Files => ({
  kind: 'ultrahonk', vk: testdata(`bb_${version}_square.vk`), proof: testdata(`bb_${version}_square_zk.proof`), public: testdata(`bb_${version}_square.public_inputs`),
  more: ['--srs-g2', testdata(`bb_${version}_srs_point`)],
});
/** A fixture of a program, whole or each part in a file of its own. */
const whole = (kind: string, name: string): Files => ({ kind, vk: testdata(name), proof: testdata(name), public: testdata(name) });
function parts(folder: string, kind: string, name: string, members: Record<Role, string>): Files {
  const json = JSON.parse(readFileSync(testdata(name), 'utf8')) as Record<string, string>;
  const part = (role: Role): string => {
    const path = join(folder, `${name}.${role}`);
    writeFileSync(path, Buffer.from(json[members[role]]!.slice(2), 'hex'));
    return path;
  };
  return { kind, vk: part('vk'), proof: part('proof'), public: part('public') };
}

/** A set of files that are accepted, of each kind and form; some are written into the folder. */
export const proverFiles = (folder: string): Record<string, Files> => ({
  'groth16 of snarkjs': snarkjs('groth16', 'snarkjs_bn128'),
  'groth16 of gnark': gnark('groth16', 'gnark_0.14_plain'),
  'groth16 of gnark, raw': gnark('groth16', 'gnark_0.14_plain.raw'),
  'groth16 of gnark on BLS12-381': gnark('groth16', 'gnark_0.14_bls12381_plain'),
  'plonk': snarkjs('plonk', 'snarkjs_bn128_plonk'),
  'fflonk': snarkjs('fflonk', 'snarkjs_bn128_fflonk'),
  'plonk-gnark': gnark('plonk-gnark', 'gnark_0.14_plonk_plain'),
  'plonk-gnark, raw': gnark('plonk-gnark', 'gnark_0.14_plonk_plain.raw'),
  'ultrahonk of bb 3.0': bb('3.0'),
  'ultrahonk of bb 5.0': bb('5.0'),
  'sp1': whole('sp1', 'sp1_6.1.0_groth16.json'),
  'sp1 in parts': parts(folder, 'sp1', 'sp1_6.1.0_groth16.json', { vk: 'vkey', proof: 'proof', public: 'publicValues' }),
  'sp1 in parts, PLONK': parts(folder, 'sp1', 'sp1_5.0.0_plonk.json', { vk: 'vkey', proof: 'proof', public: 'publicValues' }),
  'risc0': whole('risc0', 'risc0_3.0.json'),
  'risc0 in parts': parts(folder, 'risc0', 'risc0_3.0.json', { vk: 'imageId', proof: 'seal', public: 'journal' }),
  'risc0 in parts, set': parts(folder, 'risc0', 'risc0_set_0.9.json', { vk: 'imageId', proof: 'seal', public: 'journal' }),
});
