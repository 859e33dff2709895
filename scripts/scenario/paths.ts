// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Where things lie in the repository and in its build.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Abi } from 'viem';

export const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const binaries = process.env['ENSHRINE_BIN'] ?? join(repository, 'build', 'release', 'bin');
export const rollupBuild = join(binaries, '..', 'rollups');
export const castProgram = join(repository, 'node_modules', '.bin', 'cast');

export function binary(name: string): string {
  return join(binaries, name);
}

/** The ABI of a system contract, or of a rollup program by its name. */
export function loadAbi(name: string): Abi {
  const path = name.startsWith('I')
    ? join(repository, 'contracts', 'interfaces', 'abi', `${name}.json`)
    : join(rollupBuild, `${name}.abi.json`);
  return JSON.parse(readFileSync(path, 'utf8')) as Abi;
}
