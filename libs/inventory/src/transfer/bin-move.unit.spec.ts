import { decideTransfer, evolveTransfer, initialTransferState, type TransferCommand, type TransferEvent } from '../index.js';

const by = { at: 1, commandId: 'c1' };
const cup = { sku: 'CUP', quantity: 3, fromBinId: 'A', toBinId: 'B' };
const transfer = { transferId: 'T1', fromLocationId: 'BER', toLocationId: 'BER', lines: [cup], requestHash: 'hash' };
const create = { type: 'CreateTransfer', ...by, ...transfer } as const;
const two = [cup, { ...cup, lotId: 'L1' }];
const created: TransferEvent = { type: 'TransferCreated', ...transfer, lines: two };

const stateOf = (...past: readonly TransferEvent[]) =>
  past.reduce((state, event) => evolveTransfer(state, event, 7), initialTransferState());
const asked = (command: TransferCommand, ...past: readonly TransferEvent[]) => decideTransfer(stateOf(...past), command);

describe('a transfer inside one location', () => {
  it('begins to move at once where every line changes bin', () => {
    expect(asked(create)).toEqual({ kind: 'accepted', events: [{ type: 'TransferCreated', ...transfer }] });
    expect(stateOf(created)).toMatchObject({ phase: 'moving', phaseSince: 7 });
  });

  it('takes a SKU from and to several bins, and of several lots', () => {
    const lines = [...two, { ...cup, toBinId: 'C' }, { ...cup, fromBinId: 'D' }];
    expect(asked({ ...create, lines })).toMatchObject({ kind: 'accepted' });
  });

  it.each<[string, object]>([
    ['the same bin', { toBinId: 'A' }],
    ['no bin to go to', { toBinId: undefined }],
    ['no bin to come from', { fromBinId: undefined }],
  ])('is to itself with %s in any line', (_what, more) => {
    const lines = [
      { ...cup, sku: 'POT' },
      { ...cup, ...more },
    ] as typeof two;
    expect(asked({ ...create, lines })).toMatchObject({ code: 'same_location', details: { locationId: 'BER' } });
  });

  it.each<[string, readonly object[]]>([
    ['no lines', []],
    ['a move twice', [cup, cup]],
    ['a hold', [{ ...cup, holdId: 'hold_1' }]],
    ['a reservation', [{ ...cup, reservationId: 'rs_1' }]],
  ])('refuses %s', (_what, lines) => {
    expect(asked({ ...create, lines: lines as typeof two })).toMatchObject({ code: 'invalid_lines' });
  });

  it('refuses half a unit', () => {
    expect(asked({ ...create, lines: [{ ...cup, quantity: 0.5 }] })).toMatchObject({ code: 'invalid_quantity' });
  });

  it.each([{ fromBinId: 'A' }, { toBinId: 'B' }, { lotId: 'L1' }])('is the only one that names bins and lots: %j', (more) => {
    const lines = [{ sku: 'CUP', quantity: 3, ...more }];
    expect(asked({ ...create, toLocationId: 'HAM', lines })).toMatchObject({ code: 'invalid_lines' });
  });

  it('is received once its SKUs have moved, told once or twice', () => {
    const complete = { type: 'CompleteMove', ...by, unmoved: [] } as const;
    const changed: TransferEvent = { type: 'BinsChanged', unmoved: [] };
    expect(asked(complete, created)).toEqual({ kind: 'accepted', events: [changed] });
    expect(asked(complete, created, changed)).toEqual({ kind: 'accepted', events: [] });
    expect(stateOf(created, changed)).toMatchObject({ phase: 'received', lines: [{ received: 3 }, { received: 3 }] });
  });

  it('says which lines stayed, and is cancelled where all did', () => {
    const late = { code: 'insufficient_in_bin', available: 1 };
    expect(stateOf(created, { type: 'BinsChanged', unmoved: [{ line: 1, ...late }] })).toMatchObject({
      phase: 'received',
      lines: [
        { received: 3, returned: 0 },
        { received: 0, returned: 3, unmoved: late },
      ],
    });
    expect(stateOf(created, { type: 'BinsChanged', unmoved: [0, 1].map((line) => ({ line, ...late })) })).toMatchObject({
      phase: 'cancelled',
      lines: [{ returned: 3 }, { returned: 3 }],
    });
  });

  it.each<TransferCommand>([
    { type: 'StartShipment', ...by },
    { type: 'StartReceipt', ...by, receiptId: 'r' },
    { type: 'StartCancel', ...by },
    { type: 'StartClose', ...by, reasonCode: 'lost' },
  ])('takes no step of another: $type', (command) => {
    expect(asked(command, created)).toMatchObject({ code: 'transfer_moving' });
  });

  it('moves nothing of a transfer between locations', () => {
    const between: TransferEvent = { ...created, toLocationId: 'HAM' };
    expect(asked({ type: 'CompleteMove', ...by, unmoved: [] }, between)).toMatchObject({ code: 'transfer_created' });
  });
});
