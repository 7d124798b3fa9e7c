import {
  decideTransfer,
  evolveTransfer,
  initialTransferState,
  transferDeadline,
  type TransferCommand,
  type TransferEvent,
  type TransferRefusalCode,
  type TransferState,
} from '../index.js';
import { minute, morning } from '../../test/times.js';

const fold = (events: readonly TransferEvent[]): TransferState =>
  events.reduce((state, event) => evolveTransfer(state, event, morning), initialTransferState());

const given = (...past: readonly TransferEvent[]) => ({
  when: (command: TransferCommand) => {
    const decision = decideTransfer(fold(past), command);
    return {
      then: (...events: readonly TransferEvent[]): void => {
        expect(decision).toEqual({ kind: 'accepted', events });
      },
      thenNothing: (): void => {
        expect(decision).toEqual({ kind: 'accepted', events: [] });
      },
      thenRefused: (code: TransferRefusalCode, details: object = {}): void => {
        expect(decision).toMatchObject({ kind: 'refused', code, details });
      },
    };
  },
});

const envelope = { at: morning, commandId: 'c1' };
const lines = [
  { sku: 'CUP', quantity: 5 },
  { sku: 'POT', quantity: 2 },
];
const transfer = { transferId: 'T1', fromLocationId: 'BER', toLocationId: 'HAM', lines, requestHash: 'hash' };
const create = { type: 'CreateTransfer', ...envelope, ...transfer } as const;
const startShipment = { type: 'StartShipment', ...envelope } as const;
const completeShipment = { type: 'CompleteShipment', ...envelope, shipmentId: 'T1' } as const;
const turnBack = { type: 'TurnShipmentBack', ...envelope, shipmentId: 'T1', lines: [{ sku: 'POT', requested: 2, available: 1 }] } as const;
const failShipment = { type: 'FailShipment', ...envelope, shipmentId: 'T1' } as const;
const startReceipt = { type: 'StartReceipt', ...envelope, receiptId: 'first' } as const;
const completeReceipt = { type: 'CompleteReceipt', ...envelope, receiptId: 'first' } as const;
const startCancel = { type: 'StartCancel', ...envelope } as const;
const completeCancel = { type: 'CompleteCancel', ...envelope } as const;

const created: TransferEvent = { type: 'TransferCreated', ...transfer };
const shipping: TransferEvent = { type: 'ShipmentStarted', shipmentId: 'T1' };
const shipped: TransferEvent = { type: 'Shipped' };
const turnedBack: TransferEvent = { type: 'ShipmentTurnedBack', lines: turnBack.lines };
const failed: TransferEvent = { type: 'ShipmentFailed', lines: turnBack.lines };
const part = [{ sku: 'CUP', quantity: 3 }];
const receiving: TransferEvent = { type: 'ReceiptStarted', receiptId: 'first', lines: part };
const received: TransferEvent = { type: 'ReceiptRecorded', receiptId: 'first' };
const cancelling: TransferEvent = { type: 'CancelStarted' };
const cancelled: TransferEvent = { type: 'Cancelled' };
const travelling = [created, shipping, shipped];

describe('creating a transfer', () => {
  it('notes what is to go where, once', () => {
    given().when(create).then(created);
    given(created).when(create).thenNothing();
    given(created)
      .when({ ...create, requestHash: 'other' })
      .thenRefused('idempotency_mismatch');
  });

  it('refuses a location to itself and lines that cannot be', () => {
    given()
      .when({ ...create, toLocationId: 'BER' })
      .thenRefused('same_location');
    given()
      .when({ ...create, lines: [] })
      .thenRefused('invalid_lines', { lines: 0 });
    given()
      .when({ ...create, lines: [...lines, ...lines] })
      .thenRefused('invalid_lines');
    given()
      .when({ ...create, lines: [{ sku: 'CUP', quantity: 0.5 }] })
      .thenRefused('invalid_quantity');
  });
});

describe('shipping a transfer', () => {
  it('has two steps, each once', () => {
    given(created).when(startShipment).then(shipping);
    given(created, shipping).when(startShipment).thenNothing();
    given(created, shipping).when(completeShipment).then(shipped);
    given(...travelling)
      .when(completeShipment)
      .thenNothing();
    given(...travelling)
      .when(startShipment)
      .thenNothing();
  });

  it('may fail and be tried again, then under another id, since SKUs take an id once', () => {
    given(created, shipping).when(turnBack).then(turnedBack);
    given(created, shipping, turnedBack).when(turnBack).thenNothing();
    given(created, shipping, turnedBack).when(failShipment).then(failed);
    given(created, shipping, turnedBack, failed).when(failShipment).thenNothing();
    given(created, shipping, turnedBack, failed).when(startShipment).then({ type: 'ShipmentStarted', shipmentId: 'T1~2' });
  });

  it('cannot be completed once it was decided to turn back, nor fail before that', () => {
    given(created, shipping, turnedBack).when(completeShipment).thenRefused('transfer_shipping');
    given(created, shipping).when(failShipment).thenRefused('transfer_shipping');
    given(...travelling)
      .when(turnBack)
      .thenRefused('transfer_in_transit');
    const again = [created, shipping, turnedBack, failed, { ...shipping, shipmentId: 'T1~2' }];
    given(...again)
      .when({ ...completeShipment, shipmentId: 'T1~2' })
      .then(shipped);
  });

  it('takes no report on an attempt before', () => {
    const again = [created, shipping, turnedBack, failed, { ...shipping, shipmentId: 'T1~2' }];
    for (const late of [completeShipment, turnBack]) {
      given(...again)
        .when(late)
        .thenRefused('transfer_shipping');
    }
    given(...again, turnedBack)
      .when(failShipment)
      .thenRefused('transfer_shipping');
  });

  it('is refused where the phase stands against it', () => {
    given().when(startShipment).thenRefused('unknown_transfer');
    given(created).when(completeShipment).thenRefused('transfer_created');
    given(created, cancelled).when(startShipment).thenRefused('transfer_cancelled');
    given(...travelling)
      .when(failShipment)
      .thenRefused('transfer_in_transit');
  });
});

