// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// What the scenario says: lines while it runs, a table at its end, the same for machines.
import type { Hex } from 'viem';
import { rpc, type Devnet } from './devnet.ts';
import { toNumber, type Finality } from './chain.ts';

export interface Row {
  step: string;
  what: string;
  chain?: number;
  hash?: Hex;
  level?: string;
  /** Included, and refused by what it called. */
  reverted?: boolean;
  /** From sending to the level, milliseconds. */
  levelMs?: number;
  /** Since the scenario began, milliseconds. */
  atMs: number;
  result: string;
}

const colour = process.stdout.isTTY === true;
const paint = (code: number, text: string): string => (colour ? `\x1b[${code}m${text}\x1b[0m` : text);

export class Recorder {
  readonly rows: Row[] = [];
  readonly started = Date.now();
  private step = '';

  begin(step: string, title: string): void {
    this.step = step;
    console.log(`\n${paint(1, `${step}  ${title}`)}`);
  }

  /** A fact that the step has established. */
  add(what: string, result: string, txn?: { chain: number; hash: Hex }): void {
    const row: Row = { step: this.step, what, atMs: Date.now() - this.started, result, ...txn };
    this.rows.push(row);
    console.log(`  ${paint(32, '✓')} ${what}: ${result}${txn === undefined ? '' : paint(2, `  ${txn.hash}`)}`);
  }

  /** Asks every chain which level the transactions have reached by now. */
  async finishLevels(devnet: Devnet): Promise<void> {
    for (const row of this.rows) {
      if (row.hash === undefined || row.chain === undefined) continue;
      const onL1 = row.chain === devnet.info.l1.chainId;
      const receipt = await rpc<{ status: Hex } | null>(onL1 ? devnet.info.l1.rpc : devnet.rollup(row.chain).rpc, 'eth_getTransactionReceipt', [row.hash]);
      row.reverted = receipt?.status === '0x0';
      if (onL1) {
        row.level = 'P3';  // in a committed and synced block
        continue;
      }
      const finality = await rpc<Finality>(devnet.rollup(row.chain).rpc, 'rollup_getFinality', [row.hash]);
      row.level = finality.level ?? finality.status;
      const begin = finality.times.P0;
      const end = finality.level === undefined ? undefined : finality.times[finality.level];
      if (begin !== undefined && end !== undefined) row.levelMs = toNumber(end) - toNumber(begin);
    }
  }

  table(): string {
    const header = ['step', 'what', 'chain', 'transaction', 'level', 'reached after', 'at'];
    const lines = this.rows.filter((row) => row.hash !== undefined).map((row) => [
      row.step, row.what, String(row.chain ?? ''), row.hash ?? '', `${row.level ?? ''}${row.reverted === true ? ' refused' : ''}`,
      row.levelMs === undefined ? '' : `${(row.levelMs / 1000).toFixed(1)} s`, `${(row.atMs / 1000).toFixed(1)} s`,
    ]);
    const widths = header.map((title, i) => Math.max(title.length, ...lines.map((line) => line[i]?.length ?? 0)));
    const format = (cells: string[]): string => cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ').trimEnd();
    return [paint(1, format(header)), ...lines.map(format)].join('\n');
  }
}

export function guide(devnet: Devnet): string {
  const { l1, rollups, accounts, contracts } = devnet.info;
  const first = rollups[0];
  const lines = ['', 'endpoints'];
  lines.push(`  L1         chain ${l1.chainId}  ${l1.rpc}`);
  for (const rollup of rollups) lines.push(`  ${rollup.name.padEnd(10)} chain ${rollup.chainId}  ${rollup.rpc}  program at ${rollup.program}`);
  lines.push('', 'system contracts');
  for (const [name, address] of Object.entries(contracts)) lines.push(`  ${name.padEnd(18)} ${address}`);
  lines.push('', 'accounts (public keys of every devnet)');
  for (const account of accounts) lines.push(`  ${account.name.padEnd(14)} ${account.address}  ${account.key}`);
  if (first !== undefined) {
    lines.push('', 'try (cast is node_modules/.bin/cast)',
      `  cast balance $BOB --rpc-url ${first.rpc}`,
      `  cast send $BOB --value 0.1ether --private-key $ALICE_KEY --rpc-url ${first.rpc}`,
      `  cast send ${contracts.IInbox} 'deposit(uint64,address)' ${first.chainId} $ALICE --value 1ether --private-key $ALICE_KEY --rpc-url ${l1.rpc}`,
      `  cast rpc rollup_status 0x${first.chainId.toString(16)} --rpc-url ${l1.rpc}`,
      `  eval "$(build/release/bin/enshrine devnet env --data-dir ${devnet.info.dataDir})"   sets ALICE, ALICE_KEY, BOB, …`);
  }
  return lines.join('\n');
}
