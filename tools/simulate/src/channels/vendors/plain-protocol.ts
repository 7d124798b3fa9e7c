/** A write of the virtual vendor: `POST /figures`. */
export interface FiguresBody {
  readonly listings: readonly { readonly id: string; readonly quantity: number; readonly version: number }[];
}

/** What became of a listing of a write. */
export type FigureResult = 'set' | 'busy' | 'unknown' | { readonly accepted: string };

/** `GET /writes`: what became of accepted writes, by their references. */
export type WriteState = 'open' | 'done' | 'failed';

export const TOKEN_HEADER = 'x-token';
export const CALLS = { kind: 'bucket', name: 'calls', perSecond: 3, burst: 3 } as const;
/** Of a vendor that takes a listing a call: so fast that a part of the limit is lent to a process. */
export const SINGLE_CALLS = { ...CALLS, perSecond: 24, burst: 4 } as const;
/** Listings of one write: in one call, or each in a call of its own. */
export const LISTINGS_PER_WRITE = 2;
