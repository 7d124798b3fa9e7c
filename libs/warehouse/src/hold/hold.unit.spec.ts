import type { StartHoldCall } from './commands.js';
import { decideHoldCall } from './decide.js';
import type { HoldCallLine, HoldCallEvent } from './events.js';
import { evolveHoldCall, initialHoldCallState, type HoldCallState } from './state.js';

const at = Date.UTC(2026, 2, 31, 12);
const call = {
  holdId: 'hold_1',
  holdType: 'recall',
  createdBy: 'key-1',
  person: 'u1',
  lines: [{ sku: 'MILK', locationId: 'BER', quantity: 4 }, { sku: 'CREAM' }],
  requestHash: 'h1',
} as const;

const start = (more: Partial<StartHoldCall> = {}): StartHoldCall => ({ type: 'StartHoldCall', at, commandId: 'c1', ...call, ...more });
const complete = (outcomes: readonly HoldCallLine[]) => ({ type: 'CompleteHoldCall', at, commandId: 'c2', outcomes }) as const;
const after = (...events: readonly HoldCallEvent[]): HoldCallState => {
  let state = initialHoldCallState();
  for (const event of events) state = evolveHoldCall(state, event);
  return state;
};

const started: HoldCallEvent = { type: 'HoldCallStarted', ...call };
const held = (line: number): HoldCallLine => ({ line, quantityHeld: 4, uncoveredPromises: 0 });
const short = (line: number): HoldCallLine => ({
  line,
  refusal: { code: 'insufficient_stock', requested: 4, available: 2 },
  quantityHeld: 0,
  uncoveredPromises: 0,
});

describe('a call that holds units of several SKUs', () => {
  it('starts with every line validated', () => {
    expect(decideHoldCall(after(), start())).toEqual({ kind: 'accepted', events: [started] });
  });

  it('refuses a number of units without a place, and names the line', () => {
    expect(decideHoldCall(after(), start({ lines: [{ sku: 'MILK' }, { sku: 'CREAM', quantity: 4 }] }))).toMatchObject({
      code: 'location_required',
      details: { line: 2 },
    });
  });

  it('refuses no lines and more than a thousand', () => {
    expect(decideHoldCall(after(), start({ lines: [] }))).toMatchObject({ code: 'invalid_lines' });
    const many = Array.from({ length: 1_001 }, () => ({ sku: 'MILK' }));
    expect(decideHoldCall(after(), start({ lines: many }))).toMatchObject({ code: 'invalid_lines', details: { most: 1_000 } });
  });

  it('changes nothing by a repeat, and refuses another body under the same id', () => {
    expect(decideHoldCall(after(started), start())).toEqual({ kind: 'accepted', events: [] });
    expect(decideHoldCall(after(started), start({ requestHash: 'h2' }))).toMatchObject({ code: 'idempotency_mismatch' });
  });

  it.each([
    ['placed', [held(1), held(2)]],
    ['partly_placed', [held(1), short(2)]],
    ['refused', [short(1), short(2)]],
  ])('is %s by the outcomes of its lines', (phase, outcomes) => {
    const completed: HoldCallEvent = { type: 'HoldCallCompleted', outcomes };
    expect(decideHoldCall(after(started), complete(outcomes))).toEqual({ kind: 'accepted', events: [completed] });
    expect(after(started, completed)).toMatchObject({ phase, outcomes });
    expect(decideHoldCall(after(started, completed), complete([short(1), short(2)]))).toEqual({ kind: 'accepted', events: [] });
  });

  it('is not completed before it started, nor with other lines than it has', () => {
    expect(decideHoldCall(after(), complete([]))).toMatchObject({ code: 'unknown_hold' });
    expect(decideHoldCall(after(started), complete([held(1)]))).toMatchObject({ code: 'invalid_lines' });
  });
});
