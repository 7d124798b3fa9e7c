import { TOPICS } from '@holdfast/contracts';
import { positionViews } from '@holdfast/inventory';
import { eventually, IngestionUnderTest } from './ingestion.js';
import { issue, level, onTopic, receipt } from './messages.js';

describe('ERP messages on the topic', () => {
  let ingestion: IngestionUnderTest;
  beforeAll(async () => {
    ingestion = await IngestionUnderTest.start();
    await ingestion.connect();
    await ingestion.connect('sap', {}, 'other');
  });
  afterAll(() => ingestion.stop());

  const letters = async (tenant = 'acme') => {
    const { body } = await ingestion.call('GET', '/v1/erp/dead-letters?limit=100', undefined, { tenant });
    return body['deadLetters'] as readonly { id: string; value: string; reason: { code: string; message: string } }[];
  };

  it('become stock at the location of their warehouse, and an unknown SKU is known from then on, unverified', async () => {
    await ingestion.publish([
      level('flow-1', { sku: 'FLOW', quantity: 10, asOf: '2026-03-01T08:00:00Z' }),
      receipt('flow-2', { sku: 'FLOW', quantity: 5, postedAt: '2026-03-01T09:00:00Z' }),
      issue('flow-3', { sku: 'FLOW', quantity: 3, postedAt: '2026-03-01T10:00:00Z' }),
    ]);
    await eventually(async () => expect(await ingestion.onHand('FLOW')).toBe(12));
    expect((await ingestion.runtime.ledger.read({ tenant: 'acme', sku: 'FLOW' })).state).toMatchObject({ known: true, verified: false });
    expect(await ingestion.messageIds('FLOW')).toEqual(['flow-1', 'flow-2', 'flow-3']);
  });

  it('of a lot are kept by it, which expires in the zone of its location and by the days of its product; L11 an issue names the lot that left', async () => {
    const { ledger } = ingestion.runtime;
    const of = { tenant: 'acme', sku: 'MILK' };
    await ingestion.call('POST', '/api/locations', { locationId: 'GRU', name: 'Sao Paulo', timeZone: 'America/Sao_Paulo' });
    await ingestion.call('POST', '/api/products', { sku: 'MILK', name: 'Milk', removalDays: 2 });
    await ingestion.connect('wms', { mappings: [{ warehouseId: '0001', locationId: 'GRU' }] });
    const there = { sku: 'MILK', connectionId: 'wms' };
    const year = new Date().getUTCFullYear() + 2;
    await ingestion.publish([
      receipt('milk-1', { ...there, quantity: 5, lotId: 'L1', expiryDate: `${year}-05-31` }),
      receipt('milk-2', { ...there, quantity: 5, lotId: 'L2', expiryDate: `${year}-06-30` }),
      receipt('milk-3', { ...there, quantity: 1 }),
    ]);
    await eventually(async () => expect(await ingestion.onHand('MILK', 'GRU')).toBe(11));
    const lots = async () =>
      positionViews((await ledger.read(of)).state, Date.now()).map(({ lotId = '-', quantity, expiresAt }) => [lotId, quantity, expiresAt]);
    const [first, second] = [`${year}-05-30T03:00:00.000Z`, `${year}-06-29T03:00:00.000Z`].map((time) => Date.parse(time));
    expect(await lots()).toEqual([
      ['L1', 5, first],
      ['L2', 5, second],
      ['-', 1, undefined],
    ]);
    const order = { reservationId: 'rs-milk', orderId: 'order-milk', quantity: 2, ttlMs: 60_000, requestHash: 'h', sources: [] };
    const stamp = (commandId: string) => ({ at: Date.now(), commandId });
    await ledger.execute(of, { type: 'PlaceReservation', ...stamp('milk-c1'), ...order, locationId: 'GRU' });
    await ledger.execute(of, { type: 'CommitReservation', ...stamp('milk-c2'), reservationId: 'rs-milk' });
    await ingestion.publish([issue('milk-4', { ...there, quantity: 2, orderId: 'order-milk', lotId: 'L2' })]);
    await eventually(async () => expect((await ingestion.events('MILK')).at(-1)?.type).toBe('StockIssued'));
    expect((await lots()).map(([lotId, quantity]) => [lotId, quantity])).toEqual([
      ['L1', 5],
      ['L2', 3],
      ['-', 1],
    ]);
  });

  it('name who sent them in the events', async () => {
    await ingestion.publish([level('actor-1', { sku: 'ACTOR' })]);
    await eventually(async () => expect(await ingestion.onHand('ACTOR')).toBe(10));
    const [event] = await ingestion.runtime.eventStore.readStream('stock-acme.ACTOR');
    expect(event?.metadata).toMatchObject({ tenant: 'acme', actor: 'erp:sap' });
  });

  it('sent twice, take effect once', async () => {
    const twice = receipt('twice-1', { sku: 'TWICE', quantity: 4 });
    const before = await ingestion.counted('duplicate');
    await ingestion.publish([twice, twice]);
    await ingestion.publish([twice]);
    await eventually(async () => expect(await ingestion.counted('duplicate')).toBe(before + 2));
    expect(await ingestion.onHand('TWICE')).toBe(4);
    expect(await ingestion.messageIds('TWICE')).toEqual(['twice-1']);
  });

  it('with a figure that is older than the last one are recorded without effect', async () => {
    await ingestion.publish([level('late-1', { sku: 'LATE', quantity: 10, asOf: '2026-03-01T08:00:00Z' })]);
    await ingestion.publish([level('late-0', { sku: 'LATE', quantity: 50, asOf: '2026-03-01T07:00:00Z' })]);
    await eventually(async () => expect(await ingestion.messageIds('LATE')).toEqual(['late-1', 'late-0']));
    expect(await ingestion.onHand('LATE')).toBe(10);
    expect((await ingestion.events('LATE')).at(-1)?.type).toBe('LevelRefused');
  });

  it('that cannot be processed become dead letters with the reason, and block nobody', async () => {
    const { key, value } = onTopic('acme', level('bad-0', { sku: 'BAD' }));
    const broken = (change: (data: Record<string, unknown>) => void) => {
      const event = JSON.parse(value) as { data: Record<string, unknown> };
      change(event.data);
      return { key, value: JSON.stringify(event) };
    };
    await ingestion.runtime.bus.publish(TOPICS.erpStock.name, [
      { key, value: 'no JSON at all' },
      broken((data) => delete data['warehouseId']),
      broken((data) => (data['quantity'] = 1.5)),
      broken((data) => (data['quantity'] = 1e12)),
      broken((data) => (data['connectionId'] = 'oracle')),
      broken((data) => (data['asOf'] = new Date(Date.now() + 172_800_000).toISOString())),
      onTopic('acme', level('good-1', { sku: 'BAD', quantity: 7 })),
      onTopic('acme', level('good-1', { sku: 'BAD', quantity: 8 })),
    ]);
    await eventually(async () => expect(await letters()).toHaveLength(7));
    expect(await ingestion.onHand('BAD')).toBe(7);
    const reasons = (await letters()).map(({ reason }) => `${reason.code}: ${reason.message}`);
    for (const pattern of [
      /^not_json: /,
      /^schema_violation: data\.warehouseId is required/,
      /^schema_violation: data\.quantity must be a whole number/,
      /^schema_violation: data\.quantity must be at most/,
      /^unknown_connection: data\.connectionId oracle .* PUT \/v1\/erp\/connections\/oracle/,
      /^time_in_future: data\.asOf lies more than a day in the future/,
      /^message_id_reused: data\.messageId good-1/,
    ])
      expect(reasons).toContainEqual(expect.stringMatching(pattern));
    expect(await letters('other')).toEqual([]);
  });

  it('under a key that would lose the order of their SKU are put back under the right one', async () => {
    const message = level('key-1', { sku: 'KEY', quantity: 6 });
    await ingestion.runtime.bus.publish(TOPICS.erpStock.name, [{ ...onTopic('acme', message), key: 'whatever' }]);
    await eventually(async () => expect(await ingestion.onHand('KEY')).toBe(6));
  });

  it('of one tenant are no affair of another with the same names', async () => {
    await ingestion.publish([level('t-1', { sku: 'TENANT', quantity: 1 })], 'acme');
    await ingestion.publish([level('t-1', { sku: 'TENANT', quantity: 2 })], 'other');
    await eventually(async () => expect(await ingestion.onHand('TENANT', 'MAIN', 'other')).toBe(2));
    await eventually(async () => expect(await ingestion.onHand('TENANT')).toBe(1));
  });

  it('keep their order per SKU, however many come at once', async () => {
    const many = Array.from({ length: 400 }, (_, index) =>
      receipt(`many-${index}`, { sku: `MANY-${index % 3}`, quantity: 1, postedAt: new Date(1_772_000_000_000 + index).toISOString() }),
    );
    await ingestion.publish(many);
    await eventually(async () => {
      for (const rest of [0, 1, 2])
        expect(await ingestion.messageIds(`MANY-${rest}`)).toEqual(
          many.filter(({ sku }) => sku === `MANY-${rest}`).map(({ messageId }) => messageId),
        );
    });
  });

  it('find a connection the moment that its creation was answered', async () => {
    for (let round = 0; round < 10; round += 1) {
      await ingestion.connect(`new-${round}`);
      await ingestion.publish([level('n-1', { sku: `NEW-${round}`, connectionId: `new-${round}`, quantity: 3 })]);
      await eventually(async () => expect(await ingestion.onHand(`NEW-${round}`)).toBe(3));
    }
  });
});
