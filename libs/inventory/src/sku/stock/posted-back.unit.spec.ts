import { LotWorld } from '../../../test/lots.js';
import { hour } from '../../../test/times.js';

/** A location whose ERP said 100 at 8:00. */
class Told {
  readonly sku = new LotWorld(8 * hour);
  #messages = 0;

  constructor(private readonly more: object = {}) {
    this.level(100, 8);
  }

  get onHand(): number {
    return this.sku.balance().onHand;
  }

  level(figure: number, clock: number, more: object = {}): number {
    this.sku.now = Math.max(this.sku.now, clock * hour);
    this.sku.do('ReportLevel', { ...this.erp(), figure, asOf: clock * hour, postingLagMs: null, ...this.more, ...more });
    return this.onHand;
  }

  issue(quantity: number, clock: number, documentId: string): number {
    this.sku.now = clock * hour;
    this.sku.do('IssueStock', { ...this.erp(), quantity, effectiveAt: clock * hour, documentId });
    return this.onHand;
  }

  /** A count of 95 at 10:00, or another correction by 5 units. */
  lower(fields: object = {}): number {
    this.sku.now = 10 * hour;
    const adjustment = { locationId: 'BER', delta: -5, effectiveAt: 10 * hour, reasonCode: 'missing', documentId: 'adj_1' };
    this.sku.do('AdjustStock', { ...adjustment, ...fields });
    return this.onHand;
  }

  private erp() {
    this.#messages += 1;
    return { connectionId: 'erp', messageId: `m${String(this.#messages)}`, locationId: 'BER' };
  }
}

describe('a correction of stock that an ERP counts, too', () => {
  it('A3 is undone by the next figure of a later time where the ERP is not told of it', () => {
    const cup = new Told();
    expect(cup.lower()).toBe(95);
    expect(cup.level(100, 12)).toBe(100);
  });

  it('A3 stays until the ERP has posted it under its document, and is counted once then', () => {
    const cup = new Told({ adjustmentsPostedBack: true });
    expect(cup.lower()).toBe(95);
    expect(cup.level(100, 12)).toBe(95);
    expect(cup.issue(5, 13, 'adj_1')).toBe(95);
    expect(cup.level(95, 14)).toBe(95);
  });

  it('A3 is contained in a figure once the posting lag has passed', () => {
    const cup = new Told({ adjustmentsPostedBack: true, postingLagMs: hour });
    expect(cup.lower()).toBe(95);
    expect(cup.level(100, 10.5)).toBe(95);
    expect(cup.level(95, 12)).toBe(95);
  });

  it.each([
    ['a record of stock', 'RecordStock', { counted: 95, isComplete: true }],
    ['a record of positions', 'RecordPositions', { positions: [{ quantity: 95 }], complete: false }],
    ['an adjustment without a document', 'AdjustStock', { delta: -5 }],
  ] as const)('is %s, which the ERP names by the id in the list', (_, type, fields) => {
    const cup = new Told({ adjustmentsPostedBack: true });
    cup.sku.now = 10 * hour;
    cup.sku.do(type, { commandId: 'c9', locationId: 'BER', effectiveAt: 10 * hour, reasonCode: 'correction', ...fields });
    expect(cup.onHand).toBe(95);
    expect(cup.level(100, 12)).toBe(95);
    expect(cup.issue(5, 13, 'adj_c9')).toBe(95);
    expect(cup.level(95, 14)).toBe(95);
  });

  it('is as before for a connection that says no more that it posts them', () => {
    const cup = new Told({ adjustmentsPostedBack: true });
    cup.level(100, 9, { adjustmentsPostedBack: false });
    expect(cup.lower()).toBe(95);
    expect(cup.level(100, 12)).toBe(100);
  });

  it('leaves no trace in events and state where the ERP is not told', () => {
    const cup = new Told();
    cup.lower();
    expect(JSON.stringify([cup.sku.events, [...cup.sku.state.journals]])).not.toContain('ostedBack');
  });
});

describe('a figure without the units that the ERP has blocked', () => {
  const blocked = (covers: object, documentId?: string) => {
    const cup = new Told();
    cup.sku.do('PlaceHold', { holdId: 'h1', holdType: 'quality', locationId: 'BER', quantity: 4, erpReference: 'M1' });
    cup.level(96, 9, { ...covers, ...(documentId === undefined ? {} : { documentId }) });
    return cup.sku.balance();
  };

  it('L7: releases the hold that its document is the reference of', () =>
    expect(blocked({ covers: 'unrestricted' }, 'M1')).toEqual({ onHand: 96, reserved: 0, held: 0 }));

  it.each([
    ['contains blocked units', {}, 'M1'],
    ['names another document', { covers: 'unrestricted' }, 'M2'],
    ['names none', { covers: 'unrestricted' }, undefined],
  ])('leaves holds alone where it %s', (_, covers, documentId) =>
    expect(blocked(covers, documentId)).toEqual({ onHand: 96, reserved: 0, held: 4 }),
  );
});
