import {
  countMark,
  decideSku,
  evolveSku,
  initialSkuState,
  SkuAuditor,
  type ApplyCount,
  type SkuCommand,
  type SkuState,
  type StockAdjusted,
} from '../../index.js';
import { issue, receive, record, reportLevel } from '../../../test/commands.js';
import { adjusted, level, placed, received } from '../../../test/events.js';
import { at, fold, given, type Past } from '../../../test/given.js';
import { hour, minute, noon } from '../../../test/times.js';

const ten = 10 * hour;
const nextDay = 24 * hour;

const applying = (state: SkuState, counted: number, delta: number, fields: Partial<ApplyCount> = {}): ApplyCount => ({
  type: 'ApplyCount',
  at: ten + 5 * minute,
  commandId: 'cc_1 1 0',
  locationId: 'BER',
  countedAt: ten,
  counted,
  delta,
  mark: countMark(state, 'BER', fields.countedAt ?? ten),
  documentId: 'cc_1',
  postedBack: false,
  reasonCode: 'count',
  ...fields,
});

const applied = (counted: number, delta: number, fields: Partial<StockAdjusted> = {}): StockAdjusted => ({
  type: 'StockAdjusted',
  locationId: 'BER',
  delta,
  effectiveAt: ten,
  reasonCode: 'count',
  commandId: 'cc_1 1 0',
  counted,
  documentId: 'cc_1',
  ...fields,
});

