// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// The rollup's endpoint: JSON-RPC over HTTP. `eth_*` for what a wallet shows, `zk_*` for transfers, which payment keys sign.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Operator } from './operator.ts';
import { kinds, type SignedOrder } from './payload.ts';
import { order as fieldOrder } from './field.ts';
import { word } from './wire.ts';

class Refused extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}
const invalidParams = (message: string): Refused => new Refused(-32602, message);
const bodyBytesMax = 64 * 1024;

function number(name: string, value: unknown, limit: bigint, range = `below 2^${(limit - 1n).toString(2).length}`): bigint {
  if (typeof value !== 'string' || !/^0x[0-9a-f]+$/i.test(value)) throw invalidParams(`${name}: expected a 0x-hex string, got ${JSON.stringify(value)}`);
  const out = BigInt(value);
  if (out >= limit) throw invalidParams(`${name}: expected a number ${range}, got ${value}`);
  return out;
}
const element = (name: string, value: unknown): bigint => number(name, value, fieldOrder, "below the order of BN254's scalar field");
const addressLimit = 1n << 160n;
const address = (name: string, value: unknown): bigint => number(name, value, addressLimit);

export function readOrder(value: unknown): SignedOrder {
  if (typeof value !== 'object' || value === null) throw invalidParams('transfer: expected an object');
  const fields = value as Record<string, unknown>;
  const kind = fields['kind'] === 'payment' ? kinds.payment : fields['kind'] === 'withdrawal' ? kinds.withdrawal : undefined;
  if (kind === undefined) throw invalidParams(`kind: expected "payment" or "withdrawal", got ${JSON.stringify(fields['kind'])}`);
  const point = (name: string): [bigint, bigint] => {
    const list = fields[name];
    if (!Array.isArray(list) || list.length !== 2) throw invalidParams(`${name}: expected two coordinates`);
    return [element(`${name}[0]`, list[0]), element(`${name}[1]`, list[1])];
  };
  return {
    kind,
    from: address('from', fields['from']),
    to: address('to', fields['to']),
    amount: number('amount', fields['amount'], 1n << 128n),
    nonce: number('nonce', fields['nonce'], 1n << 64n),
    key: point('key'),
    signature: { r: point('r'), s: element('s', fields['s']) },
  };
}

const hex = (value: bigint | number): string => `0x${value.toString(16)}`;

type Method = (operator: Operator, params: unknown[]) => unknown;
const methods: Record<string, Method> = {
  eth_chainId: (operator) => hex(operator.rollup),
  net_version: (operator) => operator.rollup.toString(),
  eth_blockNumber: (operator) => hex(operator.batches.length),
  eth_getBalance: (operator, [owner]) => hex(operator.account(address('address', owner))?.balance ?? 0n),
  eth_getTransactionCount: (operator, [owner]) => hex(operator.account(address('address', owner))?.nonce ?? 0n),
  zk_getAccount: (operator, [owner]) => {
    const account = operator.account(address('address', owner));
    if (account === undefined) return null;
    return { balance: hex(account.balance), nonce: hex(account.nonce), keyHash: hex(account.key) };
  },
  zk_domain: (operator) => hex(operator.domain),
  zk_status: (operator) => ({
    batches: hex(operator.batches.length),
    settled: hex(operator.batches.filter(({ settled }) => settled).length),
    stateRoot: word(operator.state.root),
    waiting: hex(operator.waiting),
    unreadable: operator.unreadable === undefined ? null : { batch: hex(operator.unreadable.sequence), reason: operator.unreadable.reason },
  }),
  zk_sendTransfer: (operator, [transfer]) => {
    const order = readOrder(transfer);
    try {
      return word(operator.submit(order));
    } catch (error) {
      throw new Refused(-32000, error instanceof Error ? error.message : String(error));
    }
  },
  zk_getTransfer: (operator, [id]) => {
    const status = operator.orderStatus(element('id', id));
    return status === undefined ? null : { ...status, ...(status.batch === undefined ? {} : { batch: hex(status.batch) }) };
  },
  zk_getWithdrawals: (operator, [receiver]) => operator.withdrawals(address('receiver', receiver)).map((withdrawal) => ({
    ...withdrawal, batch: hex(withdrawal.batch), index: hex(withdrawal.index),
  })),
};

async function read(request: IncomingMessage): Promise<string> {
  let out = '';
  for await (const chunk of request) {
    out += String(chunk);
    if (out.length > bodyBytesMax) throw new Refused(-32600, `the body is longer than ${bodyBytesMax} bytes`);
  }
  return out;
}

function parse(text: string): { id: unknown; method: unknown; params: unknown } {
  let call: unknown;
  try {
    call = JSON.parse(text);
  } catch {
    throw new Refused(-32700, 'the body is not JSON');
  }
  if (typeof call !== 'object' || call === null || Array.isArray(call)) throw new Refused(-32600, 'expected one JSON-RPC call');
  const { id = null, method, params } = call as { id?: unknown; method?: unknown; params?: unknown };
  return { id, method, params };
}

async function answer(operator: Operator, request: IncomingMessage): Promise<unknown> {
  let id: unknown = null;
  try {
    const call = parse(await read(request));
    id = call.id;
    const method = typeof call.method === 'string' && Object.hasOwn(methods, call.method) ? methods[call.method] : undefined;
    if (method === undefined) throw new Refused(-32601, `there is no method ${String(call.method)}; transfers go through zk_sendTransfer`);
    const params = Array.isArray(call.params) ? call.params : [];
    return { jsonrpc: '2.0', id, result: method(operator, params) };
  } catch (error) {
    const code = error instanceof Refused ? error.code : -32603;
    return { jsonrpc: '2.0', id, error: { code, message: error instanceof Error ? error.message : String(error) } };
  }
}

/** Serves on the loopback interface; port 0 takes a free one. */
export async function serve(operator: Operator, port: number): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    void answer(operator, request).then((result) => {
      response.writeHead(200, { 'content-type': 'application/json', 'access-control-allow-origin': '*' });
      response.end(JSON.stringify(result));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}
