/** Where polling stands. It is stored as text. */
export interface Watermark {
  /** Orders that were placed before are none of ours: the figures of the shop were taken over after them. */
  readonly start: number;
  readonly orders: {
    readonly since: number;
    /** Cursor of the next page; null before the first. */
    readonly after: string | null;
    /** Orders that were read, by id, with the change that they were read at. */
    readonly seen: Readonly<Record<string, number>>;
  };
  readonly levels: {
    readonly since: number;
    readonly after: string | null;
    /** When the places began to be read. */
    readonly began: number;
    /** Which of the mapped places is read; null while orders are. */
    readonly place: number | null;
  };
}

/** Orders that are remembered, so that those of the overlap are not read again. */
const MOST_SEEN = 1_000;

/** Times of the vendor are of whole seconds. */
export function begun(now: number): Watermark {
  const start = Math.floor(now / 1_000) * 1_000;
  return {
    start,
    orders: { since: start, after: null, seen: {} },
    levels: { since: start, after: null, began: start, place: null },
  };
}

/** @throws where the text is no watermark */
export function watermarkOf(cursor: string): Watermark {
  const watermark = JSON.parse(cursor) as Partial<Watermark>;
  const { start, orders, levels } = watermark;
  if (typeof start !== 'number' || orders === undefined || levels === undefined) throw new Error('the cursor of the poll is malformed');
  return { start, orders, levels };
}

/** After a page of orders. Each poll reaches back some time, since searches learn of changes late. */
export function afterOrders(
  { start, orders, levels }: Watermark,
  read: readonly { readonly id: string; readonly updatedAt: number }[],
  endCursor: string | null,
  overlapMs: number,
): Watermark {
  const all = { ...orders.seen, ...Object.fromEntries(read.map(({ id, updatedAt }) => [id, updatedAt])) };
  const kept = Object.entries(all)
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_SEEN);
  if (endCursor !== null) return { start, orders: { ...orders, after: endCursor, seen: Object.fromEntries(kept) }, levels };
  const since = Math.max(orders.since, (kept[0]?.[1] ?? 0) - overlapMs);
  return { start, orders: { since, after: null, seen: Object.fromEntries(kept.filter(([, at]) => at >= since)) }, levels };
}

/** Begins to read what changed of the figures. */
export const beginLevels = (from: Watermark, now: number): Watermark => ({
  ...from,
  levels: { ...from.levels, after: null, began: now, place: 0 },
});

/** After a page of figures. The next poll reaches back before this one began: a figure that rests is not told again and again. @param places how many are read */
export function afterLevels(from: Watermark, endCursor: string | null, places: number, overlapMs: number): Watermark {
  const { levels } = from;
  if (endCursor !== null) return { ...from, levels: { ...levels, after: endCursor } };
  const place = (levels.place ?? 0) + 1;
  if (place < places) return { ...from, levels: { ...levels, after: null, place } };
  return { ...from, levels: { ...levels, since: Math.max(levels.since, levels.began - overlapMs), after: null, place: null } };
}
