import type { SkuLedger } from '@holdfast/ledger';
import { eventually, IngestionUnderTest } from './ingestion.js';
import { level, receipt } from './messages.js';

/** Lets the ledger wait until the test opens it. */
class Gate {
  private opened: Promise<void> = Promise.resolve();
  private release: () => void = () => undefined;

  close(): void {
    this.opened = new Promise((resolve) => (this.release = resolve));
  }

  open(): void {
    this.release();
    this.opened = Promise.resolve();
  }

  around(ledger: SkuLedger): SkuLedger {
    return {
      execute: async (...call) => {
        await this.opened;
        return ledger.execute(...call);
      },
      read: (ref) => ledger.read(ref),
      drain: () => ledger.drain(),
    };
  }
}

describe('messages of a warehouse that is not mapped', () => {
  const gate = new Gate();
  let ingestion: IngestionUnderTest;
  beforeAll(async () => {
    ingestion = await IngestionUnderTest.start({ around: (runtime) => ({ ...runtime, ledger: gate.around(runtime.ledger) }) });
    await ingestion.connect();
    for (const locationId of ['BER', 'HAM']) await ingestion.call('POST', '/api/locations', { locationId, name: locationId });
  });
  afterEach(() => gate.open());
  afterAll(() => ingestion.stop());

  const parked = async (query: string, tenant = 'acme') =>
    (await ingestion.call('GET', `/v1/erp/parked?${query}`, undefined, { tenant })).body as unknown as {
      messages: readonly { messageId: string }[];
      warehouses: readonly object[];
      pagination: { total: number };
    };
  const map = (warehouseId: string, locationId: string | null) =>
    ingestion.call('PUT', '/v1/erp/warehouse-mappings', { connectionId: 'sap', mappings: [{ warehouseId, locationId }] });
  const at = (second: number): string => new Date(1_772_000_000_000 + second * 1000).toISOString();

  it('wait, are listed for their own tenant, and are applied in their order once it is mapped', async () => {
    const messages = Array.from({ length: 60 }, (_, index) =>
      receipt(`order-${index}`, { warehouseId: 'W-ORDER', sku: `ORDER-${index % 2}`, quantity: 1, postedAt: at(index) }),
    );
    await ingestion.publish(messages);
    await eventually(async () => expect((await parked('warehouseId=W-ORDER')).pagination.total).toBe(60));
    const seen = await parked('warehouseId=W-ORDER&sku=ORDER-0');
    expect(seen.messages[0]).toMatchObject({ messageId: 'order-0', type: 'receipt', warehouseId: 'W-ORDER', quantity: 1 });
    expect(seen.warehouses).toEqual([{ connectionId: 'sap', warehouseId: 'W-ORDER', messages: 30 }]);
    expect((await parked('warehouseId=W-ORDER', 'other')).pagination.total).toBe(0);
    expect(await ingestion.onHand('ORDER-0')).toBeUndefined();

    expect((await map('W-ORDER', 'BER')).status).toBe(200);
    await eventually(async () => expect((await parked('warehouseId=W-ORDER')).pagination.total).toBe(0));
    for (const rest of [0, 1])
      expect(await ingestion.messageIds(`ORDER-${rest}`)).toEqual(
        messages.filter(({ sku }) => sku === `ORDER-${rest}`).map(({ messageId }) => messageId),
      );
    expect(await ingestion.onHand('ORDER-0', 'BER')).toBe(30);
  });

  it('are not overtaken by messages that come after the mapping while they are still being applied', async () => {
    await ingestion.publish([1, 2, 3].map((second) => level(`lane-${second}`, { warehouseId: 'W-LANE', sku: 'LANE', asOf: at(second) })));
    await eventually(async () => expect((await parked('warehouseId=W-LANE')).pagination.total).toBe(3));

    gate.close();
    await map('W-LANE', 'BER');
    const before = await ingestion.counted('parked');
    await ingestion.publish([4, 5].map((second) => level(`lane-${second}`, { warehouseId: 'W-LANE', sku: 'LANE', asOf: at(second) })));
    await eventually(async () => expect(await ingestion.counted('parked')).toBe(before + 2));
    gate.open();

    await eventually(async () => expect((await parked('warehouseId=W-LANE')).pagination.total).toBe(0));
    expect(await ingestion.messageIds('LANE')).toEqual(['lane-1', 'lane-2', 'lane-3', 'lane-4', 'lane-5']);
  });

  it('wait beside messages of the same SKU at a mapped warehouse, which pass', async () => {
    await ingestion.publish([
      level('beside-1', { warehouseId: 'W-BESIDE', sku: 'BESIDE', quantity: 1 }),
      level('beside-2', { sku: 'BESIDE', quantity: 2 }),
    ]);
    await eventually(async () => expect(await ingestion.onHand('BESIDE')).toBe(2));
    await eventually(async () => expect((await parked('sku=BESIDE')).messages.map(({ messageId }) => messageId)).toEqual(['beside-1']));
  });

  it('keep the order of their SKU over several warehouses that are mapped together', async () => {
    const messages = Array.from({ length: 40 }, (_, index) =>
      receipt(`both-${index}`, { warehouseId: `W-BOTH-${index % 2}`, sku: 'BOTH', quantity: 1, postedAt: at(index) }),
    );
    await ingestion.publish(messages);
    await eventually(async () => expect((await parked('sku=BOTH')).pagination.total).toBe(40));
    await ingestion.call('PUT', '/v1/erp/warehouse-mappings', {
      connectionId: 'sap',
      mappings: [
        { warehouseId: 'W-BOTH-0', locationId: 'BER' },
        { warehouseId: 'W-BOTH-1', locationId: 'HAM' },
      ],
    });
    await eventually(async () => expect((await parked('sku=BOTH')).pagination.total).toBe(0));
    expect(await ingestion.messageIds('BOTH')).toEqual(messages.map(({ messageId }) => messageId));
  });

  it('sent again while they wait, are parked once', async () => {
    const message = receipt('again-1', { warehouseId: 'W-AGAIN', sku: 'AGAIN', quantity: 5 });
    const before = await ingestion.counted('duplicate');
    await ingestion.publish([message]);
    await ingestion.publish([message]);
    await eventually(async () => expect(await ingestion.counted('duplicate')).toBe(before + 1));
    expect((await parked('sku=AGAIN')).pagination.total).toBe(1);
    await map('W-AGAIN', 'HAM');
    await eventually(async () => expect(await ingestion.onHand('AGAIN', 'HAM')).toBe(5));
    expect(await ingestion.messageIds('AGAIN')).toEqual(['again-1']);
  });

  it('are parked again after their mapping was taken away', async () => {
    await map('W-GONE', 'BER');
    await map('W-GONE', null);
    await ingestion.publish([level('gone-1', { warehouseId: 'W-GONE', sku: 'GONE' })]);
    await eventually(async () => expect((await parked('sku=GONE')).pagination.total).toBe(1));
  });

  it('pass at once where the connection maps by id and there is such a location', async () => {
    await ingestion.connect('auto', { autoMap: true, mappings: [] });
    await ingestion.publish([level('auto-1', { connectionId: 'auto', warehouseId: 'BER', sku: 'AUTO', quantity: 9 })]);
    await eventually(async () => expect(await ingestion.onHand('AUTO', 'BER')).toBe(9));
    const { body } = await ingestion.call('GET', '/v1/erp/warehouse-mappings?connectionId=auto');
    expect(body['mappings']).toMatchObject([{ connectionId: 'auto', warehouseId: 'BER', locationId: 'BER' }]);
  });

  it('are applied when a location of their name is created, where the connection maps by id', async () => {
    await ingestion.connect('auto', { autoMap: true, mappings: [] });
    await ingestion.publish([level('soon-1', { connectionId: 'auto', warehouseId: 'MUC', sku: 'SOON', quantity: 4 })]);
    await eventually(async () => expect((await parked('sku=SOON')).pagination.total).toBe(1));
    await ingestion.call('POST', '/api/locations', { locationId: 'MUC', name: 'Munich' });
    await eventually(async () => expect(await ingestion.onHand('SOON', 'MUC')).toBe(4));
  });
});
