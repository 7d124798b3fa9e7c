import { TOPICS, type ChannelAlertMessage } from '@holdfast/contracts';
import { newSecret } from '@holdfast/vendor-http';
import { ConnectorUnderTest } from '../../test/connector.js';
import { eventually, startScriptedReceiver, type ScriptedReceiver } from '../../test/scripted-receiver.js';

describe('alerts about a channel', () => {
  const secret = newSecret();
  const told: ChannelAlertMessage[] = [];
  let connector: ConnectorUnderTest;
  let shop: ScriptedReceiver;
  let stopListening: () => Promise<void>;

  beforeAll(async () => {
    connector = await ConnectorUnderTest.start({ alerts: { syncFailingMs: 60_000 } });
    shop = await startScriptedReceiver(secret, { status: 204 });
    await connector.put('/sales-channel/channels/shop', { webhook: { url: shop.url, secret, callsPerSecond: 100 } });
    await connector.put('/sales-channel/channels/shop/mappings', { mappings: [{ sku: 'A', listingId: 'L-A' }] });
    const subscription = await connector.runtime.bus.consume({
      topics: [TOPICS.alerts.name],
      group: 'test-alerts',
      onBatch: (batch) => {
        told.push(...batch.messages.map(({ value }) => JSON.parse(value ?? '{}') as ChannelAlertMessage));
        return Promise.resolve();
      },
    });
    stopListening = () => subscription.stop();
  });
  afterAll(async () => {
    await stopListening();
    await connector.stop();
    await shop.close();
  });

  const query = (sql: string) => connector.runtime.database.pool.query(sql);
  const kinds = () => told.map(({ data }) => data.kind);
  const rows = async (): Promise<number> => (await query('SELECT 1 FROM channels.alert')).rowCount ?? 0;

  it('come once when telling it fails for longer than the bound, and once when it is well again', async () => {
    shop.answerFromNow({ status: 500 });
    await connector.tell('shop', { A: 1 });
    await eventually(async () => (await rows()) === 1);
    expect(kinds()).toEqual([]);
    await query(`UPDATE channels.alert SET since = now() - interval '2 minutes'`);
    await eventually(() => told.length === 1);
    expect(told[0]).toMatchObject({
      type: 'holdfast.channel.alert.v1',
      tenant: 'demo',
      data: { kind: 'sync_failing', channelId: 'shop', says: expect.stringContaining('500') as unknown },
    });
    shop.answerFromNow({ status: 204 });
    await eventually(() => told.length === 2);
    expect(kinds()).toEqual(['sync_failing', 'sync_recovered']);
    // The message is told before its row ends.
    await eventually(async () => (await rows()) === 0);
  });

  it('come once when a difference stays open for too long, and once when none does', async () => {
    await query(
      `INSERT INTO channels.drift (tenant, channel_id, sku, listing_id, class, detected_at) VALUES ('demo', 'shop', 'A', 'L-A', 'unmapped', now() - interval '5 hours')`,
    );
    await eventually(() => kinds().includes('drift'));
    expect(told.at(-1)?.data).toMatchObject({ channelId: 'shop', openEntries: 1 });
    await query('UPDATE channels.drift SET resolved_at = now()');
    await eventually(() => kinds().includes('drift_recovered'));
    expect(kinds().slice(2)).toEqual(['drift', 'drift_recovered']);
    await eventually(async () => (await rows()) === 0);
  });

  it('come once when the schedule cannot read it for longer than the bound, and once when it can', async () => {
    const before = told.length;
    await query(`UPDATE channels.channel SET reconcile_fault = 'the channel cannot be read: 500'`);
    await eventually(async () => (await rows()) === 1);
    await query(`UPDATE channels.alert SET since = now() - interval '2 minutes'`);
    await eventually(() => told.length === before + 1);
    expect(told.at(-1)?.data).toMatchObject({ kind: 'sync_failing', says: 'the channel cannot be read: 500' });
    await query('UPDATE channels.channel SET reconcile_fault = NULL');
    await eventually(() => told.length === before + 2);
    expect(kinds().at(-1)).toBe('sync_recovered');
  });
});
