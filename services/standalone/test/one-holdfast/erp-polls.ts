import { startLinxSimulator, startSapSimulator, startTotvsSimulator, type ErpSimulator } from '@holdfast/sandbox';
import { answered, eventually, unique, type RunningHoldfast } from '@holdfast/testing';
import { smallShop, type Item, type SmallShop } from '../shop.js';

const ERPS: readonly (readonly [system: string, start: () => Promise<ErpSimulator>, warehouse: string])[] = [
  ['sap-s4hana', () => startSapSimulator(), '1010/101A'],
  ['totvs-protheus', () => startTotvsSimulator(), '01'],
  ['linx-microvix', () => startLinxSimulator(), '12345678000195'],
];

interface Run {
  readonly id: string;
  readonly status: string;
  readonly changed: number;
  readonly error: string | null;
}

type PolledItem = Item & { readonly erpFigure?: { readonly ageSeconds: number | null; readonly isStale: boolean } };

/** Simulated ERPs that Holdfast polls. */
export function erpPolls(running: () => RunningHoldfast): void {
  describe.each(ERPS)('a polled %s', (system, start, warehouse) => {
    const connection = `/v1/erp/connections/${unique(system)}`;
    let shop: SmallShop;
    let erp: ErpSimulator;
    let sku: string;
    let other: string;

    beforeAll(async () => {
      shop = await smallShop(running());
      sku = shop.sku('POLLED');
      other = shop.sku('POLLED');
      erp = await start();
      for (const one of [sku, other]) erp.company.set({ sku: one, warehouse }, { quantity: '10' });
      const { name, poller } = erp.connection;
      const mappings = [{ warehouseId: warehouse, locationId: shop.north }];
      const answer = await shop.api.put(connection, { name, system, mappings, poller: { ...poller, enabled: false } });
      expect(answer).toMatchObject({ status: 200 });
    });
    afterAll(async () => {
      await shop.api.put(connection, { name: 'no longer polled', system, poller: null });
      await erp.close();
      expect(erp.log.violations).toEqual([]);
    });

    /** @returns how many figures it published */
    const poll = async (): Promise<number> => {
      const { runId } = await answered<{ readonly runId: string }>(() => shop.api.post(`${connection}/poll`, {}));
      const run = await eventually(
        async () => {
          const { runs } = await answered<{ readonly runs: readonly Run[] }>(() => shop.api.get(`${connection}/runs`));
          return runs.find(({ id }) => id === runId);
        },
        (found) => found !== undefined && found.status !== 'running',
      );
      expect(run).toMatchObject({ status: 'done', error: null });
      return run?.changed ?? 0;
    };
    const shown = (of: string, units: number) =>
      eventually(
        () => shop.item(of, shop.north) as Promise<PolledItem | undefined>,
        (item) => item?.quantityOnHand === units,
      );

    it('tells its figures once, and again what changed there or here, and the reads say how old they are', async () => {
      expect(await poll()).toBe(2);
      await shown(sku, 10);
      // Before the first complete poll the age is null and the figure is stale; the readings arrive over a topic of their own.
      const item = await eventually(
        () => shown(other, 10),
        (found) => found?.erpFigure?.isStale === false,
      );
      expect(item?.erpFigure?.ageSeconds).toEqual(expect.any(Number));
      expect(await poll()).toBe(0);

      erp.company.move({ sku, warehouse }, 5);
      expect(await poll()).toBe(1);
      await shown(sku, 15);

      const lost = await shop.api.post('/api/inventory/adjust', { sku: other, locationId: shop.north, delta: -3, reasonCode: 'damage' });
      expect(lost.status).toBe(200);
      await shown(other, 7);
      // The event has to reach the filter, over the projection and the topic.
      await eventually(poll, (changed) => changed === 1);
      await shown(other, 10);
      expect(await poll()).toBe(0);
    });
  });
}
