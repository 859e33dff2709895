// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Published data from the command line: commitments, proofs and rebuilding without a network, then everything over a
// devnet with storage nodes, and the tutorial as it stands.
import { strict as assert } from 'node:assert';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { rpc, RpcFailure, type Devnet } from '../../scripts/scenario/devnet.ts';
import { binary } from '../../scripts/scenario/paths.ts';
import { run, waitFor } from '../../scripts/scenario/processes.ts';
import { startDevnet, temporaryFolder, runTutorial } from './environment.ts';

type Result = Awaited<ReturnType<typeof run>>;
interface Shape { dataRows: number; parityRows: number; rowBytes: number }
interface Commitment { commitment: string; shape: Shape }
interface Blobs { blobs: { commitment: string; versionedHash: string }[] }
interface Submission { height: number; commitment: string; index: number; transaction: string; certificate: string }

const da = (...args: string[]): Promise<Result> => run(binary('enshrine'), ['da', ...args]);
async function daJson<T>(...args: string[]): Promise<T> {
  const finished = await da(...args, '--json');
  assert.equal(finished.status, 0, finished.stdout + finished.stderr);
  return JSON.parse(finished.stdout) as T;
}
async function refusal(status: number, ...args: string[]): Promise<string> {
  const finished = await da(...args);
  assert.equal(finished.status, status, finished.stdout + finished.stderr);
  return finished.stderr;
}

/** Bytes that repeat nowhere near. */
function pattern(size: number, seed: number): Buffer {
  const out = Buffer.alloc(size);
  let state = seed;
  for (let i = 0; i < size; i++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    out[i] = state >>> 16;
  }
  return out;
}

