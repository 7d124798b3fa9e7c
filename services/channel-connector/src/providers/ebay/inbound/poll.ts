import type { PollResult } from '../../inbound.js';
import { fieldsOf, jsonOf, listOf, timeOf, wholeOf } from '../../reading.js';
import type { EbayClient } from '../client.js';
import { eventsOfOrder } from './orders.js';
import { verdictOf } from '../read.js';

const ORDERS_PER_PAGE = 200;
/** An order may be listed some time after the moment that it carries; the same order read twice changes nothing. */
const OVERLAP_MS = 120_000;
/** Pages of one window; more orders than that changed at one moment cannot be. */
const MOST_PAGES = 500;

interface Cursor {
  readonly from: number;
  /** End of the window that is being read page by page; absent between windows. */
  readonly to?: number;
  readonly offset?: number;
}

/** Orders that changed since the cursor, one page at a time. */
export async function pollOrders(client: EbayClient, stored: string | null): Promise<PollResult> {
  const now = client.tools.now();
  const cursor = readCursor(stored);
  if (cursor === undefined) return { account: { kind: 'ok' }, events: [], cursor: JSON.stringify({ from: now }), more: false };
  const to = cursor.to ?? now;
  const offset = cursor.offset ?? 0;
  const filter = `lastmodifieddate:[${new Date(cursor.from).toISOString()}..${new Date(to).toISOString()}]`;
  const query = new URLSearchParams({ filter, limit: String(ORDERS_PER_PAGE), offset: String(offset) });
  const reply = await client.call({ method: 'GET', path: `/sell/fulfillment/v1/order?${query.toString()}` });
  if (reply.kind !== 'answered' || reply.status > 299) return { account: verdictOf(reply), events: [], cursor: stored, more: false };
  const body = fieldsOf(reply.body);
  const orders = listOf(body['orders']);
  const total = wholeOf(body['total']) ?? 0;
  const next = offset + orders.length;
  const more = orders.length > 0 && next < total && next < ORDERS_PER_PAGE * MOST_PAGES;
  const following: Cursor = more ? { from: cursor.from, to, offset: next } : { from: Math.max(cursor.from, to - OVERLAP_MS) };
  return {
    account: { kind: 'ok' },
    events: orders.flatMap((order) => eventsOfOrder(order, client.account.settings)),
    cursor: JSON.stringify(following),
    more,
    ...(more ? {} : { ordersBehindMs: now - to }),
  };
}

function readCursor(stored: string | null): Cursor | undefined {
  if (stored === null) return undefined;
  const { from, to, offset } = fieldsOf(jsonOf(Buffer.from(stored)));
  const start = timeOf(from);
  if (start === undefined) return undefined;
  const end = timeOf(to);
  return end === undefined ? { from: start } : { from: start, to: end, offset: wholeOf(offset) ?? 0 };
}
