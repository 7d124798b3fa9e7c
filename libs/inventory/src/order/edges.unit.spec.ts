import { decideOrder, evolveOrder, initialOrderState, type OrderCommand, type OrderEvent, type OrderState } from '../index.js';
import { hour, minute, morning, noon } from '../../test/times.js';
import { MAX_LINES_PER_ORDER } from './limits.js';

const fold = (...events: readonly OrderEvent[]): OrderState =>
  events.reduce((state, event) => evolveOrder(state, event, morning), initialOrderState());
const asked = (command: OrderCommand, ...past: readonly OrderEvent[]) => decideOrder(fold(...past), command);

const by = { at: morning + minute, commandId: 'c1' };
const cup = { sku: 'CUP', quantity: 2 };
const pot = { sku: 'POT', quantity: 1 };
const order = { reservationId: 'ro_1', orderId: 'O-1', lines: [cup, pot], ttlMs: 4 * hour, requestHash: 'hash' };
const start = { type: 'StartOrder', ...by, ...order } as const;
const started: OrderEvent = { type: 'OrderStarted', ...order, partial: false, expiresAt: noon };
const heldLines = [cup, pot].map(({ sku, quantity }) => ({
  sku,
  requested: quantity,
  takes: [{ locationId: 'BER', quantity, because: 'priority 100' }],
}));
const held: OrderEvent = { type: 'OrderHeld', lines: heldLines, expiresAt: noon };
const soldCup: readonly OrderEvent[] = [
  { type: 'OrderCommitStarted', commitId: 'c0', at: by.at, lines: [cup] },
  { type: 'OrderCommitted', commitId: 'c0', lines: [{ sku: 'CUP', takes: [{ locationId: 'BER', quantity: 2 }] }], openUnits: 1 },
];
const running: OrderEvent = { type: 'OrderCommitStarted', commitId: 'c1', at: by.at, lines: [cup, pot] };

describe('an order that nobody began', () => {
  it('is nothing', () =>
    expect(initialOrderState()).toMatchObject({
      phase: 'none',
      reservationId: '',
      orderId: '',
      requestHash: '',
      partial: false,
      lines: [],
      short: [],
      commitIds: [],
    }));
});

describe('beginning an order', () => {
  it('knows from then on what was asked for, of which nothing is held', () =>
    expect(fold(started).lines).toEqual([
      { sku: 'CUP', requested: 2, takes: [], heldUnits: 0, committedUnits: 0, releasedUnits: 0 },
      { sku: 'POT', requested: 1, takes: [], heldUnits: 0, committedUnits: 0, releasedUnits: 0 },
    ]));

  it('takes as many lines as it may have, each of a quantity', () => {
    const lines = Array.from({ length: MAX_LINES_PER_ORDER }, (_, index) => ({ sku: String(index), quantity: 1 }));
    expect(asked({ ...start, lines })).toMatchObject({ kind: 'accepted' });
    expect(asked({ ...start, lines: [cup, { ...pot, quantity: 0 }] })).toMatchObject({ code: 'invalid_quantity' });
    expect(asked({ ...start, lines: [{ ...cup, quantity: 0 }, pot] })).toMatchObject({ code: 'invalid_quantity' });
  });

  it('says why it is refused', () => {
    expect(asked({ ...start, lines: [cup, cup] })).toMatchObject({ code: 'invalid_lines', details: { reason: 'a SKU occurs twice' } });
    const other = { ...start, requestHash: 'other' };
    expect(asked(other, started)).toMatchObject({ code: 'idempotency_mismatch', details: { reservationId: 'ro_1' } });
  });

  it('is held no longer than the order, and no longer than its holds', () => {
    const hold = { type: 'HoldOrder', ...by, lines: heldLines } as const;
    for (const [expiresAt, then] of [
      [noon - 1, noon - 1],
      [noon + 1, noon],
      [undefined, noon],
    ] as const) {
      const command = expiresAt === undefined ? hold : { ...hold, expiresAt };
      expect(asked(command, started)).toMatchObject({ events: [{ type: 'OrderHeld', expiresAt: then }] });
    }
  });
});

describe('committing an order', () => {
  const commit = { type: 'StartOrderCommit', ...by } as const;

  it('commits what is held still, of what is not sold yet', () =>
    expect(asked(commit, started, held, ...soldCup)).toMatchObject({ events: [{ lines: [pot] }] }));

  it('finds the line that asks for too much among others', () =>
    expect(asked({ ...commit, lines: [cup, { ...pot, quantity: 2 }] }, started, held)).toMatchObject({
      code: 'quantity_exceeds_open',
      details: { sku: 'POT', requested: 2, open: 1 },
    }));

  it('says which lines it cannot take', () => {
    expect(asked({ ...commit, lines: [] }, started, held)).toMatchObject({
      code: 'invalid_lines',
      details: { reason: 'no line is named' },
    });
    expect(asked({ ...commit, lines: [pot, pot] }, started, held)).toMatchObject({
      code: 'invalid_lines',
      details: { reason: 'a SKU occurs twice' },
    });
  });

  it('is ended by the commit that runs and by no other', () => {
    const other = { details: { commitId: 'other' }, code: 'unknown_commit' };
    const complete = { type: 'CompleteOrderCommit', ...by, commitId: 'other', lines: [] } as const;
    expect(asked(complete, started, held, running)).toMatchObject(other);
    expect(asked({ type: 'FailOrderCommit', ...by, commitId: 'other', skus: [] }, started, held, running)).toMatchObject(other);
  });
});

describe('an order that is extended', () => {
  const extend = { type: 'ExtendOrder', ...by } as const;

  it('lives longer, never shorter, and as long is no change', () => {
    expect(asked({ ...extend, expiresAt: noon + 1 }, started, held)).toMatchObject({
      events: [{ type: 'OrderExtended', expiresAt: noon + 1 }],
    });
    expect(asked({ ...extend, expiresAt: noon }, started, held)).toMatchObject({ events: [] });
    expect(asked({ ...extend, expiresAt: noon - 1 }, started, held)).toMatchObject({ events: [] });
  });

  it('must be held', () =>
    expect(asked({ ...extend, expiresAt: noon + 1 }, started, held, running)).toMatchObject({
      kind: 'refused',
      details: { state: 'committing' },
    }));
});