describe('receiving a transfer', () => {
  it('takes all that is in transit, or the named part', () => {
    given(...travelling)
      .when(startReceipt)
      .then({ ...receiving, lines });
    given(...travelling)
      .when({ ...startReceipt, lines: part })
      .then(receiving);
  });

  it('leaves the rest in transit until all has come', () => {
    given(...travelling, receiving)
      .when(completeReceipt)
      .then(received);
    expect(fold([...travelling, receiving, received])).toMatchObject({ phase: 'in_transit', lines: [{ received: 3 }, { received: 0 }] });
    const rest = [
      { sku: 'CUP', quantity: 2 },
      { sku: 'POT', quantity: 2 },
    ];
    given(...travelling, receiving, received)
      .when({ ...startReceipt, receiptId: 'second' })
      .then({ ...receiving, receiptId: 'second', lines: rest });
    const done = fold([
      ...travelling,
      receiving,
      received,
      { ...receiving, receiptId: 'second', lines: rest },
      { ...received, receiptId: 'second' },
    ]);
    expect(done.phase).toBe('received');
  });

  it('takes a receipt once', () => {
    given(...travelling, receiving)
      .when(startReceipt)
      .thenNothing();
    given(...travelling, receiving, received)
      .when(startReceipt)
      .thenNothing();
    given(...travelling, receiving, received)
      .when(completeReceipt)
      .thenNothing();
  });

  it('comes in a limited number of parts, the last of which takes all that is left', () => {
    const many = { ...create, lines: [{ sku: 'CUP', quantity: 1_000 }] };
    const parts = Array.from({ length: 255 }, (_, index): TransferEvent[] => {
      const receiptId = `part ${String(index)}`;
      return [
        { ...receiving, receiptId, lines: [{ sku: 'CUP', quantity: 1 }] },
        { ...received, receiptId },
      ];
    }).flat();
    const past = [{ ...created, lines: many.lines }, shipping, shipped, ...parts];
    given(...past)
      .when({ ...startReceipt, lines: [{ sku: 'CUP', quantity: 744 }] })
      .thenRefused('too_many_receipts', { most: 256 });
    given(...past)
      .when(startReceipt)
      .then({ ...receiving, lines: [{ sku: 'CUP', quantity: 745 }] });
  });

  it('refuses more than is in transit, and while another receipt is under way', () => {
    given(...travelling)
      .when({ ...startReceipt, lines: [{ sku: 'CUP', quantity: 6 }] })
      .thenRefused('quantity_exceeds_open', { sku: 'CUP', requested: 6, open: 5 });
    given(...travelling, receiving)
      .when({ ...startReceipt, receiptId: 'second' })
      .thenRefused('transfer_receiving');
    given(...travelling)
      .when(completeReceipt)
      .thenRefused('transfer_in_transit');
    given(created, shipping).when(startReceipt).thenRefused('transfer_shipping');
  });
});

describe('cancelling a transfer', () => {
  it('ends it at once before shipment', () => {
    given(created).when(startCancel).then(cancelled);
    expect(fold([created, cancelled]).lines).toMatchObject([{ returned: 0 }, { returned: 0 }]);
  });

  it('sends back what is in transit', () => {
    given(...travelling, receiving, received)
      .when(startCancel)
      .then(cancelling);
    given(...travelling, cancelling)
      .when(completeCancel)
      .then(cancelled);
    const state = fold([...travelling, receiving, received, cancelling, cancelled]);
    expect(state).toMatchObject({
      phase: 'cancelled',
      lines: [
        { received: 3, returned: 2 },
        { received: 0, returned: 2 },
      ],
    });
  });

  it('changes nothing when it comes again', () => {
    given(...travelling, cancelling)
      .when(startCancel)
      .thenNothing();
    given(created, cancelled).when(startCancel).thenNothing();
    given(created, cancelled).when(completeCancel).thenNothing();
  });

  it('is refused while units are being shipped or received, and after the end', () => {
    given().when(startCancel).thenRefused('unknown_transfer');
    given(created, shipping).when(startCancel).thenRefused('transfer_shipping');
    given(...travelling, receiving)
      .when(startCancel)
      .thenRefused('transfer_receiving');
    given(...travelling, { ...receiving, lines }, received)
      .when(startCancel)
      .thenRefused('transfer_received');
    given(...travelling, cancelling)
      .when(startReceipt)
      .thenRefused('transfer_cancelling');
    given(...travelling)
      .when(completeCancel)
      .thenRefused('transfer_in_transit');
  });
});

describe('what a watchdog looks at', () => {
  it('is the age of a phase under way, not one that waits for people', () => {
    expect(transferDeadline(fold([created, shipping]), minute)).toBe(morning + minute);
    expect(transferDeadline(fold([...travelling, receiving]), minute)).toBe(morning + minute);
    expect(transferDeadline(fold([...travelling, cancelling]), minute)).toBe(morning + minute);
    for (const waits of [[], [created], travelling, [created, cancelled]]) expect(transferDeadline(fold(waits), minute)).toBeNull();
  });
});