describe('da without a network', { timeout: 300_000 }, () => {
  const folder = temporaryFolder('da-offline');
  const file = (name: string, content?: Buffer | string): string => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    if (content !== undefined) writeFileSync(path, content);
    return path;
  };
  const lastByteRows = (rows: number, rowBytes: number): Buffer => {
    const out = Buffer.alloc(rows * rowBytes);
    for (let i = 0; i < rows; i++) out[(i + 1) * rowBytes - 1] = i + 1;
    return out;
  };

  it('commit reproduces the published vectors of rsema1d', async () => {
    const vectors: [number, number, number, string][] = [
      [4, 4, 64, '0xf57fdff87d54f71bc0c860808b046356c8d4850e67b923e08411208df08cb5ab'],
      [4, 12, 256, '0x8ac46440862f280346635eee5075f81ff04b659fb7a86c1e25a28f5f71c3f97e'],
    ];
    for (const [data, parity, bytes, commitment] of vectors) {
      const rows = file('rows', lastByteRows(data, bytes));
      const shape = ['--data-rows', String(data), '--parity-rows', String(parity), '--row-bytes', String(bytes)];
      assert.equal((await daJson<Commitment>('commit', rows, '--raw', ...shape)).commitment, commitment);
      assert.match(await refusal(2, 'commit', file('short', lastByteRows(data, bytes).subarray(1)), '--raw', ...shape), new RegExp(`expected ${data * bytes} bytes.*got ${data * bytes - 1}`));
    }
  });

  it('commit refuses what has no commitment and names it', async () => {
    assert.match(await refusal(2, 'commit', file('empty', '')), /no bytes/);
    assert.match(await refusal(2, 'commit', file('absent')), /cannot read/);
    const some = file('some', pattern(100, 1));
    assert.match(await refusal(2, 'commit', some, '--raw'), /--raw needs --data-rows/);
    assert.match(await refusal(2, 'commit', some, '--data-rows', '3', '--parity-rows', '5', '--row-bytes', '64'), /--data-rows.*got 3, 5 and 64/);
    assert.equal((await da('commit', some, '--scheme', 'rs')).status, 2);
  });

  it('rows and single data rows are proved, verified and give the file back', async () => {
    const original = pattern(100_000, 7);
    const source = file('source', original);
    const { commitment, shape } = await daJson<Commitment>('commit', source);
    const rows = file('pieces/rows.json');
    await daJson('prove', source, '--rows', `0-9,${shape.dataRows}-${2 * shape.dataRows - 12}`, '--out', file('pieces/rows.json'));
    await daJson('prove', source, '--row', '20', '--out', file('pieces/row.json'));
    await daJson('verify', rows, file('pieces/row.json'), '--commitment', commitment);

    const rebuilt = file('rebuilt');
    assert.match(await refusal(1, 'reconstruct', rows, '--commitment', commitment, '--out', rebuilt), new RegExp(`${shape.dataRows} distinct rows are needed, got ${shape.dataRows - 1}`));
    await daJson('reconstruct', file('pieces'), '--commitment', commitment, '--out', rebuilt);
    assert.deepEqual(readFileSync(rebuilt), original);

    // A row that lies is named and not used; without it one is missing.
    const lie = JSON.parse(readFileSync(file('pieces/row.json'), 'utf8')) as { row: string };
    lie.row = lie.row.slice(0, -1) + (lie.row.endsWith('0') ? '1' : '0');
    writeFileSync(file('pieces/row.json'), JSON.stringify(lie));
    assert.match(await refusal(1, 'verify', file('pieces/row.json'), '--commitment', commitment), /row 20: /);
    assert.match(await refusal(1, 'reconstruct', file('pieces'), '--commitment', commitment, '--out', rebuilt), /not used: .*row\.json: row 20: /);
  });

  it('verify refuses another commitment and unusable files', async () => {
    const source = file('source', pattern(5_000, 3));
    const { commitment } = await daJson<Commitment>('commit', source);
    const proof = file('proof.json');
    await daJson('prove', source, '--rows', '0,255', '--out', proof);
    const other = `0x${'11'.repeat(32)}`;
    assert.match(await refusal(1, 'verify', proof, '--commitment', other), new RegExp(`expected ${other}, got ${commitment}`));
    assert.match(await refusal(2, 'verify', proof, '--commitment', '0x1234'), /--commitment: expected 32 bytes/);
    const spoil = async (change: (json: Record<string, unknown>) => void, status: number, message: RegExp): Promise<void> => {
      const json = JSON.parse(readFileSync(proof, 'utf8')) as Record<string, unknown>;
      change(json);
      assert.match(await refusal(status, 'verify', file('spoiled.json', JSON.stringify(json)), '--commitment', commitment), message);
    };
    await spoil((json) => { json['kind'] = 'row'; }, 2, /kind: expected rows, dataRow, cells or point, got row/);
    await spoil((json) => { delete json['rowRoot']; }, 2, /rowRoot: expected 0x-hex bytes, got nothing/);
    await spoil((json) => { (json['rows'] as { index: unknown }[])[1]!.index = -1; }, 2, /rows\[1\]\.index: expected a whole number.*got -1/);
    await spoil((json) => { (json['shape'] as { rowBytes: number }).rowBytes = 65; }, 2, /shape: /);
    await spoil((json) => { (json['siblings'] as string[]).pop(); }, 1, /rows 0,255: /);
    await spoil((json) => { (json['siblings'] as string[]).push(other); }, 1, /rows 0,255: /);
    await spoil((json) => { (json['rows'] as unknown[]).reverse(); }, 1, /rows /);
    await spoil((json) => { const combinations = json['combinations'] as string; json['combinations'] = `0x${combinations[2] === '0' ? '1' : '0'}${combinations.slice(3)}`; }, 1, /combinations: /);
    assert.match(await refusal(2, 'verify', file('text', 'no JSON'), '--commitment', commitment), /expected JSON/);
    for (const wrong of [['--row', '64'], ['--rows', '256'], ['--rows', '5-4'], ['--rows', 'x'], [], ['--row', '1', '--rows', '2'], ['--cells', '128']]) {
      assert.equal((await da('prove', source, ...wrong)).status, 2, wrong.join(' '));
    }
  });

  it('several files share a matrix', async () => {
    const [first, second] = [pattern(1_000, 1), pattern(70_000, 2)];
    const files = [file('first', first), file('second', second)];
    const { commitment, shape } = await daJson<Commitment>('commit', ...files);
    const proof = file('several.json');
    await daJson('prove', ...files, '--rows', `${shape.parityRows}-${shape.dataRows + shape.parityRows - 1}`, '--out', proof);
    assert.match(await refusal(2, 'reconstruct', proof, '--commitment', commitment), /carries 2 blobs/);
    for (const [blob, content] of [['0', first], ['1', second]] as const) {
      await daJson('reconstruct', proof, '--commitment', commitment, '--sizes', '1000,70000', '--blob', blob, '--out', file('out'));
      assert.deepEqual(readFileSync(file('out')), content);
    }
    assert.equal((await da('reconstruct', proof, '--commitment', commitment, '--sizes', '1000,90000')).status, 2);
  });

  it('blobs of EIP-4844: any 64 cells give the file back, a point is proved', async () => {
    const original = pattern(200_000, 9);
    const source = file('source', original);
    const { blobs } = await daJson<Blobs>('commit', source, '--scheme', 'kzg');
    assert.equal(blobs.length, 2);
    await daJson('prove', source, '--cells', '1-20,50-93', '--out', file('cells/0.json'));
    await daJson('prove', source, '--blob', '1', '--cells', '64-127', '--out', file('cells/1.json'));
    await daJson('verify', file('cells/0.json'), '--commitment', blobs[0]!.versionedHash);
    await daJson('verify', file('cells/0.json'), '--commitment', blobs[0]!.commitment);
    const commitments = blobs.flatMap((blob) => ['--commitment', blob.versionedHash]);
    await daJson('reconstruct', file('cells'), ...commitments, '--out', file('out'));
    assert.deepEqual(readFileSync(file('out')), original);

    const one = JSON.parse(readFileSync(file('cells/1.json'), 'utf8')) as { cells: { proof: string }[] };
    one.cells[3]!.proof = one.cells[4]!.proof;
    writeFileSync(file('cells/1.json'), JSON.stringify(one));
    assert.match(await refusal(1, 'verify', file('cells/1.json'), '--commitment', blobs[1]!.commitment), /cell 67: proof does not hold/);
    assert.match(await refusal(1, 'reconstruct', file('cells'), ...commitments), /64 of 128 cells are needed, got 0 that verify[^]*1\.json: cell 67/);

    await daJson('prove', source, '--point', 'challenge', '--out', file('point.json'));
    await daJson('verify', file('point.json'), '--commitment', blobs[0]!.versionedHash);
    assert.equal((await da('prove', source, '--point', `0x${'ff'.repeat(32)}`)).status, 2);
  });
});

