import { initialSkuState, type SkuState } from '@holdfast/inventory';
import type { EvaluateReplenishment, ReplenishmentCommand } from './commands.js';
import { dailyUse, NO_USE, type DailyUse } from './daily-use.js';
import { decideReplenishment } from './decide.js';
import { evaluate } from './decide-evaluation.js';
import type { ReplenishmentEvent } from './events.js';
import { levelsOf } from './levels.js';
import { replenishmentId, transferIdOf, visibleOrders } from './open-orders.js';
import type { ReplenishmentRule } from './rule.js';
import { evolveReplenishment, initialReplenishment, orderIn, type ReplenishmentState } from './state.js';
import { NO_REQUESTS, stockFigures, type RequestUnits, type StockFigures } from './stock-figures.js';

const DAY = 86_400_000;
const NOON = 100 * DAY + DAY / 2;

const use = (mean: number, deviation: number): DailyUse => ({ mean, deviation, days: 90, daysWithoutStock: 0 });
const stock = (figures: Partial<StockFigures> = {}): StockFigures => ({
  onHand: 0,
  held: 0,
  reserved: 0,
  waiting: 0,
  inbound: 0,
  ...figures,
});

const cups: ReplenishmentRule = {
  method: 'periodic',
  leadTimeDays: 7,
  leadTimeStdDays: 0,
  reviewPeriodDays: 7,
  serviceLevel: 0.95,
  packSize: 24,
  minOrderQuantity: 0,
  source: { kind: 'purchase' },
  mode: 'auto',
};
const minMax = (min: number, max: number, fields: Partial<ReplenishmentRule> = {}): ReplenishmentRule => ({
  ...cups,
  method: 'min_max',
  min,
  max,
  packSize: 1,
  ...fields,
});
const atLevel = (reorderPoint: number, fields: Partial<ReplenishmentRule> = {}): ReplenishmentRule => ({
  ...cups,
  method: 'reorder_point',
  reorderPoint,
  packSize: 1,
  ...fields,
});

type Unstamped<Command> = Command extends ReplenishmentCommand ? Omit<Command, 'at' | 'commandId'> : never;
type Figures = Partial<Pick<EvaluateReplenishment, 'stock' | 'requests' | 'use' | 'source' | 'visibleOrderIds' | 'version'>>;

/** A rule with its orders, as its stream keeps them. */
class Shelf {
  state: ReplenishmentState = initialReplenishment();
  now = NOON;
  private commands = 0;

  constructor(rule?: ReplenishmentRule) {
    if (rule !== undefined) this.ask({ type: 'SetReplenishmentRule', sku: 'CUP', locationId: 'BER', rule, by: 'u1' });
  }

  ask(command: Unstamped<ReplenishmentCommand>): readonly ReplenishmentEvent[] | string {
    this.commands += 1;
    const decision = decideReplenishment(this.state, { ...command, at: this.now, commandId: `c${this.commands}` });
    if (decision.kind === 'refused') return decision.code;
    for (const event of decision.events) this.state = evolveReplenishment(this.state, event, this.now);
    return decision.events;
  }

  run(figures: Figures = {}): readonly ReplenishmentEvent[] | string {
    const orderId = replenishmentId(`run${this.commands}`);
    const fixed = { version: this.state.version, stock: stock(), requests: NO_REQUESTS, use: NO_USE, visibleOrderIds: [] };
    return this.ask({ type: 'EvaluateReplenishment', orderId, by: 'holdfast', ...fixed, ...figures });
  }

  /** Units of every order that has not ended without effect. */
  ordered(): number {
    const counts = this.state.orders.filter(({ status }) => status === 'approved' || status === 'ordered');
    return counts.reduce((sum, { quantity }) => sum + quantity, 0);
  }

  newest(): string {
    return this.state.orders.at(-1)?.orderId ?? '';
  }

  evaluation(figures: Figures) {
    const fixed = { at: this.now, stock: stock(), requests: NO_REQUESTS, use: NO_USE, visibleOrderIds: [] };
    return evaluate(this.state, { ...fixed, ...figures })?.evaluation;
  }
}

