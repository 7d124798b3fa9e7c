import { randomUUID } from 'node:crypto';
import type { SkuCommand } from '@holdfast/inventory';
import { WorkflowUnderTest, type CallOptions } from '../../test/workflow.js';

const DAY_MS = 86_400_000;
const PATH = '/api/inventory/analytics';
const NONE = {
  ...{ totalValue: 0, totalUnits: 0, turnoverRate: null, averageDaysOnHand: null, annualisedTurnover: null, slowMovingItems: 0 },
  ...{
    expiringItems: 0,
    cogs: 0,
    averageInventoryValue: 0,
    heldValue: 0,
    inTransitUnits: 0,
    itemsWithoutCost: 0,
    byCategory: [],
    negativeOnHand: [],
  },
};

/** A finished period of 90 days; day 1 is its first. */
const today = Math.floor(Date.now() / DAY_MS);
const firstDay = today - 99;
const noonOf = (day: number): number => (firstDay + day - 1) * DAY_MS + DAY_MS / 2;
const dayText = (day: number): string => new Date(noonOf(day)).toISOString().slice(0, 10);
const PERIOD = `fromDate=${dayText(1)}&toDate=${dayText(90)}`;

type Unstamped<Command> = Command extends SkuCommand ? Omit<Command, 'at' | 'commandId'> : never;

let workflow: WorkflowUnderTest;

beforeAll(async () => {
  workflow = await WorkflowUnderTest.start();
});
afterAll(() => workflow.stop());

/** Tenants of their own, as figures are of all that a tenant has. */
let tenants = 0;
async function newTenant(): Promise<string> {
  tenants += 1;
  const tenant = `shop${String(tenants)}`;
  for (const location of ['BER', 'HAM']) await workflow.location(location, tenant);
  return tenant;
}

/** A SKU whose commands take place at noon of the days named. */
function skuOf(tenant: string, sku: string) {
  const on = async (day: number, command: Unstamped<SkuCommand>, at = noonOf(day)): Promise<string> => {
    const commandId = randomUUID();
    const stamped = { ...command, at, commandId } as SkuCommand;
    const outcome = await workflow.runtime.ledger.execute({ tenant, sku }, stamped);
    if (outcome.kind === 'refused') throw new Error(`${outcome.code} ${JSON.stringify(outcome.details)}`);
    return commandId;
  };
  return {
    on,
    costs: (day: number, costMinor: number, category?: string) =>
      on(day, { type: 'DescribeProduct', verified: true, costMinor, ...(category === undefined ? {} : { category }) }),
    receives: (day: number, quantity: number, locationId = 'BER') =>
      on(day, { type: 'ReceiveStock', locationId, quantity, effectiveAt: noonOf(day), messageId: randomUUID() }),
    adjusts: (day: number, delta: number, reasonCode: string) =>
      on(day, { type: 'AdjustStock', locationId: 'BER', delta, effectiveAt: noonOf(day), reasonCode }),
    sells: async (day: number, quantity: number, at = noonOf(day)) => {
      const reservationId = randomUUID();
      const fields = { orderId: reservationId, requestHash: 'h', ttlMs: 60_000, sources: [{ locationId: 'BER', priority: 1 }] };
      await on(day, { type: 'PlaceReservation', reservationId, quantity, ...fields }, at);
      const commitCommandId = await on(day, { type: 'CommitReservation', reservationId }, at);
      return { reservationId, orderId: reservationId, commitCommandId };
    },
  };
}

/** The answer once everything stored by now is reflected. */
async function asked(tenant: string, query = PERIOD, more: CallOptions = {}) {
  const minPosition = (await workflow.runtime.eventStore.head()).toString();
  return workflow.get(`${PATH}?${query}`, { tenant, minPosition, ...more });
}

const figures = async (tenant: string, query = PERIOD): Promise<unknown> => (await asked(tenant, query)).body['analytics'];

/** 100 units at 10 that sell after 30 of 90 days, and 50 at 10 that rest. */
async function exampleOf(tenant: string): Promise<void> {
  const [used, resting] = [skuOf(tenant, 'CUP'), skuOf(tenant, 'BOWL')];
  await used.costs(1, 1_000);
  await used.receives(1, 100);
  await used.sells(31, 100);
  await resting.costs(-30, 1_000);
  await resting.receives(-30, 50);
}

