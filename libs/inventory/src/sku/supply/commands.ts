import type { Command } from '../command.js';

export type SupplyCommand = DeclareInbound | CancelInbound;

/** A supplier's delivery with its present quantity and date. */
export interface DeclareInbound extends Command {
  readonly type: 'DeclareInbound';
  readonly reference: string;
  readonly locationId: string;
  /** Units of the whole delivery, including those received already. */
  readonly quantity: number;
  readonly expectedAt: number;
}

export interface CancelInbound extends Command {
  readonly type: 'CancelInbound';
  readonly reference: string;
}
