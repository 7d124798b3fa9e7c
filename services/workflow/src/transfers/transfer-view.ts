import { type TransferPhase, type TransferState, type TransferStateLine, unitsInTransit } from '@holdfast/inventory';
import type { TransferRecord } from './transfer-record.js';
import type { TransferLineView, TransferView } from './transfer.dto.js';

export const transferView = ({ state, createdAt, updatedAt, version }: TransferRecord): TransferView => ({
  id: state.transferId,
  status: state.phase,
  fromLocationId: state.fromLocationId,
  toLocationId: state.toLocationId,
  reference: state.note ?? null,
  lines: state.lines.map((line) => lineView(state, line)),
  receipts: state.receiptIds,
  reasonCode: state.closed?.reasonCode ?? null,
  reason: state.closed?.reason ?? null,
  version,
  createdBy: state.createdBy ?? null,
  createdAt: new Date(createdAt).toISOString(),
  updatedAt: new Date(updatedAt).toISOString(),
});

const lineView = (state: TransferState, line: TransferStateLine): TransferLineView => ({
  sku: line.sku,
  productMasterId: line.sku,
  quantity: line.quantity,
  inTransit: isOnTheWay(state.phase) ? unitsInTransit(line) : 0,
  received: line.received,
  returned: line.returned,
  rejected: line.rejected ?? 0,
  over: line.over ?? 0,
  lost: line.lost ?? 0,
  holdId: line.holdId ?? null,
  lotId: line.lotId ?? null,
  fromBinId: line.fromBinId ?? null,
  toBinId: line.toBinId ?? null,
  refusal: line.unmoved?.code ?? null,
});

const ON_THE_WAY: ReadonlySet<TransferPhase> = new Set(['in_transit', 'receiving', 'cancelling', 'closing']);
const isOnTheWay = (phase: TransferPhase): boolean => ON_THE_WAY.has(phase);
