/** What the replay found; the shape of `--json`. */
export interface Report {
  readonly lines: number;
  readonly orders: { offered: number; confirmed: number; refused: number; cancelled: number; returned: number };
  readonly oversoldUnits: number;
  readonly conservation: { readonly skus: number; readonly mismatches: number };
  readonly erpBook: { readonly skus: number; readonly mismatches: number };
  /** What each channel shows against what can be promised. */
  readonly channels: readonly { readonly name: string; readonly listings: number; readonly mismatches: number }[];
  /** Requests sent a second time under their key, and how many of them were answered differently. */
  readonly repeats: { readonly sent: number; readonly different: number };
  readonly events: number;
  readonly seconds: number;
  readonly linesPerSecond: number;
  readonly reserveMs: { readonly p50: number; readonly p99: number };
  readonly atpLagMs: { readonly p50: number; readonly p99: number };
  /** With lots: what the warehouse did, and what of rows of lots and held units contradicts its notes. */
  readonly lots?: LotsReport;
}

export interface LotsReport {
  readonly skus: number;
  readonly lots: number;
  readonly expired: number;
  readonly recalled: number;
  readonly holds: { readonly placed: number; readonly released: number };
  readonly counts: { readonly batches: number; readonly lines: number; readonly missingUnits: number; readonly differences: number };
  /** Orders refused at their commit because their units were held meanwhile. */
  readonly uncoveredOrders: number;
  readonly heldUnits: number;
  readonly locations: number;
  readonly mismatches: number;
}

export const holds = (report: Report): boolean =>
  report.oversoldUnits === 0 &&
  report.conservation.mismatches === 0 &&
  report.erpBook.mismatches === 0 &&
  report.channels.every(({ mismatches }) => mismatches === 0) &&
  (report.lots === undefined || report.lots.mismatches + report.lots.counts.differences === 0) &&
  report.repeats.different === 0;

export function table(report: Report): string {
  const rows: [string, string][] = [
    ['lines', String(report.lines)],
    ['orders offered', String(report.orders.offered)],
    ['  confirmed', String(report.orders.confirmed)],
    ['  refused', String(report.orders.refused)],
    ['  cancelled', String(report.orders.cancelled)],
    ['  lines returned', String(report.orders.returned)],
    ['units sold twice', String(report.oversoldUnits)],
    ['conservation', `${String(report.conservation.mismatches)} mismatches in ${String(report.conservation.skus)} SKUs and locations`],
    ["ERP's book", `${String(report.erpBook.mismatches)} mismatches in ${String(report.erpBook.skus)} SKUs and locations`],
    ...report.channels.map(({ name, listings, mismatches }): [string, string] => [
      `channel ${name}`,
      `${String(mismatches)} mismatches in ${String(listings)} listings`,
    ]),
    ...(report.lots === undefined ? [] : rowsOf(report.lots)),
    ['repeated requests', `${String(report.repeats.different)} of ${String(report.repeats.sent)} answered differently`],
    ['events', String(report.events)],
    ['time', `${report.seconds.toFixed(1)} s, ${report.linesPerSecond.toFixed(0)} lines/s`],
    ['reserve', `p50 ${String(report.reserveMs.p50)} ms, p99 ${String(report.reserveMs.p99)} ms`],
    ['ERP message to ATP message', `p50 ${String(report.atpLagMs.p50)} ms, p99 ${String(report.atpLagMs.p99)} ms`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}

const rowsOf = ({
  skus,
  lots,
  expired,
  recalled,
  holds: { placed, released },
  counts,
  ...end
}: LotsReport): readonly [string, string][] => [
  ['lots', `${String(lots)} of ${String(skus)} SKUs; ${String(expired)} expired, ${String(recalled)} recalled`],
  ['holds', `${String(placed)} placed, ${String(released)} released; ${String(end.uncoveredOrders)} orders uncovered`],
  [
    'counts under sales',
    `${String(counts.lines)} lines in ${String(counts.batches)} batches, ${String(counts.missingUnits)} units missing, ${String(counts.differences)} booked otherwise`,
  ],
  [
    'lots and held units',
    `${String(end.mismatches)} mismatches in ${String(end.locations)} SKUs and locations; ${String(end.heldUnits)} units held`,
  ],
];