/** Decides commands one after the other, and audits every event. */
class Sku {
  readonly #auditor = new SkuAuditor();
  constructor(past: readonly Past[]) {
    for (const each of past) {
      const { event, at: time } = 'event' in each ? each : { event: each, at: 8 * hour };
      expect(this.#auditor.observe(event, time)).toEqual([]);
    }
  }
  get state(): SkuState {
    return this.#auditor.state;
  }
  get onHand(): number {
    return this.state.balances.get('BER')?.onHand ?? 0;
  }
  does(command: SkuCommand): number {
    const decision = decideSku(this.state, command);
    if (decision.kind === 'refused') throw new Error(decision.code);
    for (const event of decision.events) expect(this.#auditor.observe(event, command.at)).toEqual([]);
    expect(this.#auditor.audit()).toEqual([]);
    return this.onHand;
  }
}

describe('applying a count', () => {
  const past = [received('BER', 10)];

  it('changes on hand by the difference', () =>
    given(...past)
      .when(applying(fold(past), 7, -3))
      .then(applied(7, -3)));

  it('records a count without a difference', () =>
    given(...past)
      .when(applying(fold(past), 10, 0))
      .then(applied(10, 0)));

  it('changes nothing when it comes again', () =>
    given(...past, applied(7, -3))
      .when(applying(fold(past), 7, -3))
      .thenNothing());

  it('is refused when a fact of that time became known since the difference was computed', () => {
    const late = received('BER', 4, { effectiveAt: ten - 1, messageId: 'late' });
    given(...past, late)
      .when(applying(fold(past), 7, -3))
      .thenRefused('count_outdated');
    given(...past, level('BER', 10, ten + 1, { delta: 0 }))
      .when(applying(fold(past), 7, -3))
      .thenRefused('count_outdated');
  });

  it('is refused when a correction of that time came since which an ERP will post', () => {
    const corrected = (effectiveAt: number) => adjusted('BER', -3, { effectiveAt, documentId: 'adj_1', postedBack: true });
    given(...past, at(ten + minute, corrected(ten)))
      .when(applying(fold(past), 7, -3))
      .thenRefused('count_outdated');
    given(...past, at(ten + minute, corrected(ten + 1)))
      .when(applying(fold(past), 7, -3))
      .then(applied(7, -3));
  });

  it('is not outdated by what moved later', () =>
    given(...past, received('BER', 4, { effectiveAt: ten + 1, messageId: 'later' }))
      .when(applying(fold(past), 7, -3))
      .then(applied(7, -3)));

  it('C15 is not refused for promises', () => {
    const state = new Sku([received('BER', 10), placed('r1', { BER: 8 })]);
    expect(state.does(applying(state.state, 5, -5))).toBe(5);
    expect(state.state.balances.get('BER')).toMatchObject({ onHand: 5, reserved: 8 });
  });

  it.each([
    [{ counted: -1 }, 'invalid_quantity'],
    [{ delta: 0.5 }, 'invalid_quantity'],
  ] as const)('refuses %j', (fields, code) =>
    given(...past)
      .when(applying(fold(past), 7, -3, fields))
      .thenRefused(code),
  );
});

describe('a count as a fixed point', () => {
  const counted = (): Sku => {
    const sku = new Sku([level('BER', 100, 8 * hour)]);
    expect(sku.does(applying(sku.state, 110, 10))).toBe(110);
    return sku;
  };

  it('C18 contains a receipt of before that comes later', () => {
    const sku = counted();
    const receipt = receive('BER', 10, { at: nextDay, connectionId: 'erp', messageId: 'late', effectiveAt: ten - 10 * minute });
    expect(sku.does(receipt)).toBe(110);
    const { figure, dated } = sku.state.journals.get('BER') ?? { figure: 0, dated: [] };
    expect({ figure, dated }).toEqual({
      figure: 100,
      dated: [
        { time: ten - 10 * minute, delta: 10 },
        { time: ten, delta: 0 },
      ],
    });
    expect(sku.does(reportLevel('BER', 110, noon, { at: nextDay }))).toBe(110);
  });

  it('contains an issue of before that comes later', () => {
    const sku = counted();
    expect(sku.does(issue('BER', 4, { at: nextDay, effectiveAt: ten - 1 }))).toBe(110);
    expect(sku.does(issue('BER', 4, { at: nextDay, effectiveAt: ten + 1, messageId: 'after' }))).toBe(106);
  });
});

describe('C16 a count whose difference the ERP will post', () => {
  const postedBack = (): Sku => {
    const sku = new Sku([level('BER', 100, 8 * hour)]);
    expect(sku.does(applying(sku.state, 95, -5, { postedBack: true }))).toBe(95);
    return sku;
  };

  it('stays after a figure of the ERP that does not contain it', () => {
    const sku = postedBack();
    expect(sku.does(reportLevel('BER', 100, noon, { at: noon }))).toBe(95);
    expect(sku.does(issue('BER', 5, { at: 13 * hour, effectiveAt: 13 * hour, documentId: 'cc_1' }))).toBe(95);
    expect(sku.does(reportLevel('BER', 95, 14 * hour, { at: 14 * hour }))).toBe(95);
  });

  it('stays when the ERP posts it at the time of the count', () => {
    const sku = postedBack();
    expect(sku.does(issue('BER', 5, { at: 13 * hour, effectiveAt: ten, documentId: 'cc_1' }))).toBe(95);
    expect(sku.does(reportLevel('BER', 95, 14 * hour, { at: 14 * hour }))).toBe(95);
  });

  it('is not presumed posted before it was decided', () => {
    const sku = postedBack();
    expect(sku.does(reportLevel('BER', 100, ten + 4 * minute, { at: noon, postingLagMs: minute }))).toBe(95);
  });

  it('is undone by the next figure where the ERP is not told', () => {
    const sku = new Sku([level('BER', 100, 8 * hour)]);
    sku.does(applying(sku.state, 95, -5));
    expect(sku.does(reportLevel('BER', 100, noon, { at: noon }))).toBe(100);
  });

  it('belongs to a later count of a time between the count and its decision', () => {
    const sku = postedBack();
    expect(sku.does(record('BER', 95, { at: noon, effectiveAt: ten + minute, commandId: 'again' }))).toBe(95);
  });
});

describe('the mark of a location without stock', () => {
  it('is empty', () => expect(countMark(initialSkuState(), 'BER', ten)).toEqual({ units: 0, lastAsOf: null, countedAt: null }));
  it('changes with a count', () => {
    const state = evolveSku(initialSkuState(), applied(3, 3), ten);
    expect(countMark(state, 'BER', ten)).toEqual({ units: 3, lastAsOf: null, countedAt: ten });
  });
  it('contains what moved by then', () => {
    const state = fold([at(8 * hour, received('BER', 5)), at(noon, received('BER', 2, { effectiveAt: noon, messageId: 'noon' }))]);
    expect([hour, 9 * hour, noon].map((time) => countMark(state, 'BER', time).units)).toEqual([0, 5, 7]);
  });
});
