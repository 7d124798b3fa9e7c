import type { PollResult } from '../inbound.js';
import { fieldsOf, jsonOf } from '../reading.js';
import { verdictOf, type ZDirectApi } from './api.js';
import { orderPageOf } from './orders.js';
import type { ZalandoSettings } from './settings.js';

/** Where the search for orders stands, in epoch milliseconds. */
interface OrderCursor {
  /** Orders changed after that are to be read. */
  readonly since: number;
  readonly page: number;
  readonly askedAt: number;
}

const EVERY_MS = 10_000;
const PAGE = 200;
/** An order may become visible later than another that was changed after it: the last minute is read again. */
const OVERLAP_MS = 60_000;
const SPEND = [{ limit: 'orders', units: 1 }] as const;

/** Zalando has no webhooks: orders that changed are searched for, oldest change first. */
export async function poll(api: ZDirectApi, settings: ZalandoSettings, now: number, text: string | null): Promise<PollResult> {
  const known = cursorOf(text);
  // The bound is exclusive, and the first search begins with this millisecond.
  const cursor = known ?? { since: now - 1, page: 0, askedAt: 0 };
  if (known !== undefined && known.page === 0 && now - known.askedAt < EVERY_MS)
    return { account: { kind: 'ok' }, events: [], cursor: text, more: false };
  const result = await api.call(
    {
      method: 'GET',
      path: `/merchants/${encodeURIComponent(settings.merchantId)}/orders`,
      query: {
        last_updated_after: new Date(cursor.since).toISOString(),
        sort: 'modified_at',
        order_type: 'PartnerFulfilled',
        'page[number]': String(cursor.page),
        'page[size]': String(PAGE),
        include: 'order_items,order_lines,order_lines.order_line_transitions',
      },
      accept: 'application/vnd.api+json',
    },
    SPEND,
  );
  if (result.kind !== 'ok')
    return { account: verdictOf(result), events: [], cursor: JSON.stringify({ ...cursor, askedAt: now }), more: false };
  const { events, orders, changedAt } = orderPageOf(result.body, settings);
  const next = nextCursor(cursor, orders, changedAt, now);
  const more = orders >= PAGE;
  return { account: { kind: 'ok' }, events, cursor: JSON.stringify(next), more, ...(more ? {} : { ordersBehindMs: 0 }) };
}

/**
 * After a full page the search begins anew at the last change, less a millisecond for others of the same time: pages by number would skip an order where
 * one before it changes meanwhile. Only where a whole page changed in one millisecond is the number needed.
 */
function nextCursor(cursor: OrderCursor, orders: number, changedAt: readonly number[], now: number): OrderCursor {
  const last = Math.max(cursor.since, ...changedAt);
  if (orders < PAGE) return { since: Math.max(cursor.since, last - OVERLAP_MS), page: 0, askedAt: now };
  if (last - 1 > cursor.since) return { since: last - 1, page: 0, askedAt: 0 };
  return { since: cursor.since, page: cursor.page + 1, askedAt: now };
}

function cursorOf(text: string | null): OrderCursor | undefined {
  const { since, page, askedAt } = fieldsOf(text === null ? undefined : jsonOf(Buffer.from(text)));
  return typeof since === 'number' && typeof page === 'number' && typeof askedAt === 'number' ? { since, page, askedAt } : undefined;
}
