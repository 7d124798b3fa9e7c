/** A line of the form as a scanner finds it. */
export interface FormLine {
  readonly lineId: string;
  readonly sku: string;
  readonly barcode: string | null;
  readonly lotId: string | null;
  readonly binId: string | null;
}

/** What is being counted: one line at a time. */
export interface Tally {
  readonly lineId: string;
  readonly units: number;
}

export interface Scanned {
  readonly tally: Tally | undefined;
  /** The line that was left for another: its count is made. */
  readonly finished: Tally | undefined;
  /** No line has this code, or several have and the lot or bin is needed. */
  readonly fault: 'unknown' | 'several' | undefined;
}

const same = (one: string | null, other: string): boolean => one?.toLowerCase() === other.toLowerCase();

/** Lines that a code names: by barcode, SKU, or lot. */
export const linesOf = (lines: readonly FormLine[], code: string): readonly FormLine[] => {
  const wanted = code.trim();
  const byLot = lines.filter(({ lotId }) => same(lotId, wanted));
  return byLot.length > 0 ? byLot : lines.filter(({ sku, barcode }) => same(sku, wanted) || same(barcode, wanted));
};

/** A code was scanned: the same line once more counts one more, another line begins with one. */
export function scanned(tally: Tally | undefined, lines: readonly FormLine[], code: string): Scanned {
  const found = linesOf(lines, code);
  const again = found.find(({ lineId }) => lineId === tally?.lineId);
  if (again !== undefined && tally !== undefined)
    return { tally: { ...tally, units: tally.units + 1 }, finished: undefined, fault: undefined };
  const [line] = found;
  if (line === undefined) return { tally, finished: undefined, fault: 'unknown' };
  if (found.length > 1) return { tally, finished: undefined, fault: 'several' };
  return { tally: { lineId: line.lineId, units: 1 }, finished: tally, fault: undefined };
}
