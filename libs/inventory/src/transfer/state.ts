import type { LossReason } from '../sku/transfers/events.js';
import type { BinsChanged, ReceiptLine, ReceiptStarted, ShortTransferLine, TransferEvent, TransferLine } from './events.js';

/** `none` before the first event. A watchdog continues a phase in -ing; received, cancelled and closed are terminal. */
export type TransferPhase =
  'none' | 'created' | 'moving' | 'shipping' | 'in_transit' | 'receiving' | 'received' | 'cancelling' | 'cancelled' | 'closing' | 'closed';

export interface TransferStateLine extends TransferLine {
  /** Units that arrived of those on their way, rejected ones among them. */
  readonly received: number;
  /** Units returned by a cancellation, or that did not change bin. */
  readonly returned: number;
  /** Of the units that arrived, those that were rejected. */
  readonly rejected?: number;
  /** Units that arrived beyond those on their way. */
  readonly over?: number;
  /** Units that never arrive. */
  readonly lost?: number;
  /** Why its units did not change bin. */
  readonly unmoved?: { readonly code: string; readonly available?: number };
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
  readonly createdBy?: string;
  readonly lines: readonly TransferStateLine[];
  /** Number of shipment attempts. */
  readonly attempts: number;
  /** The id of the shipment in the SKUs' streams (`transferId` there); empty before the first shipment. */
  readonly shipmentId: string;
  /** While a shipment is under way: the short lines, after the decision to send the others back. */
  readonly turnedBack?: readonly ShortTransferLine[];
  readonly running?: { readonly receiptId: string; readonly lines: readonly ReceiptLine[]; readonly receivedBy?: string };
  /** Why what was in transit is lost. */
  readonly closed?: { readonly reasonCode: LossReason; readonly reason?: string };
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

/** Whether its units change bin inside a location, and are never in transit. */
export const isInsideOneLocation = ({ fromLocationId, toLocationId }: Pick<TransferState, 'fromLocationId' | 'toLocationId'>): boolean =>
  fromLocationId === toLocationId;

/** Units of the line in transit, once shipped. */
export const unitsInTransit = (line: TransferStateLine): number => line.quantity - line.received - line.returned - (line.lost ?? 0);

/** Units that arrived by a line of a receipt, good or not. */
export const arrivedUnits = ({ quantity, rejected = 0 }: ReceiptLine): number => quantity + rejected;

/** Whether the transfer has ended. */
export const isTransferTerminal = (phase: TransferPhase): boolean => phase === 'received' || phase === 'cancelled' || phase === 'closed';

const enter = (state: TransferState, phase: TransferPhase, at: number): TransferState => ({ ...state, phase, phaseSince: at });

/** Applies an event that happened at `at` and returns the new state. */
export function evolveTransfer(state: TransferState, event: TransferEvent, at: number): TransferState {
  switch (event.type) {
    case 'TransferCreated': {
      const { type: _, lines, ...transfer } = event;
      const phase = isInsideOneLocation(transfer) ? 'moving' : 'created';
      return { ...enter(state, phase, at), ...transfer, lines: lines.map((line) => ({ ...line, received: 0, returned: 0 })) };
    }
    case 'BinsChanged':
      return binsChanged(state, event, at);
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
      return { ...enter(state, 'receiving', at), running: runningOf(event) };
    case 'ReceiptRecorded':
      return received(state, event.receiptId, at);
    case 'CancelStarted':
      return enter(state, 'cancelling', at);
    case 'Cancelled': {
      const shipped = state.phase === 'cancelling';
      const lines = state.lines.map((line) => ({ ...line, returned: shipped ? unitsInTransit(line) : 0 }));
      return { ...enter(state, 'cancelled', at), lines };
    }
    case 'CloseStarted': {
      const { type: _, ...closed } = event;
      return { ...enter(state, 'closing', at), closed };
    }
    case 'Closed': {
      const lines = state.lines.map((line) => ({ ...line, lost: unitsInTransit(line) }));
      return { ...enter(state, 'closed', at), lines };
    }
    default:
      return event satisfies never;
  }
}

function binsChanged(state: TransferState, { unmoved }: BinsChanged, at: number): TransferState {
  const faults = new Map(unmoved.map(({ line, ...fault }) => [line, fault]));
  const lines = state.lines.map((line, index) => {
    const fault = faults.get(index);
    return fault === undefined ? { ...line, received: line.quantity } : { ...line, returned: line.quantity, unmoved: fault };
  });
  return { ...enter(state, faults.size === lines.length ? 'cancelled' : 'received', at), lines };
}

const runningOf = ({ receiptId, lines, receivedBy }: ReceiptStarted): NonNullable<TransferState['running']> => ({
  receiptId,
  lines,
  ...(receivedBy === undefined ? {} : { receivedBy }),
});

function received(state: TransferState, receiptId: string, at: number): TransferState {
  const { running, ...rest } = state;
  const arrived = new Map(running?.lines.map((line) => [line.sku, line]));
  const lines = state.lines.map((line) => withReceipt(line, arrived.get(line.sku)));
  const phase = lines.every((line) => unitsInTransit(line) === 0) ? 'received' : 'in_transit';
  return { ...enter(rest, phase, at), lines, receiptIds: [...state.receiptIds, receiptId] };
}

function withReceipt(line: TransferStateLine, receipt: ReceiptLine | undefined): TransferStateLine {
  if (receipt === undefined) return line;
  const { rejected = 0, over } = receipt;
  const beyond = over?.quantity ?? 0;
  return {
    ...line,
    received: line.received + arrivedUnits(receipt) - beyond,
    ...(rejected === 0 ? {} : { rejected: (line.rejected ?? 0) + rejected }),
    ...(beyond === 0 ? {} : { over: (line.over ?? 0) + beyond }),
  };
}
