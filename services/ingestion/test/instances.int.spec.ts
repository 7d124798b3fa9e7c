import { EventStoreUnavailable } from '@holdfast/event-store';
import type { SkuLedger } from '@holdfast/ledger';
import type { TestPostgres } from '@holdfast/testing';
import { startTestPostgres } from '@holdfast/testing';
import { eventually, IngestionUnderTest } from './ingestion.js';
import { receipt } from './messages.js';

const away = (ledger: SkuLedger, asked: () => void): SkuLedger => ({
  execute: () => {
    asked();
    return Promise.reject(new EventStoreUnavailable('away'));
  },
  read: (ref) => ledger.read(ref),
  drain: () => ledger.drain(),
});

describe('several instances of ingestion, one after another and at once', () => {
  let postgres: TestPostgres;
  beforeAll(async () => (postgres = await startTestPostgres()));
  afterAll(() => postgres.stop());

  it('take up what the one before could not finish', async () => {
    let asked = 0;
    const before = await IngestionUnderTest.start({
      postgres,
      around: (runtime) => ({ ...runtime, ledger: away(runtime.ledger, () => (asked += 1)) }),
    });
    await before.connect();
    await before.publish([
      receipt('stop-1', { sku: 'STOP', quantity: 1, warehouseId: 'W-STOP' }),
      receipt('stop-2', { sku: 'STOP', quantity: 2 }),
    ]);
    await eventually(async () => expect(asked).toBeGreaterThan(0));
    await before.stop();

    const after = await IngestionUnderTest.start({ postgres });
    try {
      await eventually(async () => expect(await after.onHand('STOP')).toBe(2));
      const mappings = [{ warehouseId: 'W-STOP', locationId: 'MAIN' }];
      await after.call('PUT', '/v1/erp/warehouse-mappings', { connectionId: 'sap', mappings });
      await eventually(async () => expect(await after.onHand('STOP')).toBe(3));
      expect(await after.messageIds('STOP')).toEqual(['stop-2', 'stop-1']);
    } finally {
      await after.stop();
    }
  });

  it('share the topic, and each knows of a connection the moment that another created it', async () => {
    const one = await IngestionUnderTest.start({ postgres });
    const other = await IngestionUnderTest.start({ postgres });
    try {
      for (const round of [0, 1, 2, 3, 4]) {
        const connectionId = `erp-${round}`;
        await (round % 2 === 0 ? one : other).connect(connectionId);
        const messages = Array.from({ length: 40 }, (_, index) =>
          receipt(`${connectionId}-${index}`, { connectionId, sku: `SHARED-${index % 20}`, quantity: 1 }),
        );
        await one.publish(messages);
      }
      await eventually(async () => {
        for (let sku = 0; sku < 20; sku += 1) expect(await one.onHand(`SHARED-${sku}`)).toBe(10);
      });
      expect((await one.call('GET', '/v1/erp/dead-letters')).body['deadLetters']).toEqual([]);
    } finally {
      await one.stop();
      await other.stop();
    }
  });
});
