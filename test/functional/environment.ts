// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// What functional tests share: a folder of their own, processes that end with the test, free ports.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
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

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** A devnet of this test file, on a port of its own, with quick blocks. */
export async function startDevnet(folder: string, args: string[] = []): Promise<Devnet> {
  const port = await freePort();
  return Devnet.open({
    dataDir: join(folder, 'devnet'),
    args: ['--port', String(port), '--block-time-ms', '300', '--batch-interval-ms', '200', ...args],
  });
}
