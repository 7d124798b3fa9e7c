import type { PollResult } from '../../inbound.js';
import type { AdminApi } from '../api/admin-api.js';
import type { ShopifySettings } from '../settings.js';
import { changedLevels } from './changed-levels.js';
import { ChangedOrders, type OrderHead } from './changed-orders.js';
import { orderEvents } from './order-events.js';
import { afterLevels, afterOrders, beginLevels, begun, watermarkOf, type Watermark } from './watermark.js';

const DEFAULT_OVERLAP_S = 60;

/**
 * Orders that changed since the last poll and, where the settings ask for it, figures. Webhooks may be lost, so this runs beside them; whoever
 * takes the events knows twins. The first poll begins now.
 * @param places mapped places of the shop
 */
export async function poll(
  api: AdminApi,
  settings: ShopifySettings,
  places: readonly string[],
  cursor: string | null,
  now: number,
): Promise<PollResult> {
  const from = cursor === null ? begun(now) : watermarkOf(cursor);
  const overlapMs = (settings.pollOverlapSeconds ?? DEFAULT_OVERLAP_S) * 1_000;
  const place = from.levels.place === null ? undefined : places[from.levels.place];
  return place === undefined
    ? pollOrders(api, settings, from, settings.pollFigures === true && places.length > 0, overlapMs, now)
    : pollLevels(api, from, place, places.length, overlapMs);
}

async function pollOrders(
  api: AdminApi,
  settings: ShopifySettings,
  from: Watermark,
  figuresToo: boolean,
  overlapMs: number,
  now: number,
): Promise<PollResult> {
  const { since, after, seen } = from.orders;
  const isNew = ({ id, createdAt, updatedAt }: OrderHead): boolean => createdAt >= from.start && seen[id] !== updatedAt;
  const page = await new ChangedOrders(api).page(since, after, isNew);
  if ('account' in page) return stayed(from, page.account);
  const next = afterOrders(from, page.heads, page.endCursor, overlapMs);
  const events = page.orders.flatMap((order) => orderEvents(order, settings));
  if (page.endCursor !== null) return moved(next, events, true);
  // The orders are sorted by their last change, so what came while they were paged is on the last page.
  return { ...moved(figuresToo ? beginLevels(next, now) : next, events, figuresToo), ordersBehindMs: 0 };
}

async function pollLevels(api: AdminApi, from: Watermark, place: string, places: number, overlapMs: number): Promise<PollResult> {
  const page = await changedLevels(api, place, from.levels.since, from.levels.after);
  if ('account' in page) return stayed(from, page.account);
  const next = afterLevels(from, page.endCursor, places, overlapMs);
  return moved(next, page.events, next.levels.place !== null);
}

/** Also the first poll keeps where it began, so that what is sold before the next one is not lost. */
const stayed = (from: Watermark, account: PollResult['account']): PollResult => ({
  account,
  events: [],
  cursor: JSON.stringify(from),
  more: false,
});

const moved = (next: Watermark, events: PollResult['events'], more: boolean): PollResult => ({
  account: { kind: 'ok' },
  events,
  cursor: JSON.stringify(next),
  more,
});
