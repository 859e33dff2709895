// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// What a user's side needs: a payment key out of the wallet that is there already, and signed transfers.
import type { Hex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { PaymentKey } from './babyjub.ts';
import { keyHash, kinds, orderMessage, type Order } from './payload.ts';
import { addressOf, fromHex } from './wire.ts';

export const keyMessage = 'This signature is my payment key for Enshrine payments_zk. I give it to no website that I do not trust.';

/**
 * The payment key of an L1 account: from its signature of a fixed text (EIP-191), so that every wallet can make it again. RFC 6979
 * makes the signature the same each time.
 */
export async function paymentKey(l1Key: Hex): Promise<PaymentKey> {
  return new PaymentKey(fromHex(await privateKeyToAccount(l1Key).signMessage({ message: keyMessage })));
}

/** What depositAndCall names as receiver, with value zero, to set the payment key of its sender. */
export function keyAddress(key: PaymentKey): Hex {
  return addressOf(keyHash(key.point));
}

const hex = (value: bigint): Hex => `0x${value.toString(16)}`;

/** A transfer as zk_sendTransfer takes it. */
export function signTransfer(key: PaymentKey, domain: bigint, order: Order): Record<string, unknown> {
  const { r, s } = key.sign(orderMessage(domain, order));
  return {
    kind: order.kind === kinds.payment ? 'payment' : 'withdrawal',
    from: addressOf(order.from),
    to: addressOf(order.to),
    amount: hex(order.amount),
    nonce: hex(order.nonce),
    key: key.point.map(hex),
    r: r.map(hex),
    s: hex(s),
  };
}
