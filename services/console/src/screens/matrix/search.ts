/** What the address of the matrix says: whoever opens it sees the same. */
export interface MatrixSearch {
  readonly by?: 'location';
  readonly at?: string;
  readonly q?: string;
  readonly sort?: string;
  readonly desc?: true;
  /** SKUs that stand first, with commas between. */
  readonly pins?: string;
}

/** Rows that stand first; more would leave no room for the others. */
const MOST_PINS = 20;

export const pinsOf = ({ pins = '' }: MatrixSearch): readonly string[] =>
  [...new Set(pins.split(',').filter((sku) => sku !== ''))].slice(0, MOST_PINS);

/** The address after a row was pinned, or let go. */
export function togglePin({ pins: _, ...rest }: MatrixSearch, before: readonly string[], sku: string): MatrixSearch {
  const pins = before.includes(sku) ? before.filter((each) => each !== sku) : [...before, sku].slice(-MOST_PINS);
  return pins.length === 0 ? rest : { ...rest, pins: pins.join(',') };
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Reads the parameters of an address; what is not understood is left out. */
export function matrixSearch({ by, at, q, sort, desc, pins }: Record<string, unknown>): MatrixSearch {
  const read = {
    by: by === 'location' ? by : undefined,
    at: text(at),
    q: text(q),
    sort: text(sort),
    desc: desc === true ? desc : undefined,
    pins: text(typeof pins === 'number' ? String(pins) : pins),
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}
