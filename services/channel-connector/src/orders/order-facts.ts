import type { ChannelEvent, OrderedLine } from '../providers/inbound.js';

export type OrderEvent = Extract<ChannelEvent, { readonly orderId: string }>;

interface GivenBack {
  readonly restock: number;
  readonly lost: number;
}

interface Cancel {
  readonly at: number;
  /** Units cancelled in all so far, by line; null for all that were ordered. */
  readonly lines: Readonly<Record<string, number>> | null;
}

interface Refund {
  readonly at: number;
  readonly lines: Readonly<Record<string, GivenBack>>;
}

/**
 * All that a channel said of one order. Merging is commutative and idempotent, so events may come in any sequence and any number of times.
 * Stored as JSON with the order.
 */
export interface OrderFacts {
  /** Null until the order itself came: a refund may come before it. */
  readonly orderedAt: number | null;
  readonly lines: Readonly<Record<string, OrderedLine>>;
  readonly cancels: Readonly<Record<string, Cancel>>;
  readonly refunds: Readonly<Record<string, Refund>>;
}

export const noFacts: OrderFacts = { orderedAt: null, lines: {}, cancels: {}, refunds: {} };

/** Lines, cancellations or refunds of one order; more are refused. */
export const MOST_OF_AN_ORDER = 2_000;

export class OrderTooLarge extends Error {
  constructor(orderId: string) {
    super(`order ${orderId} has more than ${String(MOST_OF_AN_ORDER)} lines, cancellations or refunds`);
    this.name = 'OrderTooLarge';
  }
}

/** @throws OrderTooLarge */
export function merged(facts: OrderFacts, event: OrderEvent): OrderFacts {
  const next = mergedWith(facts, event);
  const sizes = [next.lines, next.cancels, next.refunds].map((entries) => Object.keys(entries).length);
  if (Math.max(...sizes) > MOST_OF_AN_ORDER) throw new OrderTooLarge(event.orderId);
  return next;
}

function mergedWith(facts: OrderFacts, event: OrderEvent): OrderFacts {
  switch (event.kind) {
    case 'order': {
      const lines = { ...facts.lines };
      for (const line of event.lines) lines[line.lineId] = sameLine(lines[line.lineId], line);
      return { ...facts, orderedAt: earliest(facts.orderedAt, event.at), lines };
    }
    case 'cancel': {
      const known = facts.cancels[event.cancelId];
      const lines = event.lines === null ? null : sumByLine(event.lines, ({ quantity }) => quantity);
      const both = lines === null || known?.lines === null ? null : mostOfEach(known?.lines ?? {}, lines, Math.max);
      return { ...facts, cancels: { ...facts.cancels, [event.cancelId]: { at: earliest(known?.at ?? null, event.at), lines: both } } };
    }
    case 'refund': {
      const known = facts.refunds[event.refundId];
      const restock = sumByLine(event.lines, (line) => (line.restock ? line.quantity : 0));
      const lost = sumByLine(event.lines, (line) => (line.restock ? 0 : line.quantity));
      const given = Object.fromEntries(
        Object.keys(restock).map((lineId) => [lineId, { restock: restock[lineId] ?? 0, lost: lost[lineId] ?? 0 }]),
      );
      const lines = mostOfEach(known?.lines ?? {}, given, (one, other) => ({
        restock: Math.max(one.restock, other.restock),
        lost: Math.max(one.lost, other.lost),
      }));
      return { ...facts, refunds: { ...facts.refunds, [event.refundId]: { at: earliest(known?.at ?? null, event.at), lines } } };
    }
    default:
      return event satisfies never;
  }
}

const earliest = (known: number | null, at: number): number => (known === null ? at : Math.min(known, at));

/** A line only grows: what an order loses is told as a cancellation or a refund. */
function sameLine(known: OrderedLine | undefined, line: OrderedLine): OrderedLine {
  if (known === undefined) return line;
  return {
    lineId: line.lineId,
    listingId: known.listingId < line.listingId ? known.listingId : line.listingId,
    quantity: Math.max(known.quantity, line.quantity),
    remoteId: known.remoteId === null || (line.remoteId !== null && line.remoteId < known.remoteId) ? line.remoteId : known.remoteId,
  };
}

function sumByLine<Line extends { readonly lineId: string }>(
  lines: readonly Line[],
  unitsOf: (line: Line) => number,
): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const line of lines) sums[line.lineId] = (sums[line.lineId] ?? 0) + unitsOf(line);
  return sums;
}

function mostOfEach<Value>(
  known: Readonly<Record<string, Value>>,
  given: Readonly<Record<string, Value>>,
  most: (one: Value, other: Value) => Value,
): Readonly<Record<string, Value>> {
  const both = { ...known };
  for (const [lineId, value] of Object.entries(given)) {
    const before = both[lineId];
    both[lineId] = before === undefined ? value : most(before, value);
  }
  return both;
}
