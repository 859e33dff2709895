// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// What functional tests share: a folder of their own, processes that end with the test.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { Devnet } from '../../scripts/scenario/devnet.ts';

/** A folder that is removed behind the last test of the file, unless ENSHRINE_KEEP is set. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `enshrine-${name}-`));
  after(() => {
    if (process.env['ENSHRINE_KEEP'] === undefined) rmSync(folder, { recursive: true, force: true });
    else console.log(`kept ${folder}`);
  });
  return folder;
}

/** A devnet of this test file, on a free port, with quick blocks. */
export async function startDevnet(folder: string, args: string[] = []): Promise<Devnet> {
  return Devnet.open({
    dataDir: join(folder, 'devnet'),
    args: ['--port', '0', '--block-time-ms', '300', '--batch-interval-ms', '200', ...args],
  });
}
