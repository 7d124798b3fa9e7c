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
/** Listings of one call. */
export const LISTINGS_PER_CALL = 2;
