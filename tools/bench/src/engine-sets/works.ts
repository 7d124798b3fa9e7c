import type { BenchReport } from '../report.js';

/** A figure of one benchmark that is compared between engines. */
export interface ComparedFigure {
  readonly what: string;
  readonly of: (report: BenchReport) => number;
}

/** A benchmark that runs on each set of engines. */
export interface ComparedWork {
  readonly bench: string;
  /** Options besides rounds and seconds. */
  readonly options: readonly string[];
  readonly figures: readonly ComparedFigure[];
}

const perSecond = (what: string): ComparedFigure => ({ what, of: ({ holdfast }) => holdfast.perSecond });
const p99 = (what: string): ComparedFigure => ({ what, of: ({ holdfast }) => holdfast.p99Ms });

const REPLAYED_LINES = 20_000;

export const COMPARED: readonly ComparedWork[] = [
  { bench: 'hot', options: [], figures: [perSecond('hot, reservations/s'), p99('hot, p99 ms')] },
  { bench: 'spread', options: [], figures: [perSecond('spread, reservations/s'), p99('spread, p99 ms')] },
  { bench: 'cart', options: [], figures: [perSecond('cart, orders of 5 SKUs/s'), p99('cart, p99 ms')] },
  { bench: 'atp-lag', options: [], figures: [p99('ERP message to ATP message at 1,000/s, p99 ms')] },
];

/** Where the file of invoices is given. */
export const comparedReplay = (data: string): ComparedWork => ({
  bench: 'replay',
  options: ['--data', data, '--lines', String(REPLAYED_LINES)],
  figures: [
    perSecond(`replay of ${REPLAYED_LINES.toLocaleString('en')} lines, lines/s`),
    p99('the same, an order of 25 lines reserved, p99 ms'),
  ],
});
