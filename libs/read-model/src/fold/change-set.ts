import type { ChannelAtpRow, LocationRow, PositionRow, ProductRow, ReservationRow, StockRow } from './rows.js';

/** A stock row to be written, with the causes of its change. */
export interface StockChange {
  readonly row: StockRow;
  /** Ids of the commands or messages, newest last, at most 20. */
  readonly causes: readonly string[];
}

/** Rows that a turn of the fold changed, each once. */
export interface ChangeSet {
  readonly products: readonly ProductRow[];
  readonly locations: readonly LocationRow[];
  readonly stock: readonly StockChange[];
  readonly positions: readonly PositionRow[];
  readonly channelAtp: readonly ChannelAtpRow[];
  readonly reservations: readonly ReservationRow[];
}

export const NO_CHANGES: ChangeSet = { products: [], locations: [], stock: [], positions: [], channelAtp: [], reservations: [] };
