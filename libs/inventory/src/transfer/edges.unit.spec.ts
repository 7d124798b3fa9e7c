import {
  decideTransfer,
  evolveTransfer,
  initialTransferState,
  isTransferTerminal,
  unitsInTransit,
  type TransferCommand,
  type TransferEvent,
  type TransferState,
} from '../index.js';
import { MAX_LINES_PER_TRANSFER } from './limits.js';

const fold = (...events: readonly TransferEvent[]): TransferState =>
  events.reduce((state, event) => evolveTransfer(state, event, 0), initialTransferState());
const asked = (command: TransferCommand, ...past: readonly TransferEvent[]) => decideTransfer(fold(...past), command);

const by = { at: 1, commandId: 'c1' };
const cup = { sku: 'CUP', quantity: 3 };
const pot = { sku: 'POT', quantity: 1 };
const transfer = { transferId: 'T1', fromLocationId: 'BER', toLocationId: 'HAM', lines: [cup, pot], requestHash: 'hash' };
const create = { type: 'CreateTransfer', ...by, ...transfer } as const;
const created: TransferEvent = { type: 'TransferCreated', ...transfer };
const travelling: readonly TransferEvent[] = [created, { type: 'ShipmentStarted', shipmentId: 'T1' }, { type: 'Shipped' }];
const receiving = (receiptId: string, lines: readonly { readonly sku: string; readonly quantity: number }[]): TransferEvent => ({
  type: 'ReceiptStarted',
  receiptId,
  lines,
});

describe('a transfer that nobody began', () => {
  it('is nothing', () =>
    expect(initialTransferState()).toMatchObject({
      phase: 'none',
      transferId: '',
      fromLocationId: '',
      toLocationId: '',
      requestHash: '',
      lines: [],
      shipmentId: '',
      receiptIds: [],
    }));
});

describe('opening a transfer', () => {
  it('takes as many lines as it may have', () => {
    const lines = Array.from({ length: MAX_LINES_PER_TRANSFER + 1 }, (_, index) => ({ sku: String(index), quantity: 1 }));
    expect(asked({ ...create, lines: lines.slice(1) })).toMatchObject({ kind: 'accepted' });
    expect(asked({ ...create, lines })).toMatchObject({
      code: 'invalid_lines',
      details: { lines: lines.length, most: MAX_LINES_PER_TRANSFER },
    });
  });

  it('says why it is refused', () => {
    expect(asked({ ...create, lines: [cup, cup] })).toMatchObject({ code: 'invalid_lines', details: { reason: 'a SKU occurs twice' } });
    expect(asked({ ...create, lines: [cup, { ...pot, quantity: 0 }] })).toMatchObject({ code: 'invalid_quantity' });
    expect(asked({ ...create, toLocationId: 'BER' })).toMatchObject({ code: 'same_location', details: { locationId: 'BER' } });
    expect(asked({ ...create, requestHash: 'other' }, created)).toMatchObject({
      code: 'idempotency_mismatch',
      details: { transferId: 'T1' },
    });
  });
});

describe('a shipment', () => {
  it('has failed only where one was tried', () =>
    expect(asked({ type: 'FailShipment', ...by, shipmentId: 'T1' }, created)).toMatchObject({
      code: 'transfer_created',
      details: { state: 'created' },
    }));
});

describe('a receipt', () => {
  const receive = { type: 'StartReceipt', ...by, receiptId: 'second' } as const;
  const partly: readonly TransferEvent[] = [...travelling, receiving('first', [cup]), { type: 'ReceiptRecorded', receiptId: 'first' }];

  it('is of all that is in transit still, line by line', () => {
    expect(fold(...partly).phase).toBe('in_transit');
    expect(asked(receive, ...partly)).toMatchObject({ events: [{ type: 'ReceiptStarted', lines: [pot] }] });
  });

  it('finds the line that asks for too much among others, and one that was never sent', () => {
    expect(asked({ ...receive, lines: [cup, { ...pot, quantity: 2 }] }, ...travelling)).toMatchObject({
      code: 'quantity_exceeds_open',
      details: { sku: 'POT' },
    });
    expect(asked({ ...receive, lines: [{ sku: 'PAN', quantity: 1 }] }, ...travelling)).toMatchObject({ code: 'quantity_exceeds_open' });
  });

  it('is ended where it is under way, by its own id', () => {
    const complete = { type: 'CompleteReceipt', ...by, receiptId: 'second' } as const;
    expect(asked(complete, ...travelling)).toMatchObject({ code: 'transfer_in_transit' });
    expect(asked(complete, ...travelling, receiving('first', [cup]))).toMatchObject({ code: 'transfer_receiving' });
    expect(asked(complete, ...travelling, receiving('second', [cup]))).toMatchObject({ events: [{ type: 'ReceiptRecorded' }] });
  });

  it('ends the transfer once all has come', () => {
    const all = fold(...partly, receiving('second', [pot]), { type: 'ReceiptRecorded', receiptId: 'second' });
    expect(all.phase).toBe('received');
    expect([isTransferTerminal('received'), isTransferTerminal('cancelled'), isTransferTerminal('in_transit')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('a line', () => {
  it('is in transit as far as it neither came nor went back', () =>
    expect(unitsInTransit({ sku: 'CUP', quantity: 9, received: 2, returned: 3 })).toBe(4));
});
