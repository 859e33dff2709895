// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Runs the forge tests of contracts/ on proofs that our own code makes: forge_test.mjs FIXTURE_PROGRAM FOLDER
//   FIXTURE_PROGRAM  writes the fixtures; FOLDER, below build/, holds them and forge's output.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const [program, folder] = process.argv.slice(2);
if (program === undefined || folder === undefined) {
  console.error('usage: forge_test.mjs FIXTURE_PROGRAM FOLDER');
  process.exit(2);
}
const repository = join(dirname(fileURLToPath(import.meta.url)), '..');
const output = resolve(folder);
const fixtures = join(output, 'proofs');
rmSync(fixtures, { recursive: true, force: true });
mkdirSync(fixtures, { recursive: true });

function run(command, parameters, environment) {
  const { status, error } = spawnSync(command, parameters, { stdio: 'inherit', env: { ...process.env, ...environment } });
  if (error !== undefined) console.error(`${command}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

run(program, [fixtures], {});
run(join(repository, 'node_modules/@foundry-rs/forge-linux-amd64/bin/forge'), [
  'test', '--offline', '--root', join(repository, 'contracts'), '--use', join(repository, 'tools/solc_shim.mjs'),
  '--out', join(output, 'out'), '--cache-path', join(output, 'cache'), '--fuzz-seed', '1',
], {
  // The shim runs by the node that runs this; forge keeps what it remembers of a user beside its output.
  PATH: dirname(process.execPath) + delimiter + (process.env.PATH ?? ''),
  HOME: output,
  ENSHRINE_PROOF_FIXTURES: fixtures,
});
