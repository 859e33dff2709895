// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine proof verify` when one of its files is not what it should be: every kind, every role. Status 2 says that a file
// cannot be used, and which; status 1 that a proof does not hold, so it is for what is in the form of the role alone.
import { strict as assert } from 'node:assert';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { binary, repository } from '../../scripts/scenario/paths.ts';
import { run } from '../../scripts/scenario/processes.ts';
import { temporaryFolder } from './environment.ts';

const folder = temporaryFolder('proof-files');
const testdata = (name: string): string => join(repository, 'enshrine', 'prover_files', 'testdata', name);
const written = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const roles = ['vk', 'proof', 'public'] as const;
type Role = typeof roles[number];
interface Files extends Record<Role, string> { kind: string; more?: string[] }

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
function parts(kind: string, name: string, members: Record<Role, string>): Files {
  const json = JSON.parse(readFileSync(testdata(name), 'utf8')) as Record<string, string>;
  const part = (role: Role): string => written(`${name}.${role}`, Buffer.from(json[members[role]]!.slice(2), 'hex'));
  return { kind, vk: part('vk'), proof: part('proof'), public: part('public') };
}

const good: Record<string, Files> = {
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
  'sp1 in parts': parts('sp1', 'sp1_6.1.0_groth16.json', { vk: 'vkey', proof: 'proof', public: 'publicValues' }),
  'sp1 in parts, PLONK': parts('sp1', 'sp1_5.0.0_plonk.json', { vk: 'vkey', proof: 'proof', public: 'publicValues' }),
  'risc0': whole('risc0', 'risc0_3.0.json'),
  'risc0 in parts': parts('risc0', 'risc0_3.0.json', { vk: 'imageId', proof: 'seal', public: 'journal' }),
  'risc0 in parts, set': parts('risc0', 'risc0_set_0.9.json', { vk: 'imageId', proof: 'seal', public: 'journal' }),
};

/** What no prover writes. */
const bad: Record<string, string> = {
  'an empty file': written('empty', ''),
  'a line of text': written('line.txt', 'hello\n'),
  'a text': written('long.txt', 'Call me Ishmael. Some years ago, never mind how long precisely.\n'.repeat(40)),
  'a text of 32 characters': written('32.txt', 'this text has thirty-two letters'),
  'a text that begins like a program\'s proof': written('selector.txt', '0x73c457ba and then no more hex digits'),
  'JSON of something else': written('other.json', '{"name": "a package", "version": "1.0.0"}'),
  'JSON that ends early': written('early.json', '{"proof": "0x'),
  'half of a hex digit': written('odd.hex', `0x${'12'.repeat(130)}1`),
  'a directory': (mkdirSync(join(folder, 'directory')), join(folder, 'directory')),
  'a missing file': join(folder, 'missing'),
};

async function verify(files: Files): Promise<{ status: number; text: string }> {
  const finished = await run(binary('enshrine'), ['proof', 'verify', '--kind', files.kind, '--vk', files.vk, '--proof', files.proof, '--public', files.public, ...files.more ?? []]);
  return { status: finished.status, text: finished.stdout + finished.stderr };
}

const programs = ['sp1', 'risc0'];
const namesProgram = (files: Files): boolean => programs.includes(files.kind) && readFileSync(files.vk).length === 32;
/** Why a bad file is a good one of another statement, so that the proof is refused; nothing when it cannot be used. */
function otherStatement(kind: string, role: Role, what: string): boolean {
  if (role !== 'public' || /directory|missing|JSON/.test(what)) return false;
  if (programs.includes(kind)) return true;             // a program may have published any bytes, and none
  return kind === 'ultrahonk' && what === 'an empty file';  // no public inputs
}

/** Whether a file of another kind has the form of a role: nothing in it says that it is of the other kind. */
function fits(role: Role, files: Files, theirs: Role, its: Files): boolean {
  const content = readFileSync(its[theirs]);
  const isJson = content[0] === 0x7b || content[0] === 0x5b;
  if (programs.includes(files.kind)) {
    if (role === 'vk') return theirs === 'vk' && namesProgram(its);                 // 32 bytes name a program of either maker
    if (role === 'proof') return files.kind === 'sp1' && content.length === 260;    // some version of SP1 has proofs of this size
    return !isJson;                                                                // a program may publish any bytes
  }
  if (role !== 'public') return false;
  if (files.kind === 'ultrahonk') return !isJson ? content.length % 32 === 0 : Array.isArray(JSON.parse(content.toString()));
  if (isJson) return Array.isArray(JSON.parse(content.toString()));
  return theirs === 'public' && /gnark/.test(its.vk);                              // a witness of gnark has one form for all
}

describe('a file that cannot be used is named, with status 2', { timeout: 300_000 }, () => {
  for (const [name, files] of Object.entries(good)) {
    it(name, async () => {
      const accepted = await verify(files);
      assert.equal(accepted.status, 0, accepted.text);
      const failures: string[] = [];
      for (const role of roles) {
        const check = async (what: string, path: string, statuses: number[]): Promise<void> => {
          const { status, text } = await verify({ ...files, [role]: path });
          const others = roles.map((other) => files[other]).filter((other) => other !== files[role] && text.includes(other));
          // A proof that has been verified and does not hold is the fault of no single file.
          const named = status === 2 ? text.includes(path) : true;
          if (!statuses.includes(status) || !named || others.length > 0) failures.push(`${role}: ${what}: status ${status}, ${text.trim()}`);
        };
        for (const [what, path] of Object.entries(bad)) await check(what, path, otherStatement(files.kind, role, what) ? [1] : [2]);
        for (const [other, its] of Object.entries(good)) {
          if (its.kind === files.kind) continue;
          for (const theirs of roles) {
            await check(`${theirs} of ${other}`, its[theirs], fits(role, files, theirs, its) ? [0, 1] : [2]);
          }
        }
      }
      assert.equal(failures.join('\n'), '');
    });
  }
});
