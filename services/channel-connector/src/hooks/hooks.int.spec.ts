import { Sealer } from '@holdfast/kit';
import { ConnectorUnderTest } from '../../test/connector.js';
import { FakeVendor } from '../../test/fake-vendor.js';
import { eventually } from '../../test/scripted-receiver.js';
import { inTime } from '../providers/within-the-answer.js';

/** A hook is answered within a second; a busy machine is given more, and the fault that is shown takes 10 s. */
const TOO_LATE_MS = 5_000;

describe('hooks', () => {
  const vendor = new FakeVendor();
  let connector: ConnectorUnderTest;

  beforeAll(async () => {
    connector = await ConnectorUnderTest.start({
      kinds: [vendor.provider],
      environment: { HOLDFAST_PUBLIC_URL: 'https://stock.example.com/' },
    });
    for (const [tenant, secret] of [
      ['demo', 'first'],
      ['other', 'second'],
    ] as const)
      await connector.put('/sales-channel/channels/shop', { provider: 'fake', credentials: { secret } }, { tenant });
    await connector.put('/sales-channel/channels/shop/mappings', { mappings: [{ sku: 'A', listingId: 'listing A' }] });
  });
  afterAll(() => connector.stop());

  const signed = (secret: string, message: string) => ({ 'x-signature': secret, 'x-message': message });
  const kept = async () =>
    (await connector.runtime.database.pool.query('SELECT tenant, message_id AS id, state, says FROM channels.inbox ORDER BY message_id'))
      .rows;

  it('are taken by the channel whose signature holds, of any content type', async () => {
    const answer = await connector.hook('shop', '[]', { ...signed('second', 'm1'), 'content-type': 'application/cloudevents' });
    expect([answer.status, await answer.json()]).toEqual([200, {}]);
    expect(await kept()).toEqual([{ tenant: 'other', id: 'm1', state: 'done', says: null }]);
  });

  it('are refused alike where the signature is wrong, the tenant is another, or there is no such channel', async () => {
    const wrong = await connector.hook('shop', '[]', signed('third', 'm2'));
    const elsewhere = await connector.hook('shop?tenant=demo', '[]', signed('second', 'm2'));
    const nowhere = await connector.hook('nowhere', '[]', signed('first', 'm2'));
    for (const answer of [wrong, elsewhere, nowhere]) {
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ code: 'hook_refused', details: [] });
    }
    expect(await connector.runtime.metrics.exposition()).toContain('holdfast_channel_hooks_total{outcome="refused"} 3');
    expect((await kept()).map(({ id }) => id)).not.toContain('m2');
  });

  it('answer the challenge of the channel that knows the word', async () => {
    const answer = await connector.hook('shop?word=second', undefined);
    expect([answer.status, await answer.json()]).toEqual([200, { answer: 'second', url: 'https://stock.example.com/hooks/shop' }]);
    expect((await connector.hook('shop?word=none', undefined)).status).toBe(401);
  });

  it('are kept where they cannot be read, and answered as if they could', async () => {
    expect((await connector.hook('shop', '{}', signed('first', 'm3'))).status).toBe(200);
    expect(await kept()).toContainEqual({ tenant: 'demo', id: 'm3', state: 'unreadable', says: 'it is no list' });
  });

  it('are refused over 1 MiB', async () => {
    const answer = await connector.hook('shop', 'x'.repeat(1_048_577), signed('first', 'm4'));
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([413, 'body_too_large']);
  });

  it('are taken once, however often and at the same time they are sent, and by the channel of each tenant for itself', async () => {
    const send = (secret: string) => connector.hook('shop', '[]', signed(secret, 'twice'));
    const answers = await Promise.all([send('first'), send('first'), send('first'), send('second'), send('second')]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const twice = (await kept()).filter(({ id }) => id === 'twice').map(({ tenant }) => String(tenant));
    expect(twice.sort()).toEqual(['demo', 'other']);
  });

  it('of one tenant are taken though the credentials of another tenant with a channel of that id are lost', async () => {
    const { pool } = connector.runtime.database;
    await connector.put('/sales-channel/channels/shared', { provider: 'fake', credentials: { secret: 'lost' } }, { tenant: 'other' });
    await connector.put('/sales-channel/channels/shared', { provider: 'fake', credentials: { secret: 'mine' } });
    const lost = new Sealer('a key that this installation does not have').seal('{}', 'somewhere');
    const sql = `UPDATE channels.channel SET credentials = $1, revision = revision + 1 WHERE channel_id = 'shared' AND tenant = 'other'`;
    await pool.query(sql, [lost]);
    expect((await connector.hook('shared', '[]', signed('mine', 's1'))).status).toBe(200);
    expect((await connector.hook('shared', '[]', signed('lost', 's2'))).status).toBe(503);
  });

  it('are to be sent again where they cannot be checked', async () => {
    vendor.broken = true;
    const answer = await connector.hook('shop', '[]', signed('first', 'm5'));
    vendor.broken = false;
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([503, 'hook_unverified']);
  });

  it('are answered within a second where they cannot be checked in time, and taken by another tenant at once', async () => {
    vendor.slow.add('first');
    const send = (message: string) => inTime(TOO_LATE_MS, connector.hook('shop?tenant=demo', '[]', signed('first', message)));
    expect((await send('slow 1'))?.status).toBe(503);
    const other = await inTime(TOO_LATE_MS, connector.hook('shop', '[]', signed('second', 'slow 2')));
    vendor.slow.clear();
    expect(other?.status).toBe(200);
    expect(await kept()).toContainEqual({ tenant: 'other', id: 'slow 2', state: 'done', says: null });
    expect((await send('slow 1'))?.status).toBe(200);
  });

  it('are checked with the secrets of now where a channel was removed and set up anew', async () => {
    const channel = '/sales-channel/channels/anew';
    const send = async (secret: string, message: string) => (await connector.hook('anew', '[]', signed(secret, message))).status;
    await connector.put(channel, { provider: 'fake', credentials: { secret: 'former' } });
    expect(await send('former', 'n1')).toBe(200);
    await connector.post(`${channel}/disable`, {});
    expect((await connector.call('DELETE', channel)).status).toBe(204);
    await connector.put(channel, { provider: 'fake', credentials: { secret: 'latter' } });
    expect([await send('former', 'n2'), await send('latter', 'n3')]).toEqual([401, 200]);
  });

  it('tell what a listing shows: the newest figure stays', async () => {
    const shown = (at: number, quantity: number) =>
      JSON.stringify([{ kind: 'figure', listingId: 'listing A', at, figure: { quantity, parts: [] }, partial: false }]);
    await connector.hook('shop', shown(2_000, 7), signed('first', 'f2'));
    await connector.hook('shop', shown(1_000, 9), signed('first', 'f1'));
    const open = () => connector.runtime.database.pool.query('SELECT 1 FROM channels.inbox WHERE due_at IS NOT NULL');
    await eventually(async () => (await open()).rowCount === 0);
    const { rows } = await connector.runtime.database.pool.query(
      `SELECT shown_quantity::int AS shown FROM channels.listing WHERE listing_id = 'listing A'`,
    );
    expect(rows).toEqual([{ shown: 7 }]);
  });

  it('end a channel that is gone', async () => {
    await connector.hook('shop', JSON.stringify([{ kind: 'gone', says: 'the app was removed' }]), signed('first', 'g1'));
    await eventually(async () => {
      const { body } = await connector.get('/sales-channel/channels/shop');
      return JSON.stringify(body).includes('the app was removed');
    });
  });
});