describe('R1 a periodic rule', () => {
  const figures = { stock: stock({ onHand: 60, reserved: 10, held: 5, inbound: 24 }), use: use(12, 4) };

  it('has the levels of its formulas', () => {
    expect(levelsOf(cups, use(12, 4))).toEqual({ safetyStock: 18, reorderPoint: 102, orderUpTo: 193 });
    expect(levelsOf({ ...cups, leadTimeStdDays: 2 }, use(12, 4)).safetyStock).toBe(44);
  });

  it('orders up to its target in packs, and no more when it runs again', () => {
    const shelf = new Shelf(cups);
    expect(shelf.evaluation(figures)).toMatchObject({
      kind: 'needed',
      quantity: 144,
      because: { method: 'periodic', position: 69, target: 193, need: 124, packSize: 24, open: 0, dailyUse: 12 },
    });
    shelf.run(figures);
    expect(shelf.ordered()).toBe(144);
    expect(shelf.evaluation(figures)).toMatchObject({ kind: 'skipped', code: 'nothing_needed', because: { position: 213 } });
    shelf.run(figures);
    expect(shelf.ordered()).toBe(144);
  });

  it('orders nothing between its review dates, and is reviewed again after its period', () => {
    const shelf = new Shelf(cups);
    shelf.run({ ...figures, stock: stock({ onHand: 500 }) });
    expect(shelf.state.nextReviewAt).toBe(107 * DAY);
    shelf.now = 106 * DAY + DAY / 2;
    expect(shelf.run(figures)).toEqual([]);
    shelf.now = 107 * DAY;
    shelf.run(figures);
    expect(shelf.ordered()).toBe(144);
    expect(shelf.state.nextReviewAt).toBe(114 * DAY);
  });

  it('is not reviewed while too few days are known', () => {
    const shelf = new Shelf(cups);
    const young = { ...figures, use: { ...use(12, 4), days: 13 } };
    expect(shelf.run(young)).toEqual([]);
    expect(shelf.evaluation(young)).toMatchObject({ kind: 'skipped', code: 'insufficient_history' });
    expect(shelf.run({ ...figures, use: { ...use(12, 4), days: 14 } })).toHaveLength(1);
  });
});

it('R2 two shelves get five each, and no more by any number of runs', () => {
  const shelves = [new Shelf(minMax(1, 5)), new Shelf(minMax(1, 5))];
  for (let round = 0; round < 4; round += 1) for (const shelf of shelves) shelf.run();
  expect(shelves.map((shelf) => shelf.ordered())).toEqual([5, 5]);
});

it('R2 of two runs that read the same figures, the later is told to read again', () => {
  const shelf = new Shelf(minMax(1, 5));
  const { version } = shelf.state;
  shelf.run({ version });
  expect(shelf.run({ version })).toBe('rule_changed');
  expect(shelf.run()).toEqual([]);
  expect(shelf.ordered()).toBe(5);
});

it('R3 a back-order lowers the position, which stays above the least', () => {
  const shelf = new Shelf(minMax(5, 10));
  shelf.run();
  expect(shelf.ordered()).toBe(10);
  const waits = { stock: stock({ waiting: 1, inbound: 10 }), visibleOrderIds: [shelf.newest()] };
  expect(shelf.evaluation(waits)).toMatchObject({ kind: 'skipped', code: 'above_reorder_point', because: { position: 9 } });
  expect(shelf.run(waits)).toEqual([]);
});

describe('R4 a level of 120 without a target', () => {
  it.each([
    ['packs of 100', { packSize: 100 }, 200],
    ['at least 100', { minOrderQuantity: 100 }, 120],
    ['at most 110 in packs of 50', { packSize: 50, maxOrderQuantity: 110 }, 100],
  ])('orders, with %s', (_, fields, quantity) => {
    expect(new Shelf(atLevel(120, fields)).evaluation({})).toMatchObject({ kind: 'needed', quantity });
  });

  it('orders nothing at its level, as nothing is missing, before any minimum', () => {
    const shelf = new Shelf(atLevel(120, { minOrderQuantity: 100 }));
    shelf.run();
    expect(shelf.evaluation({})).toMatchObject({ kind: 'skipped', code: 'nothing_needed', because: { position: 120, need: 0 } });
  });
});

it('R5 orders at exactly the level where the target is above it', () => {
  const shelf = new Shelf(atLevel(20, { orderUpTo: 50 }));
  expect(shelf.evaluation({ stock: stock({ onHand: 20 }) })).toMatchObject({ kind: 'needed', quantity: 30 });
  expect(shelf.evaluation({ stock: stock({ onHand: 21 }) })).toMatchObject({ kind: 'skipped', code: 'above_reorder_point' });
});

