import { adjusted, committed, described, expired, issued, level, moved, placed, received } from '../../../test/events.js';
import { adjust, issue, receive, record, reportLevel } from '../../../test/commands.js';
import { at, fold, given, type Past } from '../../../test/given.js';
import { evening, hour, morning, night, noon } from '../../../test/times.js';

describe('adjusting stock', () => {
  it('adds and takes away with a reason', () => {
    given(described())
      .when(adjust('BER', 3, { reason: 'behind the shelf' }))
      .then(adjusted('BER', 3, { reason: 'behind the shelf' }));
    given(received('BER', 3)).when(adjust('BER', -3)).then(adjusted('BER', -3));
  });

  it('takes no promised units', () => {
    given(received('BER', 5), placed('r1', { BER: 3 }))
      .when(adjust('BER', -3))
      .thenRefused('insufficient_stock', { requested: 3, available: 2, byLocation: [{ locationId: 'BER', available: 2 }] });
  });

  it('takes units of overdue holds, which end by that', () => {
    given(received('BER', 5), placed('r1', { BER: 3 }))
      .when(adjust('BER', -3, { at: noon }))
      .then(expired('r1', { BER: 3 }), adjusted('BER', -3));
  });

  it('takes promised units where it states a fact', () => {
    given(received('BER', 5), placed('r1', { BER: 5 }))
      .when(adjust('BER', -3, { mayUncoverPromises: true }))
      .then(adjusted('BER', -3));
  });

  it('changes nothing when the command comes again', () => {
    given(received('BER', 5), adjusted('BER', -3)).when(adjust('BER', -3)).thenNothing();
  });

  it('makes an unknown SKU known, unverified, but takes nothing from it', () => {
    given()
      .when(adjust('BER', 3))
      .then(described({ commandId: 'adjusted BER 3', verified: false }), adjusted('BER', 3));
    given().when(adjust('BER', -3)).thenRefused('insufficient_stock', { requested: 3, available: 0 });
  });

  it('refuses a difference of nothing', () => {
    given(described()).when(adjust('BER', 0)).thenRefused('invalid_quantity');
    given(described()).when(adjust('BER', -0.5)).thenRefused('invalid_quantity');
  });
});

describe('recording a count', () => {
  const counted = (units: number, delta: number) => adjusted('BER', delta, { commandId: 'count', reasonCode: 'count', counted: units });

  it('sets on hand to it', () => {
    given(received('BER', 5)).when(record('BER', 3)).then(counted(3, -2));
  });

  it('makes an unknown SKU known, unverified', () => {
    given()
      .when(record('BER', 3))
      .then(described({ commandId: 'count', verified: false }), counted(3, 3));
  });

  it('is recorded too where it finds what was known', () => {
    given(received('BER', 5)).when(record('BER', 5)).then(counted(5, 0));
  });

  it('is not recorded where only changes are wanted and nothing differs', () => {
    const changesOnly = { changesOnly: true };
    given(received('BER', 5))
      .when(record('BER', 5, changesOnly))
      .thenNothing();
    given()
      .when(record('BER', 0, changesOnly))
      .thenNothing();
    given(received('BER', 5))
      .when(record('BER', 3, changesOnly))
      .then(counted(3, -2));
  });

  it('may leave promises uncovered', () => {
    given(received('BER', 5), placed('r1', { BER: 5 }))
      .when(record('BER', 0))
      .then(counted(0, -5));
  });

  it('changes nothing when the command comes again', () => {
    given(received('BER', 5), counted(3, -2), adjusted('BER', 9)).when(record('BER', 3)).thenNothing();
  });

  it('refuses what nobody can count', () => {
    given().when(record('BER', -1)).thenRefused('invalid_quantity', { quantity: -1, least: 0 });
  });
});

