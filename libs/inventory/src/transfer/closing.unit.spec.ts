import {
  decideTransfer,
  evolveTransfer,
  initialTransferState,
  transferDeadline,
  type TransferCommand,
  type TransferEvent,
} from '../index.js';
import { minute, morning } from '../../test/times.js';

const fold = (events: readonly TransferEvent[]) =>
  events.reduce((state, event) => evolveTransfer(state, event, morning), initialTransferState());
const decide = (past: readonly TransferEvent[], command: TransferCommand) => decideTransfer(fold(past), command);
const accepted = (...events: readonly TransferEvent[]) => ({ kind: 'accepted', events });

const envelope = { at: morning, commandId: 'c1' };
const lines = [
  { sku: 'CUP', quantity: 5 },
  { sku: 'POT', quantity: 2 },
];
const travelling: readonly TransferEvent[] = [
  { type: 'TransferCreated', transferId: 'T1', fromLocationId: 'BER', toLocationId: 'HAM', lines, requestHash: 'hash' },
  { type: 'ShipmentStarted', shipmentId: 'T1' },
  { type: 'Shipped' },
];
const receipt = (...parts: Extract<TransferEvent, { type: 'ReceiptStarted' }>['lines']): readonly TransferEvent[] => [
  { type: 'ReceiptStarted', receiptId: 'first', lines: parts },
  { type: 'ReceiptRecorded', receiptId: 'first' },
];
const close = { type: 'StartClose', ...envelope, reasonCode: 'lost' } as const;
const closing: TransferEvent = { type: 'CloseStarted', reasonCode: 'lost' };
const closed: TransferEvent = { type: 'Closed' };

describe('closing a transfer', () => {
  it('counts what is in transit as lost, for the reason', () => {
    const past = [...travelling, ...receipt({ sku: 'CUP', quantity: 3 })];
    expect(decide(past, close)).toEqual(accepted(closing));
    expect(decide([...past, closing], { type: 'CompleteClose', ...envelope })).toEqual(accepted(closed));
    expect(fold([...past, closing, closed])).toMatchObject({
      phase: 'closed',
      closed: { reasonCode: 'lost' },
      lines: [
        { received: 3, lost: 2 },
        { received: 0, lost: 2 },
      ],
    });
  });

  it('changes nothing once more', () => {
    expect(decide([...travelling, closing], close)).toEqual(accepted());
    expect(decide([...travelling, closing, closed], close)).toEqual(accepted());
    expect(decide([...travelling, closing, closed], { type: 'CompleteClose', ...envelope })).toEqual(accepted());
  });

  it('is for a transfer on its way only', () => {
    const refused = (past: readonly TransferEvent[], command: TransferCommand) => decide(past, command);
    expect(refused([], close)).toMatchObject({ code: 'unknown_transfer' });
    expect(refused(travelling.slice(0, 1), close)).toMatchObject({ code: 'transfer_created' });
    expect(refused([...travelling, ...receipt(...lines)], close)).toMatchObject({ code: 'transfer_received' });
    expect(refused([...travelling, { type: 'CancelStarted' }], close)).toMatchObject({ code: 'transfer_cancelling' });
    expect(refused([...travelling, closing], { type: 'StartCancel', ...envelope })).toMatchObject({ code: 'transfer_closing' });
    expect(refused([...travelling, closing, closed], { type: 'StartReceipt', ...envelope, receiptId: 'late' })).toMatchObject({
      code: 'transfer_closed',
    });
  });

  it('is finished by a watchdog', () => {
    expect(transferDeadline(fold([...travelling, closing]), minute)).toBe(morning + minute);
    expect(transferDeadline(fold([...travelling, closing, closed]), minute)).toBeNull();
  });
});

describe('a receipt that differs from what is on its way', () => {
  const receive = (...parts: Extract<TransferEvent, { type: 'ReceiptStarted' }>['lines']) =>
    decide(travelling, { type: 'StartReceipt', ...envelope, receiptId: 'first', lines: parts, receivedBy: 'ann' });
  const over = (quantity: number) => ({ over: { quantity, reasonCode: 'over_receipt' } });

  it('counts rejected units as arrived, and surplus ones beside', () => {
    const parts = [
      { sku: 'CUP', quantity: 6, ...over(1) },
      { sku: 'POT', quantity: 1, rejected: 1 },
    ];
    expect(receive(...parts)).toEqual(accepted({ type: 'ReceiptStarted', receiptId: 'first', lines: parts, receivedBy: 'ann' }));
    expect(fold([...travelling, ...receipt(...parts)])).toMatchObject({
      phase: 'received',
      lines: [
        { received: 5, over: 1 },
        { received: 2, rejected: 1 },
      ],
    });
  });

  it('is refused where it does not say by how much, or says it wrongly', () => {
    expect(receive({ sku: 'CUP', quantity: 4, rejected: 2 })).toMatchObject({
      code: 'quantity_exceeds_open',
      details: { open: 5, requested: 6 },
    });
    expect(receive({ sku: 'CUP', quantity: 7, ...over(1) })).toMatchObject({ code: 'quantity_exceeds_open' });
    expect(receive({ sku: 'CUP', quantity: 5, ...over(1) })).toMatchObject({ code: 'over_differs' });
    expect(receive({ sku: 'LID', quantity: 1, ...over(1) })).toMatchObject({ code: 'quantity_exceeds_open', details: { sku: 'LID' } });
    expect(receive({ sku: 'CUP', quantity: 0 })).toMatchObject({ code: 'invalid_quantity' });
  });
});
