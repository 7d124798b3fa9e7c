import type { ShortTransferLine, TransferEvent, TransferLine } from './events.js';

/** `none` before the first event. A watchdog continues a phase in -ing; received and cancelled are terminal. */
export type TransferPhase = 'none' | 'created' | 'shipping' | 'in_transit' | 'receiving' | 'received' | 'cancelling' | 'cancelled';

export interface TransferStateLine {
  readonly sku: string;
  readonly quantity: number;
  readonly reservationId?: string;
  readonly received: number;
  /** Units returned by a cancellation. */
  readonly returned: number;
}

export interface TransferState {
  readonly phase: TransferPhase;
  /** When the phase began, epoch milliseconds. */
  readonly phaseSince: number;
  readonly transferId: string;
  readonly fromLocationId: string;
  readonly toLocationId: string;
  readonly note?: string;
  readonly requestHash: string;
  readonly lines: readonly TransferStateLine[];
  /** Number of shipment attempts. */
  readonly attempts: number;
  /** The id of the shipment in the SKUs' streams (`transferId` there); empty before the first shipment. */
  readonly shipmentId: string;
  /** While a shipment is under way: the short lines, after the decision to send the others back. */
  readonly turnedBack?: readonly ShortTransferLine[];
  readonly running?: { readonly receiptId: string; readonly lines: readonly TransferLine[] };
  readonly receiptIds: readonly string[];
}

export const initialTransferState = (): TransferState => ({
  phase: 'none',
  phaseSince: 0,
  transferId: '',
  fromLocationId: '',
  toLocationId: '',
  requestHash: '',
  lines: [],
  attempts: 0,
  shipmentId: '',
  receiptIds: [],
});

/** Units of the line in transit, once shipped. */
export const unitsInTransit = (line: TransferStateLine): number => line.quantity - line.received - line.returned;

/** Whether the transfer has ended. */
export const isTransferTerminal = (phase: TransferPhase): boolean => phase === 'received' || phase === 'cancelled';

const enter = (state: TransferState, phase: TransferPhase, at: number): TransferState => ({ ...state, phase, phaseSince: at });

/** Applies an event that happened at `at` and returns the new state. */
export function evolveTransfer(state: TransferState, event: TransferEvent, at: number): TransferState {
  switch (event.type) {
    case 'TransferCreated': {
      const { type: _, lines, ...transfer } = event;
      return { ...enter(state, 'created', at), ...transfer, lines: lines.map((line) => ({ ...line, received: 0, returned: 0 })) };
    }
    case 'ShipmentStarted':
      return { ...enter(state, 'shipping', at), attempts: state.attempts + 1, shipmentId: event.shipmentId };
    case 'Shipped':
      return enter(state, 'in_transit', at);
    case 'ShipmentTurnedBack':
      return { ...state, turnedBack: event.lines };
    case 'ShipmentFailed': {
      const { turnedBack: _, ...rest } = enter(state, 'created', at);
      return rest;
    }
    case 'ReceiptStarted':
      return { ...enter(state, 'receiving', at), running: { receiptId: event.receiptId, lines: event.lines } };
    case 'ReceiptRecorded':
      return received(state, event.receiptId, at);
    case 'CancelStarted':
      return enter(state, 'cancelling', at);
    case 'Cancelled': {
      const shipped = state.phase === 'cancelling';
      const lines = state.lines.map((line) => ({ ...line, returned: shipped ? unitsInTransit(line) : 0 }));
      return { ...enter(state, 'cancelled', at), lines };
    }
    default:
      return event satisfies never;
  }
}

function received(state: TransferState, receiptId: string, at: number): TransferState {
  const { running, ...rest } = state;
  const arrived = new Map(running?.lines.map(({ sku, quantity }) => [sku, quantity]));
  const lines = state.lines.map((line) => ({ ...line, received: line.received + (arrived.get(line.sku) ?? 0) }));
  const phase = lines.every((line) => unitsInTransit(line) === 0) ? 'received' : 'in_transit';
  return { ...enter(rest, phase, at), lines, receiptIds: [...state.receiptIds, receiptId] };
}
