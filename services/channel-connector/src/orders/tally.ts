import type { OrderedLine } from '../providers/inbound.js';
import type { OrderFacts } from './order-facts.js';

/** What became of the units of one line. Ordered = sold + cancelled + restocked; the lost ones are part of the sold ones. */
export interface LineTally extends OrderedLine {
  readonly cancelled: number;
  /** Refunded, and for sale again. */
  readonly restocked: number;
  /** Refunded, and not for sale again. */
  readonly lost: number;
  /** Units that are to be missing from stock. */
  readonly sold: number;
}

type Return =
  | { readonly at: number; readonly kind: 'cancel'; readonly id: string; readonly units: (lineId: string) => number }
  | {
      readonly at: number;
      readonly kind: 'refund';
      readonly id: string;
      readonly units: (lineId: string) => { restock: number; lost: number };
    };

/** Refunds before a cancellation of the same moment: they say which units are for sale again. */
const inTime = (one: Return, other: Return): number =>
  one.at - other.at || (one.kind === other.kind ? (one.id < other.id ? -1 : 1) : one.kind === 'refund' ? -1 : 1);

/**
 * Counts each line. Returns are taken in the sequence of their own times, each for at most what is left of the line: two refunds of the same
 * units give them back once. The result depends on what was said, not on when it came.
 */
export function tallies(facts: OrderFacts): readonly LineTally[] {
  const returns: Return[] = [
    ...Object.entries(facts.cancels).map(([id, { at, lines }]) => ({
      at,
      id,
      kind: 'cancel' as const,
      units: (lineId: string) => (lines === null ? Number.POSITIVE_INFINITY : (lines[lineId] ?? 0)),
    })),
    ...Object.entries(facts.refunds).map(([id, { at, lines }]) => ({
      at,
      id,
      kind: 'refund' as const,
      units: (lineId: string) => lines[lineId] ?? { restock: 0, lost: 0 },
    })),
  ].sort(inTime);
  return Object.values(facts.lines).map((line) => tally(line, returns));
}

function tally(line: OrderedLine, returns: readonly Return[]): LineTally {
  let [cancelled, restocked, lost] = [0, 0, 0];
  const left = (): number => line.quantity - cancelled - restocked - lost;
  for (const one of returns) {
    if (one.kind === 'cancel') cancelled += Math.min(left(), Math.max(0, one.units(line.lineId) - cancelled));
    else {
      const given = one.units(line.lineId);
      restocked += Math.min(left(), given.restock);
      lost += Math.min(left(), given.lost);
    }
  }
  return { ...line, cancelled, restocked, lost, sold: line.quantity - cancelled - restocked };
}
