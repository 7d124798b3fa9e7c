import { randomUUID } from 'node:crypto';
import type { SkuCommand } from '@holdfast/inventory';
import { startAmazonSimulator, type AmazonSimulator } from '@holdfast/sandbox';
import { ConnectorUnderTest } from '../connector.js';
import { eventually } from '../scripted-receiver.js';

// Stock in Amazon's warehouses: read, booked at a location of its own, and promised by nobody.

const KEPT = 'kept-by:amazon';

let connector: ConnectorUnderTest;
let amazon: AmazonSimulator;

beforeAll(async () => {
  connector = await ConnectorUnderTest.start();
  amazon = await startAmazonSimulator();
  await connector.location('BER');
  await connector.record('TEE', 'BER', 2);
  await connector.record('CUP', 'BER', 1);
  amazon.addFbaListings([
    { sku: 'TEE', quantity: 40 },
    { sku: 'TEE-FBA', quantity: 7 },
    { sku: 'NOBODY', quantity: 9 },
  ]);
  await connector.put('/sales-channel/channels/amazon', { provider: 'amazon', name: 'Amazon DE', ...amazon.account });
  await connector.put('/sales-channel/channels/amazon/mappings', { mappings: [{ sku: 'CUP', listingId: 'TEE-FBA' }] });
});
afterAll(async () => {
  await connector.stop();
  expect(amazon.log.violations).toEqual([]);
  await amazon.close();
});

const pull = async (query = ''): Promise<Record<string, unknown>> => {
  const { status, body } = await connector.post(`/sales-channel/inventory/pull/amazon${query}`, undefined);
  expect(status).toBe(200);
  return body['kept'] as Record<string, unknown>;
};
const query = <Row extends object>(sql: string) => connector.runtime.database.pool.query<Row>(sql);
const isTime = () => query('UPDATE channels.channel SET reconcile_at = now()');
const stateOf = async (sku: string) => (await connector.runtime.ledger.read({ tenant: 'demo', sku })).state;
const reserve = (sku: string, quantity: number, locationId?: string) => {
  const reservationId = randomUUID();
  const command = {
    type: 'PlaceReservation',
    at: Date.now(),
    commandId: reservationId,
    reservationId,
    orderId: 'o',
    channelId: 'amazon',
    quantity,
    ttlMs: 60_000,
    requestHash: 'h',
    sources: [KEPT, 'BER'].map((id, priority) => ({ locationId: id, priority })),
    ...(locationId === undefined ? {} : { locationId }),
  } as unknown as SkuCommand;
  return connector.runtime.ledger.execute({ tenant: 'demo', sku }, command);
};

describe('stock that a channel keeps itself', () => {
  it('is shown by a dry run, and nothing is booked', async () => {
    expect(await pull('?dryRun=true')).toEqual({
      locationId: KEPT,
      compared: 2,
      differing: 2,
      differences: [
        { sku: 'TEE', listingId: 'TEE', ours: 0, theirs: 40 },
        { sku: 'CUP', listingId: 'TEE-FBA', ours: 0, theirs: 7 },
      ],
      unknown: ['NOBODY'],
      says: null,
    });
    expect((await stateOf('TEE')).balances.has(KEPT)).toBe(false);
  });

  it('becomes the balance of a location of its own, with the reason and the name of the channel', async () => {
    expect(await pull()).toMatchObject({ differing: 2 });
    expect([(await stateOf('TEE')).balances.get(KEPT), (await stateOf('CUP')).balances.get(KEPT)]).toMatchObject([
      { onHand: 40 },
      { onHand: 7 },
    ]);
    const events = await connector.runtime.eventStore.readStream('stock-demo.TEE');
    expect(events.at(-1)?.data).toMatchObject({ locationId: KEPT, reasonCode: 'channel_figure', reason: 'Amazon DE keeps 40' });
    expect(await pull()).toMatchObject({ compared: 2, differing: 0 });
    expect((await stateOf('NOBODY')).known).toBe(false);
  });

  it('is booked by the reconcile of the schedule, too', async () => {
    amazon.edit('TEE-FBA', 8);
    await isTime();
    await eventually(async () => (await stateOf('CUP')).balances.get(KEPT)?.onHand === 8);
  });

  it('is taken by no reservation, whatever its sources, and leaves the place of a figure alone', async () => {
    expect(await reserve('TEE', 3)).toMatchObject({ kind: 'refused', code: 'insufficient_stock', details: { available: 2 } });
    expect(await reserve('TEE', 1, KEPT)).toMatchObject({ kind: 'refused', code: 'insufficient_stock' });
    expect(await reserve('TEE', 2)).toMatchObject({ kind: 'accepted' });
    expect(await connector.put('/sales-channel/inventory/TEE', { quantity: 5 })).toMatchObject({
      status: 200,
      body: { locationId: 'BER' },
    });
  });

  it('is none once the channel keeps none', async () => {
    amazon.edit('TEE', 0);
    expect(await pull()).toMatchObject({ differences: [{ sku: 'TEE', ours: 40, theirs: 0 }] });
    expect((await stateOf('TEE')).balances.get(KEPT)).toMatchObject({ onHand: 0 });
  });

  it('is pulled by who may', async () =>
    expect(await connector.post('/sales-channel/inventory/pull/amazon', undefined, { permissions: ['channels.read'] })).toMatchObject({
      status: 403,
    }));

  it('says why it could not be read, and the listings are compared all the same', async () => {
    amazon.faults.next({ kind: 'server_error', status: 500 }, 9, 'getInventorySummaries');
    const kept = await pull('?dryRun=true');
    expect(kept).toMatchObject({ compared: 0, differences: [] });
    expect(kept['says']).toContain('internal error');
  });

  it('leaves the reason where the schedule cannot read the channel, until it can', async () => {
    const fault = async () =>
      (await query<{ fault: string | null }>('SELECT reconcile_fault AS fault FROM channels.channel')).rows[0]?.fault;
    await connector.tell('amazon', { CUP: 4 });
    amazon.faults.next({ kind: 'server_error', status: 500 }, 1_000, 'getListingsItem');
    amazon.faults.next({ kind: 'server_error', status: 500 }, 1_000, 'searchListingsItems');
    await eventually(async () => (await query('SELECT 1 FROM channels.listing WHERE quantity = 4')).rowCount === 1);
    await isTime();
    await eventually(async () => (await fault())?.includes('cannot be read') === true);
    amazon.faults.clear();
    await isTime();
    await eventually(async () => (await fault()) === null);
  });
});
