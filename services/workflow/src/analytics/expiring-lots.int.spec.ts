import { randomUUID } from 'node:crypto';
import type { SkuCommand } from '@holdfast/inventory';
import { WorkflowUnderTest } from '../../test/workflow.js';

const DAY_MS = 86_400_000;

/** A finished period of 90 days; day 1 is its first. */
const firstDay = Math.floor(Date.now() / DAY_MS) - 99;
const end = (firstDay + 90) * DAY_MS;
const noonOf = (day: number): number => (firstDay + day - 1) * DAY_MS + DAY_MS / 2;
const dayText = (day: number): string => new Date(noonOf(day)).toISOString().slice(0, 10);

let workflow: WorkflowUnderTest;
beforeAll(async () => {
  workflow = await WorkflowUnderTest.start();
  for (const location of ['BER', 'HAM']) await workflow.location(location);
});
afterAll(() => workflow.stop());

async function milk(command: SkuCommand): Promise<void> {
  const outcome = await workflow.runtime.ledger.execute({ tenant: 'demo', sku: 'MILK' }, command);
  if (outcome.kind === 'refused') throw new Error(`${outcome.code} ${JSON.stringify(outcome.details)}`);
}
const on = (day: number) => ({ at: noonOf(day), commandId: randomUUID() });

/** Five units of a lot that expires so many days after the end of the period. */
const lot = (lotId: string, days: number) => ({ lotId, quantity: 5, expiresAt: end + days * DAY_MS, expiryDate: dayText(90 + days) });
const receive = (locationId: string, day: number, positions: readonly ReturnType<typeof lot>[]) => {
  const quantity = 5 * positions.length;
  return milk({ type: 'ReceiveStock', ...on(day), locationId, quantity, effectiveAt: noonOf(day), messageId: randomUUID(), positions });
};
const scrap = (locationId: string, day: number, lotId: string) =>
  milk({ type: 'AdjustStock', ...on(day), locationId, lotId, delta: -5, effectiveAt: noonOf(day), reasonCode: 'damage' });

async function expiring(lastDay: number, more = ''): Promise<unknown> {
  const minPosition = (await workflow.runtime.eventStore.head()).toString();
  const path = `/api/inventory/analytics?fromDate=${dayText(1)}&toDate=${dayText(lastDay)}${more}`;
  return (await workflow.get(path, { minPosition })).body['analytics'];
}

it('figures count lots that expire within 30 days after the end of the period, as they were known then', async () => {
  await milk({ type: 'DescribeProduct', ...on(1), verified: true, category: 'Dairy' });
  await receive('BER', 1, [lot('SOON', 30), lot('LATER', 31), lot('PAST', 0), lot('GONE', 3), lot('NAMED', 4)]);
  await receive('HAM', 2, [lot('SOON', 30)]);
  await scrap('BER', 3, 'GONE');
  await milk({ type: 'RenameLot', ...on(4), lotId: 'NAMED', toLotId: 'OTHER' });
  expect(await expiring(90)).toMatchObject({ expiringItems: 3 });
  expect(await expiring(90, '&locationId=HAM')).toMatchObject({ expiringItems: 1 });
  expect(await expiring(90, '&categoryId=Dairy')).toMatchObject({ expiringItems: 3 });
  expect(await expiring(90, '&categoryId=Cups')).toMatchObject({ expiringItems: 0 });

  await scrap('HAM', 91, 'SOON');
  await milk({ type: 'ChangeLotExpiry', ...on(91), lotId: 'OTHER', expiresAt: [] });
  expect(await expiring(90)).toMatchObject({ expiringItems: 3 });
  expect(await expiring(91)).toMatchObject({ expiringItems: 2 });
});
