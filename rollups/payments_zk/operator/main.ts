// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// The operator as a process. Everything it needs to go on after a crash stands on the L1.
//
//   main.ts --l1 URL --rollup ID --key 0x… [--port PORT] [--cache FOLDER]
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Hex } from 'viem';
import { binaries, binary } from '../../../scripts/scenario/paths.ts';
import { sleep } from '../../../scripts/scenario/processes.ts';
import { circuitFiles } from './circuit_files.ts';
import { L1 } from './l1.ts';
import { Operator } from './operator.ts';
import { serve } from './server.ts';

const roundMs = 500;
const collectMs = 3_000;

function readOptions(): { l1: string; rollup: bigint; key: Hex; port: number; cache: string } {
  const { values } = parseArgs({ options: { l1: { type: 'string' }, rollup: { type: 'string' }, key: { type: 'string' }, port: { type: 'string' }, cache: { type: 'string' } } });
  const { l1, rollup, key } = values;
  if (l1 === undefined || rollup === undefined || key === undefined || !/^0x[0-9a-f]{64}$/i.test(key)) {
    console.error('usage: main.ts --l1 URL --rollup ID --key 0x… [--port PORT] [--cache FOLDER]');
    process.exit(2);
  }
  return { l1, rollup: BigInt(rollup), key: key as Hex, port: Number(values.port ?? 0), cache: values.cache ?? join(binaries, '..', '..', 'payments_zk') };
}

const log = (line: string): void => console.log(`${new Date().toISOString()} ${line}`);

async function forever(name: string, running: () => boolean, round: () => Promise<unknown>): Promise<void> {
  while (running()) {
    try {
      if (await round() !== undefined) continue;
    } catch (error) {
      log(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
    await sleep(roundMs);
  }
}

const options = readOptions();
const files = await circuitFiles(options.cache, binary('enshrine'));
const operator = await Operator.open({ rollup: options.rollup, l1: new L1(options.l1, options.key), files, log });
const { url, server } = await serve(operator, options.port);
log(`rollup ${options.rollup} at ${url}, ${operator.batches.length} batches so far`);

let stopped = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => { stopped = true; });
await Promise.all([
  forever('order', () => !stopped, () => operator.order(collectMs)),
  forever('settle', () => !stopped, () => operator.settle()),
]);
server.close();
await operator.end();
process.exit(0);