describe('facts of an earlier time than they are told', () => {
  const sold = [placed('r1', { BER: 4 }), { event: committed('r1', { BER: 4 }), at: morning + hour }];
  const countedAt = (time: number, units: number, delta: number) =>
    at(evening, adjusted('BER', delta, { commandId: 'before', reasonCode: 'count', counted: units, effectiveAt: time }));
  const count = (units: number, delta: number, time = morning) =>
    adjusted('BER', delta, { commandId: 'count', reasonCode: 'count', counted: units, effectiveAt: time });

  it('a count leaves what was sold since sold', () => {
    given(received('BER', 10), ...sold)
      .when(record('BER', 10))
      .then(count(10, 0));
    expect(onHand(received('BER', 10), ...sold, count(10, 0))).toBe(6);
  });

  it('a count knows nothing of what was received, adjusted, moved or issued since', () => {
    const since = [
      received('BER', 5, { effectiveAt: morning + 1 }),
      adjusted('BER', -1, { effectiveAt: morning + 2 }),
      at(morning + 3, moved('BER', 'HAM', 2)),
      issued('BER', 1, { effectiveAt: morning + 4, unmatchedUnits: 1, delta: -1 }),
    ];
    given(received('BER', 10), ...since)
      .when(record('BER', 7))
      .then(count(7, -3));
  });

  it('a count of now is all there is', () => {
    given(received('BER', 10), ...sold)
      .when(record('BER', 10, { effectiveAt: 10 * hour }))
      .then(count(10, 4, 10 * hour));
  });

  it('a count before another one is refused, one of the same time corrects it', () => {
    given(received('BER', 10), countedAt(noon, 8, -2))
      .when(record('BER', 10, { at: evening }))
      .thenRefused('later_fact_known', { later: 'count', laterAt: noon });
    given(received('BER', 10), countedAt(noon, 8, -2))
      .when(record('BER', 7, { at: evening, effectiveAt: noon }))
      .then(count(7, -1, noon));
  });

  it("a count before an ERP's figure is refused, as a figure before a count is without effect", () => {
    given(level('BER', 8, noon))
      .when(record('BER', 10, { at: evening }))
      .thenRefused('later_fact_known', { later: 'level', laterAt: noon });
    given(received('BER', 10), countedAt(noon, 8, -2))
      .when(reportLevel('BER', 12, noon - 1))
      .then({
        type: 'LevelRefused',
        locationId: 'BER',
        connectionId: 'erp',
        messageId: `level BER ${String(noon - 1)}`,
        figure: 12,
        asOf: noon - 1,
        lastAsOf: noon,
      });
  });

  it('a count before movements that are known as a sum only is refused', () => {
    const sales = Array.from({ length: 1_025 }, (_, index) => [
      placed(`s${String(index)}`, { BER: 1 }),
      at(noon + index, committed(`s${String(index)}`, { BER: 1 })),
    ]).flat();
    given(received('BER', 2_000), ...sales)
      .when(record('BER', 2_000, { at: evening }))
      .thenRefused('later_fact_known', { later: 'movements', laterAt: noon });
    given(received('BER', 2_000), ...sales)
      .when(record('BER', 2_000, { at: evening, effectiveAt: noon }))
      .then(count(2_000, 1, noon));
  });

  it('a difference that a later count or figure saw is refused; one that came later is not', () => {
    given(received('BER', 10), countedAt(noon, 8, -2))
      .when(adjust('BER', -3, { at: evening, effectiveAt: noon }))
      .thenRefused('later_fact_known', { later: 'count', laterAt: noon });
    given(level('BER', 8, noon))
      .when(adjust('BER', 3, { at: evening }))
      .thenRefused('later_fact_known', { later: 'level', laterAt: noon });
    given(received('BER', 10), countedAt(noon, 8, -2))
      .when(adjust('BER', -3, { at: evening, effectiveAt: noon + 1 }))
      .then(adjusted('BER', -3, { effectiveAt: noon + 1 }));
  });

  it('a difference of now is taken whatever the clocks of others said', () => {
    given(level('BER', 8, noon))
      .when(adjust('BER', 3, { at: noon - 1, effectiveAt: noon - 1 }))
      .then(adjusted('BER', 3, { effectiveAt: noon - 1 }));
  });

  it("an ERP's receipt and issue that a later count saw change nothing", () => {
    const erp = { connectionId: 'erp' };
    given(received('BER', 10), countedAt(noon, 8, -2))
      .when(receive('BER', 5, { ...erp, effectiveAt: noon }))
      .then(received('BER', 5, { ...erp, effectiveAt: noon, delta: 0 }));
    given(received('BER', 10), countedAt(noon, 8, -2))
      .when(issue('BER', 5, { effectiveAt: noon }))
      .then(issued('BER', 5, { effectiveAt: noon, unmatchedUnits: 5, delta: 0 }));
  });

  it('an issue before a count gives back what a commit after the count took off once more', () => {
    const past = [received('BER', 10), placed('r1', { BER: 4 }, { expiresAt: night }), countedAt(noon, 6, -4)];
    const after = [...past, at(evening, committed('r1', { BER: 4 }))];
    given(...after)
      .when(issue('BER', 4, { effectiveAt: noon - 1, orderId: 'order of r1' }))
      .then(issued('BER', 4, { effectiveAt: noon - 1, orderId: 'order of r1', acknowledgedUnits: 4, delta: 4 }));
  });

  it('leave the next figure of the ERP as right as it was', () => {
    const receipt = received('BER', 5, { connectionId: 'erp', effectiveAt: noon - 2, delta: 0 });
    given(received('BER', 10), countedAt(noon, 8, -2), receipt)
      .when(reportLevel('BER', 9, noon + 1, { at: evening }))
      .then(level('BER', 9, noon + 1, { delta: 1 }));
    expect(fold([received('BER', 10), countedAt(noon, 8, -2), receipt]).journals.get('BER')?.dated).toEqual([
      { time: morning, delta: 10 },
      { time: noon - 2, delta: 5 },
      { time: noon, delta: -7 },
    ]);
  });
});

const onHand = (...past: readonly Past[]): number => fold(past).balances.get('BER')?.onHand ?? 0;