describe('da on a devnet with storage nodes', { timeout: 600_000 }, () => {
  const folder = temporaryFolder('da');
  const file = (name: string, content?: Buffer): string => {
    if (content !== undefined) writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const nameSpace = `0x${'c1'.repeat(32)}`;
  let devnet: Devnet;
  let l1: string;
  before(async () => {
    devnet = await startDevnet(folder, ['--storage-nodes', '4']);
    l1 = devnet.info.l1.rpc;
    process.env['ENSHRINE_L1'] = l1;
  });
  after(async () => { await devnet?.stop(); });

  const submitted = async (args: string[]): Promise<Submission[]> => (await daJson<{ blobs: Submission[] }>('submit', ...args)).blobs;

  it('submit, get, get-all, has, proof, included, sample', async () => {
    const [first, second] = [pattern(40_000, 1), pattern(123, 2)];
    const blobs = await submitted([file('first', first), file('second', second), '--namespace', nameSpace]);
    const [one, two] = [blobs[0]!, blobs[1]!];
    assert.equal(one.commitment, two.commitment, 'small blobs share a matrix');
    assert.notEqual(one.index, two.index);

    assert.match(await refusal(2, 'get', one.commitment), new RegExp(`--index: expected one of ${one.index}, ${two.index}`));
    await daJson('get', one.commitment, '--index', String(two.index), '--out', file('out'));
    assert.deepEqual(readFileSync(file('out')), second);
    const all = await daJson<{ file: string }[]>('get-all', '--height', String(one.height), '--namespace', nameSpace, '--out', file('all'));
    assert.deepEqual(all.map((entry) => readFileSync(entry.file)), [first, second]);
    assert.equal((await da('has', one.commitment)).status, 0);
    assert.equal((await da('has', nameSpace)).status, 1);

    const proof = file('proof.json');
    const { blockHash } = await daJson<{ blockHash: string }>('proof', '--height', String(one.height), '--namespace', nameSpace, '--commitment', one.commitment, '--out', proof);
    assert.equal((await da('included', proof, '--block-hash', blockHash, '--namespace', nameSpace, '--commitment', one.commitment)).status, 0);
    assert.match(await refusal(1, 'included', proof, '--block-hash', nameSpace, '--namespace', nameSpace), /block hash: expected 0xc1c1/);
    assert.match(await refusal(1, 'included', proof, '--block-hash', blockHash, '--namespace', '0xc2'), /namespace: expected 0xc2/);

    const progress = file('samples');
    const sample = ['sample', '--height', String(one.height), '--progress', progress];
    const report = await daJson<{ available: boolean; published: { verdict: string; verified: number; missProbability: number; rows: { index: number }[] }[] }>(...sample);
    assert.ok(report.available);
    assert.ok(report.published[0]!.missProbability < 1e-6);
    const again = await daJson<typeof report>(...sample);
    assert.deepEqual(again.published[0]!.rows, report.published[0]!.rows, 'what was drawn stays drawn');
  });

  it('a key of one\'s own publishes a matrix of its own', async () => {
    const large = pattern(3_000_000, 5);
    const [blob] = await submitted([file('large', large), '--namespace', nameSpace, '--key', 'alice']);
    assert.equal(blob!.commitment, (await daJson<Commitment>('commit', file('large'))).commitment);
    await daJson('get', blob!.commitment, '--out', file('out'));
    assert.deepEqual(readFileSync(file('out')), large);
  });

  it('subscribe hears of new blobs', async () => {
    const { height } = await daJson<{ height: number }>('sample', '--height', String(Number(await rpc<string>(l1, 'eth_blockNumber'))));
    const listening = da('subscribe', '--namespace', '0xbeef', '--from', String(height), '--count', '1', '--seconds', '120', '--json');
    const [blob] = await submitted([file('news', pattern(10, 8)), '--namespace', '0xbeef']);
    const heard = JSON.parse((await listening).stdout) as Submission;
    assert.deepEqual([heard.commitment, heard.height], [blob!.commitment, blob!.height]);
  });

  it('submissions that the L1 would refuse name their field', async () => {
    assert.match(await refusal(1, 'submit', file('news'), '--rollup', '77'), /blobs\[0\]\.namespace: expected the namespace of a registered rollup/);
    assert.match(await refusal(2, 'submit', file('news'), '--namespace', 'beef'), /--namespace: expected 1 to 32 bytes as 0x-hex/);
    assert.match(await refusal(2, 'submit', file('news')), /--namespace or --rollup/);
    assert.match(await refusal(1, 'get', nameSpace), /no block has published/);
    assert.equal((await da('sample', nameSpace)).status, 1);
  });

  it('the point-evaluation precompile answers as Ethereum\'s', async () => {
    const point = file('point.json');
    await daJson('prove', file('news'), '--point', 'challenge', '--out', point);
    const { precompileInput } = JSON.parse(readFileSync(point, 'utf8')) as { precompileInput: string };
    const to = `0x${'00'.repeat(19)}0a`;
    const output = await rpc<string>(l1, 'eth_call', [{ to, data: precompileInput }, 'latest']);
    assert.equal(output, '0x000000000000000000000000000000000000000000000000000000000000100073eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001');
    assert.equal(await rpc<string>(l1, 'eth_estimateGas', [{ to, data: precompileInput }]), `0x${(21_000 + 192 * 4 + 50_000).toString(16)}`);
    for (const wrong of [`${precompileInput.slice(0, -1)}0`, `${precompileInput}00`, '0x']) {
      if (wrong === precompileInput) continue;
      await assert.rejects(rpc(l1, 'eth_call', [{ to, data: wrong }, 'latest']), RpcFailure);
      await assert.rejects(rpc(l1, 'eth_estimateGas', [{ to, data: wrong }]), RpcFailure);
    }
    assert.equal(await rpc<string>(l1, 'eth_getCode', [to, 'latest']), '0x');
  });

  it('the tutorial does what it says', async () => {
    const here = file('tutorial');
    mkdirSync(here);
    const finished = await runTutorial('data_availability.md', here);
    assert.equal(finished.status, 0, finished.stdout + finished.stderr);
  });
});

/** An L1 node that answers truly but for what `distort` makes of a call's answer; it may also change the question. */
async function distortingNode(l1: string, distort: (call: Call, ask: (call: Call) => Promise<Answer>) => Promise<Answer>): Promise<{ url: string; close: () => void }> {
  const ask = async (call: Call): Promise<Answer> => {
    const response = await fetch(l1, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(call) });
    return await response.json() as Answer;
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const call = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Call;
      (call.method === 'da_sample' ? distort(call, ask) : ask(call)).then(
        (answer) => { response.setHeader('content-type', 'application/json').end(JSON.stringify(answer)); },
        () => { response.destroy(); },
      );
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => { server.close(); server.closeAllConnections(); } };
}
interface Call { id: number; method: string; params: unknown[] }
interface Answer { result?: { cells: { index: string; cell: string; proof: string }[] }; error?: unknown }
interface CellReport {
  available: boolean;
  published: { scheme: string; versionedHash: string; verdict: string; drawn: number; verified: number; missProbability: number; reason?: string; cells: { index: number; valid: boolean }[] }[];
}