describe('R6 a cancelled order', () => {
  it.each([
    ['min_max', minMax(5, 10), {}],
    ['periodic', cups, { use: use(12, 4) }],
  ])('is ordered anew by the next run, of %s', (_, rule, figures) => {
    const shelf = new Shelf(rule);
    shelf.run(figures);
    const [first, units] = [shelf.newest(), shelf.ordered()];
    shelf.ask({ type: 'CancelReplenishment', orderId: first, by: 'u1' });
    shelf.ask({ type: 'ReportReplenishment', orderId: first, became: 'cancelled' });
    expect(shelf.ordered()).toBe(0);
    shelf.now += DAY;
    shelf.run(figures);
    expect(shelf.newest()).not.toBe(first);
    expect(shelf.ordered()).toBe(units);
  });
});

describe('a suggestion', () => {
  it('is recomputed by the next run, never added to', () => {
    const shelf = new Shelf(minMax(5, 10, { mode: 'approve' }));
    shelf.run();
    const first = shelf.newest();
    expect(shelf.run()).toEqual([]);
    shelf.run({ stock: stock({ onHand: 2 }) });
    expect(shelf.state.orders).toMatchObject([
      { orderId: first, status: 'superseded', quantity: 10 },
      { status: 'suggested', quantity: 8 },
    ]);
    shelf.run({ stock: stock({ onHand: 9 }) });
    expect(shelf.state.orders.map(({ status }) => status)).toEqual(['superseded', 'superseded']);
  });

  it('counts once it is approved, with the units that were approved', () => {
    const shelf = new Shelf(minMax(5, 10, { mode: 'approve' }));
    shelf.run();
    expect(shelf.evaluation({})).toMatchObject({ kind: 'needed', quantity: 10 });
    shelf.ask({ type: 'ApproveReplenishment', orderId: shelf.newest(), quantity: 7, by: 'u2' });
    expect(shelf.evaluation({})).toMatchObject({ kind: 'skipped', because: { position: 7, open: 7 } });
  });
});

it('R8 units that are held from midnight on lower the position, and an order follows', () => {
  const shelf = new Shelf(minMax(50, 100));
  expect(shelf.run({ stock: stock({ onHand: 60 }) })).toEqual([]);
  const midnight = { stock: stock({ onHand: 60, held: 40 }) };
  expect(shelf.evaluation(midnight)).toMatchObject({ kind: 'needed', quantity: 80, because: { position: 20, held: 40 } });
});

it('R9 a request to here is supply while it is submitted, and counts nowhere once it is rejected', () => {
  const shelf = new Shelf(minMax(5, 20));
  const submitted: RequestUnits = { toHere: 20, fromHere: 0 };
  expect(shelf.evaluation({ requests: submitted })).toMatchObject({ kind: 'skipped', because: { position: 20, open: 20 } });
  expect(shelf.run({ requests: submitted })).toEqual([]);
  shelf.run();
  expect(shelf.ordered()).toBe(20);
});

describe('R10 a location that gives', () => {
  const fromHub = { ...cups, source: { kind: 'transfer', locationId: 'HUB' } } as const;
  const figures = { stock: stock({ onHand: 69 }), use: use(12, 4) };

  it('keeps its own reorder point, gives whole packs, and the rest is reported', () => {
    const source = { available: 130, reorderPoint: 100, promised: 0 };
    const evaluation = new Shelf(fromHub).evaluation({ ...figures, source });
    expect(evaluation).toMatchObject({ kind: 'needed', quantity: 24, because: { need: 124, shortAtSource: 120 } });
  });

  it('gives nothing of what it promised to others', () => {
    const source = { available: 130, reorderPoint: 100, promised: 24 };
    const evaluation = new Shelf(fromHub).evaluation({ ...figures, source });
    expect(evaluation).toMatchObject({ kind: 'skipped', code: 'short_at_source', because: { shortAtSource: 144 } });
  });
});

