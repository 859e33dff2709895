// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// The operator as a process. Everything it needs to go on after a crash stands on the L1.
//
//   main.ts --l1 URL --rollup ID --key KEY [--port PORT] [--cache FOLDER] [--snapshot FILE]
import { readFileSync } from 'node:fs';
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

const usage = `usage: main.ts --l1 URL --rollup ID --key KEY [--port PORT] [--cache FOLDER] [--snapshot FILE]
  --l1 URL        an L1 node
  --rollup ID     the rollup, registered for this circuit
  --key KEY       secret key of its sequencer, or of whoever pays for its batches in an open lane: 0x-hex, or @FILE with that
  --port PORT     where the endpoint listens on the loopback interface; 0, the default: a free port
  --cache FOLDER  where the circuit and its keys are kept
  --snapshot FILE where the accounts behind the last settled batch are kept; without it a start needs every payload there was`;

interface Options {
  l1: string;
  rollup: bigint;
  key: Hex;
  port: number;
  cache: string;
  snapshot: string | undefined;
}

function readKey(text: string): Hex {
  const key = text.startsWith('@') ? readFileSync(text.slice(1), 'utf8').trim() : text;
  if (!/^0x[0-9a-f]{64}$/i.test(key)) throw new Error('--key: expected 32 bytes as 0x-hex, or @FILE with them');
  return key as Hex;
}

function readNumber(name: string, text: string | undefined, max: number): number {
  const out = Number(text);
  if (text === undefined || !/^\d+$/.test(text) || out > max) throw new Error(`${name}: expected a number up to ${max}, got ${text ?? 'none'}`);
  return out;
}

function readOptions(): Options {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { l1: text, rollup: text, key: text, port: text, cache: text, snapshot: text } });
  if (values.l1 === undefined || !URL.canParse(values.l1)) throw new Error(`--l1: expected a URL, got ${values.l1 ?? 'none'}`);
  return {
    l1: values.l1,
    rollup: BigInt(readNumber('--rollup', values.rollup, 2 ** 52)),
    key: readKey(values.key ?? ''),
    port: readNumber('--port', values.port ?? '0', 65_535),
    cache: values.cache ?? join(binaries, '..', '..', 'payments_zk'),
    snapshot: values.snapshot,
  };
}

function optionsOrExit(): Options {
  try {
    return readOptions();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    process.exit(2);
  }
}

const log = (line: string): void => console.log(`${new Date().toISOString()} ${line}`);

/** Logs an error once while it lasts. */
async function forever(name: string, running: () => boolean, round: () => Promise<unknown>): Promise<void> {
  let last: string | undefined;
  while (running()) {
    try {
      const done = await round();
      last = undefined;
      if (done !== undefined) continue;
    } catch (error) {
      const line = `${name}: ${error instanceof Error ? error.message : String(error)}`;
      if (line !== last) log(line);
      last = line;
    }
    await sleep(roundMs);
  }
}

const options = optionsOrExit();
const files = await circuitFiles(options.cache, binary('enshrine'));
const operator = await Operator.open({ rollup: options.rollup, l1: new L1(options.l1, options.key), files, log, ...(options.snapshot === undefined ? {} : { snapshot: options.snapshot }) });
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
