/** What the address of the matrix says: whoever opens it sees the same. */
export interface MatrixSearch {
  readonly by?: 'location';
  readonly at?: string;
  readonly q?: string;
  readonly sort?: string;
  readonly desc?: true;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Reads the parameters of an address; what is not understood is left out. */
export function matrixSearch({ by, at, q, sort, desc }: Record<string, unknown>): MatrixSearch {
  const read = {
    by: by === 'location' ? by : undefined,
    at: text(at),
    q: text(q),
    sort: text(sort),
    desc: desc === true ? desc : undefined,
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}
