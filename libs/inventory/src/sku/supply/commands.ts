import type { Command } from '../command.js';

export type SupplyCommand = DeclareInbound | CancelInbound;

/** A supplier's delivery, as it is expected now. */
export interface DeclareInbound extends Command {
  readonly type: 'DeclareInbound';
  readonly reference: string;
  readonly locationId: string;
  /** Units of the whole delivery, those received already among them. */
  readonly quantity: number;
  readonly expectedAt: number;
}

export interface CancelInbound extends Command {
  readonly type: 'CancelInbound';
  readonly reference: string;
}
