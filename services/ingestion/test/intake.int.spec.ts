import { TOPICS } from '@holdfast/contracts';
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
