import { type TransferPhase, type TransferState, type TransferStateLine, unitsInTransit } from '@holdfast/inventory';
import type { TransferRecord } from './transfer-record.js';

export interface TransferView {
  readonly id: string;
  readonly status: TransferPhase;
  readonly fromLocationId: string;
  readonly toLocationId: string;
  readonly reference: string | null;
  readonly lines: readonly TransferLineView[];
  /** Ids of what was received so far. */
  readonly receipts: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface TransferLineView {
  readonly sku: string;
  readonly quantity: number;
  readonly inTransit: number;
  readonly received: number;
  /** Went back to the source by a cancellation. */
  readonly returned: number;
}

export const transferView = ({ state, createdAt, updatedAt }: TransferRecord): TransferView => ({
  id: state.transferId,
  status: state.phase,
  fromLocationId: state.fromLocationId,
  toLocationId: state.toLocationId,
  reference: state.note ?? null,
  lines: state.lines.map((line) => lineView(state, line)),
  receipts: state.receiptIds,
  createdAt: new Date(createdAt).toISOString(),
  updatedAt: new Date(updatedAt).toISOString(),
});

const lineView = (state: TransferState, line: TransferStateLine): TransferLineView => ({
  sku: line.sku,
  quantity: line.quantity,
  inTransit: isOnTheWay(state.phase) ? unitsInTransit(line) : 0,
  received: line.received,
  returned: line.returned,
});

const isOnTheWay = (phase: TransferPhase): boolean => phase === 'in_transit' || phase === 'receiving' || phase === 'cancelling';
