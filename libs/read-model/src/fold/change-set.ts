import type { ChannelAtpRow, LocationRow, ProductRow, ReservationRow, StockRow } from './rows.js';

/** A stock row as it is to be written, with what made it change. */
export interface StockChange {
  readonly row: StockRow;
  /** Ids of the commands or messages, newest last, at most 20. */
  readonly causes: readonly string[];
}

/** Rows that a turn of the fold changed, each once, as they are to be written. */
export interface ChangeSet {
  readonly products: readonly ProductRow[];
  readonly locations: readonly LocationRow[];
  readonly stock: readonly StockChange[];
  readonly channelAtp: readonly ChannelAtpRow[];
  readonly reservations: readonly ReservationRow[];
}

export const NO_CHANGES: ChangeSet = { products: [], locations: [], stock: [], channelAtp: [], reservations: [] };