describe('da sample of EIP-4844 blobs', { timeout: 600_000 }, () => {
  const folder = temporaryFolder('da-cells');
  let devnet: Devnet;
  let l1: string;
  let height = 0;
  before(async () => {
    devnet = await startDevnet(folder, ['--da', 'kzg']);
    l1 = devnet.info.l1.rpc;
    // The exchange gets its market in a batch of its own.
    height = await waitFor('a block with a blob', 60_000, async () => {
      const head = Number(await rpc<string>(l1, 'eth_blockNumber'));
      for (let at = 1; at <= head; at++) {
        const entries = await rpc<{ scheme: string }[]>(l1, 'da_publicationsAt', [`0x${at.toString(16)}`]);
        if (entries.some((entry) => entry.scheme === 'kzg')) return at;
      }
      return undefined;
    });
  });
  after(async () => { await devnet?.stop(); });

  /** With `status`, the report of a sample of the block over these nodes, which are asked once. */
  const sample = async (status: number, nodes: string[], ...args: string[]): Promise<CellReport> => {
    const finished = await da('sample', '--height', String(height), ...nodes.flatMap((node) => ['--l1', node]), '--rounds', '1', ...args, '--json');
    assert.equal(finished.status, status, finished.stdout + finished.stderr);
    return JSON.parse(finished.stdout) as CellReport;
  };

  it('cells verify, and what was drawn stays drawn', async () => {
    const progress = ['--progress', join(folder, 'cells')];
    const report = await sample(0, [l1], ...progress);
    assert.ok(report.available);
    const blob = report.published[0]!;
    assert.deepEqual([blob.scheme, blob.verdict, blob.verified], ['kzg', 'available', blob.drawn]);
    assert.ok(blob.missProbability < 1e-12);
    assert.equal(new Set(blob.cells.map((cell) => cell.index)).size, blob.drawn);
    assert.deepEqual((await sample(0, [l1], ...progress)).published[0]!.cells, blob.cells);
    assert.match((await da('sample', '--height', String(height), '--l1', l1)).stdout, /available: \d+ of \d+ cells verified[^]*product over i </);
  });

  it('a damaged cell is not counted and named; another node makes up for it', async () => {
    let damaged = '';
    const node = await distortingNode(l1, async (call, ask) => {
      const answer = await ask(call);
      const cell = answer.result!.cells[0]!;
      damaged = cell.index;
      cell.cell = cell.cell.slice(0, -1) + (cell.cell.endsWith('0') ? '1' : '0');
      return answer;
    });
    try {
      const report = await sample(1, [node.url]);
      assert.equal(report.available, false);
      const blob = report.published[0]!;
      assert.deepEqual([blob.verdict, blob.verified], ['withheld', blob.drawn - 1]);
      assert.equal(blob.reason, `cell ${Number(damaged)} does not verify`);
      assert.deepEqual(blob.cells.filter((cell) => !cell.valid).map((cell) => cell.index), [Number(damaged)]);
      assert.ok((await sample(0, [node.url, l1])).available);
    } finally {
      node.close();
    }
  });

  it('a proof of another cell and a cell that is left out do not pass', async () => {
    const swapped = await distortingNode(l1, async (call, ask) => {
      const answer = await ask(call);
      const cells = answer.result!.cells;
      cells[0]!.proof = cells[cells.length - 1]!.proof;
      return answer;
    });
    const shortened = await distortingNode(l1, async (call, ask) => {
      const answer = await ask(call);
      answer.result!.cells.pop();
      return answer;
    });
    try {
      const blob = (await sample(1, [swapped.url])).published[0]!;
      assert.deepEqual([blob.verdict, blob.verified], ['withheld', blob.drawn - 1]);
      const other = (await sample(1, [shortened.url])).published[0]!;
      assert.deepEqual([other.verdict, other.verified, other.reason], ['withheld', other.drawn - 1, 'cells were left out']);
    } finally {
      swapped.close();
      shortened.close();
    }
  });

  it('a blob that the node does not have is withheld, a node that does not answer proves nothing', async () => {
    const missing = await distortingNode(l1, (call, ask) => ask({ ...call, params: [`0x01${'11'.repeat(31)}`, ...call.params.slice(1)] }));
    const silent = await distortingNode(l1, () => Promise.reject(new Error('silent')));
    try {
      const blob = (await sample(1, [missing.url])).published[0]!;
      assert.deepEqual([blob.verdict, blob.verified], ['withheld', 0]);
      assert.match(blob.reason ?? '', /\S/);
      const unanswered = (await sample(1, [silent.url])).published[0]!;
      assert.deepEqual([unanswered.verdict, unanswered.verified], ['inconclusive', 0]);
      assert.ok((await sample(0, [silent.url, missing.url, l1])).available);
    } finally {
      missing.close();
      silent.close();
    }
  });
});
