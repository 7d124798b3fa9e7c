import { decidePromiseAlert, initialPromiseTelling, type PromiseFigures } from './promise-risk.js';
import { decideStockAlert, initialStockTelling } from './stock-alert.js';
import { alertLevel, recoveryMargin, stockAlertKind, stockLevel, type StockLevel } from './stock-level.js';
import { ALERT_PAUSE_MS } from './limits.js';
import { daysToExpiry, expiryStage } from './expiry.js';
import { effectiveThreshold } from './threshold.js';
import { troubleChanges } from './troubles.js';

const MINUTE = 60_000;
interface Step {
  readonly available: number;
  readonly threshold?: number;
  readonly atMs?: number;
}

/** Figures in turn, a second apart unless said; what is told, with the figure and how many changes before it were not told. */
function told(threshold: number, ...steps: readonly (number | Step)[]): readonly string[] {
  let telling = initialStockTelling();
  return steps.flatMap((step, place) => {
    const { available, threshold: of = threshold, atMs = place * 1_000 } = typeof step === 'number' ? { available: step } : step;
    const outcome = decideStockAlert(telling, { available, threshold: of, now: atMs });
    telling = outcome.telling;
    if (outcome.told === undefined) return [];
    const { kind, suppressed } = outcome.told;
    return [`${kind} ${String(available)}${suppressed === 0 ? '' : ` after ${String(suppressed)}`}`];
  });
}

describe('worked cases of alerts', () => {
  const flaps = Array.from({ length: 10 }, () => [5, 6]).flat();

  it.each([6, 10])('AL2: ten changes between 5 and 6 with a threshold of %i tell one alert', (threshold) =>
    expect(told(threshold, 20, ...flaps)).toEqual(['low_stock 5']),
  );
  it('AL3: a commit of 14 of 15 with a threshold of 2 tells 1', () => expect(told(2, 15, 1)).toEqual(['low_stock 1']));
  it('AL4: a threshold that goes from 5 to 10 at 8 units tells one alert', () =>
    expect(told(5, 8, { available: 8, threshold: 10 }, { available: 8, threshold: 10 })).toEqual(['low_stock 8']));
  it('AL5: reservations of 3 and 2 of 5 tell that nothing is left, a receipt of 10 once that there is stock again', () =>
    expect(told(2, 5, 2, 0, 10, 10)).toEqual(['stock_out 0', 'back_in_stock 10']));
  it('AL6: a lot of 8 of 10 that expires leaves 2 of a threshold of 5', () => expect(told(5, 10, 2)).toEqual(['low_stock 2']));
});

describe('the level of a SKU', () => {
  it.each<[number, number, StockLevel]>([
    [10, 10, 'ok'],
    [9, 10, 'low_stock'],
    [1, 10, 'low_stock'],
    [0, 10, 'stock_out'],
    [-3, 10, 'stock_out'],
    [1, 0, 'ok'],
    [0, 0, 'stock_out'],
  ])('%i available with a threshold of %i is %s', (available, threshold, level) => {
    expect(stockLevel(available, threshold)).toBe(level);
  });

  it.each([
    [0, 1],
    [1, 1],
    [10, 1],
    [11, 2],
    [100, 10],
    [101, 11],
  ])('with a threshold of %i recovers %i above it', (threshold, margin) => {
    expect(recoveryMargin(threshold)).toBe(margin);
    expect(alertLevel('low_stock', threshold + margin - 1, threshold)).toBe(threshold + margin - 1 === 0 ? 'stock_out' : 'low_stock');
    expect(alertLevel('low_stock', threshold + margin, threshold)).toBe('ok');
  });

  it.each<[StockLevel, StockLevel, string | undefined]>([
    ['ok', 'ok', undefined],
    ['ok', 'low_stock', 'low_stock'],
    ['ok', 'stock_out', 'stock_out'],
    ['low_stock', 'stock_out', 'stock_out'],
    ['stock_out', 'low_stock', 'back_in_stock'],
    ['stock_out', 'ok', 'back_in_stock'],
    ['low_stock', 'ok', 'recovered'],
  ])('from %s to %s is told as %s', (before, after, kind) => {
    expect(stockAlertKind(before, after)).toBe(kind);
  });
});