describe('figures of a period', () => {
  it('are those of the example, and N8: of nobody else', async () => {
    const [tenant, other] = [await newTenant(), await newTenant()];
    await exampleOf(tenant);
    const answer = await asked(tenant);
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body).toEqual({
      analytics: {
        ...{ totalValue: 500, totalUnits: 50, turnoverRate: 1.2, averageDaysOnHand: 75, annualisedTurnover: 4.87, slowMovingItems: 1 },
        ...{ expiringItems: 0, cogs: 1_000, averageInventoryValue: 833.33, heldValue: 0, inTransitUnits: 0, itemsWithoutCost: 0 },
        byCategory: [{ categoryId: null, categoryName: null, value: 500, units: 50 }],
        negativeOnHand: [],
      },
      period: { from: `${dayText(1)}T00:00:00.000Z`, to: `${dayText(90)}T23:59:59.999Z` },
      asOf: `${dayText(90)}T23:59:59.999Z`,
    });
    expect(await figures(other)).toEqual(NONE);
  });

  it('are the same after the events came again', async () => {
    const tenant = await newTenant();
    await exampleOf(tenant);
    const before = await figures(tenant);
    await workflow.restart(async () => {
      await workflow.runtime.database.pool.query(`DELETE FROM workflow.checkpoint WHERE name = 'daily-closing'`);
    });
    expect(await figures(tenant)).toEqual(before);
  });

  it('N7: take in the last millisecond of the last day, UTC, and none of the next', async () => {
    const tenant = await newTenant();
    const cup = skuOf(tenant, 'CUP');
    await cup.costs(1, 100);
    await cup.receives(1, 10);
    const end = (firstDay + 90) * DAY_MS;
    await cup.sells(90, 1, end - 1);
    await cup.sells(91, 2, end);
    expect(await figures(tenant)).toMatchObject({ cogs: 1, totalUnits: 9 });
    expect(await figures(tenant, `fromDate=${dayText(91)}&toDate=${dayText(91)}`)).toMatchObject({ cogs: 2, totalUnits: 7 });
  });

  it('count commits and use, less what came back; no transfers, counts and losses', async () => {
    const tenant = await newTenant();
    const cup = skuOf(tenant, 'CUP');
    await cup.costs(1, 100);
    await cup.receives(1, 100);
    await cup.sells(2, 10);
    await cup.on(3, { type: 'ReverseCommit', ...(await cup.sells(2, 6)) });
    await cup.adjusts(3, -4, 'consumed');
    await cup.adjusts(3, 3, 'return_customer');
    await cup.adjusts(3, -5, 'damage');
    await cup.on(4, { type: 'RecordStock', locationId: 'BER', counted: 80, effectiveAt: noonOf(4), reasonCode: 'count' });
    await cup.on(5, { type: 'MoveStock', fromLocationId: 'BER', toLocationId: 'HAM', quantity: 20, reference: 'm1' });
    expect(await figures(tenant)).toMatchObject({ cogs: 11, totalUnits: 80, totalValue: 80 });
    expect(await figures(tenant, `${PERIOD}&locationId=HAM`)).toMatchObject({ cogs: 0, turnoverRate: 0, averageInventoryValue: 19.11 });
  });

  it('are by location and category, with units on their way, held ones and those without a cost', async () => {
    const tenant = await newTenant();
    const [cup, bowl, vase] = [skuOf(tenant, 'CUP'), skuOf(tenant, 'BOWL'), skuOf(tenant, 'VASE')];
    await cup.receives(1, 10);
    await cup.costs(2, 200, 'Cups');
    await cup.on(3, { type: 'PlaceHold', holdId: 'hold_1', holdType: 'quality', locationId: 'BER', quantity: 4 });
    await cup.costs(91, 900);
    await bowl.costs(1, 100, 'Bowls');
    await bowl.receives(1, 5);
    const shipped = { transferId: 'tr_1', startedAt: noonOf(4), fromLocationId: 'BER', toLocationId: 'HAM', quantity: 2 };
    await bowl.on(4, { type: 'ShipTransfer', ...shipped });
    await bowl.on(91, { type: 'ReceiveTransfer', transferId: 'tr_1', quantity: 2, receiptId: 'r1' });
    await vase.receives(1, 7);
    expect(await figures(tenant)).toMatchObject({
      ...{ totalValue: 23, totalUnits: 20, heldValue: 8, inTransitUnits: 2, itemsWithoutCost: 1, cogs: 0, turnoverRate: 0 },
      averageDaysOnHand: null,
      byCategory: [
        { categoryId: 'Bowls', categoryName: 'Bowls', value: 3, units: 3 },
        { categoryId: 'Cups', categoryName: 'Cups', value: 20, units: 10 },
        { categoryId: null, categoryName: null, value: 0, units: 7 },
      ],
    });
    expect(await figures(tenant, `${PERIOD}&categoryId=Cups`)).toMatchObject({
      totalValue: 20,
      totalUnits: 10,
      averageInventoryValue: 19.78,
    });
    expect(await figures(tenant, `${PERIOD}&locationId=HAM`)).toMatchObject({ totalUnits: 0, inTransitUnits: 2 });
    const later = `fromDate=${dayText(91)}&toDate=${dayText(91)}`;
    expect(await figures(tenant, later)).toMatchObject({ totalValue: 95, totalUnits: 22, inTransitUnits: 0 });
  });

  it('count a negative figure 0 and list it, and take a new cost at every location', async () => {
    const tenant = await newTenant();
    const cup = skuOf(tenant, 'CUP');
    await cup.costs(1, 100);
    await cup.receives(1, 3);
    await cup.receives(1, 5, 'HAM');
    const sold = { delta: -7, orderId: 'o1', mayUncoverPromises: true };
    await cup.on(2, { type: 'AdjustStock', locationId: 'BER', effectiveAt: noonOf(2), reasonCode: 'other', ...sold });
    await cup.costs(46, 300);
    expect(await figures(tenant)).toMatchObject({
      ...{ totalValue: 15, totalUnits: 5, cogs: 7, averageInventoryValue: 10.03 },
      negativeOnHand: [{ sku: 'CUP', locationId: 'BER', onHand: -4 }],
    });
  });

  it('list as slow what has rested for 90 days at its location, wherever it came from', async () => {
    const tenant = await newTenant();
    const [cup, bowl] = [skuOf(tenant, 'CUP'), skuOf(tenant, 'BOWL')];
    await cup.receives(-30, 10);
    await cup.on(60, { type: 'MoveStock', fromLocationId: 'BER', toLocationId: 'HAM', quantity: 5, reference: 'm1' });
    await bowl.receives(1, 10);
    expect(await figures(tenant)).toMatchObject({ slowMovingItems: 2 });
    await bowl.sells(91, 1);
    const later = `fromDate=${dayText(1)}&toDate=${dayText(91)}`;
    expect(await figures(tenant, later)).toMatchObject({ slowMovingItems: 2 });
  });
});

