// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine proof verify` when one of its files is not what it should be: every kind, every role. Status 2 says that a file
// cannot be used, and which; status 1 that a proof does not hold, so it is for what is in the form of the role alone.
import { strict as assert } from 'node:assert';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { binary } from '../../scripts/scenario/paths.ts';
import { run } from '../../scripts/scenario/processes.ts';
import { temporaryFolder } from './environment.ts';
import { proverFiles, roles, type Files, type Role } from './prover_files_for_test.ts';

const folder = temporaryFolder('proof-files');
const written = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const good = proverFiles(folder);

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

describe('a file that is nearly right', () => {
  const files = good['groth16 of snarkjs']!;
  const judge = async (role: Role, name: string, content: string | Uint8Array): Promise<{ status: number; text: string }> =>
    verify({ ...files, [role]: written(name, content) });
  it('may begin with a byte order mark', async () => {
    assert.equal((await judge('public', 'mark.json', `\ufeff${readFileSync(files.public, 'utf8')}`)).status, 0);
  });
  for (const [what, role, content, expected] of [
    ['UTF-16', 'public', Buffer.from(`\ufeff${readFileSync(files.public, 'utf8')}`, 'utf16le'), /a text in UTF-16; save it as UTF-8/],
    ['a proving key', 'vk', Buffer.concat([Buffer.from('zkey'), Buffer.from([1, 0, 0, 0]), Buffer.alloc(100)]), /proving key of snarkjs; .*export verificationkey/],
    ['a witness', 'proof', Buffer.concat([Buffer.from('wtns'), Buffer.from([2, 0, 0, 0]), Buffer.alloc(100)]), /witness of snarkjs/],
    ['an odd number of hex digits', 'proof', '0x123', /expected an even number of them, got 3/],
  ] as const) {
    it(`is told for what it is: ${what}`, async () => {
      const { status, text } = await judge(role, 'nearly', content);
      assert.equal(status, 2);
      assert.match(text, expected);
    });
  }
  it('of a proof that does not hold, --json says so', async () => {
    const finished = await run(binary('enshrine'), ['proof', 'verify', '--json', '--kind', 'groth16', '--vk', files.vk, '--proof', files.proof, '--public', written('other.public.json', '["1","2","3"]')]);
    const answer = JSON.parse(finished.stdout) as { accepted: boolean; error: string };
    assert.deepEqual([finished.status, answer.accepted], [1, false]);
    assert.ok(answer.error.length > 0);
  });
});

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