describe('R11 rules', () => {
  const set = (shelf: Shelf, rule: ReplenishmentRule) =>
    shelf.ask({ type: 'SetReplenishmentRule', sku: 'CUP', locationId: 'BER', rule, by: 'u1' });

  it('are refused where the least is above the most', () => {
    const shelf = new Shelf();
    expect(set(shelf, minMax(10, 5))).toBe('invalid_rule');
    expect(shelf.state.rule).toBeUndefined();
  });

  it('replace the one before, and the same again changes nothing', () => {
    const shelf = new Shelf(minMax(5, 10));
    expect(set(shelf, minMax(5, 10))).toEqual([]);
    expect(set(shelf, minMax(6, 12))).toHaveLength(1);
    expect(shelf.state.rule).toMatchObject({ min: 6, max: 12 });
  });
});

it('R12 a periodic rule orders at its review date whatever its reorder point', () => {
  const shelf = new Shelf({ ...cups, reorderPoint: 10 });
  expect(shelf.evaluation({ stock: stock({ onHand: 150 }), use: use(12, 4) })).toMatchObject({ kind: 'needed', quantity: 48 });
});

describe('the position of a SKU', () => {
  const sku = (fields: Partial<SkuState>): SkuState => ({ ...initialSkuState(), ...fields });
  const inbound = (reference: string, locationId: string, quantity: number, received: number, expectedAt = 0) =>
    [reference, { reference, locationId, quantity, received, expectedAt }] as const;

  it('counts what is open of a delivery, and what is in transit to here', () => {
    const state = sku({
      balances: new Map([['BER', { onHand: 7, reserved: 2, held: 1, safetyStock: 0 }]]),
      supply: {
        inbound: new Map([inbound('po-1', 'BER', 10, 4), inbound('po-2', 'HAM', 9, 0)]),
        waiters: new Map(),
        waitingUnits: 0,
        choosyWaiters: 0,
      },
      inTransit: new Map([['tr_1', { fromLocationId: 'HUB', toLocationId: 'BER', quantity: 5, receiptIds: [] }]]),
    });
    expect(stockFigures(state, 'BER', [])).toEqual({ onHand: 7, held: 1, reserved: 2, waiting: 0, inbound: 11 });
  });

  it('has a unit of an order in one term: open until it is inbound', () => {
    const shelf = new Shelf(minMax(5, 10, { source: { kind: 'transfer', locationId: 'HUB' } }));
    shelf.run({ source: { available: 100, reorderPoint: 0, promised: 0 } });
    const orderId = shelf.newest();
    shelf.ask({ type: 'ReportReplenishment', orderId, became: 'ordered', transferId: transferIdOf(orderId) });
    expect(visibleOrders(shelf.state, sku({}))).toEqual([]);
    expect(shelf.evaluation({})).toMatchObject({ because: { position: 10, open: 10, inbound: 0 } });
    const shipped = sku({
      inTransit: new Map([[`${transferIdOf(orderId)}~2`, { fromLocationId: 'HUB', toLocationId: 'BER', quantity: 10, receiptIds: [] }]]),
    });
    const seen = visibleOrders(shelf.state, shipped);
    expect(seen).toEqual([orderId]);
    const figures = { stock: stockFigures(shipped, 'BER', []), visibleOrderIds: seen };
    expect(shelf.evaluation(figures)).toMatchObject({ because: { position: 10, open: 0, inbound: 10 } });
    expect(orderIn(shelf.state, orderId)).toMatchObject({ status: 'ordered', transferId: transferIdOf(orderId) });
  });
});

describe('daily use', () => {
  const day = (at: number, used: number, mostOnHand = 50, closingOnHand = 50) => ({ day: at, used, mostOnHand, closingOnHand });

  it('is that of finished days, from the first that is known on', () => {
    expect(dailyUse([day(96, 2), day(98, 6), day(100, 99)], 100)).toMatchObject({ mean: 2, days: 4, daysWithoutStock: 0 });
  });

  it('has the deviation of a sample', () => {
    expect(dailyUse([day(97, 2), day(98, 4), day(99, 6)], 100)).toEqual({ mean: 4, deviation: 2, days: 3, daysWithoutStock: 0 });
  });

  it('leaves out and reports days without stock', () => {
    const days = [day(94, 4, 4, 0), day(97, 8, 20, 12)];
    expect(dailyUse(days, 100)).toMatchObject({ mean: 3, days: 4, daysWithoutStock: 2 });
  });

  it('looks back over the window only', () => {
    expect(dailyUse([day(1, 1_000), day(96, 4)], 100, 4)).toMatchObject({ mean: 1, days: 4 });
    expect(dailyUse([], 100)).toEqual(NO_USE);
  });
});