describe('a question that has no answer', () => {
  it('is refused with the field and what to do', async () => {
    const tenant = await newTenant();
    const refused = async (query: string) => {
      const { status, body } = await workflow.get(`${PATH}?${query}`, { tenant });
      return { status, code: body['code'], details: body['details'] };
    };
    const field = (name: string, message: string) => [{ field: name, message }];
    expect(await refused('fromDate=2026-03-02&toDate=2026-03-01')).toEqual({
      ...{ status: 400, code: 'invalid_period' },
      details: field('toDate', 'must not be before fromDate; swap them'),
    });
    expect(await refused('fromDate=2990-01-01&toDate=2990-01-02')).toMatchObject({ status: 400, code: 'invalid_period' });
    expect(await refused('fromDate=2001-01-01&toDate=2026-01-01')).toEqual({
      ...{ status: 400, code: 'period_too_long' },
      details: field('fromDate', 'the period must have at most 3660 days'),
    });
    expect(await refused('fromDate=2026-02-30')).toMatchObject({ status: 400, code: 'validation_failed' });
    expect(await refused('locationId=NOWHERE')).toMatchObject({ status: 404, code: 'unknown_location' });
    expect(await workflow.get(PATH, { tenant, permissions: ['transfers.read'] })).toMatchObject({ status: 403 });
    expect(await workflow.get(PATH, { anonymous: true })).toMatchObject({ status: 401 });
  });

  it('without a period is about the last 30 days', async () => {
    const { body } = await asked(await newTenant(), '');
    expect(body['period']).toMatchObject({ to: expect.stringMatching(/T23:59:59\.999Z$/) as string });
    expect(body['analytics']).toEqual(NONE);
  });
});
