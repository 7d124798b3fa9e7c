import type { ChannelEvent, PollResult } from '../../inbound.js';
import { fieldsOf, jsonOf, listOf, textOf } from '../../reading.js';
import type { AccountVerdict } from '../../write.js';
import { verdictOf, type SellingPartnerApi } from '../api.js';
import { eventsOf, orderEventsOf } from './events.js';
import { changedFigures, figureCursorOf, figuresAreDue, figuresFrom, type FigureCursor } from './changed-figures.js';
import type { NotificationQueue } from './queue.js';
import type { AmazonSettings } from '../settings.js';

/** Where the search for orders stands. Notifications need no cursor: a message stays in the queue until it is deleted. */
interface OrderCursor {
  /** Orders changed since then are to be read, epoch milliseconds. */
  readonly since: number;
  /** When orders were asked for, epoch milliseconds. */
  readonly askedAt: number;
  readonly token: string | null;
  /** Absent until figures are polled for the first time. */
  readonly figures?: FigureCursor;
}

/** The rate is one search in three minutes. With notifications it only finds those that were lost. */
const ORDERS_EVERY_MS = { alone: 190_000, besideNotifications: 900_000 } as const;
/** Rounds of ten messages in one poll. */
const MOST_ROUNDS = 5;
const MAX_PAGE = 100;
const RETRY_MS = 10_000;

export async function poll(
  api: SellingPartnerApi,
  settings: AmazonSettings,
  queue: NotificationQueue | undefined,
  now: number,
  text: string | null,
): Promise<PollResult> {
  const cursor = cursorOf(text) ?? { since: now, askedAt: now, token: null };
  const everyMs = queue === undefined ? ORDERS_EVERY_MS.alone : ORDERS_EVERY_MS.besideNotifications;
  if (cursor.token !== null || now - cursor.askedAt >= everyMs) return orders(api, settings, cursor, now);
  const { figures = figuresFrom(now) } = cursor;
  if (settings.pollFigures === true && figuresAreDue(figures, now)) {
    const found = await changedFigures(api, settings, figures, now);
    return { ...found, cursor: JSON.stringify({ ...cursor, figures: found.cursor }), more: found.more || queue !== undefined };
  }
  if (queue === undefined) return { account: { kind: 'ok' }, events: [], cursor: JSON.stringify(cursor), more: false };
  return { ...(await notifications(settings, queue)), cursor: JSON.stringify(cursor) };
}

async function notifications(settings: AmazonSettings, queue: NotificationQueue): Promise<Omit<PollResult, 'cursor'>> {
  const events: ChannelEvent[] = [];
  const receipts: string[] = [];
  let account: AccountVerdict = { kind: 'ok' };
  let more = true;
  for (let round = 0; more && round < MOST_ROUNDS; round += 1) {
    const received = await queue.receive();
    if ('fault' in received) {
      // The queue has keys of its own: writing goes on without it.
      account = { kind: 'failed', says: received.fault, retryAfterMs: RETRY_MS };
      more = false;
      break;
    }
    for (const { body, receipt } of received.messages) {
      const read = eventsOf(jsonOf(Buffer.from(body)), settings);
      // What is not understood is left for the queue's dead letters.
      if (read === undefined) continue;
      events.push(...read);
      receipts.push(receipt);
    }
    more = received.messages.length > 0;
  }
  return { account, events, more, done: () => queue.delete(receipts) };
}

async function orders(api: SellingPartnerApi, settings: AmazonSettings, cursor: OrderCursor, now: number): Promise<PollResult> {
  const result = await api.call('searchOrders', {
    method: 'GET',
    path: '/orders/2026-01-01/orders',
    query: {
      lastUpdatedAfter: new Date(cursor.since).toISOString(),
      marketplaceIds: settings.marketplaceIds.join(','),
      maxResultsPerPage: String(MAX_PAGE),
      includedData: 'FULFILLMENT,CANCELLATION',
      ...(cursor.token === null ? {} : { paginationToken: cursor.token }),
    },
  });
  if (result.kind === 'refused' && cursor.token !== null)
    // The token of a page is too old: the search begins again where it began.
    return { account: { kind: 'ok' }, events: [], cursor: JSON.stringify({ ...cursor, token: null }), more: false };
  if (result.kind !== 'ok')
    return { account: verdictOf(result), events: [], cursor: JSON.stringify({ ...cursor, askedAt: now }), more: false };
  const body = fieldsOf(result.body);
  const events = listOf(body['orders']).flatMap((order) => orderEventsOf(order, settings));
  const token = textOf(fieldsOf(body['pagination'])['nextToken']) ?? null;
  // Amazon names the time up to which this answer is complete: it lies some minutes back.
  const until = Date.parse(textOf(body['lastUpdatedBefore']) ?? '');
  const since = token === null && Number.isFinite(until) ? Math.max(cursor.since, until) : cursor.since;
  return {
    account: { kind: 'ok' },
    events,
    cursor: JSON.stringify({ ...cursor, since, askedAt: now, token }),
    more: token !== null || settings.pollFigures === true,
    ...(token === null && Number.isFinite(until) ? { ordersBehindMs: Math.max(0, now - until) } : {}),
  };
}

function cursorOf(text: string | null): OrderCursor | undefined {
  const { since, askedAt, token, figures } = fieldsOf(text === null ? undefined : jsonOf(Buffer.from(text)));
  if (typeof since !== 'number' || typeof askedAt !== 'number') return undefined;
  const known = figureCursorOf(figures);
  return { since, askedAt, token: textOf(token) ?? null, ...(known === undefined ? {} : { figures: known }) };
}
