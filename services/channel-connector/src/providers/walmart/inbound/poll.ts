import type { ChannelEvent, PollResult } from '../../inbound.js';
import { fieldsOf, jsonOf, listOf, textOf, timeOf } from '../../reading.js';
import { verdictOf, type WalmartClient } from '../client.js';
import { eventsOfOrder, eventsOfReturn } from './orders.js';

const ROWS_PER_PAGE = 200;
/** Orders may be listed some time after the moment that they carry; what is read twice changes nothing. */
const OVERLAP_MS = 120_000;
/** Without it only orders of the last week are listed, however lately they changed. */
const OLDEST_ORDER_MS = 180 * 86_400_000;

/** Where the poll is: first orders that changed in the window, then returns. */
interface Cursor {
  readonly from: number;
  readonly to?: number;
  readonly list?: 'orders' | 'returns';
  /** Query of the next page, as Walmart gave it. */
  readonly next?: string;
}

/** What changed since the cursor, one page at a time. */
export async function pollOrders(client: WalmartClient, stored: string | null): Promise<PollResult> {
  const now = client.tools.now();
  const cursor = readCursor(stored);
  if (cursor === undefined) return { account: { kind: 'ok' }, events: [], cursor: JSON.stringify({ from: now }), more: false };
  const { from, to = now, list = 'orders', next } = cursor;
  const query = next ?? (list === 'orders' ? ordersQuery(from, to) : returnsQuery(from, to));
  const reply = await client.call({ method: 'GET', path: `/v3/${list}${query}`, limit: 'orders' });
  if (reply.kind !== 'good') return { account: verdictOf(reply), events: [], cursor: stored, more: false };
  const page = list === 'orders' ? ordersOf(reply.body) : returnsOf(reply.body, client);
  const isComplete = list === 'orders' && page.next === undefined;
  return {
    account: { kind: 'ok' },
    events: page.events,
    ...following({ from, to, list }, page.next),
    ...(isComplete ? { ordersBehindMs: now - to } : {}),
  };
}

function following(
  { from, to, list }: Required<Omit<Cursor, 'next'>>,
  next: string | undefined,
): { readonly cursor: string; readonly more: boolean } {
  const more = (cursor: Cursor) => ({ cursor: JSON.stringify(cursor), more: true });
  if (next !== undefined) return more({ from, to, list, next });
  if (list === 'orders') return more({ from, to, list: 'returns' });
  return { cursor: JSON.stringify({ from: Math.max(from, to - OVERLAP_MS) }), more: false };
}

interface Page {
  readonly events: readonly ChannelEvent[];
  readonly next: string | undefined;
}

function ordersOf(body: unknown): Page {
  const list = fieldsOf(fieldsOf(body)['list']);
  const rows = listOf(fieldsOf(list['elements'])['order']);
  return { events: rows.flatMap(eventsOfOrder), next: nextOf(list['meta'], rows) };
}

function returnsOf(body: unknown, { account }: WalmartClient): Page {
  const rows = listOf(fieldsOf(body)['returnOrders']);
  return { events: rows.flatMap((row) => eventsOfReturn(row, account.settings)), next: nextOf(fieldsOf(body)['meta'], rows) };
}

/** Walmart's cursor is a whole query. An empty page ends the list, whatever it says. */
function nextOf(meta: unknown, rows: readonly unknown[]): string | undefined {
  const next = textOf(fieldsOf(meta)['nextCursor']);
  return rows.length > 0 && next?.startsWith('?') === true ? next : undefined;
}

const iso = (at: number): string => new Date(at).toISOString();

const ordersQuery = (from: number, to: number): string =>
  `?${new URLSearchParams({
    createdStartDate: iso(from - OLDEST_ORDER_MS),
    lastModifiedStartDate: iso(from),
    lastModifiedEndDate: iso(to),
    limit: String(ROWS_PER_PAGE),
  }).toString()}`;

const returnsQuery = (from: number, to: number): string =>
  `?${new URLSearchParams({
    returnLastModifiedStartDate: iso(from),
    returnLastModifiedEndDate: iso(to),
    limit: String(ROWS_PER_PAGE),
  }).toString()}`;

function readCursor(stored: string | null): Cursor | undefined {
  if (stored === null) return undefined;
  const given = fieldsOf(jsonOf(Buffer.from(stored)));
  const from = timeOf(given['from']);
  const to = timeOf(given['to']);
  if (from === undefined) return undefined;
  if (to === undefined) return { from };
  const next = textOf(given['next']);
  return { from, to, list: given['list'] === 'returns' ? 'returns' : 'orders', ...(next === undefined ? {} : { next }) };
}
