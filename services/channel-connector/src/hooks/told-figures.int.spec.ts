import { countStatements } from '@holdfast/testing';
import { ConnectorUnderTest } from '../../test/connector.js';
import { FakeVendor } from '../../test/fake-vendor.js';
import { eventually } from '../../test/scripted-receiver.js';
import type { ChannelEvent } from '../providers/inbound.js';
import { putMessage } from './inbox.js';

const HALF_HOUR_MS = 1_800_000;

describe('a figure that a hook tells', () => {
  const vendor = new FakeVendor();
  let connector: ConnectorUnderTest;
  let messages = 0;

  beforeAll(async () => {
    connector = await ConnectorUnderTest.start({ kinds: [vendor.provider], timings: { foreignEditSettlesMs: HALF_HOUR_MS } });
    await connector.put('/sales-channel/channels/shop', { provider: 'fake', credentials: { secret: 'word' } });
  });
  afterAll(() => connector.stop());

  /** The channel was told the figure, and that is written down. */
  const told = async (sku: string, quantity: number): Promise<void> => {
    await connector.put('/sales-channel/channels/shop/mappings', { mappings: [{ sku, listingId: sku }] });
    await connector.tell('shop', { [sku]: quantity });
    await eventually(async () => {
      const [mapping] = (await connector.get(`/sales-channel/channels/shop/mappings?sku=${sku}`)).body['mappings'] as Record<
        string,
        unknown
      >[];
      return mapping?.['status'] === 'ok' && mapping['quantity'] === quantity;
    });
  };
  const hook = async (listingId: string, quantity: number, at: number): Promise<void> => {
    const event = { kind: 'figure', listingId, at, figure: { quantity, parts: [] }, partial: false };
    const headers = { 'x-signature': 'word', 'x-message': `m${String((messages += 1))}` };
    expect((await connector.hook('shop', JSON.stringify([event]), headers)).status).toBe(200);
    await eventually(async () => (await query('SELECT 1 FROM channels.inbox WHERE due_at IS NOT NULL')).length === 0);
  };
  const query = async (sql: string, values: readonly unknown[] = []): Promise<readonly Record<string, unknown>[]> =>
    (await connector.runtime.database.pool.query<Record<string, unknown>>(sql, [...values])).rows;
  const compareAt = async (sku: string): Promise<unknown> =>
    (await query('SELECT compare_at FROM channels.listing WHERE sku = $1', [sku]))[0]?.['compare_at'];
  const drift = async (sku: string): Promise<readonly Record<string, unknown>[]> =>
    ((await connector.get('/sales-channel/drift?channelId=shop')).body['drift'] as Record<string, unknown>[]).filter(
      (entry) => entry['sku'] === sku,
    );
  const timesWritten = (sku: string): number => vendor.written.filter(([listingId]) => listingId === sku).length;

  it('changes nothing where it is the echo of our own write, or older than that', async () => {
    await told('A', 7);
    await hook('A', 7, Date.now() + 1_000);
    await hook('A', 50, Date.now() - 60_000);
    expect(await compareAt('A')).toBeNull();
    expect(await drift('A')).toEqual([]);
    expect(timesWritten('A')).toBe(1);
  });

  it('is an edit where it is newer and none of ours: written down, and ours is told again at once', async () => {
    await told('B', 7);
    await hook('B', 50, Date.now() + 1_000);
    await eventually(() => timesWritten('B') === 2);
    expect(vendor.written.at(-1)).toEqual(['B', 7]);
    expect(await drift('B')).toMatchObject([{ class: 'foreign_edit', expected: 7, observed: 50, resolution: 'told again' }]);
  });

  it('waits for the order that may explain it where it is lower', async () => {
    await told('C', 7);
    await hook('C', 6, Date.now() + 1_000);
    expect(await compareAt('C')).not.toBeNull();
    expect(await drift('C')).toEqual([]);
    await query('UPDATE channels.listing SET compare_at = now() WHERE sku = $1', ['C']);
    await eventually(async () => (await drift('C')).length === 1);
    expect(await drift('C')).toMatchObject([{ class: 'foreign_edit', resolution: 'waits for an order that may explain it' }]);
    await query(`UPDATE channels.drift SET detected_at = now() - interval '31 minutes' WHERE sku = $1`, ['C']);
    await query(`UPDATE channels.listing SET sent_at = now() - interval '32 minutes' WHERE sku = $1`, ['C']);
    await query('UPDATE channels.listing SET compare_at = now() WHERE sku = $1', ['C']);
    await eventually(() => timesWritten('C') === 2);
  });

  it('is explained by an order of as many units, which ends the wait', async () => {
    await told('D', 7);
    await hook('D', 5, Date.now() + 1_000);
    await query('UPDATE channels.listing SET compare_at = now() WHERE sku = $1', ['D']);
    await eventually(async () => (await drift('D'))[0]?.['resolution'] === 'waits for an order that may explain it');
    const order = { kind: 'order', orderId: 'O-1', at: Date.now(), lines: [{ lineId: 'L', listingId: 'D', quantity: 2, remoteId: null }] };
    await connector.hook('shop', JSON.stringify([order]), { 'x-signature': 'word', 'x-message': 'order' });
    await eventually(async () => (await drift('D'))[0]?.['resolvedAt'] !== null);
    expect(timesWritten('D')).toBe(1);
  });

  it('takes effect together with those of all messages that wait, the newest of each listing last', async () => {
    const skus = Array.from({ length: 40 }, (_none, index) => `many ${String(index)}`);
    for (const sku of skus)
      await query(`INSERT INTO channels.listing (tenant, channel_id, sku, listing_id) VALUES ('demo', 'shop', $1, $1)`, [sku]);
    const event = (listingId: string, quantity: number, at: number): ChannelEvent => ({
      kind: 'figure',
      listingId,
      at,
      figure: { quantity, parts: [] },
      partial: false,
    });
    const statements = countStatements();
    await connector.restart(async () => {
      for (const [index, sku] of skus.entries()) {
        const events = [event(sku, index, 2_000_000), event(sku, 999, 1_000_000)];
        await putMessage(connector.runtime.database.pool, { tenant: 'demo', channelId: 'shop' }, { messageId: `waits ${sku}`, events });
      }
    });
    await eventually(async () => (await query('SELECT 1 FROM channels.inbox WHERE due_at IS NOT NULL')).length === 0);
    expect(statements.stop()['lock-shown-figures']).toBe(1);
    const shown = await query(`SELECT sku, shown_quantity::int AS quantity FROM channels.listing WHERE sku LIKE 'many %' ORDER BY sku`);
    expect(shown).toEqual(skus.map((sku, quantity) => ({ sku, quantity })).sort((one, other) => (one.sku < other.sku ? -1 : 1)));
  });
});