describe('what is told of a SKU', () => {
  it('is each change once, from low to out and back', () =>
    expect(told(10, 50, 9, 7, 0, 3, 10, 11, 40)).toEqual(['low_stock 9', 'stock_out 0', 'back_in_stock 3', 'recovered 11']));

  it('is every fall after a recovery, however soon', () =>
    expect(told(10, 5, 50, 5, 50)).toEqual(['low_stock 5', 'recovered 50', 'low_stock 5', 'recovered 50']));

  it('is the first stock-out and return of many within the pause, then one message with the last figure and their number', () => {
    const end = { available: 4, atMs: ALERT_PAUSE_MS + MINUTE };
    expect(told(10, 0, 1, 0, 2, 0, 4, end)).toEqual(['stock_out 0', 'back_in_stock 1', 'back_in_stock 4 after 4']);
    expect(told(10, 0, 1, 0, { available: 0, atMs: ALERT_PAUSE_MS })).toEqual(['stock_out 0', 'back_in_stock 1', 'stock_out 0 after 1']);
  });

  it('is a recovery within the pause, with the number of changes that were not told', () =>
    expect(told(10, 0, 1, 0, 30)).toEqual(['stock_out 0', 'back_in_stock 1', 'recovered 30 after 1']));

  it('says when what waits is due, and nothing where nothing waits', () => {
    const at = (now: number, available: number, telling = initialStockTelling()) =>
      decideStockAlert(telling, { available, threshold: 10, now });
    const out = at(1_000, 0);
    const back = at(2_000, 1, out.telling);
    expect([out.dueAt, back.dueAt]).toEqual([undefined, undefined]);
    expect(at(3_000, 0, back.telling).dueAt).toBe(1_000 + ALERT_PAUSE_MS);
  });

  it('is not silenced for longer by a clock that was set back', () => {
    const day = 24 * 60 * MINUTE;
    const steps = [0, 1].map((available) => ({ available, atMs: day }));
    expect(told(10, ...steps, { available: 0, atMs: 0 })).toEqual(['stock_out 0', 'back_in_stock 1', 'stock_out 0']);
  });

  it('is a recovery where the threshold falls below the stock', () =>
    expect(told(20, 15, { available: 15, threshold: 14 }, { available: 15, threshold: 13 })).toEqual(['low_stock 15', 'recovered 15']));
});

describe('promises of a location', () => {
  const keeping = (...steps: readonly PromiseFigures[]): readonly string[] => {
    let telling = initialPromiseTelling();
    return steps.flatMap((figures, place) => {
      const outcome = decidePromiseAlert(telling, figures, place * 1_000);
      telling = outcome.telling;
      return outcome.told === undefined ? [] : [outcome.told.kind];
    });
  };
  const kept = { onHand: 50, reserved: 20, available: 30 };
  const oversold = { onHand: 50, reserved: 60, available: -10 };
  const uncovered = { onHand: 50, reserved: 20, available: -5 };

  it('are at risk where more is reserved than lies there, and uncovered where it may not leave', () => {
    expect(keeping(kept, oversold, oversold, kept, uncovered, kept)).toEqual([
      'oversell_risk',
      'recovered',
      'promise_uncovered',
      'recovered',
    ]);
  });

  it('are told once of each kind in a while without a recovery', () =>
    expect(keeping(oversold, uncovered, oversold, uncovered, kept)).toEqual(['oversell_risk', 'promise_uncovered', 'recovered']));

  it('are kept where a channel keeps all units', () => expect(keeping({ onHand: 5, reserved: 0, available: 0 })).toEqual([]));
});

describe('the threshold that counts', () => {
  const forSku = { ruleId: 'tent', threshold: 3, forSku: true };
  const forAll = { ruleId: 'all', threshold: 20, forSku: false };
  it('is that of a rule for the SKU, then the product, then a rule for more, then the usual one', () => {
    expect(effectiveThreshold(forSku, 5, false)).toEqual({ threshold: 3, ruleId: 'tent' });
    expect(effectiveThreshold(forAll, 5, false)).toEqual({ threshold: 5 });
    expect(effectiveThreshold(forAll, undefined, false)).toEqual({ threshold: 20, ruleId: 'all' });
    expect(effectiveThreshold(undefined, undefined, false)).toEqual({ threshold: 10 });
  });
  it('is that of a rule at one location, and none without', () => {
    expect(effectiveThreshold(forAll, 5, true)).toEqual({ threshold: 20, ruleId: 'all' });
    expect(effectiveThreshold(undefined, 5, true)).toBeUndefined();
  });
});

describe('a lot that expires', () => {
  const day = 86_400_000;
  it.each([
    [31 * day, undefined],
    [30 * day, 30],
    [7 * day + 1, 30],
    [7 * day, 7],
    [1, 7],
    [0, undefined],
  ])('in %i ms is at stage %p', (left, stage) => expect(expiryStage(1_000 + left, 1_000)).toBe(stage));
  it('has whole days left', () => expect([3 * day, day - 1, -5].map((left) => daysToExpiry(left, 0))).toEqual([3, 0, 0]));
});

describe('troubles that last', () => {
  const of = (subject: string, stage = 0) => ({ tenant: 'demo', subject, stage });
  it('are told when they begin and when they are over, each stage by itself', () =>
    expect(troubleChanges([of('a'), of('b', 7)], [of('a'), of('b', 30), of('c')], () => true)).toEqual({
      begins: [of('b', 7)],
      ends: [of('b', 30), of('c')],
    }));
  it('are not over where not all of them were seen', () =>
    expect(troubleChanges([of('a')], [of('c')], () => false)).toEqual({ begins: [of('a')], ends: [] }));
  it('of one tenant are over though not all of another were seen', () => {
    const other = { ...of('c'), tenant: 'other' };
    expect(troubleChanges([], [of('c'), other], (tenant) => tenant === 'other')).toEqual({ begins: [], ends: [other] });
  });
});
