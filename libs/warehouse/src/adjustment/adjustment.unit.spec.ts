import { decideAdjustment } from './decide.js';
import type { StartAdjustment } from './commands.js';
import type { AdjustmentEvent, AdjustedLine } from './events.js';
import { evolveAdjustment, initialAdjustmentState, type AdjustmentState } from './state.js';

const at = Date.UTC(2026, 2, 31, 12);
const DAY_MS = 86_400_000;

const document = {
  adjustmentId: 'adj_1',
  locationId: 'BER',
  reasonCode: 'damage',
  createdBy: 'u1',
  lines: [
    { sku: 'CUP', delta: -3 },
    { sku: 'POT', delta: -1 },
  ],
  requestHash: 'h1',
} as const;

const start = (more: Partial<StartAdjustment> = {}): StartAdjustment => ({
  type: 'StartAdjustment',
  at,
  commandId: 'c1',
  ...document,
  ...more,
});
const complete = (outcomes: readonly AdjustedLine[]) => ({ type: 'CompleteAdjustment', at, commandId: 'c2', outcomes }) as const;

const after = (...events: readonly AdjustmentEvent[]): AdjustmentState => {
  let state = initialAdjustmentState();
  for (const event of events) state = evolveAdjustment(state, event);
  return state;
};
const started: AdjustmentEvent = { type: 'AdjustmentStarted', ...document };
const applied = (line: number): AdjustedLine => ({ line, quantityOnHand: 7, quantityAvailable: 5 });
const short = (line: number): AdjustedLine => ({
  line,
  refusal: { code: 'insufficient_stock', requested: 1, available: 0 },
  quantityOnHand: 0,
  quantityAvailable: 0,
});
const completed = (...outcomes: readonly AdjustedLine[]): AdjustmentEvent => ({ type: 'AdjustmentCompleted', outcomes });

describe('an adjustment of several SKUs', () => {
  it('starts with every line validated', () => {
    expect(decideAdjustment(after(), start())).toEqual({ kind: 'accepted', events: [started] });
  });

  it('A4 refuses a reason of the other direction and names every line that has it', () => {
    const lines = [
      { sku: 'CUP', delta: 3 },
      { sku: 'POT', delta: -3 },
      { sku: 'PAN', delta: -1 },
    ];
    expect(decideAdjustment(after(), start({ reasonCode: 'found', lines }))).toEqual({
      kind: 'refused',
      code: 'reason_direction',
      details: { reasonCode: 'found', direction: 'in', lines: [2, 3] },
    });
  });

  it('A4 refuses `other` without a text', () => {
    expect(decideAdjustment(after(), start({ reasonCode: 'other' }))).toMatchObject({ kind: 'refused', code: 'reason_required' });
    expect(decideAdjustment(after(), start({ reasonCode: 'other', reason: ' ' }))).toMatchObject({ code: 'reason_required' });
    expect(decideAdjustment(after(), start({ reasonCode: 'other', reason: 'gift' }))).toMatchObject({ kind: 'accepted' });
  });

  it('refuses a reason of units that change place for a change of on hand', () => {
    expect(decideAdjustment(after(), start({ reasonCode: 'lot_correction' }))).toMatchObject({ code: 'reason_direction' });
  });

  it('refuses an unknown reason with the list of those there are', () => {
    const decision = decideAdjustment(after(), start({ reasonCode: 'gremlins' }));
    expect(decision).toMatchObject({ kind: 'refused', code: 'unknown_reason_code' });
    expect(decision.kind === 'refused' && decision.details['known']).toContain('damage');
  });

  it.each([
    [31 * DAY_MS, undefined],
    [31 * DAY_MS + 1, 'effective_too_early'],
    [-300_000, undefined],
    [-300_001, 'effective_in_future'],
  ])('takes effect %d ms ago: %s', (agoMs, code) => {
    const decision = decideAdjustment(after(), start({ effectiveAt: at - agoMs }));
    expect(decision.kind === 'refused' ? decision.code : undefined).toBe(code);
  });

  it.each([0, 0.5, 1_000_000_001, Number.NaN])('refuses a line of %d units', (delta) => {
    expect(
      decideAdjustment(
        after(),
        start({
          lines: [
            { sku: 'CUP', delta: -1 },
            { sku: 'POT', delta },
          ],
        }),
      ),
    ).toMatchObject({
      code: 'invalid_quantity',
      details: { line: 2 },
    });
  });

  it('refuses no lines and more than a thousand', () => {
    expect(decideAdjustment(after(), start({ lines: [] }))).toMatchObject({ code: 'invalid_lines' });
    const many = Array.from({ length: 1_001 }, () => ({ sku: 'CUP', delta: -1 }));
    expect(decideAdjustment(after(), start({ lines: many }))).toMatchObject({ code: 'invalid_lines', details: { most: 1_000 } });
    expect(decideAdjustment(after(), start({ lines: many.slice(1) }))).toMatchObject({ kind: 'accepted' });
  });

  it('changes nothing by a repeat, and refuses another body under the same id', () => {
    expect(decideAdjustment(after(started), start())).toEqual({ kind: 'accepted', events: [] });
    expect(decideAdjustment(after(started), start({ requestHash: 'h2' }))).toMatchObject({ code: 'idempotency_mismatch' });
  });

  it.each([
    ['applied', [applied(1), applied(2)]],
    ['partly_applied', [applied(1), short(2)]],
    ['refused', [short(1), short(2)]],
  ])('A5 is %s by the outcomes of its lines', (phase, outcomes) => {
    expect(decideAdjustment(after(started), complete(outcomes))).toEqual({ kind: 'accepted', events: [completed(...outcomes)] });
    expect(after(started, completed(...outcomes))).toMatchObject({ phase, outcomes });
  });

  it('keeps the first outcomes: whoever resumed it a second time reports nothing new', () => {
    expect(decideAdjustment(after(started, completed(applied(1), short(2))), complete([short(1), short(2)]))).toEqual({
      kind: 'accepted',
      events: [],
    });
  });

  it('is not completed before it started, nor with other lines than it has', () => {
    expect(decideAdjustment(after(), complete([]))).toMatchObject({ code: 'unknown_adjustment' });
    expect(decideAdjustment(after(started), complete([applied(1)]))).toMatchObject({ code: 'invalid_lines' });
  });
});
